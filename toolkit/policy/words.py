"""What counts as a word, and which marks are only typography. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

CJK = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
"""Chinese, Japanese and Korean text has no spaces: each of these signs stands for itself, in a class of a pattern."""
# A word keeps what ties it together: it's, e-mail, 1,000.50, support@kvm.hk, and/or stays three.
_TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+(?:['’.,@\-‐‑][^\W{CJK}]+)*|[^\w\s]|_", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?;。！？；])\s+")
_VISIBLE = re.compile(r"\S+")
_TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)


def collapse(text: str) -> str:
    """Return `text` in Unicode's composed form with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return `text` without typography: straight quotes, plain hyphens, no invisible signs, single spaces.

    Two texts that fold alike say the same words.
    """
    return collapse(text.translate(_TYPOGRAPHY))


def tokens(text: str) -> list[str]:
    """Return the words and the punctuation marks of `text`, in order, without the space between them."""
    return _TOKEN.findall(text)


def pieces(text: str) -> list[tuple[str, str]]:
    """Return the tokens of `text`, each with the space before it; joined, they are `text` again.

    `text` must not end with space, as no clause does.
    """
    found = []
    end = 0
    for match in _TOKEN.finditer(text):
        found.append((text[end : match.start()], match.group()))
        end = match.end()
    return found


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, in order; joined by single spaces, they are `text` again where it is folded."""
    return _SENTENCE_END.split(text)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each word or number of `text` begins and ends, counted in characters."""
    return (match.span() for match in _TOKEN.finditer(text) if text[match.start()].isalnum())


def sentence_ends(text: str) -> list[int]:
    """Return where each sentence of `text` but the last ends, counted in characters."""
    return [match.start() for match in _SENTENCE_END.finditer(text)]


def is_word(token: str) -> bool:
    """Tell a word or a number from a punctuation mark."""
    return token[0].isalnum()


def words(text: str) -> list[str]:
    """Return the words and numbers of `text`, in order, without the punctuation marks."""
    return [token for token in _TOKEN.findall(text) if token[0].isalnum()]  # twice as fast as asking `is_word`


def count(text: str) -> int:
    """Return how many words stand in `text`."""
    return len(words(text))


def word_ends(text: str) -> list[int]:
    """Return where each word between spaces ends, counted in characters; what nobody sees is no word."""
    return [match.end() for match in _VISIBLE.finditer(text) if fold(match.group())]
