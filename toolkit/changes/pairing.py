"""Which clauses of two texts are the same clause: at the same spot, in other paragraphs, or moved. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel, LCSseq

from toolkit.changes.numbering import unnumbered
from toolkit.policy.clauses import Clause
from toolkit.policy.document import Section, sections
from toolkit.policy.words import tokens, word_ends

LIKENESS = 0.5
"""Two clauses at the same spot are one reworded clause from this share of common words on."""

MOVED_LIKENESS = 0.8
"""Two clauses far apart are one moved clause from this share of common words on."""

LARGEST_GAP = 40_000
"""Above so many pairs of clauses in one gap nothing is likened: two such texts are not versions of each other."""

MOVED_WORDS = 4
"""A clause of fewer words is too common to be called moved."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A piece of an old clause and the piece of a new one that says the same, with the places of the clauses."""

    old: Clause
    new: Clause
    old_at: int
    new_at: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Twin:
    """Clauses that belong together: one on each side, or any number on both where they are sealed alike."""

    old: range
    new: range
    alike: bool

    def parts(self, old: Sequence[Clause], new: Sequence[Clause]) -> Iterator[Part]:
        """Cut clauses that are sealed alike where either side ends one."""
        olds, news = _Cutter(old, self.old), _Cutter(new, self.new)
        while olds.left or news.left:
            words = min(olds.words if olds.left else news.words, news.words if news.left else olds.words)
            old_at, old_part = olds.take(words)
            new_at, new_part = news.take(words)
            yield Part(old=old_part, new=new_part, old_at=old_at, new_at=new_at)


class _Cutter:
    """Hands out a run of clauses in pieces of so many words."""

    def __init__(self, clauses: Sequence[Clause], run: range) -> None:
        self._clauses = clauses
        self._run = run
        self._at = run.start
        self._start = 0
        self._ends = word_ends(clauses[run.start].text) if run else []

    @property
    def left(self) -> bool:
        return self._at < self._run.stop

    @property
    def words(self) -> int:
        """How many words are left of the clause that is open."""
        return len(self._ends)

    def take(self, words: int) -> tuple[int, Clause]:
        """Return the next piece and the place of its clause; an empty one where a side has no clause left."""
        if not self.left:
            return self._run.stop - 1, _without_words(self._clauses[self._run.stop - 1])
        at, clause = self._at, self._clauses[self._at]
        if words >= len(self._ends):
            piece = clause.cut(self._start, len(clause.text))
            self._at, self._start = self._at + 1, 0
            self._ends = word_ends(self._clauses[self._at].text) if self.left else []
        elif words:
            end = self._ends[words - 1]
            piece = clause.cut(self._start, end)
            self._start, self._ends = end + 1, self._ends[words:]
        else:
            piece = _without_words(clause)
        return at, piece


def _without_words(clause: Clause) -> Clause:
    return replace(clause, text="", spans=())


def pair(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Twin, ...]:
    """Pair the clauses of two texts, in order. What stands in no twin was added, removed or moved."""
    olds, news = list(sections(old)), list(sections(new))
    found: list[Twin] = []
    for tag, i1, i2, j1, j2 in _opcodes(_keys(olds), _keys(news)):
        if tag == "equal":
            pairs = zip(olds[i1:i2], news[j1:j2], strict=True)
            found += [twin for one, other in pairs if (twin := _alike(one, other)).old or twin.new]
        else:
            found += _pair_clauses(old, new, _span(olds, i1, i2), _span(news, j1, j2))
    return tuple(found)


def _keys(parts: Sequence[Section]) -> list[tuple[bool, str]]:
    return [(part.heading, part.sealed) for part in parts]


def _alike(one: Section, other: Section) -> Twin:
    return Twin(old=range(one.start, one.end), new=range(other.start, other.end), alike=True)


def _span(parts: Sequence[Section], first: int, last: int) -> range:
    """Return the places of the clauses in some sections, one after the other."""
    return range(parts[first].start, parts[last - 1].end) if first < last else range(0)


def _pair_clauses(old: Sequence[Clause], new: Sequence[Clause], olds: range, news: range) -> Iterator[Twin]:
    """Pair equal clauses of a gap in order, then what is sealed alike or similar in the gaps between them."""
    texts = [old[at].text for at in olds], [new[at].text for at in news]
    for tag, i1, i2, j1, j2 in _opcodes(*texts):
        if tag == "equal":
            yield from (_one(i, j) for i, j in zip(olds[i1:i2], news[j1:j2], strict=True))
        elif i1 < i2 and j1 < j2:
            yield from _pair_gap(old, new, olds[i1:i2], news[j1:j2])


