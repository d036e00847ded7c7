"""Markdown -> Document: the clauses a reader sees, and the digest that seals them. Pure.

The words are read off the very HTML that the page shows, so what is compared, sealed and published is one thing.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from toolkit.errors import DocumentError
from toolkit.policy.clauses import Block, Clause
from toolkit.policy.front_matter import FrontMatter, parse_front_matter, split
from toolkit.policy.lists import open_lists
from toolkit.policy.reader import ClauseReader
from toolkit.policy.words import sentences

EXTENSIONS = ("tables", "fenced_code", "sane_lists", "toc")
"""Python-Markdown's extensions that the policy's text is read and shown with."""

LONGEST = 2_000_000
"""Signs of a text that is read. The longest policies have a tenth of them."""

DEEPEST = 200
"""Brackets that may stand open at once: the reader of Markdown looks for the end of each, again and again."""

NORMALISATION = "words-1"
"""The name of the way a digest is made. A new way gets a new name; old digests keep theirs."""


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
    def sentences(self) -> frozenset[str]:
        """Every whole sentence, without typography and without case: what is said at all, wherever it stands."""
        return frozenset(said.casefold() for clause in self.clauses for said in sentences(clause.words))

    @cached_property
    def digest(self) -> str:
        """`words-1:` and the SHA-256, in hex, of what `Section.sealed` holds, section by section."""
        flow = "\x1e".join(section.sealed for section in sections(self.clauses))
        return f"{NORMALISATION}:{hashlib.sha256(flow.encode()).hexdigest()}"


def parse_document(source: str | bytes, *, name: str, released: bool = False) -> Document:
    """Parse a Markdown text. `name` is the file, for errors and display.

    With `released`, the text must carry our front matter; without, a front matter of any kind is set aside.
    Raises `DocumentError` for bytes that are not UTF-8, for a malformed front matter and for text nested
    too deeply to be read.
    """
    parts = split(decode(source, name=name))
    _refuse_endless(parts.body, name)
    front = None
    if released:
        if parts.head is None and parts.body.startswith("---"):
            raise DocumentError(
                "the front matter does not end.", where=f"{name}:1", mend="Close it with a line that is only '---'."
            )
        if parts.head is None:
            raise DocumentError(
                "the file has no front matter.",
                where=f"{name}:1",
                mend="Begin it with a '---' line, the keys title, version, published, effective and class, and '---'.",
            )
        front = parse_front_matter(parts.head, name=name)
    html, raw_html = _render(parts.body, name)
    reader = ClauseReader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError as error:  # so html.parser says that it cannot read a declaration
        raise DocumentError(
            f"the text holds a declaration of HTML that cannot be read: {error}.", where=name, mend="Remove it: '<!['."
        ) from None
    return Document(name=name, clauses=tuple(reader.clauses), html=html, raw_html=raw_html, front=front)


def _refuse_endless(body: str, name: str) -> None:
    """Raise `DocumentError` for a text that would keep the reader of Markdown busy without end."""
    if len(body) > LONGEST:
        raise DocumentError(
            f"the text has {len(body):,} signs, and no policy has more than {LONGEST:,}.",
            where=name,
            mend="Name the right file.",
        )
    for kind, pattern in _OPENED.items():
        depth = 0
        for mark in pattern.finditer(body):
            opens, closes = mark["opens"], mark["closes"]
            depth = depth + 1 if opens else max(0, depth - 1) if closes else 0
            if depth > DEEPEST:
                line = body.count("\n", 0, mark.start()) + 1
                raise DocumentError(
                    f"more than {DEEPEST} {kind} stand open at once.",
                    where=name,
                    mend=f"Close or remove them in line {line} of the text.",
                )


_OPENED = {
    "square brackets": re.compile(r"(?P<opens>\[)|(?P<closes>\])|\n[ \t]*\n"),
    "links": re.compile(r"(?P<opens>\]\()|(?P<closes>\))|\n[ \t]*\n"),
    "angle brackets": re.compile(r"(?P<opens><(?=[A-Za-z/!?]))|(?P<closes>>)"),
}


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading, or all that stands between two headings: its clauses from `start` up to `end`, and its sealed words.

    Where a paragraph ends, which list marker stands and what is emphasised is formatting and does not show in
    `sealed`. Levels, links, a cell's column and an item's nesting do: see `Clause.sealed`.
    """

    heading: bool
    start: int
    end: int
    sealed: str


def sections(clauses: Sequence[Clause]) -> Iterator[Section]:
    """Take a text apart at its headings: what stands between two of them is one stream, even where it is empty."""
    start = 0
    for at, clause in enumerate(clauses):
        if clause.block is Block.HEADING:
            yield _stream(clauses, start, at)
            yield Section(heading=True, start=at, end=at + 1, sealed=f"h{clause.level} {clause.sealed}")
            start = at + 1
    yield _stream(clauses, start, len(clauses))


def _stream(clauses: Sequence[Clause], start: int, end: int) -> Section:
    sealed = " ".join(clause.sealed for clause in clauses[start:end])
    return Section(heading=False, start=start, end=end, sealed=sealed)
