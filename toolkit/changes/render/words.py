"""The words that a redline is shown with, the same in every format. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.changes.redline import Aspect, Change, Place, Redline
from toolkit.changes.targets import targets
from toolkit.changes.wording import Wording
from toolkit.policy.clauses import Clause

FOLD = 3
"""From so many unchanged clauses in a row on, they are folded."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Neighbouring changes: all unchanged and folded, or to be shown."""

    folded: bool
    changes: tuple[Change, ...]


def has_moves(redline: Redline) -> bool:
    """Whether any words were struck in one place and stand in another."""
    return any(run.moved for change in redline.changed for run in change.runs)


def label(change: Change, wording: Wording) -> str:
    """Return the words that say what happened to a clause; empty where the marked words say it all."""
    said = [*_place(change, wording), *_aspects(change, wording)]
    if not said and change.aspects == {Aspect.FORM}:
        said = [wording.say("redline.form")]
    return "; ".join([*said[:1], *(each[:1].lower() + each[1:] for each in said[1:])])


def _place(change: Change, wording: Wording) -> Iterator[str]:
    if change.place is Place.MOVED:
        yield _moved(change, wording)
    elif change.place is not Place.SAME:
        yield wording.say(f"redline.{change.place}")


def _moved(change: Change, wording: Wording) -> str:
    if not change.old or not change.old.path:
        return wording.say("redline.moved")
    if change.new and change.old.path == change.new.path:
        return wording.say("redline.moved_within")
    return wording.say("redline.moved_from", place=change.old.path[-1])


def _aspects(change: Change, wording: Wording) -> Iterator[str]:
    """Say each aspect that the marked words do not show. A clause that comes or goes brings its own with it."""
    if Aspect.LINKS in change.aspects:
        yield wording.say("redline.links", links=say_links(change, wording))
    if not change.old or not change.new:
        return
    if Aspect.NUMBER in change.aspects:
        yield wording.say("redline.number")
    if Aspect.DEPTH in change.aspects:
        yield _depth_changed(change.old, change.new, wording)
    if Aspect.COLUMN in change.aspects:
        yield _column_changed(change.old, change.new, wording)


def _depth_changed(old: Clause, new: Clause, wording: Wording) -> str:
    if bool(old.level) != bool(new.level):
        return wording.say("redline.heading" if new.level else "redline.no_heading")
    was, becomes = _depth(old), _depth(new)
    return wording.say("redline.depth", was=was, becomes=becomes) if was != becomes else wording.say("redline.item")


def _depth(clause: Clause) -> int:
    """Return a heading's level, or the level of an item's list, counted from 1."""
    return clause.level or clause.nesting + 1


def _column_changed(old: Clause, new: Clause, wording: Wording) -> str:
    if not old.column or not new.column:
        return wording.say("redline.cell" if new.column else "redline.no_cell")
    if old.column == new.column:
        return wording.say("redline.row")
    return wording.say("redline.column", was=old.column, becomes=new.column)


def say_links(change: Change, wording: Wording) -> str:
    """Return where each link of a clause led and leads."""
    nothing = wording.say("redline.no_link")
    pairs = ((was or nothing, becomes or nothing) for was, becomes in targets(change))
    return "; ".join(wording.say("redline.link", was=was, becomes=becomes) for was, becomes in pairs)


def stretches(changes: Iterable[Change]) -> Iterator[Stretch]:
    """Cut a redline into what is shown and what is folded."""
    same: list[Change] = []
    shown: list[Change] = []
    for change in changes:
        if not change.shows:
            same.append(change)
            continue
        if len(same) >= FOLD:
            if shown:
                yield Stretch(folded=False, changes=tuple(shown))
            yield Stretch(folded=True, changes=tuple(same))
            shown = []
        else:
            shown += same
        shown.append(change)
        same = []
    if shown and len(same) < FOLD:
        shown, same = shown + same, []
    if shown:
        yield Stretch(folded=False, changes=tuple(shown))
    if same:
        yield Stretch(folded=True, changes=tuple(same))
