"""Whether the numbers before a text's headings go on without a gap. Pure."""

import re
from collections.abc import Iterator

from toolkit.changes.numbering import number_of
from toolkit.policy.clauses import Clause
from toolkit.policy.document import Document
from toolkit.review.findings import Finding, Rule
from toolkit.review.source import Source

_DIGITS = re.compile(r"\d+(?:\.\d+)*")


def check_headings(document: Document, source: Source) -> Iterator[Finding]:
    """Yield each heading whose number does not follow. Those without a number count for none.

    `7.` follows `6.`, `7.1` opens what stands below it, and `7.2` follows `7.1`.
    """
    last: tuple[int, ...] = ()
    for clause, number in _numbered(document):
        expected = _expected(last, number)
        if number != expected:
            before = f" and follows {_write(last)}" if last else ""
            yield Finding(
                rule=Rule.HEADING_NUMBER,
                path=source.path,
                line=source.line_of(clause.text),
                what=f"the heading “{clause.text}” has the number {_write(number)}{before}".rstrip(".") + ".",
                mend=f"Number it {_write(expected).rstrip('.')}, and look for references to the old number.",
            )
        last = expected


def _numbered(document: Document) -> Iterator[tuple[Clause, tuple[int, ...]]]:
    for clause in document.clauses:
        if clause.level and (found := _DIGITS.match(number_of(clause))):
            yield clause, tuple(map(int, found.group().split(".")))


def _expected(last: tuple[int, ...], number: tuple[int, ...]) -> tuple[int, ...]:
    """Return the number that a heading as deep as `number` has after `last`."""
    depth = len(number)
    if depth <= len(last):
        return (*last[: depth - 1], last[depth - 1] + 1)
    return (*last, *(1,) * (depth - len(last)))


def _write(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number)) + ("." if len(number) == 1 else "")
