"""Words that were struck in one clause and stand in another: moved, not struck. Pure.

Where a paragraph is split or merged, or a sentence goes to another paragraph, the clauses are other ones and the words
are the same. A run of words that is struck here and added there is marked as moved on both sides; rejecting and
accepting treat it as before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.changes.alignment import Op, Run
from toolkit.changes.flow import RUN, word_spans
from toolkit.policy.words import fold

Mark = tuple[int, int, int]
"""A stretch of a run's text, in characters, and the number of the move."""


@dataclass(frozen=True, kw_only=True)
class _Words:
    """The words of one run that was struck or added, with the place of the run: its clause and its number there."""

    clause: int
    run: int
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def mark_moves(clauses: Sequence[tuple[Run, ...]]) -> dict[int, tuple[Run, ...]]:
    """Mark what is struck in one clause's runs and added in another's, in runs of six words or more.

    Return the runs of the clauses, by their number, that have any.
    """
    gone, come = list(_read(clauses, Op.DELETE)), list(_read(clauses, Op.INSERT))
    marks: dict[tuple[int, int], list[Mark]] = {}
    for number, (old, first, new, second, length) in enumerate(_pairs(gone, come), 1):
        marks.setdefault((old.clause, old.run), []).append(_mark(old, first, length, number))
        marks.setdefault((new.clause, new.run), []).append(_mark(new, second, length, number))
    return {at: tuple(_marked(clauses[at], at, marks)) for at in {clause for clause, _ in marks}}


def _read(clauses: Sequence[tuple[Run, ...]], op: Op) -> Iterator[_Words]:
    for at, runs in enumerate(clauses):
        for number, run in enumerate(runs):
            spans = word_spans(run.text) if run.op is op else ()
            if len(spans) >= RUN:
                words = tuple(fold(run.text[start:end]).casefold() for start, end in spans)
                yield _Words(clause=at, run=number, words=words, spans=spans)


def _pairs(gone: Sequence[_Words], come: Sequence[_Words]) -> Iterator[tuple[_Words, int, _Words, int, int]]:
    """Yield the stretches that both have: in which run, from which word on, and how many words. Each word once."""
    index: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, new in enumerate(come):
        for at in range(len(new.words) - RUN + 1):
            index.setdefault(new.words[at : at + RUN], []).append((number, at))
    taken = [bytearray(len(new.words)) for new in come]
    for old in gone:
        at = 0
        while at + RUN <= len(old.words):
            found = [
                (_common(old.words, at, come[number].words, there, taken[number]), -number, there)
                for number, there in index.get(old.words[at : at + RUN], ())
            ]
            length, number, there = max(found, default=(0, 0, 0))
            if length >= RUN:
                taken[-number][there : there + length] = b"\1" * length
                yield old, at, come[-number], there, length
                at += length
            else:
                at += 1


def _common(olds: Sequence[str], at: int, news: Sequence[str], there: int, taken: bytearray) -> int:
    """Return how many words two stretches share from here on, up to a word that is taken."""
    length = 0
    while (
        at + length < len(olds)
        and there + length < len(news)
        and not taken[there + length]
        and olds[at + length] == news[there + length]
    ):
        length += 1
    return length


def _mark(words: _Words, first: int, length: int, number: int) -> Mark:
    return words.spans[first][0], words.spans[first + length - 1][1], number


def _marked(runs: Sequence[Run], at: int, marks: dict[tuple[int, int], list[Mark]]) -> Iterator[Run]:
    for number, run in enumerate(runs):
        yield from _cut(run, sorted(marks.get((at, number), [])))


def _cut(run: Run, marks: Sequence[Mark]) -> Iterator[Run]:
    """Yield the pieces of a run, those that moved marked. A mark at the end of moved words goes with them."""
    end = 0
    for start, last, number in marks:
        if run.text[end:start]:
            yield replace(run, text=run.text[end:start])
        stop = _with_stop(run.text, last)
        yield replace(run, text=run.text[start:stop], moved=number)
        end = stop
    if run.text[end:]:
        yield replace(run, text=run.text[end:])


def _with_stop(text: str, end: int) -> int:
    while end < len(text) and text[end] in ".,;:!?。，；：！？)”\"'":
        end += 1
    return end
