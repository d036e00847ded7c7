"""Accounts and the persons behind them: recorded, looked up, erased.

Each function works inside the caller's transaction.
"""

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from toolkit.errors import LedgerError
from toolkit.ledger.entries import Account, State, Tally, move
from toolkit.ledger.schema import accounts, deliveries, is_in, persons

BATCH = 1_000
"""How many rows go through memory, and into one statement, at a time."""

RandomBytes = Callable[[int], bytes]

KNOWN = select(accounts, persons.c.id, persons.c.email, persons.c.name).join_from(accounts, persons)
"""Every account that has not been erased; `to_account` reads its rows."""

_SALT_BYTES = 32
_T = TypeVar("_T")


def batches(items: Iterable[_T]) -> Iterator[list[_T]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def to_account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        name=row.name,
        language=row.language,
        created=row.created_on,
        closed=row.closed_on,
        restricted=row.restricted,
    )


def commitment(*, salt: bytes, email: str) -> str:
    """Return what evidence keeps of an address: who has salt and address can check it, nobody else."""
    return hmac.new(salt, email.encode(), "sha256").hexdigest()


def record(connection: Connection, given: Sequence[Account], *, random_bytes: RandomBytes) -> Tally:
    """Add and change accounts by the client's id. The last of two with one id wins. Needs to write alone."""
    latest = {account.id: account for account in given}
    added = changed = 0
    for batch in batches(latest.values()):
        known = _known(connection, [account.id for account in batch])
        new = [account for account in batch if account.id not in known]
        other = {known[a.id].key: a for a in batch if a.id in known and to_account(known[a.id]) != a}
        _add(connection, new, random_bytes)
        _change(connection, other)
        added, changed = added + len(new), changed + len(other)
    return Tally(added=added, changed=changed, unchanged=len(latest) - added - changed)


def count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(persons)) or 0


def erase(connection: Connection, account: str) -> None:
    """Delete what the ledger knows of a person. Raises `LedgerError` for an account it does not know."""
    key = keys(connection, [account])[account]
    connection.execute(delete(persons).where(persons.c.account == key))
    take_back(connection, [key])


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


def take_back(connection: Connection, changed: Sequence[int]) -> None:
    """Take back what a sender holds and has not begun: it read an account that is no longer so."""
    connection.execute(
        update(deliveries)
        .where(is_in(State.CLAIMED), deliveries.c.attempt.is_(None))
        .where(deliveries.c.account.in_(changed))
        .values(state=move(State.CLAIMED, State.PENDING).value, claim=None, lease_until=None)
    )


def _known(connection: Connection, ids: Sequence[str]) -> Mapping[str, Row[Any]]:
    return {row.id: row for row in connection.execute(KNOWN.where(persons.c.id.in_(ids)))}


def _add(connection: Connection, new: Sequence[Account], random_bytes: RandomBytes) -> None:
    if not new:
        return
    first = (connection.scalar(select(func.max(accounts.c.key))) or 0) + 1
    keyed = list(enumerate(new, start=first))
    connection.execute(insert(accounts), [{"key": key, **_working(account)} for key, account in keyed])
    connection.execute(
        insert(persons),
        [{"account": key, "salt": random_bytes(_SALT_BYTES), **_personal(account)} for key, account in keyed],
    )


def _change(connection: Connection, changed: Mapping[int, Account]) -> None:
    if not changed:
        return
    # The person first: a claim that reads both waits there, and then sees the account as it has become.
    connection.execute(
        update(persons).where(persons.c.account == bindparam("of")),
        [{"of": key, **_personal(account)} for key, account in changed.items()],
    )
    connection.execute(
        update(accounts).where(accounts.c.key == bindparam("of")),
        [{"of": key, **_working(account)} for key, account in changed.items()],
    )
    take_back(connection, list(changed))


def _working(account: Account) -> dict[str, Any]:
    return {
        "language": account.language,
        "created_on": account.created,
        "closed_on": account.closed,
        "restricted": account.restricted,
    }


def _personal(account: Account) -> dict[str, Any]:
    return {"id": account.id, "email": account.email, "name": account.name}