def _one(i: int, j: int) -> Twin:
    return Twin(old=range(i, i + 1), new=range(j, j + 1), alike=False)


def _opcodes(old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield the equal stretches and, whole, the gaps between them."""
    i = j = 0
    for op in LCSseq.opcodes(old, new):
        if op.tag == "equal":
            yield "gap", i, op.src_start, j, op.dest_start
            yield "equal", op.src_start, op.src_end, op.dest_start, op.dest_end
            i, j = op.src_end, op.dest_end
    yield "gap", i, len(old), j, len(new)


def _pair_gap(old: Sequence[Clause], new: Sequence[Clause], olds: range, news: range) -> Iterator[Twin]:
    """Pair what is only cut into other paragraphs, then what is similar in the gaps before and after it."""
    if not olds or not news or len(olds) * len(news) > LARGEST_GAP:
        return
    twin = _find_recut(old, new, olds, news)
    if twin:
        yield from _pair_gap(old, new, olds[: twin.old.start - olds.start], news[: twin.new.start - news.start])
        yield twin
        yield from _pair_gap(old, new, olds[twin.old.stop - olds.start :], news[twin.new.stop - news.start :])
    else:
        yield from (_one(olds[i], news[j]) for i, j in _most_alike_in_order(_likenesses(old, new, olds, news)))


def _find_recut(old: Sequence[Clause], new: Sequence[Clause], olds: range, news: range) -> Twin | None:
    """Find the first clauses that are sealed alike though their ends are elsewhere."""
    for i in olds:
        for j in news:
            mine, theirs = _same_run(old, new, range(i, olds.stop), range(j, news.stop))
            if mine:
                return Twin(old=mine, new=theirs, alike=True)
    return None


def _same_run(old: Sequence[Clause], new: Sequence[Clause], olds: range, news: range) -> tuple[range, range]:
    """Return the shortest runs that begin these and are sealed alike; empty ones where there are none.

    The side that is behind takes its next clause, as long as one is the beginning of the other.
    """
    i, j = olds.start + 1, news.start + 1
    mine, theirs = old[olds.start].sealed, new[news.start].sealed
    while not any(clause.level for clause in (old[i - 1], new[j - 1])):
        if mine == theirs:
            return range(olds.start, i), range(news.start, j)
        if theirs.startswith(f"{mine} ") and i < olds.stop:
            mine, i = f"{mine} {old[i].sealed}", i + 1
        elif mine.startswith(f"{theirs} ") and j < news.stop:
            theirs, j = f"{theirs} {new[j].sealed}", j + 1
        else:
            break
    return range(0), range(0)


def _most_alike_in_order(likeness: list[list[float]]) -> Iterator[tuple[int, int]]:
    """Yield pairs such that the order stands and the sum of likenesses is greatest."""
    rows, columns = len(likeness), len(likeness[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            both = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    i = j = 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _likenesses(old: Sequence[Clause], new: Sequence[Clause], olds: range, news: range) -> list[list[float]]:
    """Return for each two clauses how alike they are, from 0 (not one clause) to 1."""
    words = {at: tokens(unnumbered(new[at])) for at in news}
    return [[_likeness(old[i], mine, new[j], words[j]) for j in news] for i in olds for mine in [_words(old[i])]]


def _words(clause: Clause) -> list[str]:
    return tokens(unnumbered(clause))


def _likeness(old: Clause, olds: list[str], new: Clause, news: list[str]) -> float:
    if bool(old.level) != bool(new.level):
        return 0.0
    return float(Indel.normalized_similarity(olds, news, score_cutoff=LIKENESS))


def find_moves(old: Sequence[Clause], new: Sequence[Clause], twins: Sequence[Twin]) -> dict[int, int]:
    """Pair what was removed in one place and added in another: the same words first, then alike ones.

    Return the old place of each new place.
    """
    stayed_old = {at for twin in twins for at in twin.old}
    stayed_new = {at for twin in twins for at in twin.new}
    gone = [i for i, clause in enumerate(old) if i not in stayed_old and _long(clause)]
    come = [j for j, clause in enumerate(new) if j not in stayed_new and _long(clause)]
    moved: dict[int, int] = {}
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
