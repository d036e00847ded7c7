"""HTML -> clauses. Pure."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from toolkit.policy.clauses import MARKS, Block, Clause, Container, Inline, Span
from toolkit.policy.words import collapse, fold

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
_POSITIONED = _CELLS | {"li"}
_OPEN = -1  # the end of a span that is not known yet
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
        self._spans: list[Span] = []  # in the order in which they open, counted in characters as they were read
        self._column = 0
        self._headings: list[tuple[int, str, str]] = []
        self._containers: list[Container] = []
        self._heading: tuple[int, str] | None = None
        self._opened = 0
        self._row = ""  # the first cell of the table row that is open
        self._unread = 0
        self._begun: tuple[Container, ...] = ()  # the cell or item that the last clause stands in
        self._row_begun = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag in _UNREAD:
            self._unread += 1
        if tag in _BLOCKS:
            self._cut()
        if tag == "tr":
            self._row, self._column, self._row_begun = "", 0, False
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
            plain = data.translate(MARKS)
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
            self._spans.append(Span(start=self._length, end=_OPEN, kind=_INLINES[tag]))
        elif target is not None:
            title = attributes.get("title", "")
            self._spans.append(Span(start=self._length, end=_OPEN, kind=Inline.LINK, target=target, title=title))
        if tag == "img":
            self.handle_data(attributes.get("alt", ""))
            self._close_span(Inline.LINK)

    def _close_span(self, kind: Inline) -> None:
        """Close the span of a kind that was opened last."""
        for at in range(len(self._spans) - 1, -1, -1):
            if self._spans[at].kind is kind and self._spans[at].end == _OPEN:
                self._spans[at] = replace(self._spans[at], end=self._length)
                return

    def _cut(self) -> None:
        raw = "".join(self._text)
        closed = [replace(span, end=self._length) if span.end == _OPEN else span for span in self._spans]
        self._text, self._length, self._spans = [], 0, []
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
        within = self._innermost()
        opens, self._begun = not within or within != self._begun, within
        self.clauses.append(
            Clause(
                block=block,
                text=text,
                path=path,
                anchor=self._headings[-1][2] if self._headings else "",
                level=level,
                nesting=0 if block in (Block.CELL, Block.HEADING) else max(0, self._lists() - 1),
                column=self._column if block is Block.CELL else 0,
                opens=opens,
                opens_row=opens and block is Block.CELL and not self._row_begun,
                spans=spans,
                containers=tuple(self._containers),
            )
        )
        self._row_begun |= block is Block.CELL

    def _innermost(self) -> tuple[Container, ...]:
        """Return the cell or item that is open, with all around it; empty outside of any."""
        for at in range(len(self._containers), 0, -1):
            if self._containers[at - 1][0] in _POSITIONED:
                return tuple(self._containers[:at])
        return ()

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
    return tuple(placed)


def _place(raw: str, at: int, length: int, *, opens: bool) -> int:
    before = collapse(raw[:at])
    space = opens and bool(before) and bool(_SPACE_BEFORE.search(raw[:at]))
    return min(len(before) + space, length)
