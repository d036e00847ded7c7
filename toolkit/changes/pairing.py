"""Which clauses of two texts are the same clause: at the same spot, in other paragraphs, or moved. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel, LCSseq

from toolkit.changes.units import likeness_words, texts_of, units
from toolkit.policy.clauses import Clause
from toolkit.policy.document import Section, sections
from toolkit.policy.words import word_ends

LIKENESS = 0.5
"""Two clauses at the same spot are one reworded clause from this share of common words on."""

LARGEST_GAP = 40_000
"""Above so many pairs of clauses in one gap nothing is likened: two such texts are not versions of each other."""

NEIGHBOUR_WORDS = 4
"""A clause of at most so many words is paired by its neighbours, where none is like it."""


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
            if olds.whole is not None and news.whole is not None and olds.whole.text == news.whole.text:
                old_at, old_part = olds.step()
                new_at, new_part = news.step()
                yield Part(old=old_part, new=new_part, old_at=old_at, new_at=new_at)
                continue
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
        self._ends: list[int] | None = None  # counted only where a clause has to be cut

    @property
    def left(self) -> bool:
        return self._at < self._run.stop

    @property
    def words(self) -> int:
        """How many words are left of the clause that is open."""
        return len(self._open())

    @property
    def whole(self) -> Clause | None:
        """The clause that is next, where nothing of it was taken yet."""
        return self._clauses[self._at] if self.left and not self._start else None

    def step(self) -> tuple[int, Clause]:
        """Return the next clause as it is, with its place."""
        at = self._at
        self._at, self._ends = at + 1, None
        return at, self._clauses[at]

    def _open(self) -> list[int]:
        if self._ends is None:
            self._ends = word_ends(self._clauses[self._at].text) if self.left else []
        return self._ends

    def take(self, words: int) -> tuple[int, Clause]:
        """Return the next piece and the place of its clause; an empty one where a side has no clause left."""
        if not self.left:
            return self._run.stop - 1, _without_words(self._clauses[self._run.stop - 1])
        at, clause, ends = self._at, self._clauses[self._at], self._open()
        if words >= len(ends):
            piece = clause.cut(self._start, len(clause.text))
            self._at, self._start, self._ends = self._at + 1, 0, None
        elif words:
            end = ends[words - 1]
            piece = clause.cut(self._start, end)
            self._start, self._ends = end + 1, ends[words:]
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
    """Pair equal clauses and rows of a gap in order, then what is sealed alike or similar in the gaps between them."""
    mine, theirs = units(old, olds), units(new, news)
    texts = [texts_of(old, unit) for unit in mine], [texts_of(new, unit) for unit in theirs]
    for tag, i1, i2, j1, j2 in _opcodes(*texts):
        if tag == "equal":
            yield from (
                _one(i, j)
                for one, other in zip(mine[i1:i2], theirs[j1:j2], strict=True)
                for i, j in zip(one, other, strict=True)
            )
        elif i1 < i2 and j1 < j2:
            yield from _pair_gap(old, new, _joined(mine[i1:i2]), _joined(theirs[j1:j2]))


def _joined(parts: Sequence[range]) -> range:
    return range(parts[0].start, parts[-1].stop)


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
        yield from _pair_units(old, new, units(old, olds), units(new, news))


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


def _pair_units(
    old: Sequence[Clause], new: Sequence[Clause], olds: Sequence[range], news: Sequence[range]
) -> Iterator[Twin]:
    """Pair what is similar, clause by clause and row by row, in order."""
    i = j = 0
    for one, other in (*_most_alike_in_order(_likenesses(old, new, olds, news)), (len(olds), len(news))):
        yield from _pair_neighbours(old, new, olds[i:one], news[j:other])
        if one < len(olds):
            yield from _pair_cells(old, new, olds[one], news[other])
        i, j = one + 1, other + 1


def _pair_neighbours(
    old: Sequence[Clause], new: Sequence[Clause], olds: Sequence[range], news: Sequence[range]
) -> Iterator[Twin]:
    """Pair short clauses of one kind that stand alone between the same neighbours: they are too short to be alike."""
    if len(olds) != 1 or len(news) != 1 or len(olds[0]) != 1 or len(news[0]) != 1:
        return
    one, other = old[olds[0].start], new[news[0].start]
    same = (one.block, one.level, one.nesting) == (other.block, other.level, other.nesting)
    if same and max(len(likeness_words(one)), len(likeness_words(other))) <= NEIGHBOUR_WORDS:
        yield _one(olds[0].start, news[0].start)


def _pair_cells(old: Sequence[Clause], new: Sequence[Clause], row: range, other: range) -> Iterator[Twin]:
    """Pair two clauses, or the cells of two rows that begin the same columns, in order."""
    if len(row) == len(other) == 1:
        yield _one(row.start, other.start)
        return
    columns = [old[at].column for at in row], [new[at].column for at in other]
    for tag, i1, i2, j1, j2 in _opcodes(*columns):
        if tag == "equal":
            yield from (_one(i, j) for i, j in zip(row[i1:i2], other[j1:j2], strict=True))


def _likenesses(
    old: Sequence[Clause], new: Sequence[Clause], olds: Sequence[range], news: Sequence[range]
) -> list[list[float]]:
    """Return for each two clauses or rows how alike they are, from 0 (not the same) to 1."""
    words = [_words_of(new, unit) for unit in news]
    return [
        [_likeness(old[unit.start], mine, new[other.start], theirs) for other, theirs in zip(news, words, strict=True)]
        for unit in olds
        for mine in [_words_of(old, unit)]
    ]


def _words_of(clauses: Sequence[Clause], unit: range) -> list[str]:
    return [word for at in unit for word in likeness_words(clauses[at])]


def _likeness(old: Clause, olds: list[str], new: Clause, news: list[str]) -> float:
    if bool(old.level) != bool(new.level) or bool(old.column) != bool(new.column):
        return 0.0
    return float(Indel.normalized_similarity(olds, news, score_cutoff=LIKENESS))
