"""The words that a redline is shown with, the same in every format. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.changes.redline import Change, Kind
from toolkit.changes.targets import targets

FOLD = 3
"""From so many unchanged clauses in a row on, they are folded."""

_LABELS = {
    Kind.ADDED: "Added",
    Kind.REMOVED: "Removed",
    Kind.MOVED: "Moved here",
    Kind.RENUMBERED: "Renumbered",
    Kind.RELINKED: "Link changed",
    Kind.FORMATTED: "Formatting only",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Neighbouring changes: all unchanged and folded, or to be shown."""

    folded: bool
    changes: tuple[Change, ...]


def label(change: Change) -> str:
    """Return the words that say what happened to a clause; empty where the marked words say it."""
    said = _LABELS.get(change.kind, "")
    if change.kind is Kind.MOVED and change.old and change.old.path:
        here = change.new is not None and change.old.path == change.new.path
        return "Moved within this section" if here else f"{said} from “{change.old.path[-1]}”"
    if change.kind is Kind.RELINKED:
        return f"{said}: {'; '.join(targets(change))}"
    return said


def stretches(changes: Iterable[Change]) -> Iterator[Stretch]:
    """Cut a redline into what is shown and what is folded."""
    calm: list[Change] = []
    shown: list[Change] = []
    for change in changes:
        if change.kind is Kind.UNCHANGED:
            calm.append(change)
            continue
        if len(calm) >= FOLD:
            if shown:
                yield Stretch(folded=False, changes=tuple(shown))
            yield Stretch(folded=True, changes=tuple(calm))
            shown = []
        else:
            shown += calm
        shown.append(change)
        calm = []
    if shown and len(calm) < FOLD:
        shown, calm = shown + calm, []
    if shown:
        yield Stretch(folded=False, changes=tuple(shown))
    if calm:
        yield Stretch(folded=True, changes=tuple(calm))


def count(number: int) -> str:
    """Return `1 unchanged clause`, `12 unchanged clauses`."""
    return f"{number} unchanged clause{'' if number == 1 else 's'}"
