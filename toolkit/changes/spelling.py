"""Whether a word that takes another's place is that word, written otherwise, or its opposite. Pure."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from toolkit.policy.words import fold, words

_STEM = 3
"""Letters that two opposites with one stem share at least, so that `to` and `into` are none. Behind a mark, as in
`non-EU` or `isn't`, two are enough."""
_ENDING = 4
"""Letters that may follow the beginning of a listed opposite: `permitting` for `permit`."""
_LONG = 5
"""From so many letters on, the beginnings of opposites tell enough for the endings to differ."""
_STEMMED = 5
"""Letters of a word whose ending says nothing."""
_TEXTS = 16_384
"""So many clauses are remembered: two versions share most of theirs."""
_SLIP = 5
"""A slip is looked for in words of so many letters: among shorter ones, one letter makes another word too often."""
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, kw_only=True)
class Spelling:
    """How a language's words may be written, and what turns one into its opposite.

    `variants` are patterns with what they read as: a word is brought to one form by all of them, in order. `prefixes`
    and `suffixes` are pairs that turn a word round, such as `in` and `ex`; an empty one is a word without any.
    `plurals` do the same for words in the plural, and `endings` are those that say nothing, such as `ing`.
    `opposites` are pairs of words, or beginnings of words, that share no stem, `denials` words that deny a sentence.
    `is_word` knows the words of the language, `near` those one slip away from a text; where nobody does, no slip is
    taken for one.
    """

    variants: tuple[tuple[re.Pattern[str], str], ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    suffixes: tuple[tuple[str, str], ...] = ()
    opposites: tuple[tuple[str, str], ...] = ()
    denials: re.Pattern[str] | None = None
    plurals: tuple[tuple[re.Pattern[str], str], ...] = ()
    endings: re.Pattern[str] | None = None
    is_word: Callable[[str], bool] = lambda _: True
    near: Callable[[str], frozenset[str]] = lambda _: frozenset()

    def plain_words(self, text: str) -> tuple[str, ...]:
        """Return the words of a text as they are compared: without case, typography, plural and ways of spelling."""
        return self._plain_words(text)

    def stem(self, word: str) -> str:
        """Return a plain word without its ending: `process` for `processing`. A short word keeps its own."""
        if not self.endings or len(word) < _STEMMED:
            return word
        bare = self.endings.sub("", word)
        bare = bare[:-1] if bare[-1:] == bare[-2:-1] else bare
        return bare if len(bare) >= _STEMMED - 1 else word

    @cached_property
    def _plain_words(self) -> Callable[[str], tuple[str, ...]]:
        plain = self._plain
        return lru_cache(maxsize=_TEXTS)(lambda text: tuple(map(plain, words(text))))

    @cached_property
    def _plain(self) -> Callable[[str], str]:
        return lru_cache(maxsize=65_536)(self._make_plain)

    def _make_plain(self, word: str) -> str:
        read = self._read(fold(word).casefold())
        for pattern, reads_as in self.plurals:
            read = pattern.sub(reads_as, read)
        return read

    def is_respelling(self, was: str, becomes: str) -> bool:
        """Whether two texts of one word each are the same word: two known spellings, or a slip and what was meant."""
        old, new = was.casefold(), becomes.casefold()
        if (was.isalpha() or becomes.isalpha()) and self._read(old) == self._read(new):
            return True
        if not (_LETTERS.fullmatch(was) and _LETTERS.fullmatch(becomes)):
            return False
        return self._read(old) == self._read(new) or (was == old and becomes == new and self._is_slip(old, new))

    def are_opposites(self, was: str, becomes: str) -> bool:
        """Whether an affix turns one word into the other, however either is written, or a list says so."""
        old, new = was.casefold(), becomes.casefold()
        forms = {(old, new), (self._read(old), self._read(new))}
        return any(self._turns(*form) or self._turns(*reversed(form)) for form in forms)

    def count_denials(self, text: str) -> int:
        """Return how many words of a text deny what it says."""
        return sum(1 for _ in self.denials.finditer(text)) if self.denials else 0

    def _turns(self, old: str, new: str) -> bool:
        return (
            any(_same_behind(old, new, *pair) for pair in self.prefixes)
            or any(_same_behind(old[::-1], new[::-1], a[::-1], b[::-1]) for a, b in self.suffixes)
            or any(_begin(old, new, *pair) for pair in self.opposites)
        )

    def _read(self, word: str) -> str:
        for pattern, reads_as in self.variants:
            word = pattern.sub(reads_as, word)
        return word

    def _is_slip(self, old: str, new: str) -> bool:
        """Whether one is a word, and the other is none and one slip away from it.

        Not where the slip may be one of the word's opposite, or begins or ends a word, where prefixes and endings
        stand. A name is written large and is none of ours to judge.
        """
        wrong = [word for word in (old, new) if not self._is_known(word)]
        if (
            len(wrong) != 1
            or "-" in old + new
            or (old[0], old[-1]) != (new[0], new[-1])
            or self.are_opposites(old, new)
        ):
            return False
        meant = new if wrong[0] == old else old
        near = self.near(wrong[0]) if len(wrong[0]) >= _SLIP else frozenset()
        return meant in near and not any(self.are_opposites(meant, other) for other in near)

    def _is_known(self, word: str) -> bool:
        return any(map(self.is_word, self._ways(word)))

    def _ways(self, word: str) -> Iterator[str]:
        """Yield a word as it stands and as a dictionary with the other spelling may have it."""
        yield word
        yield self._read(word)


def _same_behind(was: str, becomes: str, before: str, after: str) -> bool:
    """Whether two words are the same behind these beginnings."""
    if not (was.startswith(before) and becomes.startswith(after)):
        return False
    stem = was[len(before) :]
    marked = not f"{before}{after}".isalpha()
    return stem == becomes[len(after) :] and len(stem) >= (_STEM - 1 if marked else _STEM)


def _begin(was: str, becomes: str, one: str, other: str) -> bool:
    """Whether two words are these, with at most an ending each."""
    if not (was.startswith(one) and becomes.startswith(other)):
        return False
    endings = was[len(one) :], becomes[len(other) :]
    return max(map(len, endings)) <= _ENDING and (endings[0] == endings[1] or min(len(one), len(other)) >= _LONG)
