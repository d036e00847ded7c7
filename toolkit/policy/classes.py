"""Class and Number: how much a version matters, and how versions are counted. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")


class Class(StrEnum):
    """How much a version matters, from least to most. `initial` is the first version and tells nobody."""

    INITIAL = "initial"
    EDITORIAL = "editorial"
    MINOR = "minor"
    MATERIAL = "material"
    CONSENT = "consent"

    @property
    def rank(self) -> int:
        return list(Class).index(self)

    @property
    def tells(self) -> bool:
        """Whether customers must be told."""
        return self in (Class.MATERIAL, Class.CONSENT)

    # All four, for str brings its own and would sort by the alphabet.
    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Class) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, Class) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, Class) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, Class) else NotImplemented


class Asking(StrEnum):
    """How the consent is asked that a version needs. Telling somebody, silence and use are no answer to any of them."""

    PORTAL = "portal"  # in the product, after logging in
    REPLY = "reply"  # by an answer to the notice
    NONE = "none"  # not at all: the new use does not touch what is held already


@dataclass(frozen=True, order=True, slots=True)
class Number:
    """A version's number. Material and consent raise MAJOR, minor MINOR, editorial PATCH."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2.0.0`. Raises `ValueError` for anything else."""
        match = _NUMBER.fullmatch(text)
        if not match:
            raise ValueError(f"'{text}' is not a version number like 2.0.0.")
        return cls(*map(int, match.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"
