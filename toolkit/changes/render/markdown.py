"""A redline as Markdown, for a comment under a pull request. Pure."""

import re
from collections.abc import Iterator

from toolkit.changes.alignment import Op, Run
from toolkit.changes.redline import Change, Redline
from toolkit.changes.render.terminal import MOVED, clean
from toolkit.changes.render.words import has_moves, label, stretches
from toolkit.changes.wording import Wording
from toolkit.policy.clauses import Block

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|~<>&@])")
# Elements, for stars and tildes mark nothing beside a comma or inside a Chinese sentence.
_MARKS = {Op.KEEP: ("", ""), Op.DELETE: ("<del>", "</del>"), Op.INSERT: ("<ins>", "</ins>")}
_NUMBER = re.compile(r"^(\d+)([.)])")


def render(redline: Redline, wording: Wording) -> str:
    """Return the redline as Markdown: new words underlined, gone words struck through, every text escaped."""
    if not redline.changed:
        return f"{escape(wording.say('redline.nothing'))}\n"
    new, gone = (escape(wording.say(f"redline.{word}")) for word in ("underlined", "struck"))
    legend = escape(wording.phrases["redline.legend"], keep="{}").format(
        new=f"<ins>{new}</ins>", gone=f"<del>{gone}</del>"
    )
    moved = [escape(wording.say("redline.moved_words"))] if has_moves(redline) else []
    return "\n\n".join([legend, *moved, *_blocks(redline, wording)]) + "\n"


def lines(text: str) -> str:
    """Return plain lines as Markdown; one that begins with a dash stays an item of a list."""
    return "".join(f"{_line(line)}\n" for line in text.splitlines())


def _line(line: str) -> str:
    return f"- {escape(line[2:])}" if line.startswith("- ") else escape(line)


def _blocks(redline: Redline, wording: Wording) -> Iterator[str]:
    place: tuple[str, ...] = ()
    for stretch in stretches(redline.changes):
        if stretch.folded:
            yield f"*… {escape(wording.say_count('redline.unchanged', len(stretch.changes)))}*"
            continue
        for change in stretch.changes:
            heading = change.clause.block is Block.HEADING
            if change.clause.path != place and not heading:
                yield f"*{escape(' › '.join(change.clause.path))}*"
            place = change.clause.path
            yield _change(change, wording, heading=heading)


def _change(change: Change, wording: Wording, *, heading: bool) -> str:
    said = label(change, wording)
    text = (f"*{escape(said)}:* " if said else "") + "".join(_run(run) for run in change.runs)
    text = _NUMBER.sub(r"\1\\\2", text.replace("</del><ins>", "</del> <ins>"))
    lead = f"{'#' * max(3, change.clause.level)} " if heading else ""
    return lead + ("- " if change.clause.block is Block.ITEM else "") + text


def _run(run: Run) -> str:
    opens, closes = _MARKS[run.op]
    core = run.text.strip()
    if not core or not opens:
        return escape(run.text)
    start = run.text.index(core[0])
    sign = MOVED[run.op] if run.moved else ""
    return f"{run.text[:start]}{opens}{sign}{escape(core)}{closes}{run.text[start + len(core) :]}"


def escape(text: str, *, keep: str = "") -> str:
    """Return `text` as it stands, in Markdown and in a terminal, but for the signs to keep."""
    return _SPECIAL.sub(lambda found: found[1] if found[1] in keep else f"\\{found[1]}", clean(text))
