"""What no policy says: menus, copyright lines, and the lines that only tell a text's own date. Pure.

A sentence is furniture as a whole or not at all. Words of it inside a sentence that says more count like any other.
"""

import re
from dataclasses import dataclass

from toolkit.policy.words import fold, is_word, tokens

_ENDS = " .,:;!|·•*-–—"


@dataclass(frozen=True, kw_only=True, slots=True)
class Furniture:
    """What a language's furniture looks like.

    `words` are whole sentences. A date line is nothing but `labels` such as "last updated", `dates` and `small` words,
    with a date that has a month or a year; its label may also be the heading just above it.
    """

    words: re.Pattern[str]
    labels: re.Pattern[str]
    dates: re.Pattern[str]
    small: re.Pattern[str]

    def has(self, sentence: str, above: str) -> bool:
        """Whether a sentence is furniture. `above` is the heading, or the row's first cell, that it stands under."""
        text = fold(sentence).strip(_ENDS)
        return bool(self.words.fullmatch(text)) or self._is_date_line(text, above)

    def _is_date_line(self, text: str, above: str) -> bool:
        rest, labels = self.labels.subn(" ", text)
        if not labels and not self.labels.fullmatch(fold(above).strip(_ENDS)):
            return False
        words = list(filter(is_word, tokens(rest)))
        dates = [word for word in words if self.dates.fullmatch(word)]
        if any(not self.small.fullmatch(word) for word in words if word not in dates):
            return False
        return any(not _is_day(word) for word in dates)


def _is_day(word: str) -> bool:
    """Whether a word may be a day of a month, and any other number, too."""
    return re.fullmatch(r"\d{1,2}\D*", word) is not None
