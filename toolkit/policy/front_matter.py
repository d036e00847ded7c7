"""What legal says about a version, at the head of the file they edit. Pure.

The one parser of the front matter. It knows a small part of YAML on purpose: `key: value`, quotes, `#` comments
and the `|` block. Numbers stay text, so `1.10.0` is never `1.1`, and a mistake is an error with its line.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from toolkit.errors import DocumentError

_FENCE = "---"
_PAIR = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?:[ \t]+(?P<value>.*))?$")
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REQUIRED = ("title", "version", "published", "effective", "class")
_KNOWN = (*_REQUIRED, "summary", "reason")


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


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatter:
    """What legal declared. Dates are the policy's own time zone; `summary` has one plain sentence a line."""

    title: str
    number: Number
    published: date
    effective: date
    declared: Class
    summary: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A file taken apart: the front matter's lines, and the Markdown body."""

    head: tuple[str, ...] | None
    body: str


def split(text: str) -> Parts:
    """Take the front matter off a Markdown text. `head` is None where there is none. Never fails."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.split("\n")
    if lines[0].rstrip() != _FENCE:
        return Parts(head=None, body=plain)
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return Parts(head=tuple(lines[1:at]), body="\n".join(lines[at + 1 :]))
    return Parts(head=None, body=plain)


def parse_front_matter(head: tuple[str, ...], *, name: str) -> FrontMatter:
    """Read the lines between the two `---` fences; `name` is the file, for the error's sake.

    Raises `DocumentError` with file and line for an unknown, missing or repeated key and for a value that
    is not of its kind.
    """
    values = _Lines(head, name).values()
    missing = [key for key in _REQUIRED if not values.get(key, _Value("", 0)).text]
    if missing:
        raise DocumentError(
            f"the front matter lacks '{missing[0]}'.", where=f"{name}:1", mend=f"Add a line '{missing[0]}: ...'."
        )
    front = FrontMatter(
        title=values["title"].text,
        number=_number(values["version"], name),
        published=_date(values["published"], name),
        effective=_date(values["effective"], name),
        declared=_class(values["class"], name),
        summary=_sentences(values["summary"].text) if "summary" in values else (),
        reason=values["reason"].text if "reason" in values else "",
    )
    if front.effective < front.published:
        raise DocumentError(
            f"'effective' {front.effective} is earlier than 'published' {front.published}.",
            where=f"{name}:{values['effective'].line}",
            mend="A version binds from the day it is posted, or later.",
        )
    return front


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    line: int  # of the file, so the fence above counts


class _Lines:
    """One pass over the lines of a front matter."""

    def __init__(self, lines: tuple[str, ...], name: str) -> None:
        self._lines = lines
        self._name = name

    def values(self) -> dict[str, _Value]:
        found: dict[str, _Value] = {}
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            at += 1
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            key, raw = self._pair(line, at + 1)
            if key in found:
                raise self._error(f"'{key}' stands twice.", at + 1, "Keep one of the two lines.")
            if raw in ("|", "|-"):
                block, at = self._block(at)
                found[key] = _Value(block, at + 1)
            else:
                found[key] = _Value(self._scalar(raw, key, at + 1), at + 1)
        return found

    def _pair(self, line: str, number: int) -> tuple[str, str]:
        match = _PAIR.match(line.rstrip())
        if not match:
            raise self._error(
                "this line is not 'key: value'.",
                number,
                "Put a long text below 'summary: |', each line indented by two spaces.",
            )
        key = match["key"]
        if key not in _KNOWN:
            raise self._error(f"'{key}' is not a key of the front matter.", number, f"Known are: {', '.join(_KNOWN)}.")
        return key, (match["value"] or "").strip()

    def _block(self, at: int) -> tuple[str, int]:
        end = at
        while end < len(self._lines) and (not self._lines[end].strip() or self._lines[end][:1] in " \t"):
            end += 1
        return "\n".join(line.strip() for line in self._lines[at:end]).strip(), end

    def _scalar(self, raw: str, key: str, number: int) -> str:
        if raw[:1] in ("'", '"'):
            end = raw.find(raw[0], 1)
            rest = raw[end + 1 :].strip()
            if end < 0 or (rest and not rest.startswith("#")):
                raise self._error(
                    f"the quotation mark of '{key}' is not closed.", number, "Close it at the line's end."
                )
            return raw[1:end]
        text = re.split(r"(?:^|\s)#", raw, maxsplit=1)[0].strip()
        if ": " in text or text.endswith(":"):
            raise self._error(
                f"a colon stands inside the text of '{key}'.",
                number,
                f"Write '{key}: |' and the text on the next line.",
            )
        return text

    def _error(self, what: str, line: int, mend: str) -> DocumentError:
        return DocumentError(what, where=f"{self._name}:{line}", mend=mend)


def _number(value: _Value, name: str) -> Number:
    try:
        return Number.parse(value.text)
    except ValueError as error:
        raise DocumentError(
            str(error), where=f"{name}:{value.line}", mend="Write three numbers and two dots."
        ) from None


def _date(value: _Value, name: str) -> date:
    with suppress(ValueError):
        if _DATE.fullmatch(value.text):
            return date.fromisoformat(value.text)
    raise DocumentError(
        f"'{value.text}' is not a date.", where=f"{name}:{value.line}", mend="Write it like 2026-12-31."
    )


def _class(value: _Value, name: str) -> Class:
    if value.text not in list(Class):
        raise DocumentError(
            f"'{value.text}' is not a class.", where=f"{name}:{value.line}", mend=f"Use one of: {', '.join(Class)}."
        )
    return Class(value.text)


def _sentences(block: str) -> tuple[str, ...]:
    """Take the summary's list apart: a line that starts with `- ` opens a sentence, any other goes on with it."""
    found: list[str] = []
    for line in filter(None, block.split("\n")):
        if line.startswith("- ") or not found:
            found.append(line.removeprefix("- ").strip())
        else:
            found[-1] += f" {line}"
    return tuple(found)
