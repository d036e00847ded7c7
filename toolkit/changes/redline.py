"""Two documents -> Redline: clauses paired, moved or renumbered; words kept, deleted, inserted. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from toolkit.policy.document import Clause, Document


class Kind(StrEnum):
    """What happened to a clause."""

    UNCHANGED = "unchanged"
    FORMATTED = "formatted"  # no word changed, only marks or the kind of clause
    REWORDED = "reworded"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # reworded or not: the runs say
    RENUMBERED = "renumbered"  # a heading whose number alone changed
    RELINKED = "relinked"  # the same words lead elsewhere


class Op(StrEnum):
    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A stretch of text that was kept, deleted or inserted. Old text = keeps + deletes; new = keeps + inserts."""

    op: Op
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One clause's fate. `old` is None where it was added, `new` where it was removed."""

    kind: Kind
    old: Clause | None
    new: Clause | None
    runs: tuple[Run, ...]

    @property
    def clause(self) -> Clause:
        """The clause as the reader meets it: the new one, or the old where it is gone."""
        clause = self.new or self.old
        assert clause is not None  # noqa: S101 - a change has at least one side
        return clause


@dataclass(frozen=True, kw_only=True)
class Redline:
    """Every clause of both sides in reading order, each once."""

    old: Document
    new: Document
    changes: tuple[Change, ...]

    @property
    def changed(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is not Kind.UNCHANGED)
