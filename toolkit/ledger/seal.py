"""The hash chain that makes a changed past visible.

Evidence is written unchained, by as many workers as there are. One sealer at a time chains what is new: each
link holds the digest of one row and of the link before it. A row's digest is the SHA-256 of its canonical
bytes: the table's name and every column that is not empty, as JSON with sorted keys. Recipients and outcomes
are many; they are covered by the digest that their attempt or answer carries.

Who can write to the database can also write the chain anew from some place on: only a link kept elsewhere
(`head`, given to `verify` as `anchor`) shows that.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, RowMapping, Table, exists, insert, select

from toolkit.ledger.schema import answers, attempts, notices, outcomes, receipts, recipients, seals, variants

SEALED = (notices, variants, attempts, answers, receipts)
_Values = Mapping[str, Any] | RowMapping
_PAGE = 1_000
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def digest_parts(whole: Column[Any], rows: Iterable[_Values]) -> str:
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
                previous = _digest(link, previous)
                links.append({**link, "digest": previous})
            connection.execute(insert(seals), links)
    return place - before


def head(connection: Connection) -> str:
    """Return the digest of the newest link; empty while nothing is sealed."""
    return _end(connection)[1]


def verify(connection: Connection, *, anchor: str = "") -> tuple[str, ...]:
    """Compute the chain again and say, one sentence each, what does not fit. Empty when it is intact."""
    findings = list(_broken_links(connection))
    findings += _broken_parts(connection, recipients.c.attempt, attempts.c.recipients_digest)
    findings += _broken_parts(connection, outcomes.c.answer, answers.c.outcomes_digest)
    if anchor and not connection.scalar(select(exists().where(seals.c.digest == anchor))):
        findings.append(f"The chain no longer holds the link {anchor}.")
    return tuple(findings)


def _end(connection: Connection) -> tuple[int, str]:
    last = connection.execute(
        select(seals.c.place, seals.c.digest).order_by(seals.c.place.desc()).limit(1)
    ).one_or_none()
    return (last.place, last.digest) if last is not None else (0, "")


def _unsealed(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    # Not simply "above the last one": on PostgreSQL a row with a lower id may be committed later.
    sealed = exists().where(seals.c.source == table.name, seals.c.row == table.c.id)
    new = select(table).where(~sealed).order_by(table.c.id).limit(_PAGE)
    last = 0
    while page := connection.execute(new.where(table.c.id > last)).all():
        yield page
        last = page[-1].id


def _pages(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    last = 0
    while page := connection.execute(
        select(seals).where(seals.c.place > last).order_by(seals.c.place).limit(_PAGE)
    ).all():
        yield page
        last = page[-1].place


def _broken_links(connection: Connection) -> Iterator[str]:
    place, previous = 0, ""
    for page in _pages(connection):
        rows = dict(_sealed_rows(connection, page))
        for link in page:
            place += 1
            if link.place != place:
                yield f"Link {place} of the chain is missing."
                place = link.place
            elif link.digest != _digest(link._mapping, previous):  # noqa: SLF001 - SQLAlchemy's public name
                yield f"Link {place} of the chain was changed, or one before it."
            if (link.source, link.row) not in rows:
                yield f"Row {link.row} of {link.source}, sealed at link {place}, is gone."
            elif rows[link.source, link.row] != link.row_digest:
                yield f"Row {link.row} of {link.source} was changed after it was sealed at link {place}."
            previous = link.digest


def _sealed_rows(connection: Connection, page: Sequence[Row[Any]]) -> Iterator[tuple[tuple[str, int], str]]:
    for table in SEALED:
        ids = [link.row for link in page if link.source == table.name]
        for row in connection.execute(select(table).where(table.c.id.in_(ids))).mappings():
            yield (table.name, row["id"]), _row_digest(table, row)


def _broken_parts(connection: Connection, whole: Column[Any], said: Column[Any]) -> Iterator[str]:
    """Check what each attempt says of its recipients, and each answer of its outcomes."""
    parts = whole.table
    for number, digest in connection.execute(select(said.table.c.id, said).order_by(said.table.c.id)).all():
        rows = connection.execute(select(parts).where(whole == number).order_by(*parts.primary_key))
        if digest_parts(whole, rows.mappings()) != digest:
            yield f"The {parts.name} of row {number} of {said.table.name} were changed."


def _link(place: int, table: Table, row: Row[Any], now: datetime) -> dict[str, Any]:
    return {
        "place": place,
        "source": table.name,
        "row": row.id,
        "row_digest": _row_digest(table, row._mapping),  # noqa: SLF001 - SQLAlchemy's public name
        "sealed_at": now,
    }


def _row_digest(table: Table, row: _Values) -> str:
    return hashlib.sha256(_canonical(table, row)).hexdigest()


def _digest(link: _Values, previous: str) -> str:
    bound = {name: link[name] for name in ("place", "source", "row", "row_digest", "sealed_at")}
    return hashlib.sha256(_bytes({**bound, "previous": previous})).hexdigest()


def _canonical(table: Table, row: _Values) -> bytes:
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
