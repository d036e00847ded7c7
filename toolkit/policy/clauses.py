"""HTML -> clauses: the smallest pieces of a policy, with their place, their words and their links. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser

from toolkit.policy.words import collapse, fold

Step = tuple[str, int]
"""One container around a clause: the HTML element and its ordinal in the document."""


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    CODE = "code"


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What a reader can follow (or, for a picture, see): the words shown, the target, the title on hovering."""

    text: str
    target: str
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """The smallest piece of a policy with a place of its own: a heading, a paragraph, an item, a cell.

    `path` is the headings above it, outermost first, and for a table's cell the first cell of its row; `anchor` the
    nearest heading's id on the page. `sealed` is the words without typography, with marks for what else a reader
    relies on: which words a link stands on and where it leads, a cell's column, how deep an item is nested.
    """

    kind: Kind
    text: str
    path: tuple[str, ...] = ()
    anchor: str = ""
    level: int = 0
    sealed: str = ""
    links: tuple[Link, ...] = ()
    containers: tuple[Step, ...] = ()

    @property
    def words(self) -> str:
        """The text without typography: equal words compare equal."""
        return fold(self.text)

    @property
    def place(self) -> str:
        """The clause's address for a reader: `7. Your rights > 7.5 Objection`."""
        return " > ".join(self.path)


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
# Signs that no text holds mark, in the sealed words, where a link begins, leads and ends, and where a clause is.
_OPENS, _LEADS, _CLOSES, _AT = "\x02", "\x03", "\x04", "\x05"
_MARKS = dict.fromkeys(map(ord, (_OPENS, _LEADS, _CLOSES, _AT)))
_UNREAD = frozenset(("script", "style", "template"))


class ClauseReader(HTMLParser):
    """Walks HTML and cuts it into clauses at every block's edge. Unclosed and stray tags do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.clauses: list[Clause] = []
        self._text: list[str] = []
        self._sealed: list[str] = []
        self._column = 0
        self._links: list[Link] = []
        self._open_link: tuple[str, str, int] | None = None
        self._headings: list[tuple[int, str, str]] = []
        self._containers: list[Step] = []
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
        elif tag == "a" and "href" in attributes:
            self._open_link = (attributes["href"], attributes.get("title", ""), len(self._text))
            self._sealed.append(_OPENS)
        elif tag == "img":
            self._open_link = (attributes.get("src", ""), attributes.get("title", ""), len(self._text))
            self._sealed.append(_OPENS)
            self.handle_data(attributes.get("alt", ""))
            self._close_link()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag == "a":
            self._close_link()
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
            self._sealed.append(plain)

    def close(self) -> None:
        super().close()
        self._cut()

    def _leave(self, tag: str) -> None:
        for at in range(len(self._containers) - 1, -1, -1):
            if self._containers[at][0] == tag:
                del self._containers[at:]
                return

    def _close_link(self) -> None:
        if self._open_link:
            target, title, start = self._open_link
            self._links.append(Link(text=collapse("".join(self._text[start:])), target=target, title=title))
            self._sealed.append(f"{_LEADS}{target.translate(_MARKS)}{_LEADS}{title.translate(_MARKS)}{_CLOSES}")
            self._open_link = None

    def _cut(self) -> None:
        self._close_link()
        text, sealed = collapse("".join(self._text)), fold("".join(self._sealed))
        links, self._text, self._sealed, self._links = tuple(self._links), [], [], []
        if not text and not links:
            return
        level, kind = 0, self._kind()
        if self._heading:
            level, anchor = self._heading
            self._headings = [entry for entry in self._headings if entry[0] < level] + [(level, text, anchor)]
        path = tuple(entry[1] for entry in self._headings)
        if kind is Kind.CELL:
            path, self._row = (*path, self._row) if self._row else path, self._row or text
        self.clauses.append(
            Clause(
                kind=kind,
                text=text,
                path=path,
                anchor=self._headings[-1][2] if self._headings else "",
                level=level,
                sealed=f"{self._position(kind)}{sealed}",
                links=links,
                containers=tuple(self._containers),
            )
        )

    def _position(self, kind: Kind) -> str:
        """Return the mark of a place that carries meaning: a cell's column, an item below another."""
        depth = sum(tag in _LISTS for tag, _ in self._containers)
        if kind is Kind.CELL:
            return f"{_AT}{self._column}{_AT}"
        return f"{_AT}{'>' * (depth - 1)}{_AT}" if depth > 1 else ""

    def _kind(self) -> Kind:
        if self._heading:
            return Kind.HEADING
        inner = self._containers[-1][0] if self._containers else ""
        kinds = {"li": Kind.ITEM, "td": Kind.CELL, "th": Kind.CELL, "pre": Kind.CODE}
        return kinds.get(inner, Kind.PARAGRAPH)
