"""Whether a word that takes another's place is that word, written otherwise, or its opposite. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_LIKENESS = 0.7
"""From this likeness on, a word that is none may be a slip of one that is."""
_STEM = 4
"""Letters that two opposites share at least, so that `form` and `inform` are none."""
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """How a language's words may be written, and what turns one into its opposite.

    `variants` are patterns with what they read as: a word is brought to one form by all of them, in order. `prefixes`
    and `suffixes` are pairs that turn a word round, such as `in` and `ex`; an empty one is a word without any.
    `is_word` knows the words of the language; where nobody does, no slip is taken for one.
    """

    variants: tuple[tuple[re.Pattern[str], str], ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    suffixes: tuple[tuple[str, str], ...] = ()
    is_word: Callable[[str], bool] = lambda _: True

    def is_respelling(self, was: str, becomes: str) -> bool:
        """Whether two texts of one word each are the same word: two known spellings, or a slip and what was meant."""
        if not (_LETTERS.fullmatch(was) and _LETTERS.fullmatch(becomes)):
            return False
        old, new = was.casefold(), becomes.casefold()
        if self._read(old) == self._read(new):
            return True
        return was == old and becomes == new and self._is_slip(old, new)

    def are_opposites(self, was: str, becomes: str) -> bool:
        old, new = was.casefold(), becomes.casefold()
        return any(_turned(old, new, a, b) or _turned(old, new, b, a) for a, b in self.prefixes) or any(
            _turned(old[::-1], new[::-1], a[::-1], b[::-1]) or _turned(old[::-1], new[::-1], b[::-1], a[::-1])
            for a, b in self.suffixes
        )

    def _read(self, word: str) -> str:
        for pattern, reads_as in self.variants:
            word = pattern.sub(reads_as, word)
        return word

    def _is_slip(self, old: str, new: str) -> bool:
        """Whether exactly one of the two is a word. A name is written large and is none of ours to judge."""
        if Levenshtein.normalized_similarity(old, new) < _LIKENESS or self.are_opposites(old, new):
            return False
        return self.is_word(old) != self.is_word(new)


def _turned(was: str, becomes: str, before: str, after: str) -> bool:
    """Whether two words are the same behind these beginnings."""
    if not (was.startswith(before) and becomes.startswith(after)):
        return False
    stem = was[len(before) :]
    return stem == becomes[len(after) :] and len(stem) >= _STEM
