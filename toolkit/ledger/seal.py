"""The hash chain that makes a changed past visible.

Evidence is written unchained, by as many workers as there are. One sealer at a time chains what is new: each
link holds the digest of one row and of the link before it. A row's digest is the SHA-256 of its canonical
bytes: the table's name and every column that is not empty, as JSON with sorted keys. Recipients and outcomes
are many; they are covered by the digest that their attempt or answer carries.

Who can write to the database can also write the chain anew from some place on: only a link kept elsewhere
(`head`, given to `audit.verify` as `anchor`) shows that.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, RowMapping, Select, Table, exists, func, insert, select

from toolkit.errors import LedgerError
from toolkit.ledger.schema import answers, attempts, notices, receipts, seals, variants

SEALED = (notices, variants, attempts, answers, receipts)
Values = Mapping[str, Any] | RowMapping
PAGE = 1_000
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def digest_parts(whole: Column[Any], rows: Iterable[Values]) -> str:
    """Return the SHA-256 of rows in the order given, by every column but `whole`: what they are parts of."""
    digest = hashlib.sha256()
    columns = [column.name for column in whole.table.columns if column is not whole]
    for row in rows:
        digest.update(_bytes({name: row[name] for name in columns}) + b"\n")
    return digest.hexdigest()


def seal(connection: Connection, *, now: datetime) -> int:
    """Chain every row of evidence that is not yet in the chain; return how many. Needs to write alone."""
    place, previous = before, _ = _end(connection)
    for table in SEALED:
        for page in _unsealed(connection, table):
            links = []
            for row in page:
                place += 1
                link = _link(place, table, row, now)
                previous = link_digest(link, previous)
                links.append({**link, "digest": previous})
            connection.execute(insert(seals), links)
    return place - before


def head(connection: Connection) -> str:
    """Return the digest of the newest link; empty while nothing is sealed."""
    return _end(connection)[1]


def unsealed(connection: Connection) -> int:
    """Count the rows of evidence that are not chained yet."""
    new = (select(func.count()).select_from(table).where(~_is_sealed(table)) for table in SEALED)
    return sum(connection.scalar(count) or 0 for count in new)


def _end(connection: Connection) -> tuple[int, str]:
    last = connection.execute(
        select(seals.c.place, seals.c.digest).order_by(seals.c.place.desc()).limit(1)
    ).one_or_none()
    return (last.place, last.digest) if last is not None else (0, "")


def _unsealed(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    # Not simply "above the last one": on PostgreSQL a row with a lower id may be committed later.
    new = select(table).where(~_is_sealed(table)).order_by(table.c.id).limit(PAGE)
    last = 0
    while page := _read(connection, new.where(table.c.id > last), table):
        yield page
        last = page[-1].id


def _is_sealed(table: Table) -> ColumnElement[bool]:
    return exists().where(seals.c.source == table.name, seals.c.row == table.c.id)


def _read(connection: Connection, question: Select[Any], table: Table) -> Sequence[Row[Any]]:
    try:
        return connection.execute(question).all()
    except (ValueError, TypeError) as error:  # SQLite keeps whatever was written into a date
        raise LedgerError(f"a new row of {table.name} cannot be read: {error}.", mend="Who wrote it?") from None


def _link(place: int, table: Table, row: Row[Any], now: datetime) -> dict[str, Any]:
    return {
        "place": place,
        "source": table.name,
        "row": row.id,
        "row_digest": row_digest(table, row._mapping),  # noqa: SLF001 - SQLAlchemy's public name
        "sealed_at": now,
    }


def row_digest(table: Table, row: Values) -> str:
    """Return the SHA-256 of a row's canonical bytes."""
    return hashlib.sha256(_canonical(table, row)).hexdigest()


def link_digest(link: Values, previous: str) -> str:
    """Return a link's own digest, which covers all of it and the digest of the link before."""
    bound = {name: link[name] for name in ("place", "source", "row", "row_digest", "sealed_at")}
    return hashlib.sha256(_bytes({**bound, "previous": previous})).hexdigest()


def _canonical(table: Table, row: Values) -> bytes:
    values = {column.name: row[column.name] for column in table.columns}
    return table.name.encode() + b" " + _bytes(values)


def _bytes(values: Mapping[str, Any]) -> bytes:
    """Leave out what is empty: a column that a later schema adds then changes no digest."""
    kept = {name: _plain(value) for name, value in values.items() if value is not None}
    return _JSON.encode(kept).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
