"""Where the words of a document's clauses stand in its Markdown source. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from toolkit.policy.clauses import Clause

_WORD = re.compile(r"[^\W_]+")
# What a reader does not see as words: a head, where links lead, addresses in brackets, elements, attributes.
_HIDDEN = re.compile(
    r"\A---\n.*?\n---\n|(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|^\[[^\]\n]+\]:[^\n]*|</?[a-zA-Z][^>\n]*>|<!--.*?-->"
    r"|\{[:#.][^}\n]*\}|^```[^\n]*",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A word of a clause: where it begins and ends there, and where it begins in the source."""

    start: int
    end: int
    source: int

    @property
    def source_end(self) -> int:
        return self.source + self.end - self.start


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A clause with the places of its words; `whole` where all of them were found."""

    clause: Clause
    spots: tuple[Spot, ...]
    whole: bool

    @property
    def start(self) -> int:
        return self.spots[0].source

    @property
    def end(self) -> int:
        return self.spots[-1].source_end

    def find(self, at: int, source: str) -> int | None:
        """Return where a place between two signs of the clause is in the source; None where markup stands there."""
        before = bisect_right([spot.start for spot in self.spots], at) - 1
        if before >= 0:
            spot = self.spots[before]
            if at <= spot.end:
                return spot.source + at - spot.start
            if _same(self.clause.text[spot.end : at], source[spot.source_end : spot.source_end + at - spot.end]):
                return spot.source_end + at - spot.end
        after = bisect_left([spot.start for spot in self.spots], at)
        if after < len(self.spots):
            spot = self.spots[after]
            start = spot.source - (spot.start - at)
            if _same(self.clause.text[at : spot.start], source[start : spot.source]):
                return start
        return None


def _same(text: str, source: str) -> bool:
    """Whether the source has these signs, or the end of a line in the place of a space."""
    return text == source.replace("\n", " ")


def place_clauses(source: str, clauses: Sequence[Clause]) -> tuple[Placed, ...]:
    """Find the words of every clause in the source, in order."""
    seen = _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), source)
    there = list(_WORD.finditer(seen))
    own = [(at, match) for at, clause in enumerate(clauses) for match in _WORD.finditer(clause.text)]
    spots: list[list[Spot]] = [[] for _ in clauses]
    for block in LCSseq.opcodes([match.group() for _, match in own], [match.group() for match in there]):
        if block.tag == "equal":
            pairs = zip(own[block.src_start : block.src_end], there[block.dest_start : block.dest_end], strict=True)
            for (at, match), found in pairs:
                spots[at].append(Spot(start=match.start(), end=match.end(), source=found.start()))
    return tuple(
        Placed(clause=clause, spots=tuple(found), whole=len(found) == len(_WORD.findall(clause.text)))
        for clause, found in zip(clauses, spots, strict=True)
    )
