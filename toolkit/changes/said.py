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
"""What a clause stands under, without numbers and case: its headings; for an item also the line before its list, and
the items that its list lies in."""


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
    above = [""]  # the line before the list, then the item that each list lies in
    for clause in document.clauses:
        headings = tuple(strip_number(heading).casefold() for heading in clause.path)
        words = clause.words.casefold()
        if clause.block is not Block.ITEM or headings != section:
            section, above = headings, [words if words.endswith((":", "：")) else ""]
        if clause.block is not Block.ITEM:
            yield headings
            continue
        yield (*headings, *above[: clause.nesting + 1])
        if clause.opens:
            above[clause.nesting + 1 :] = [words]
