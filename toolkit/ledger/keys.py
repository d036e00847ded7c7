"""The door for the portal's keys: made, listed, revoked, looked up. The ledger never holds a key itself."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Row, insert, select

from toolkit.errors import LedgerError
from toolkit.ledger.acts import ApiKey, Scope
from toolkit.ledger.database import Database
from toolkit.ledger.response_tables import api_keys, revocations

PREFIX = "policy_"
"""What every key begins with, so that a leaked one is recognized for what it is."""

_SECRET = 32  # bytes
_EACH = select(api_keys, revocations.c.happened_at.label("revoked_at")).join_from(api_keys, revocations, isouter=True)


class Keys:
    """Each method is one transaction, and raises `LedgerError` where the database refuses."""

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._random_bytes = random_bytes

    def create(self, name: str, scopes: Collection[Scope]) -> str:
        """Make a key and return it: this once, for only its digest is kept. Names are free again once revoked."""
        secret = PREFIX + urlsafe_b64encode(self._random_bytes(_SECRET)).decode().rstrip("=")
        with self._database.writing(alone=True) as connection:
            if any(_to_key(row).revoked_at is None for row in connection.execute(_EACH.where(api_keys.c.name == name))):
                raise LedgerError(f"there is a key named '{name}'.", mend="Revoke it first, or take another name.")
            now = self._database.clock()
            said = {"name": name, "scopes": " ".join(sorted(scopes)), "digest": digest(secret)}
            connection.execute(insert(api_keys), {**said, "happened_at": now, "heard_at": now})
        return secret

    def list(self) -> tuple[ApiKey, ...]:
        """Return every key there is or was, oldest first."""
        with self._database.reading() as connection:
            return tuple(_to_key(row) for row in connection.execute(_EACH.order_by(api_keys.c.id)))

    def revoke(self, name: str) -> ApiKey:
        """Let a key open nothing any more. Raises `LedgerError` where none of that name is valid."""
        with self._database.writing(alone=True) as connection:
            mine = _EACH.where(api_keys.c.name == name, revocations.c.id.is_(None))
            row = connection.execute(mine).one_or_none()
            if row is None:
                raise LedgerError(f"no valid key is named '{name}'.", mend="'policy keys list' shows them.")
            now = self._database.clock()
            connection.execute(insert(revocations), {"key": row.id, "happened_at": now, "heard_at": now})
            return _to_key(row)

    def find(self, secret: str) -> ApiKey | None:
        """Return the valid key that a secret is; None for any other text.

        The lookup is by digest: how long it takes says nothing about a secret that is nearly right.
        """
        with self._database.reading() as connection:
            mine = _EACH.where(api_keys.c.digest == digest(secret), revocations.c.id.is_(None))
            row = connection.execute(mine).one_or_none()
        return _to_key(row) if row is not None else None


def digest(secret: str) -> str:
    """Return what is kept of a key. It has 256 random bits, so a plain hash of it cannot be tried out."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


def _to_key(row: Row[Any]) -> ApiKey:
    known = {scope.value for scope in Scope}
    return ApiKey(
        id=row.id,
        name=row.name,
        scopes=frozenset(Scope(scope) for scope in row.scopes.split() if scope in known),
        created_at=row.happened_at,
        revoked_at=row.revoked_at,
    )
