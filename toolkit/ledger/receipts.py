"""Receipts: evidence that an account saw a version. Written once each."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from toolkit.ledger.accounts import batches, keys
from toolkit.ledger.columns import rank
from toolkit.ledger.entries import Receipt
from toolkit.ledger.schema import receipts


def record(connection: Connection, given: Sequence[Receipt]) -> int:
    """Write receipts and return how many were new. Raises `LedgerError` for an unknown account."""
    return sum(_record_batch(connection, batch) for batch in batches(given))


def _record_batch(connection: Connection, given: Sequence[Receipt]) -> int:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    key = keys(connection, [receipt.account for receipt in given])
    written = connection.execute(
        dialect.insert(receipts).on_conflict_do_nothing(),
        [
            {
                "policy": receipt.policy,
                "account": key[receipt.account],
                "version": receipt.version,
                "rank": rank(receipt.version),
                "kind": receipt.kind.value,
                "recorded_at": receipt.recorded_at,
                "language": receipt.language,
                "source": receipt.source,
            }
            for receipt in given
        ],
        execution_options={"preserve_rowcount": True},
    )
    return written.rowcount
