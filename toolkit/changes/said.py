"""What a document says, sentence by sentence, and under which heading. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from toolkit.changes.numbering import strip_number
from toolkit.policy.clauses import Block
from toolkit.policy.document import Document
from toolkit.policy.words import count, fold, sentences

_PHRASE = 4
"""A sentence of fewer words may stand elsewhere by chance."""

Under = tuple[str, ...]
"""What a clause stands under: its headings, without numbers and case, and for an item the line before its list."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A document's sentences, by themselves without case, each as it stands and under what. Also: each clause's place.

    Capitals count, but where a sentence is written in them altogether, as some write a heading.
    """

    unders: tuple[Under, ...]
    sentences: Mapping[str, frozenset[tuple[str, Under]]]

    def has(self, sentence: str, under: Under, elsewhere: "Said", *, heading: bool) -> bool:
        """Whether a sentence of the other document, `elsewhere`, where it stands under `under`, is said here, too.

        Under another heading it may mean another thing: it is the same only where that heading was renamed.
        A `heading` may be short, and its capitals say nothing.
        """
        if count(sentence) < _PHRASE and not heading:
            return False
        wanted = fold(sentence)
        here = self.sentences.get(wanted.casefold(), frozenset())
        return any(
            (heading or text == wanted or text.isupper() or wanted.isupper()) and self.is_same(place, under, elsewhere)
            for text, place in here
        )

    def is_same(self, here: Under, there: Under, elsewhere: "Said") -> bool:
        """Whether two places, one of each document, are one: called alike, or renamed."""
        if here == there:
            return True
        return there not in self.unders and here not in elsewhere.unders


def read_said(document: Document) -> Said:
    unders = tuple(_unders(document))
    found: dict[str, set[tuple[str, Under]]] = {}
    for clause, under in zip(document.clauses, unders, strict=True):
        for sentence in sentences(clause.words):
            found.setdefault(sentence.casefold(), set()).add((sentence, under))
    return Said(unders=unders, sentences=MappingProxyType({each: frozenset(at) for each, at in found.items()}))


def _unders(document: Document) -> Iterator[Under]:
    section: Under = ()
    lead = ""
    for clause in document.clauses:
        under = tuple(strip_number(heading).casefold() for heading in clause.path)
        if clause.block is not Block.ITEM or under != section:
            words = clause.words.casefold()
            section, lead = under, words if words.endswith((":", "：")) else ""
        yield (*under, lead) if lead and clause.block is Block.ITEM else under
