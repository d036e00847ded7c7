"""The marks between words that say something: a currency, a limit, a tick, a minus, where a sentence ends. Pure.

Commas, quotation marks and the mark at the very end of a clause are typography.
"""

import re
import unicodedata

from toolkit.policy.words import fold, is_word, tokens, words

_SPEAKING = frozenset("%‰#@&/*†‡;:?!.()[]–…")
_SILENT = frozenset("|^`©®™°")
_DASHES = str.maketrans({"—": "–", "−": "-"})
_MINUS = re.compile(r"(?<![\w)])-(?=\d)")
_REPEATED = re.compile(r"([.!?])\1+")
_ENDS = " .;:…"
_TYPOGRAPHY = frozenset(" ,'\"")


def differ(before: str, after: str) -> bool:
    """Whether two texts of as many words have other marks, or the same ones elsewhere; a text of marks alone counts."""
    was, becomes = words(fold(before)), words(fold(after))
    if not was and not becomes:
        return _bare(before) != _bare(after)
    return len(was) == len(becomes) and _marks(before) != _marks(after)


def _bare(text: str) -> str:
    """Return a text of marks alone, without typography and without the pictures of a font of icons."""
    return "".join(sign for sign in fold(text) if sign not in _TYPOGRAPHY and unicodedata.category(sign) != "Co")


def _marks(text: str) -> list[tuple[int, str]]:
    """Return each mark with the number of words before it."""
    found, before = [], 0
    plain = _REPEATED.sub(r"\1", _MINUS.sub("± ", fold(text).translate(_DASHES)).rstrip(_ENDS))
    for token in tokens(plain):
        if is_word(token):
            before += 1
        elif _speaks(token):
            found.append((before, token))
    return found


def _speaks(mark: str) -> bool:
    return mark in _SPEAKING or (unicodedata.category(mark[0]).startswith("S") and mark not in _SILENT)
