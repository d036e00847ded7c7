"""How long a text says: "3 years" or "thirty days" -> hours. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.policy.words import CJK

_COUNTERS = "個个"
_KINDS = "(?:calendar|business|working|full)"


@dataclass(frozen=True, kw_only=True)
class Durations:
    """A language's words for periods: each unit's hours, by the beginning of its word, and its words for numbers."""

    units: Mapping[str, int]
    numbers: Mapping[str, int]

    def find(self, text: str) -> tuple[int, ...]:
        """Return the periods that a text names, in hours, in order."""
        if not self.units:
            return ()
        return tuple(
            self._number(match["number"]) * self.units[self._unit(match["unit"].casefold())]
            for match in self._pattern.finditer(text)
        )

    def is_part(self, word: str) -> bool:
        """Whether a word is a number or a unit."""
        plain = word.casefold()
        return (
            plain.isdigit()
            or plain in self.numbers
            or plain in _COUNTERS
            or any(plain.startswith(unit) for unit in self.units)
        )

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        numbers = "|".join([r"\d{1,6}", *map(re.escape, sorted(self.numbers, key=len, reverse=True))])
        units = "|".join(map(re.escape, sorted(self.units, key=len, reverse=True)))
        between = rf"[\s)\-‐‑{_COUNTERS}]*(?:{_KINDS} )?"
        return re.compile(rf"(?<![^\W{CJK}])(?<!\.)(?P<number>{numbers}){between}(?P<unit>{units})", re.IGNORECASE)

    def _number(self, word: str) -> int:
        return int(word) if word.isdigit() else self.numbers[word.casefold()]

    def _unit(self, word: str) -> str:
        return next(unit for unit in self.units if word.startswith(unit))


NO_DURATIONS = Durations(units={}, numbers={})
