"""Two documents -> Redline: each clause's place and aspects; words kept, deleted, inserted. Pure.

Two texts are taken apart at their headings first, and what is sealed alike is one section on both sides. Only what
is left is paired clause by clause. So a comparison is empty exactly where the two digests are equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.changes.alignment import Run, align
from toolkit.changes.clause_moves import find_moves
from toolkit.changes.moves import mark_moves
from toolkit.changes.numbering import number_of, unnumbered
from toolkit.changes.pairing import Twin, pair
from toolkit.policy.clauses import Clause, Inline
from toolkit.policy.document import Document


class Place(StrEnum):
    """Where a clause went."""

    SAME = "same"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"


class Aspect(StrEnum):
    """What of a clause differs. All but the form is sealed."""

    WORDS = "words"
    LINKS = "links"  # which words one stands on, where it leads, what its title says
    NUMBER = "number"  # a heading's
    DEPTH = "depth"  # a heading's level, an item's nesting and where it begins
    COLUMN = "column"  # a cell's, and where its row begins
    FORM = "form"  # the kind of block, where a paragraph ends, emphasis, typographic marks


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What happened to one clause: its place, and the aspects that differ.

    `old` is None where it was added, `new` where it was removed. `old_at` and `new_at` are the clause's places in
    the two documents, counted from 0. Where only the ends of paragraphs differ, `old` and `new` are the parts of
    the clauses that say the same; a part without words of its own has no place.
    """

    place: Place
    aspects: frozenset[Aspect]
    old: Clause | None
    new: Clause | None
    runs: tuple[Run, ...]
    old_at: int | None = None
    new_at: int | None = None

    @property
    def clause(self) -> Clause:
        """The clause as the reader meets it: the new one, or the old where it is gone."""
        clause = self.new or self.old
        assert clause is not None  # noqa: S101 - a change has at least one side
        return clause

    @property
    def before(self) -> str:
        return self.old.text if self.old else ""

    @property
    def after(self) -> str:
        return self.new.text if self.new else ""

    @property
    def shows(self) -> bool:
        """Whether there is anything to show: the clause is not in every way as it was."""
        return self.place is not Place.SAME or bool(self.aspects)

    @property
    def is_sealed(self) -> bool:
        """Whether the change makes another digest: more than the form differs."""
        return self.place is not Place.SAME or bool(self.aspects - {Aspect.FORM})


@dataclass(frozen=True, kw_only=True)
class Redline:
    """Every clause of both sides in reading order, each once. A moved clause stands where it is now."""

    old: Document
    new: Document
    changes: tuple[Change, ...]

    @property
    def changed(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.shows)

    @property
    def is_empty(self) -> bool:
        """Whether nothing that is sealed differs: exactly then the two digests are equal."""
        return not any(change.is_sealed for change in self.changes)


def compare(old: Document, new: Document) -> Redline:
    """Compare two documents section by section, then clause by clause, then word by word."""
    twins = pair(old.clauses, new.clauses)
    moved = find_moves(old.clauses, new.clauses, twins)
    changes = tuple(_changes(old.clauses, new.clauses, twins, moved))
    marked = mark_moves([change.runs for change in changes])
    if marked:
        changes = tuple(replace(each, runs=marked.get(at, each.runs)) for at, each in enumerate(changes))
    return Redline(old=old, new=new, changes=changes)


def _changes(
    old: Sequence[Clause], new: Sequence[Clause], twins: Sequence[Twin], moved: dict[int, int]
) -> Iterator[Change]:
    """Yield the changes in reading order: what was removed before what took its place."""
    gone = frozenset(moved.values())
    end = Twin(old=range(len(old), len(old)), new=range(len(new), len(new)), alike=True)
    i = j = 0
    for twin in (*twins, end):
        yield from (_removed(old[at], at) for at in range(i, twin.old.start) if at not in gone)
        for at in range(j, twin.new.start):
            yield _moved(old, new, moved[at], at) if at in moved else _added(new[at], at)
        yield from _together(old, new, twin)
        i, j = twin.old.stop, twin.new.stop


