"""Checks the record: entries against their seals, parts against their entry, every other row against evidence.

Someone who tampers may write what the toolkit never writes, such as a word where a date belongs. A row that cannot
be read is therefore a finding, and does not stop the check.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterator

from sqlalchemy import Connection

from toolkit.ledger import guards
from toolkit.ledger.audit import accounts, deliveries, personal, seals


def verify(connection: Connection, *, anchor: str = "") -> Iterator[str]:
    """Say, one sentence each, what does not fit. Nothing when all is intact; what is not sealed yet may be."""
    yield from seals.findings(connection, anchor=anchor)
    yield from accounts.findings(connection)
    yield from deliveries.findings(connection)
    yield from personal.findings(connection)
    yield from guards.missing(connection)
