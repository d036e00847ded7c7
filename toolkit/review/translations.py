"""Whether a translation keeps step with its original: the same version, the same outline, the same figures. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.errors import DocumentError
from toolkit.policy.classes import Class
from toolkit.policy.clauses import Block
from toolkit.policy.document import Document, parse_document
from toolkit.policy.front_matter import TranslationFrontMatter, parse_translation_front_matter, split
from toolkit.policy.version import Version
from toolkit.review.findings import Finding, Rule
from toolkit.review.source import Source

_FIGURE = re.compile(r"\d+(?:[.,:/]\d+)*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Translated:
    """A translation as its file stands: what it says of itself, and its text."""

    source: Source
    front: TranslationFrontMatter
    document: Document


def parse_translated(source: Source) -> Translated:
    """Parse a translation's file. Raises `DocumentError` where it cannot be read."""
    parts = split(source.text)
    if parts.head is None:
        raise DocumentError("the translation has no front matter.", where=f"{source.path}:1")
    front = parse_translation_front_matter(parts.head, name=source.path)
    return Translated(source=source, front=front, document=parse_document(source.text, name=source.path))


def check_translation(translated: Translated, version: Version) -> Iterator[Finding]:
    """Yield where a translation is out of step with the version that the governing text now carries."""
    front, source = translated.front, translated.source
    if front.translates > version.number:
        yield _finding(
            source,
            "translates",
            f"it translates {front.translates}, and the text is {version.number}: there is no such version.",
            f"Write 'translates: {version.number}'.",
        )
        return
    if front.translates != version.number:
        if version.declared > Class.EDITORIAL:
            yield _finding(
                source,
                "translates",
                f"it translates {front.translates}, and the text is {version.number} now.",
                f"Translate the changes, and write 'translates: {version.number}'; its readers get no mail until then.",
            )
        return
    if not front.reviewed and version.declared.tells:
        yield _finding(
            source,
            "reviewed",
            "nobody has read the translation yet, so its readers are not told.",
            "Have it read, then write 'reviewed: true'.",
        )
    yield from _differences(translated, version.document)


def _differences(translated: Translated, original: Document) -> Iterator[Finding]:
    """Compare what does not depend on the language: how many headings, items and links, and which figures."""
    mine = translated.document
    for what, count in (("headings", _headings), ("list items", _items), ("links", _links)):
        if count(mine) != count(original):
            yield _finding(
                translated.source,
                "translates",
                f"it has {count(mine)} {what}, and the original has {count(original)}.",
                "Bring the two into the same shape.",
            )
    if differing := sorted(_figures(mine) ^ _figures(original)):
        shown = ", ".join(differing[:_SHOWN])
        yield _finding(
            translated.source,
            "translates",
            f"these figures or addresses stand in one of the two texts only: {shown}.",
            "Compare them; where a figure is written as a word, write it as a figure in both.",
        )


def _finding(source: Source, key: str, what: str, mend: str) -> Finding:
    line = source.line_of_key(key)
    return Finding(rule=Rule.TRANSLATION_BEHIND, path=source.path, line=line, what=what, mend=mend)


def _headings(document: Document) -> int:
    return sum(clause.block is Block.HEADING for clause in document.clauses)


def _items(document: Document) -> int:
    return sum(clause.block is Block.ITEM and clause.opens for clause in document.clauses)


def _links(document: Document) -> int:
    return sum(len(clause.links) for clause in document.clauses)


def _figures(document: Document) -> set[str]:
    return set(_FIGURE.findall(document.text))
