"""Which clauses that were removed in one place were added in another. Pure."""

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from toolkit.changes.pairing import LARGEST_GAP, Twin
from toolkit.changes.units import likeness_words, texts_of, units
from toolkit.policy.clauses import Clause
from toolkit.policy.words import tokens

MOVED_LIKENESS = 0.6
"""Two clauses far apart are one moved clause from this share of common words on."""

MOVED_WORDS = 4
"""A clause of fewer words is too common to be called moved."""


def find_moves(old: Sequence[Clause], new: Sequence[Clause], twins: Sequence[Twin]) -> dict[int, int]:
    """Pair what was removed in one place and added in another: the same words first, then alike ones.

    Return the old place of each new place.
    """
    stayed_old = {at for twin in twins for at in twin.old}
    stayed_new = {at for twin in twins for at in twin.new}
    gone = [i for i, clause in enumerate(old) if i not in stayed_old and _long(clause)]
    come = [j for j, clause in enumerate(new) if j not in stayed_new and _long(clause)]
    moved = dict(_moved_rows(old, new, stayed_old, stayed_new))
    gone = [i for i in gone if i not in moved.values()]
    come = [j for j in come if j not in moved]
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


def _moved_rows(
    old: Sequence[Clause], new: Sequence[Clause], stayed_old: set[int], stayed_new: set[int]
) -> Iterator[tuple[int, int]]:
    """Yield the cells of whole rows that stand in another place, word for word: the new place and the old one."""
    gone: dict[tuple[str, ...], list[range]] = {}
    for row in _rows(old, stayed_old):
        gone.setdefault(texts_of(old, row), []).append(row)
    for row in _rows(new, stayed_new):
        if same := gone.get(texts_of(new, row)):
            yield from zip(row, same.pop(0), strict=True)


def _rows(clauses: Sequence[Clause], stayed: set[int]) -> Iterator[range]:
    """Yield the rows none of whose cells stayed."""
    for unit in units(clauses, range(len(clauses))):
        if clauses[unit.start].column and stayed.isdisjoint(unit) and any(clauses[at].text for at in unit):
            yield unit


def _long(clause: Clause) -> bool:
    return len(tokens(clause.words)) >= MOVED_WORDS


def _most_alike(old: Sequence[Clause], among: Sequence[int], clause: Clause) -> int | None:
    words = likeness_words(clause)
    scored = (
        (Indel.normalized_similarity(likeness_words(old[i]), words, score_cutoff=MOVED_LIKENESS), i) for i in among
    )
    score, i = max(scored, default=(0.0, 0))
    return i if score else None
