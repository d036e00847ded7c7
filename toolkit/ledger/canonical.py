"""Rows of evidence as bytes, always the same: what digests and roots are made of."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Table

from toolkit.ledger.merkle import find_root

Values = Mapping[str, Any] | RowMapping
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def digest_row(table: Table, row: Values) -> str:
    """Return the SHA-256, in hex, of an entry's canonical bytes: the table's name and every column."""
    values = {column.name: row[column.name] for column in table.columns}
    return hashlib.sha256(table.name.encode() + b" " + write(values)).hexdigest()


def root_of_parts(whole: Column[Any], rows: Iterable[Values]) -> str:
    """Return the Merkle root of parts in the order given, each by every column but `whole`: the entry they are of."""
    return find_root(part_leaves(whole, rows))


def part_leaves(whole: Column[Any], rows: Iterable[Values]) -> Iterator[bytes]:
    columns = [column.name for column in whole.table.columns if column is not whole]
    return (write({name: row[name] for name in columns}) for row in rows)


def write(values: Values) -> bytes:
    """Return values as JSON with sorted keys. What is empty is left out: a column added later changes no digest."""
    kept = {name: _plain(value) for name, value in values.items() if value is not None}
    return _JSON.encode(kept).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
