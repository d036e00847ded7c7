"""A heading's number, apart from its words. Pure."""

import re

from toolkit.policy.clauses import Clause

# A number has a mark behind it or in it, and no small letter follows: "A note" has none, and "30 days to object",
# "2.5 years" and "Article 9 data" say something.
_NUMBER = re.compile(
    r"(?:(?:section|article|part|§)\s*)?(?:\d+(?:\.\d+)*[.):]|\d+(?:\.\d+)+|(?:[ivxlc]+|[a-z])[.):])\s+(?=\S)(?-i:(?![a-z]))",
    re.IGNORECASE,
)


def number_of(clause: Clause) -> str:
    """Return the number a heading begins with, as it stands there: `7.5`; empty for what has none."""
    found = _NUMBER.match(clause.words) if clause.level else None
    return found.group().strip() if found else ""


def unnumbered(clause: Clause) -> str:
    """Return a clause's words without a heading's number."""
    return strip_number(clause.words) if clause.level else clause.words


def strip_number(heading: str) -> str:
    found = _NUMBER.match(heading)
    return heading[found.end() :] if found else heading
