"""Evidence that accounts saw versions, each once. Each function works inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from toolkit.ledger.blanking import blank
from toolkit.ledger.columns import rank
from toolkit.ledger.entries import Receipt
from toolkit.ledger.known import keys
from toolkit.ledger.schema import receipts

_ONCE = (receipts.c.policy, receipts.c.account, receipts.c.version, receipts.c.kind)


def write(connection: Connection, given: Sequence[Receipt], *, now: datetime) -> int:
    """Write receipts, and return how many are new. Raises `LedgerError` for an unknown account."""
    if not given:
        return 0
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    key = keys(connection, [receipt.account for receipt in given])
    written = connection.execute(
        dialect.insert(receipts).on_conflict_do_nothing(index_elements=_ONCE),
        [
            {
                "policy": receipt.policy,
                "account": key[receipt.account],
                "version": receipt.version,
                "rank": rank(receipt.version),
                "kind": receipt.kind.value,
                "language": blank(receipt.language),
                "source": blank(receipt.source),
                "shown": blank(receipt.shown) or None,
                "ref": receipt.ref or None,
                "happened_at": receipt.happened_at,
                "heard_at": now,
            }
            for receipt in given
        ],
        execution_options={"preserve_rowcount": True},
    )
    return written.rowcount
