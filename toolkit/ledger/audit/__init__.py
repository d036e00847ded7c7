"""Checks the record: entries against their seals, parts against their entry, every other row against evidence.

Someone who tampers may write what the toolkit never writes, such as a word where a date belongs. A row that cannot
be read is therefore a finding, and does not stop the check.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterator

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from toolkit.ledger import guards
from toolkit.ledger.audit import accounts, deliveries, entries, personal, seals
from toolkit.ledger.reading import raise_unless_unreadable


def verify(connection: Connection, *, anchor: str = "") -> Iterator[str]:
    """Say, one sentence each, what does not fit. Nothing when all is intact; what is not sealed yet may be."""
    sections = {
        "the seals": seals.findings(connection, anchor=anchor),
        "the entries": entries.findings(connection),
        "the accounts": accounts.findings(connection),
        "the deliveries": deliveries.findings(connection),
        "the personal values": personal.findings(connection),
        "the triggers": guards.findings(connection),
    }
    for name, found in sections.items():
        yield from _as_far_as_readable(name, found)


def _as_far_as_readable(name: str, found: Iterator[str]) -> Iterator[str]:
    try:
        yield from found
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        raise_unless_unreadable(error)
        yield f"The check of {name} ended at a row that cannot be read."
