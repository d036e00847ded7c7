"""HTML -> clauses: the smallest pieces of a policy, with their place, their words and what stands on them. Pure."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from html.parser import HTMLParser

from toolkit.policy.words import collapse, fold

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
_MARKS = dict.fromkeys(map(ord, (_OPENS, _LEADS, _CLOSES, _AT)))


@dataclass(frozen=True, kw_only=True)
class Clause:
    """The smallest piece of a policy with a place of its own: a heading, a paragraph, an item, a cell.

    `path` is the headings above it, outermost first, and for a table's cell the first cell of its row; `anchor` the
    nearest heading's id on the page. `level` is a heading's; `nesting` says in how many lists an item's list lies;
    `column` is a cell's, counted from 1. `spans` are in the order in which they open.
    """

    block: Block
    text: str
    path: tuple[str, ...] = ()
    anchor: str = ""
    level: int = 0
    nesting: int = 0
    column: int = 0
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
        marks = sorted(mark for span in self.spans if span.kind is Inline.LINK for mark in _marks(span))
        pieces, end = [], 0
        for at, *_, mark in marks:
            pieces += [self.text[end:at], mark]
            end = at
        return fold("".join([*pieces, self.text[end:]]))

    @property
    def sealed(self) -> str:
        """What a digest covers: the marked words, and a mark for a cell's column or an item's nesting."""
        position = str(self.column) if self.column else ">" * self.nesting
        return f"{_AT}{position}{_AT}{self.marked}" if position else self.marked

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


def _marks(span: Span) -> tuple[tuple[int, int, int, str], ...]:
    """Return where a link's marks go, in an order that closes before it opens and nests what lies inside."""
    leads = f"{_LEADS}{span.target.translate(_MARKS)}{_LEADS}{span.title.translate(_MARKS)}{_CLOSES}"
    if span.start == span.end:
        return ((span.start, 1, 0, f"{_OPENS}{leads}"),)
    return ((span.start, 2, -span.end, _OPENS), (span.end, 0, -span.start, leads))


_BLOCKS = frozenset(
    """
    p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd td th tr table thead tbody tfoot caption blockquote pre div br hr section
    article aside header footer nav main figure figcaption details summary form address center
    """.split()  # noqa: SIM905 - a list of names reads best as words
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CONTAINERS = frozenset(("ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre"))
_LISTS = frozenset(("ul", "ol"))
_CELLS = frozenset(("td", "th"))
_INLINES = {
    "strong": Inline.STRONG,
    "b": Inline.STRONG,
    "em": Inline.EMPHASIS,
    "i": Inline.EMPHASIS,
    "code": Inline.CODE,
}
_UNREAD = frozenset(("script", "style", "template"))
_SPACE_BEFORE = re.compile(r"\s\Z")


class ClauseReader(HTMLParser):
    """Walks HTML and cuts it into clauses at every block's edge. Unclosed and stray tags do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.clauses: list[Clause] = []
        self._text: list[str] = []
        self._length = 0  # of the text read so far
        self._open: list[Span] = []  # `start` counts characters as they were read; `end` is not known yet
        self._closed: list[Span] = []
        self._column = 0
        self._headings: list[tuple[int, str, str]] = []
        self._containers: list[Container] = []
        self._heading: tuple[int, str] | None = None
        self._opened = 0
        self._row = ""  # the first cell of the table row that is open
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag in _UNREAD:
            self._unread += 1
        if tag in _BLOCKS:
            self._cut()
        if tag == "tr":
            self._row, self._column = "", 0
        self._column += tag in _CELLS
        if tag in _CONTAINERS:
            self._opened += 1
            self._containers.append((tag, self._opened))
        elif tag in _HEADINGS:
            self._heading = (int(tag[1]), attributes.get("id", ""))
        else:
            self._open_span(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag == "a" or tag in _INLINES:
            self._close_span(_INLINES.get(tag, Inline.LINK))
        if tag in _BLOCKS:
            self._cut()
        if tag in _HEADINGS:
            self._heading = None
        if tag in _CONTAINERS:
            self._leave(tag)

    def handle_data(self, data: str) -> None:
        if not self._unread:
            plain = data.translate(_MARKS)
            self._text.append(plain)
            self._length += len(plain)

    def close(self) -> None:
        super().close()
        self._cut()

    def _leave(self, tag: str) -> None:
        for at in range(len(self._containers) - 1, -1, -1):
            if self._containers[at][0] == tag:
                del self._containers[at:]
                return

    def _open_span(self, tag: str, attributes: dict[str, str]) -> None:
        target = {"a": attributes.get("href"), "img": attributes.get("src", "")}.get(tag)
        if tag in _INLINES:
            self._open.append(Span(start=self._length, end=-1, kind=_INLINES[tag]))
        elif target is not None:
            title = attributes.get("title", "")
            self._open.append(Span(start=self._length, end=-1, kind=Inline.LINK, target=target, title=title))
        if tag == "img":
            self.handle_data(attributes.get("alt", ""))
            self._close_span(Inline.LINK)

    def _close_span(self, kind: Inline) -> None:
        """Close the span of a kind that was opened last."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at].kind is kind:
                self._closed.append(replace(self._open.pop(at), end=self._length))
                return

    def _cut(self) -> None:
        for span in reversed(self._open):
            self._closed.append(replace(span, end=self._length))
        raw, closed = "".join(self._text), self._closed
        self._text, self._length, self._open, self._closed = [], 0, [], []
        text = collapse(raw)
        spans = _spans(raw, text, closed)
        if not fold(text) and not any(span.kind is Inline.LINK for span in spans):
            return
        level, block = 0, self._block()
        if self._heading:
            level, anchor = self._heading
            self._headings = [entry for entry in self._headings if entry[0] < level] + [(level, text, anchor)]
        path = tuple(entry[1] for entry in self._headings)
        if block is Block.CELL:
            path, self._row = (*path, self._row) if self._row else path, self._row or text
        self.clauses.append(
            Clause(
                block=block,
                text=text,
                path=path,
                anchor=self._headings[-1][2] if self._headings else "",
                level=level,
                nesting=0 if block in (Block.CELL, Block.HEADING) else max(0, self._lists() - 1),
                column=self._column if block is Block.CELL else 0,
                spans=spans,
                containers=tuple(self._containers),
            )
        )

    def _lists(self) -> int:
        return sum(tag in _LISTS for tag, _ in self._containers)

    def _block(self) -> Block:
        if self._heading:
            return Block.HEADING
        inner = self._containers[-1][0] if self._containers else ""
        kinds = {"li": Block.ITEM, "td": Block.CELL, "th": Block.CELL, "pre": Block.CODE}
        return kinds.get(inner, Block.PARAGRAPH)


def _spans(raw: str, text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Place spans of the text as it was read in the text with its white space collapsed."""
    placed = []
    for span in spans:
        start = _place(raw, span.start, len(text), opens=True)
        end = max(start, _place(raw, span.end, len(text), opens=False))
        if start < end or span.kind is Inline.LINK:
            placed.append(replace(span, start=start, end=end))
    return tuple(sorted(placed, key=lambda span: (span.start, -span.end)))


def _place(raw: str, at: int, length: int, *, opens: bool) -> int:
    before = collapse(raw[:at])
    space = opens and bool(before) and bool(_SPACE_BEFORE.search(raw[:at]))
    return min(len(before) + space, length)
