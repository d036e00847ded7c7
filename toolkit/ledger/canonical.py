"""Rows of evidence as bytes, always the same: what digests and roots are made of."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import Column, RowMapping, Table

from toolkit.ledger.merkle import find_root

Values = Mapping[str, Any] | RowMapping
_SAME = frozenset({str, int, bool})
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def digest_row(table: Table, row: Values) -> str:
    """Return the SHA-256, in hex, of an entry's canonical bytes: the table's name and every column."""
    values = {column.name: row[column.name] for column in table.columns}
    return hashlib.sha256(table.name.encode() + b" " + write(values)).hexdigest()


def root_of_parts(whole: Column[Any], rows: Iterable[Values]) -> str:
    """Return the Merkle root of parts in the order given, each by every column but `whole`: the entry they are of."""
    return find_root(part_leaves(whole, rows))


def part_leaves(whole: Column[Any], rows: Iterable[Values]) -> Iterator[bytes]:
    columns = [str(column.name) for column in whole.table.columns if column is not whole]
    return (
        _encode({n: v if type(v) in _SAME else _plain(v) for n in columns if (v := row[n]) is not None}) for row in rows
    )


def write(values: Values) -> bytes:
    """Return values as JSON with sorted keys. What is empty is left out: a column added later changes no digest."""
    return _encode({str(name): _plain(value) for name, value in values.items() if value is not None})


def _encode(values: dict[str, Any]) -> bytes:
    quick = orjson.dumps(values, option=orjson.OPT_SORT_KEYS)
    # The quicker library writes the same, but for signs beyond plain ASCII, which the other escapes.
    return quick if quick.isascii() and b"\x7f" not in quick else _JSON.encode(values).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, str | int):
        return value
    if isinstance(value, datetime):
        instant = value if value.tzinfo is UTC else value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
