"""What a document says, clause by clause and sentence by sentence, and under what. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from toolkit.changes.numbering import strip_number
from toolkit.policy.clauses import Block, Clause, Inline
from toolkit.policy.document import Document
from toolkit.policy.words import count, fold, sentences

_PHRASE = 4
"""A sentence of fewer words may stand elsewhere by chance."""
_LISTED = (Block.ITEM, Block.CELL)

Under = tuple[str, ...]
"""What a clause stands under, without numbers and case: its headings and the bold line that serves as one; for an item
or a cell also the line before the list or table, and the items that its list lies in."""

Key = tuple[Block, str, Under]
"""A clause as a reader meets it: its kind, its words and what it stands under."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What each clause of a document stands under, and its paragraphs' sentences, each with what it stands under."""

    keys: tuple[Key, ...]
    texts: frozenset[str]
    sentences: Mapping[str, frozenset[Under]]

    @property
    def unders(self) -> tuple[Under, ...]:
        return tuple(under for _, _, under in self.keys)

    @cached_property
    def places(self) -> frozenset[Under]:
        return frozenset(self.unders)

    @cached_property
    def clauses(self) -> Counter[Key]:
        return Counter(self.keys)

    def is_led(self, at: int) -> bool:
        """Whether the clause before a clause ends with a colon, and so leads to it."""
        return at > 0 and self.keys[at - 1][1].endswith((":", "："))

    def has_clause(self, key: Key, elsewhere: "Said") -> bool:
        """Whether a whole clause of the other document stands here as often: at most its order changed."""
        return self.clauses[key] == elsewhere.clauses[key]

    def has_sentence(self, sentence: str, under: Under, elsewhere: "Said") -> bool:
        """Whether a sentence of a paragraph of the other document, which stands under `under`, is said here, too.

        Under another heading it may mean another thing: it is the same only where that heading was renamed.
        """
        if count(sentence) < _PHRASE:
            return False
        here = self.sentences.get(_plain(sentence), frozenset())
        return any(self.is_same(place, under, elsewhere) for place in here)

    def is_same(self, here: Under, there: Under, elsewhere: "Said") -> bool:
        """Whether two places, one of each document, are one: called alike, or renamed."""
        return here == there or (there not in self.places and here not in elsewhere.places)


def read_both(old: Document, new: Document) -> tuple[Said, Said]:
    """Read two documents that are compared: a line that is bold in one of them serves as a heading in both."""
    titles = _bold_lines(old) | _bold_lines(new)
    return _read(old, titles), _read(new, titles)


def _read(document: Document, titles: frozenset[str]) -> Said:
    unders = tuple(_unders(document, titles))
    keys = tuple(_key(clause, under) for clause, under in zip(document.clauses, unders, strict=True))
    found: dict[str, set[Under]] = {}
    for clause, under in zip(document.clauses, unders, strict=True):
        if clause.block is Block.PARAGRAPH:
            for sentence in sentences(clause.words):
                found.setdefault(_plain(sentence), set()).add(under)
    texts = frozenset(clause.words for clause in document.clauses)
    return Said(keys=keys, texts=texts, sentences=MappingProxyType({each: frozenset(at) for each, at in found.items()}))


def _key(clause: Clause, under: Under) -> Key:
    words = clause.words if clause.block in _LISTED else _plain(clause.words)
    return clause.block, _without_capitals(strip_number(words)) if clause.level else words, under


def _without_capitals(heading: str) -> str:
    """Return a heading without its capitals, which say nothing, but for those of an abbreviation."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.casefold() for word in heading.split())


def _plain(sentence: str) -> str:
    """Return a sentence without typography and, where it is written in capitals altogether, without case."""
    folded = fold(sentence)
    return folded.capitalize() if folded.isupper() else folded


def _unders(document: Document, titles: frozenset[str]) -> Iterator[Under]:
    title, above = "", [""]  # the bold line; the line before the list, then the item that each list lies in
    for clause in document.clauses:
        headings = tuple(strip_number(heading).casefold() for heading in clause.path)
        if clause.level:
            title, above = "", [""]
        listed = clause.block in _LISTED
        base = (*headings, title) if title else headings
        yield (*base, *above[: clause.nesting + 1]) if listed else base
        words = clause.words.casefold()
        if clause.block is Block.ITEM and clause.opens:
            above[clause.nesting + 1 :] = [words]
        elif not listed and not clause.level:
            title = words if words in titles else title
            above = [words]


def _bold_lines(document: Document) -> frozenset[str]:
    return frozenset(clause.words.casefold() for clause in document.clauses if _is_bold(clause))


def _is_bold(clause: Clause) -> bool:
    """Whether a paragraph is bold as a whole, and so serves as a heading."""
    return clause.block is Block.PARAGRAPH and any(
        span.kind is Inline.STRONG and span.end - span.start >= len(clause.text.rstrip(" .:")) for span in clause.spans
    )
