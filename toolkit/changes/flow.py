"""A document as one stream of plain words, and the runs of words that stand in it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from toolkit.changes.spelling import Spelling
from toolkit.policy.clauses import Clause
from toolkit.policy.words import spans

RUN = 6
"""So many words in a row do not stand in two places by chance."""


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The plain words of a document's clauses, one after the other.

    `starts` says how many words stand before each clause. A paragraph that is split, merged or moved has the same words
    in the same order, so that their runs are found across the ends of clauses.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(zip(*(self.words[at:] for at in range(RUN)), strict=False))

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.words)

    def around(self, clause: int, word: int) -> list[tuple[int, tuple[str, ...]]]:
        """Return the runs that hold a word of a clause, each with the place of its first word in that clause."""
        at = self.starts[clause] + word
        first = max(0, at - RUN + 1)
        return [(start - self.starts[clause], self.words[start : start + RUN]) for start in range(first, at + 1)]


def read_flow(clauses: Sequence[Clause], spelling: Spelling) -> Flow:
    """Read the plain words of all clauses in order."""
    words: list[str] = []
    starts = []
    for clause in clauses:
        starts.append(len(words))
        words += spelling.plain_words(clause.text)
    return Flow(words=tuple(words), starts=tuple(starts))


@lru_cache(maxsize=16_384)
def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each word of a text begins and ends, in characters. Versions share most of their clauses."""
    return tuple(spans(text))
