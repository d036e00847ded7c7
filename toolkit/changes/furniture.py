"""What no policy says: menus, and the lines that only tell a text's own date. Pure.

A clause is furniture as a whole or not at all. Words of it inside a clause that says more count like any other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.policy.words import count, fold, sentences, words

_ENDS = " .,:;!|·•*-–—"
_LINE = 14
"""A line of more words says more than whose the rights are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Furniture:
    """What a language's furniture looks like.

    `words` are whole sentences. A date line is nothing but `labels` such as "last updated", `dates` and `small` words,
    with a date that has a month or a year; its label may also be the heading just above it. `owners` begin the line
    that says whose the rights are, in which the year does not count.
    """

    words: re.Pattern[str]
    owners: re.Pattern[str]
    labels: re.Pattern[str]
    dates: re.Pattern[str]
    small: re.Pattern[str]

    def covers(self, text: str, own: Sequence[str], *, above: str, listed: bool) -> bool:
        """Whether a clause's text is furniture, of which the `own` words changed.

        `above` is the heading, or the row's first cell, that it stands under. In a list or a table, `listed`, a
        menu's words may answer a question, and a date may be the date of anything: only a label above tells.
        """
        return all(self._has(fold(each).strip(_ENDS), own, above, listed=listed) for each in sentences(text))

    def may_date(self, word: str) -> bool:
        """Whether a word may belong to a date: a month, a year, a day."""
        return bool(self.dates.fullmatch(word))

    def is_date(self, found: Sequence[str]) -> bool:
        """Whether neighbouring words that may belong to a date are one: a month or a year, and more than that.

        A date written in figures alone is one word.
        """
        named = any(map(_names_time, found)) or {"月", "日"} <= set(found)
        return named and (len(found) > 1 or any("-" in word for word in found))

    def _has(self, text: str, own: Sequence[str], above: str, *, listed: bool) -> bool:
        if self._is_date_line(text, above, listed=listed):
            return True
        return not listed and (bool(self.words.fullmatch(text)) or self._is_owners_line(text, own))

    def _is_owners_line(self, text: str, own: Sequence[str]) -> bool:
        short = count(text) <= _LINE
        return short and bool(self.owners.match(text)) and all(re.fullmatch(r"(?:19|20)\d\d", word) for word in own)

    def _is_date_line(self, text: str, above: str, *, listed: bool) -> bool:
        rest, labels = self.labels.subn(" ", text)
        if (listed or not labels) and not self.labels.fullmatch(fold(above).strip(_ENDS)):
            return False
        found = words(rest)
        dates = [word for word in found if self.dates.fullmatch(word)]
        if any(not self.small.fullmatch(word) for word in found if word not in dates):
            return False
        return any(not _is_day(word) for word in dates)


def _names_time(word: str) -> bool:
    """Whether a word is a year, or a month as it is written in a date: "may" is a verb more often."""
    return bool(re.match(r"(?:19|20)\d\d", word)) or (word.isascii() and not _is_day(word) and not word.islower())


def _is_day(word: str) -> bool:
    """Whether a word may be a day of a month, and any other number, too."""
    return re.fullmatch(r"\d{1,2}\D*", word) is not None
