"""A redline as Markdown, for a comment under a pull request. Pure."""

import re
from collections.abc import Iterator

from toolkit.changes.alignment import Op, Run
from toolkit.changes.redline import Change, Redline
from toolkit.changes.render.terminal import clean
from toolkit.changes.render.words import count, label, stretches
from toolkit.policy.clauses import Kind as ClauseKind

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|~<>&@])")
_MARKS = {Op.KEEP: ("", ""), Op.DELETE: ("~~", "~~"), Op.INSERT: ("**", "**")}


def render(redline: Redline) -> str:
    """Return the redline as Markdown: new words bold, gone words struck through, every text escaped."""
    if not redline.changed:
        return "Nothing changed.\n"
    legend = "New words are **bold**; words that are gone are ~~struck through~~."
    return "\n\n".join([legend, *_blocks(redline)]) + "\n"


def _blocks(redline: Redline) -> Iterator[str]:
    place: tuple[str, ...] = ()
    for stretch in stretches(redline.changes):
        if stretch.folded:
            yield f"*… {count(len(stretch.changes))}*"
            continue
        for change in stretch.changes:
            heading = change.clause.kind is ClauseKind.HEADING
            if change.clause.path != place and not heading:
                yield f"*{escape(' › '.join(change.clause.path))}*"
            place = change.clause.path
            yield _change(change, heading=heading)


def _change(change: Change, *, heading: bool) -> str:
    said = label(change)
    text = (f"*{escape(said)}:* " if said else "") + "".join(_run(run) for run in change.runs)
    text = text.replace("~~**", "~~ **")  # ~~3~~**5** would read as 35
    lead = f"{'#' * max(3, change.clause.level)} " if heading else ""
    return lead + ("- " if change.clause.kind is ClauseKind.ITEM else "") + text


def _run(run: Run) -> str:
    opens, closes = _MARKS[run.op]
    core = run.text.strip()
    if not core or not opens:
        return escape(run.text)
    start = run.text.index(core[0])
    # GitHub closes emphasis only where no space stands inside it.
    return f"{run.text[:start]}{opens}{escape(core)}{closes}{run.text[start + len(core) :]}"


def escape(text: str) -> str:
    """Return `text` so that no sign of it is read as Markdown, mentions anyone or steers a terminal."""
    return _SPECIAL.sub(r"\\\1", clean(text))
