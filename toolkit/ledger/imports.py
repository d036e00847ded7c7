"""Evidence of the accounts: each as it was brought in, committed to with a salt that goes when the account is erased.

Each function works inside the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert

from toolkit.ledger import canonical
from toolkit.ledger.commitments import commit
from toolkit.ledger.entries import Account
from toolkit.ledger.schema import imported, imports


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyed:
    """An account with the ledger's own number of it, and the salt of the commitment to it."""

    key: int
    account: Account
    salt: bytes


def write(connection: Connection, brought_in: Sequence[Keyed], *, now: datetime) -> None:
    """Write that these accounts were brought in as they are. Nothing for none."""
    if not brought_in:
        return
    parts = [
        {"place": at, "account": one.key, "commitment": commitment(one.salt, {**working(one.account), **personal(one)})}
        for at, one in enumerate(brought_in)
    ]
    root = canonical.root_of_parts(imported.c["import"], parts)
    values = {"accounts_root": root, "happened_at": now, "heard_at": now}
    number = connection.scalar(insert(imports).returning(imports.c.id), values)
    connection.execute(insert(imported), [{"import": number, **part} for part in parts])


def commitment(salt: bytes, row: Mapping[str, Any] | RowMapping) -> str:
    """Return the commitment to an account, in hex: to all that the ledger keeps of it but its own number."""
    return commit(salt, canonical.write({name: row[name] for name in _COMMITTED}))


def working(account: Account) -> dict[str, Any]:
    return {
        "language": account.language,
        "created_on": account.created,
        "closed_on": account.closed,
        "restricted": account.restricted,
    }


def personal(one: Keyed) -> dict[str, Any]:
    account = one.account
    return {"id": account.id, "email": account.email, "name": account.name, "salt": one.salt}


NOTHING: Mapping[str, Any] = {"language": "", "created_on": date(1, 1, 1), "closed_on": None, "restricted": False}
"""What the working row of an erased account says."""

_COMMITTED = ("id", "email", "name", "language", "created_on", "closed_on", "restricted")
