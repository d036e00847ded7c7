"""Two documents -> Redline: clauses paired, moved or renumbered; words kept, deleted, inserted. Pure."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel, LCSseq

from toolkit.changes.alignment import Run, align
from toolkit.policy.clauses import Clause
from toolkit.policy.document import Document
from toolkit.policy.words import tokens

LIKENESS = 0.5
"""Two clauses at the same spot are one reworded clause from this share of common words on."""

MOVED_LIKENESS = 0.8
"""Two clauses far apart are one moved clause from this share of common words on."""

LARGEST_GAP = 40_000
"""Above so many pairs of clauses in one gap nothing is likened: two such texts are not versions of each other."""

MOVED_WORDS = 4
"""A clause of fewer words is too common to be called moved."""


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One clause's fate. `old` is None where it was added, `new` where it was removed.

    `old_at` and `new_at` are the clause's places in the two documents, counted from 0.
    """

    kind: Kind
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


@dataclass(frozen=True, kw_only=True)
class Redline:
    """Every clause of both sides in reading order, each once. A moved clause stands where it is now."""

    old: Document
    new: Document
    changes: tuple[Change, ...]

    @property
    def changed(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is not Kind.UNCHANGED)


def compare(old: Document, new: Document) -> Redline:
    """Compare two documents clause by clause, then word by word."""
    pairs = _pair(old.clauses, new.clauses)
    moved = _find_moves(old.clauses, new.clauses, pairs)
    changes = tuple(_changes(old.clauses, new.clauses, pairs, moved))
    return Redline(old=old, new=new, changes=changes)


Pairs = dict[int, int]  # new clause's place -> old clause's place


def _pair(old: Sequence[Clause], new: Sequence[Clause]) -> Pairs:
    """Pair equal clauses in order, then similar ones in the gaps between them."""
    pairs: Pairs = {}
    for tag, i1, i2, j1, j2 in _opcodes([c.text for c in old], [c.text for c in new]):
        if tag == "equal":
            pairs.update(zip(range(j1, j2), range(i1, i2), strict=True))
        elif i1 < i2 and j1 < j2:
            pairs.update(_pair_gap(old[i1:i2], new[j1:j2], i1, j1))
    return pairs


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the equal stretches and, whole, the gaps between them."""
    i = j = 0
    for op in LCSseq.opcodes(old, new):
        if op.tag == "equal":
            yield "gap", i, op.src_start, j, op.dest_start
            yield "equal", op.src_start, op.src_end, op.dest_start, op.dest_end
            i, j = op.src_end, op.dest_end
    yield "gap", i, len(old), j, len(new)


def _pair_gap(old: Sequence[Clause], new: Sequence[Clause], i0: int, j0: int) -> Pairs:
    """Pair the clauses of a gap so that the order stands and the sum of likenesses is greatest."""
    if len(old) * len(new) > LARGEST_GAP:
        return {}
    likeness = _likenesses(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    pairs: Pairs = {}
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs[j0 + j] = i0 + i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likenesses(old: Sequence[Clause], new: Sequence[Clause]) -> list[list[float]]:
    """Return for each two clauses how alike they are, from 0 (not one clause) to 1."""
    olds = [tokens(_unnumbered(clause) or clause.words) for clause in old]
    news = [tokens(_unnumbered(clause) or clause.words) for clause in new]
    return [
        [_likeness(clause, words, other, others) for other, others in zip(new, news, strict=True)]
        for clause, words in zip(old, olds, strict=True)
    ]


def _likeness(old: Clause, olds: list[str], new: Clause, news: list[str]) -> float:
    if bool(old.level) != bool(new.level):
        return 0.0
    return float(Indel.normalized_similarity(olds, news, score_cutoff=LIKENESS))


_HEADING_NUMBER = re.compile(
    r"(?:(?:section|article|part|§)\s*)?(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])[.):]?\s+", re.IGNORECASE
)


def _unnumbered(clause: Clause) -> str:
    """Return a heading's words without its number; empty for what is no heading."""
    return _HEADING_NUMBER.sub("", clause.words, count=1) if clause.level else ""


def _find_moves(old: Sequence[Clause], new: Sequence[Clause], pairs: Pairs) -> Pairs:
    """Pair what was removed in one place and added in another: the same words first, then alike ones."""
    taken = set(pairs.values())
    gone = [i for i, clause in enumerate(old) if i not in taken and _long(clause)]
    come = [j for j, clause in enumerate(new) if j not in pairs and _long(clause)]
    moved: Pairs = {}
    by_words = {old[i].words: i for i in reversed(gone)}
    for j in come:
        i = by_words.pop(new[j].words, None)
        if i is not None:
            moved[j] = i
            gone.remove(i)
    if len(gone) * len(come) > LARGEST_GAP:
        return moved
    for j in (j for j in come if j not in moved):
        i = _most_alike(old, gone, new[j])
        if i is not None:
            moved[j] = i
            gone.remove(i)
    return moved


def _long(clause: Clause) -> bool:
    return len(tokens(clause.words)) >= MOVED_WORDS


def _most_alike(old: Sequence[Clause], among: Sequence[int], clause: Clause) -> int | None:
    words = tokens(clause.words)
    scored = ((Indel.normalized_similarity(tokens(old[i].words), words, score_cutoff=MOVED_LIKENESS), i) for i in among)
    score, i = max(scored, default=(0.0, 0))
    return i if score else None


def _changes(old: Sequence[Clause], new: Sequence[Clause], pairs: Pairs, moved: Pairs) -> Iterator[Change]:
    """Yield the changes in reading order: a removed clause before what took its place."""
    gone = deque(sorted(set(range(len(old))) - set(pairs.values()) - set(moved.values())))
    edges = iter([*(pairs[j] for j in sorted(pairs)), len(old)])
    edge = next(edges)  # the old place of the next clause that stands on both sides
    for j, clause in enumerate(new):
        while gone and gone[0] < edge:
            at = gone.popleft()
            yield _removed(old[at], at)
        if j in pairs:
            yield _paired(old[pairs[j]], clause, pairs[j], j)
            edge = next(edges)
        elif j in moved:
            yield _paired(old[moved[j]], clause, moved[j], j, moved=True)
        else:
            yield Change(kind=Kind.ADDED, old=None, new=clause, runs=align("", clause.text), new_at=j)
    yield from (_removed(old[at], at) for at in gone)


def _removed(clause: Clause, at: int) -> Change:
    return Change(kind=Kind.REMOVED, old=clause, new=None, runs=align(clause.text, ""), old_at=at)


def _paired(old: Clause, new: Clause, old_at: int, new_at: int, *, moved: bool = False) -> Change:
    kind = Kind.MOVED if moved else _kind(old, new)
    return Change(kind=kind, old=old, new=new, runs=align(old.text, new.text), old_at=old_at, new_at=new_at)


def _kind(old: Clause, new: Clause) -> Kind:
    if old.words != new.words:
        return Kind.RENUMBERED if _unnumbered(old) == _unnumbered(new) != "" else Kind.REWORDED
    if old.links != new.links:
        return Kind.RELINKED
    same = (old.text, old.kind, old.level) == (new.text, new.kind, new.level)
    return Kind.UNCHANGED if same else Kind.FORMATTED