def _together(old: Sequence[Clause], new: Sequence[Clause], twin: Twin) -> Iterator[Change]:
    if twin.alike:
        yield from _same_words(old, new, twin)
    else:
        i, j = twin.old.start, twin.new.start
        yield _paired(old[i], new[j], i, j, Place.SAME)


def _moved(old: Sequence[Clause], new: Sequence[Clause], old_at: int, new_at: int) -> Change:
    return _paired(old[old_at], new[new_at], old_at, new_at, Place.MOVED)


def _paired(old: Clause, new: Clause, old_at: int, new_at: int, place: Place) -> Change:
    runs = align(old.text, new.text)
    aspects = frozenset(_aspects(old, new))
    return Change(place=place, aspects=aspects, old=old, new=new, runs=runs, old_at=old_at, new_at=new_at)


def _added(clause: Clause, at: int) -> Change:
    runs = align("", clause.text)
    return Change(place=Place.ADDED, aspects=_whole(clause), old=None, new=clause, runs=runs, new_at=at)


def _removed(clause: Clause, at: int) -> Change:
    runs = align(clause.text, "")
    return Change(place=Place.REMOVED, aspects=_whole(clause), old=clause, new=None, runs=runs, old_at=at)


def _whole(clause: Clause) -> frozenset[Aspect]:
    """Return the aspects of a clause that comes or goes as a whole."""
    links = [Aspect.LINKS] if clause.links else []
    return frozenset([Aspect.WORDS, *links] if clause.text else links)


def _aspects(old: Clause, new: Clause) -> Iterator[Aspect]:
    if number_of(old) != number_of(new):
        yield Aspect.NUMBER
    if unnumbered(old) != unnumbered(new):
        yield Aspect.WORDS
    if _links_differ(old, new):
        yield Aspect.LINKS
    in_table = bool(old.column or new.column)
    if (old.level, old.nesting) != (new.level, new.nesting) or (not in_table and old.position != new.position):
        yield Aspect.DEPTH
    if in_table and (old.column, old.position) != (new.column, new.position):
        yield Aspect.COLUMN
    if _form_differs(old, new):
        yield Aspect.FORM


def _links_differ(old: Clause, new: Clause) -> bool:
    """Whether a link leads elsewhere or, where the words are the same, stands on others of them."""
    if old.words == new.words:
        return old.marked != new.marked
    return old.links != new.links


def _form_differs(old: Clause, new: Clause) -> bool:
    if old.block != new.block or _tags(old) != _tags(new):
        return True
    # Where the words differ, so do the places of what is emphasised, and the typographic marks are among the words.
    return old.words == new.words and (old.text, _emphases(old)) != (new.text, _emphases(new))


def _tags(clause: Clause) -> tuple[str, ...]:
    return tuple(tag for tag, _ in clause.containers)


def _emphases(clause: Clause) -> list[tuple[Inline, int, int]]:
    return [(span.kind, span.start, span.end) for span in clause.spans if span.kind is not Inline.LINK]


def _same_words(old: Sequence[Clause], new: Sequence[Clause], twin: Twin) -> Iterator[Change]:
    """Walk along clauses that are sealed alike, cutting both sides where either ends: only the form can differ."""
    for part in twin.parts(old, new):
        whole = part.old == old[part.old_at] and part.new == new[part.new_at]
        form = not whole or _form_differs(part.old, part.new)
        yield Change(
            place=Place.SAME,
            aspects=frozenset({Aspect.FORM} if form else ()),
            old=part.old,
            new=part.new,
            runs=align(part.old.text, part.new.text),
            old_at=part.old_at if part.old.text or whole else None,
            new_at=part.new_at if part.new.text or whole else None,
        )
