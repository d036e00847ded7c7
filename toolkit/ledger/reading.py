"""Reading rows that may hold anything: a row that cannot be read is a finding, and stops nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Select, select
from sqlalchemy.exc import DataError, DBAPIError

from toolkit.ledger.batches import SIZE


def pages(connection: Connection, key: Column[int]) -> Iterator[Sequence[int]]:
    """Give a table's keys, as many at a time as are read together."""
    after = select(key).order_by(key).limit(SIZE)
    page = connection.scalars(after).all()
    while page:
        yield page
        page = connection.scalars(after.where(key > page[-1])).all()


def read(connection: Connection, key: Column[int], ids: Sequence[int]) -> dict[int, RowMapping | None]:
    """Return the rows with these keys; None for a row that cannot be read."""
    if not ids:
        return {}
    try:
        rows = connection.execute(select(key.table).where(key.in_(ids))).mappings().all()
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        raise_unless_unreadable(error)
        if len(ids) == 1:
            return {ids[0]: None}
        half = len(ids) // 2
        return read(connection, key, ids[:half]) | read(connection, key, ids[half:])
    return {row[key.name]: row for row in rows}


def stream(connection: Connection, question: Select[Any]) -> Iterator[RowMapping]:
    return iter(connection.execute(question, execution_options={"yield_per": SIZE}).mappings())


def raise_unless_unreadable(error: Exception) -> None:
    """Raise on what the database itself refuses. What is left lies in a cell: no date, no instant, no text."""
    if isinstance(error, DBAPIError) and not isinstance(error, DataError) and "UTF-8" not in str(error):
        raise error
