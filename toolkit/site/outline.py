"""A text's headings as the tree that a table of contents shows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.policy.clauses import Block, Clause
from toolkit.policy.document import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """One line of a page's table of contents, and what hangs below it. `text` is plain."""

    level: int
    anchor: str
    text: str
    below: tuple["Heading", ...] = ()


def outline(document: Document) -> tuple[Heading, ...]:
    """Return the headings of a text below its title."""
    return _tree([clause for clause in document.clauses if clause.block is Block.HEADING and clause.level > 1])


def _tree(clauses: Sequence[Clause]) -> tuple[Heading, ...]:
    """Hang below each heading the deeper ones that follow it, up to the next of its level."""
    found: list[Heading] = []
    at = 0
    while at < len(clauses):
        head, start = clauses[at], at + 1
        at = next((i for i in range(start, len(clauses)) if clauses[i].level <= head.level), len(clauses))
        found.append(Heading(level=head.level, anchor=head.anchor, text=head.text, below=_tree(clauses[start:at])))
    return tuple(found)
