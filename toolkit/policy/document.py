"""Markdown -> Document: the clauses a reader sees, with their place, their words and their links. Pure.

The words are read off the very HTML that the page shows, so what is compared, sealed and published is one thing.
"""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from html.parser import HTMLParser

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from toolkit.errors import DocumentError
from toolkit.policy.front_matter import FrontMatter, parse_front_matter, split
from toolkit.policy.lists import open_lists
from toolkit.policy.words import collapse, fold

EXTENSIONS = ("tables", "fenced_code", "sane_lists", "toc")
"""Python-Markdown's extensions that the policy's text is read and shown with."""

NORMALISATION = "words-1"
"""The name of the way a digest is made. A new way gets a new name; old digests keep theirs."""

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
    """What a reader can follow (or, for a picture, see): the words shown and the target."""

    text: str
    target: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """The smallest piece of a policy with a place of its own: a heading, a paragraph, an item, a cell.

    `path` is the headings above it, outermost first, and for a table's cell the first cell of its row; `anchor` the
    nearest heading's id on the page.
    """

    kind: Kind
    text: str
    path: tuple[str, ...] = ()
    anchor: str = ""
    level: int = 0
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


@dataclass(frozen=True, kw_only=True)
class Document:
    """A policy's parsed text in one language at one moment."""

    name: str
    clauses: tuple[Clause, ...]
    html: str = field(repr=False)
    raw_html: tuple[str, ...] = ()
    front: FrontMatter | None = None

    @cached_property
    def text(self) -> str:
        """The normalised text: one clause a line."""
        return "\n".join(clause.text for clause in self.clauses)

    @cached_property
    def digest(self) -> str:
        """`words-1:` and the SHA-256 of the visible words, the headings' levels and the links' targets."""
        flow = "\x1e".join(_flow(self.clauses))
        return f"{NORMALISATION}:{hashlib.sha256(flow.encode()).hexdigest()}"


def parse_document(source: str | bytes, *, name: str, released: bool = False) -> Document:
    """Parse a Markdown text. `name` is the file, for errors and display.

    With `released`, the text must carry our front matter; without, a front matter of any kind is set aside.
    Raises `DocumentError` for bytes that are not UTF-8, for a malformed front matter and for text nested
    too deeply to be read.
    """
    parts = split(decode(source, name=name))
    front = None
    if released:
        if parts.head is None:
            raise DocumentError(
                "the file has no front matter.",
                where=f"{name}:1",
                mend="Begin it with a '---' line, the keys title, version, published, effective and class, and '---'.",
            )
        front = parse_front_matter(parts.head, name=name)
    html, raw_html = _render(parts.body, name)
    reader = _ClauseReader()
    reader.feed(html)
    reader.close()
    return Document(name=name, clauses=tuple(reader.clauses), html=html, raw_html=raw_html, front=front)


def decode(source: str | bytes, *, name: str) -> str:
    """Return `source` as text. Raises `DocumentError` where bytes are not UTF-8 or hold a NUL."""
    try:
        text = source if isinstance(source, str) else source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DocumentError(
            "the file is not UTF-8 text.", where=f"{name}:{line}", mend="Save it again with the encoding UTF-8."
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise DocumentError("a NUL byte stands in the text.", where=f"{name}:{line}", mend="Remove it.")
    return text


def _render(body: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the HTML of a Markdown body, and each piece of raw HTML that its author typed."""
    markdown = Markdown(extensions=list(EXTENSIONS), output_format="html")
    fenced = _CountFenced(markdown)
    markdown.preprocessors.register(fenced, "count_fenced", 22)  # after fenced_code (25), before html_block (20)
    try:
        html = markdown.convert(open_lists(body))
    except RecursionError:
        raise DocumentError("the text is nested too deeply.", where=name, mend="Use fewer levels.") from None
    stash = markdown.htmlStash.rawHtmlBlocks[fenced.count :]
    return html, tuple(piece for piece in stash if isinstance(piece, str) and piece.lstrip().startswith("<"))


class _CountFenced(Preprocessor):
    """Counts the fenced code among the stashed HTML: that much of it nobody typed."""

    count = 0

    def run(self, lines: list[str]) -> list[str]:
        self.count = len(self.md.htmlStash.rawHtmlBlocks)
        return lines


def _flow(clauses: tuple[Clause, ...]) -> list[str]:
    """Return the sealed part of a text as lines: headings apart, the words between two headings as one stream.

    Where a paragraph ends, which list marker stands and what is emphasised is formatting and does not show here.
    """
    lines = [""]
    for clause in clauses:
        targets = "".join(f"\x1f{link.target}" for link in clause.links)
        if clause.kind is Kind.HEADING:
            lines += [f"h{clause.level} {clause.words}{targets}", ""]
        else:
            lines[-1] = f"{lines[-1]} {clause.words}{targets}".lstrip(" ")
    return lines


_BLOCKS = frozenset(
    """
    p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd td th tr table thead tbody tfoot caption blockquote pre div br hr section
    article aside header footer nav main figure figcaption details summary form address center
    """.split()  # noqa: SIM905 - a list of names reads best as words
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CONTAINERS = frozenset(("ul", "ol", "li", "table", "tr", "td", "th", "blockquote", "pre"))
_UNREAD = frozenset(("script", "style", "template"))


class _ClauseReader(HTMLParser):
    """Walks HTML and cuts it into clauses at every block's edge. Unclosed and stray tags do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.clauses: list[Clause] = []
        self._text: list[str] = []
        self._links: list[Link] = []
        self._open_link: tuple[str, int] | None = None
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
            self._row = ""
        if tag in _CONTAINERS:
            self._opened += 1
            self._containers.append((tag, self._opened))
        elif tag in _HEADINGS:
            self._heading = (int(tag[1]), attributes.get("id", ""))
        elif tag == "a" and "href" in attributes:
            self._open_link = (attributes["href"], len(self._text))
        elif tag == "img":
            self._text.append(attributes.get("alt", ""))
            self._links.append(Link(text=collapse(attributes.get("alt", "")), target=attributes.get("src", "")))

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
            self._text.append(data)

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
            target, start = self._open_link
            self._links.append(Link(text=collapse("".join(self._text[start:])), target=target))
            self._open_link = None

    def _cut(self) -> None:
        self._close_link()
        text = collapse("".join(self._text))
        links, self._text, self._links = tuple(self._links), [], []
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
                links=links,
                containers=tuple(self._containers),
            )
        )

    def _kind(self) -> Kind:
        if self._heading:
            return Kind.HEADING
        inner = self._containers[-1][0] if self._containers else ""
        kinds = {"li": Kind.ITEM, "td": Kind.CELL, "th": Kind.CELL, "pre": Kind.CODE}
        return kinds.get(inner, Kind.PARAGRAPH)
