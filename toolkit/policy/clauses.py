"""Clauses: the smallest pieces of a policy, with their place, their words and what stands on them. Pure."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from toolkit.policy.words import fold

Container = tuple[str, int]
"""One container around a clause: the HTML element and its ordinal in the document."""


class Block(StrEnum):
    """The kind of block a clause is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    CODE = "code"


class Inline(StrEnum):
    """The kind of a span. A link is sealed, the others are formatting."""

    LINK = "link"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of a clause's text, from `start` up to `end` in characters, with what stands on it.

    A link has a `target` and may have a `title`, shown on hovering; a picture counts as one. A link without words
    has no length.
    """

    start: int
    end: int
    kind: Inline
    target: str = ""
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What a reader can follow (or, for a picture, see): the words shown, the target, the title on hovering."""

    text: str
    target: str
    title: str = ""


# Signs that no text holds mark, in the sealed words, where a link begins, leads and ends, and where a clause is.
_OPENS, _LEADS, _CLOSES, _AT = "\x02", "\x03", "\x04", "\x05"
MARKS = dict.fromkeys(map(ord, (_OPENS, _LEADS, _CLOSES, _AT)))


@dataclass(frozen=True, kw_only=True)
class Clause:
    """The smallest piece of a policy with a place of its own: a heading, a paragraph, an item, a cell.

    `path` is the headings above it, outermost first, and for a table's cell the first cell of its row; `anchor` the
    nearest heading's id on the page. `level` is a heading's; `nesting` says in how many lists an item's list lies;
    `column` is a cell's, counted from 1. `opens` says that the clause begins its cell or item, and `opens_row` that it
    begins a row. `spans` are in the order in which they open.
    """

    block: Block
    text: str
    path: tuple[str, ...] = ()
    anchor: str = ""
    level: int = 0
    nesting: int = 0
    column: int = 0
    opens: bool = True
    opens_row: bool = False
    spans: tuple[Span, ...] = ()
    containers: tuple[Container, ...] = ()

    @property
    def words(self) -> str:
        """The text without typography: equal words compare equal."""
        return fold(self.text)

    @property
    def place(self) -> str:
        """The clause's address for a reader: `7. Your rights > 7.5 Objection`."""
        return " > ".join(self.path)

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(
            Link(text=self.text[span.start : span.end], target=span.target, title=span.title)
            for span in self.spans
            if span.kind is Inline.LINK
        )

    @cached_property
    def marked(self) -> str:
        """The words with marks for which of them a link stands on, where it leads and what its title says."""
        links = [span for span in self.spans if span.kind is Inline.LINK]
        marks = sorted(mark for number, span in enumerate(links) for mark in _marks(span, number))
        pieces, end = [], 0
        for at, *_, mark in marks:
            pieces += [self.text[end:at], mark]
            end = at
        # Only the words are folded: another sign in a target is another target.
        folded = fold("".join([*pieces, self.text[end:]]))
        return _LINK_NUMBER.sub(lambda found: _leads(links[int(found[1])]), folded)

    @property
    def sealed(self) -> str:
        """What a digest covers: the marked words, and where they stand."""
        return f"{_AT}{self.position}{_AT}{self.marked}" if self.position else self.marked

    @property
    def position(self) -> str:
        """Where a cell or a nested item begins: a cell's column, with a sign for a new row, or an item's nesting.

        Empty for what only goes on in a cell or an item: where a paragraph ends is formatting.
        """
        if not self.opens:
            return ""
        return f"{'/' if self.opens_row else ''}{self.column}" if self.column else ">" * self.nesting

    def cut(self, start: int, end: int) -> "Clause":
        """Return the part of a clause from one character up to another, with its part of the spans.

        A span without length goes to the part whose edge it touches.
        """
        spans = tuple(
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in self.spans
            if (span.start < end and span.end > start) or start <= span.start == span.end <= end
        )
        return replace(self, text=self.text[start:end], spans=spans)


_LINK_NUMBER = re.compile(f"{_LEADS}([0-9]+){_LEADS}")


def _leads(link: Span) -> str:
    return f"{_LEADS}{link.target.translate(MARKS)}{_LEADS}{link.title.translate(MARKS)}{_CLOSES}"


def _marks(span: Span, number: int) -> tuple[tuple[int, int, int, str], ...]:
    """Return where the marks of a link go, such that one closes before another opens, and inner ones first."""
    leads = f"{_LEADS}{number}{_LEADS}"
    if span.start == span.end:
        return ((span.start, 1, 0, f"{_OPENS}{leads}"),)
    return ((span.start, 2, -span.end, _OPENS), (span.end, 0, -span.start, leads))
