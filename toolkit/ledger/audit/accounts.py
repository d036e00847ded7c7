"""The accounts against the imports that brought them in, and the erasures that took them away."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.exc import DBAPIError

from toolkit.ledger import imports
from toolkit.ledger.reading import pages, raise_unless_unreadable, read
from toolkit.ledger.schema import accounts, erasures, imported, persons


def findings(connection: Connection) -> Iterator[str]:
    """Name each account that is not as it was brought in, was taken away, or was put in past the toolkit."""
    erased = erased_accounts(connection)
    for keys in pages(connection, accounts.c.key):
        known = read(connection, accounts.c.key, keys)
        people = read(connection, persons.c.account, keys)
        committed = _newest(connection, keys)
        for key in keys:
            yield from _account(key, known[key], people, committed.get(key), gone=key in erased)


def erased_accounts(connection: Connection) -> frozenset[int]:
    return frozenset(connection.scalars(select(erasures.c.account)))


def _account(
    key: int,
    known: RowMapping | None,
    people: Mapping[int, RowMapping | None],
    committed: str | None,
    *,
    gone: bool,
) -> Iterator[str]:
    if committed is None and not gone:
        yield f"No import brought account {key} in."
    elif gone and key in people:
        yield f"Account {key} was erased, and its person is there."
    elif gone and not _says_nothing(known):
        yield f"Account {key} was erased, and its row says something again."
    elif not gone and key not in people:
        yield f"The person of account {key} is gone, and no erasure says so."
    elif not gone and _commitment(known, people[key]) != committed:
        yield f"Account {key} is not as it was brought in."


def _says_nothing(known: RowMapping | None) -> bool:
    return known is not None and all(known[name] == value for name, value in imports.NOTHING.items())


def _commitment(known: RowMapping | None, person: RowMapping | None) -> str:
    """Return the commitment that an account's rows give; empty where they cannot be read."""
    if known is None or person is None or not isinstance(person["salt"], bytes | memoryview):
        return ""
    try:
        return imports.commitment(bytes(person["salt"]), {**known, **person})
    except (TypeError, AttributeError):  # bytes where a text was
        return ""


def _newest(connection: Connection, keys: Sequence[int]) -> Mapping[int, Any]:
    """Return for each account of a page the commitment of the import that named it last."""
    of_page = (
        select(imported.c.account, imported.c.commitment)
        .where(imported.c.account.between(keys[0], keys[-1]))
        .order_by(imported.c["import"], imported.c.place)
    )
    try:
        return {row.account: row.commitment for row in connection.execute(of_page)}
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        raise_unless_unreadable(error)
        return {}
