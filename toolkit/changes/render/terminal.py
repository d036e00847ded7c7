"""A redline for the terminal. The marks say it without colour; colour is only added. Pure."""

from collections.abc import Iterator
from textwrap import fill

from toolkit.changes.alignment import Op, Run
from toolkit.changes.redline import Change, Place, Redline
from toolkit.changes.render.words import has_moves, label, stretches
from toolkit.changes.wording import Wording
from toolkit.policy.clauses import Block

_MARKS = {Op.KEEP: ("", "", ""), Op.DELETE: ("[-", "-]", "\x1b[31m"), Op.INSERT: ("{+", "+}", "\x1b[32m")}
MOVED = {Op.DELETE: "⇢ ", Op.INSERT: "⇠ "}
"""Words that went away to another place, and words that came from one."""
_SIGNS = {Place.ADDED: "+", Place.REMOVED: "-", Place.MOVED: ">"}
_TURNS = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))  # they reorder what a reader sees
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160), *_TURNS], "�")


def render(redline: Redline, wording: Wording, *, colour: bool = False, width: int = 100) -> str:
    """Return the redline as lines. Control characters of the text cannot reach the terminal."""
    if not redline.changed:
        return f"{wording.say('redline.nothing')}\n"
    moved = [wording.say("redline.moved_words")] if has_moves(redline) else []
    return "\n".join([*moved, *_lines(redline, wording, colour=colour, width=width)]) + "\n"


def clean(text: str) -> str:
    """Return `text` without what could steer a terminal or reorder its line."""
    return text.translate(_CONTROLS)


def _lines(redline: Redline, wording: Wording, *, colour: bool, width: int) -> Iterator[str]:
    place: tuple[str, ...] = ()
    for stretch in stretches(redline.changes):
        if stretch.folded:
            yield f"  … {wording.say_count('redline.unchanged', len(stretch.changes))}"
            continue
        for change in stretch.changes:
            if change.clause.path != place and change.clause.block is not Block.HEADING:
                place = change.clause.path
                yield _bold(clean(" > ".join(place)), colour=colour)
            elif change.clause.block is Block.HEADING:
                place = change.clause.path
            yield _change(change, wording, colour=colour, width=width)


def _change(change: Change, wording: Wording, *, colour: bool, width: int) -> str:
    said = label(change, wording)
    text = (f"({clean(said)}) " if said else "") + "".join(_run(run) for run in change.runs)
    sign = _SIGNS.get(change.place, "~" if change.shows else " ")
    folded = fill(
        text,
        width,
        initial_indent=f"{sign} ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return _coloured(folded) if colour else folded


def _run(run: Run) -> str:
    opens, closes, _ = _MARKS[run.op]
    text = clean(run.text)
    lead = text[: len(text) - len(text.lstrip())] if run.op is not Op.KEEP else ""
    tail = text[len(text.rstrip()) :] if run.op is not Op.KEEP and text.strip() else ""
    core = text.strip() if run.op is not Op.KEEP else text
    sign = MOVED[run.op] if run.moved else ""
    return f"{lead}{opens}{sign}{core}{closes}{tail}" if core else f"{opens}{text}{closes}"


def _coloured(text: str) -> str:
    for opens, closes, code in (_MARKS[Op.DELETE], _MARKS[Op.INSERT]):
        text = text.replace(opens, f"{code}{opens}").replace(closes, f"{closes}\x1b[0m")
    return text


def _bold(text: str, *, colour: bool) -> str:
    return f"\x1b[1m{text}\x1b[0m" if colour else text
