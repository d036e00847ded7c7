"""A Markdown file as its author sees it: which line holds a key of its head, or some words of its text. Pure."""

import re
from dataclasses import dataclass, field

from toolkit.policy.front_matter import split
from toolkit.policy.words import fold, words

_FIRST_WORDS = (8, 5, 3, 1)
_TARGET = re.compile(r"\]\([^)]*\)")
_MARKS = re.compile(r"[*_`\[\]#>|\\]")


@dataclass(frozen=True)
class Source:
    """The text of a file under its path. Lines count from 1."""

    path: str
    text: str = field(repr=False)

    @property
    def lines(self) -> list[str]:
        return self.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def line_of_key(self, key: str) -> int:
        """Return the line of a key of the front matter; 1 where it is not there."""
        head = split(self.text).head or ()
        found = (at for at, line in enumerate(head, start=2) if re.match(rf"['\"]?{re.escape(key)}['\"]?\s*:", line))
        return next(found, 1)

    def line_of(self, text: str) -> int:
        """Return the first line of the body that begins with some words or has them; 1 where no line does.

        Of long words the first few do: a sentence may go on in the next line.
        """
        plain = [_plain(line) for line in self.lines]
        body = len(split(self.text).head or ()) + (2 if split(self.text).head is not None else 0)
        wanted = words(fold(text).casefold())
        for most in _FIRST_WORDS:
            sought = " ".join(wanted[:most])
            found = (at for at, line in enumerate(plain[body:], start=body + 1) if sought and sought in line)
            if line := next(found, 0):
                return line
        return 1

    def line_with(self, sign: str) -> int:
        """Return the first line that holds some signs just as they stand; 1 where none does."""
        return next((at for at, line in enumerate(self.lines, start=1) if sign and sign in line), 1)


def _plain(line: str) -> str:
    return " ".join(words(fold(_MARKS.sub("", _TARGET.sub("]", line))).casefold()))
