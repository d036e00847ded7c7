"""The client's ids of accounts -> the ledger's own keys. Each function works inside the caller's transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from toolkit.errors import LedgerError
from toolkit.ledger.batches import batches
from toolkit.ledger.schema import persons


def find_keys(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return the key of each account that is known."""
    found: dict[str, int] = {}
    for batch in batches(ids):
        rows = connection.execute(select(persons.c.id, persons.c.account).where(persons.c.id.in_(batch)))
        found.update((row.id, row.account) for row in rows)
    return found


def keys(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return the key of each account. Raises `LedgerError` naming the first that is unknown."""
    found = find_keys(connection, ids)
    for account in ids:
        if account not in found:
            raise unknown(account)
    return found


def unknown(account: str) -> LedgerError:
    return LedgerError(f"the ledger knows no account '{account}'.", mend="Import it first.")
