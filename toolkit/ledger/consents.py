"""Evidence of what accounts said about consents; the word that was said last counts, whenever it was heard.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select

from toolkit.ledger.acts import Consent, ConsentKind
from toolkit.ledger.among import among
from toolkit.ledger.blanking import blank
from toolkit.ledger.known import keys
from toolkit.ledger.response_tables import consents


def write(connection: Connection, given: Consent, *, now: datetime) -> int:
    """Write a consent that says something else than the newest. Return how many were written: one or none.

    The same answer to other words is something else. One that happened before the newest is written, and does not
    count.
    """
    key = keys(connection, [given.account])[given.account]
    said = {each.about: each for each in newest(connection, given.policy, {key: given.account}).get(key, ())}
    before = said.get(given.about)
    if before and (before.kind, before.words) == (given.kind, blank(given.words)):
        return 0
    values = {
        "policy": given.policy,
        "account": key,
        "version": given.version,
        "purpose": given.purpose,
        "kind": given.kind.value,
        "words": blank(given.words),
        "language": blank(given.language),
        "source": blank(given.source),
        "ref": given.ref or None,
        "happened_at": given.happened_at,
        "heard_at": now,
    }
    connection.execute(insert(consents), values)
    return 1


def newest(connection: Connection, policy: str, ids: Mapping[int, str]) -> dict[int, tuple[Consent, ...]]:
    """Return what accounts said last about each version and purpose. `ids` are the accounts' by their keys."""
    question = _SAID.where(among(connection, consents.c.account, list(ids)))
    return _by_account(connection.execute(question, {"policy": policy}), ids)


def newest_of_one(connection: Connection, policy: str, key: int, account: str) -> tuple[Consent, ...]:
    """Return what one account said last, as `newest` does."""
    rows = connection.execute(_ONE_SAID, {"policy": policy, "key": key})
    return _by_account(rows, {key: account}).get(key, ())


def _by_account(rows: Iterable[Any], ids: Mapping[int, str]) -> dict[int, tuple[Consent, ...]]:
    found: dict[int, dict[tuple[str, str], Consent]] = {}
    for row in rows:
        said = Consent(
            account=ids[row.account],
            policy=row.policy,
            version=row.version,
            kind=ConsentKind(row.kind),
            words=row.words,
            happened_at=row.happened_at,
            purpose=row.purpose,
            language=row.language,
            source=row.source,
            ref=row.ref or "",
        )
        found.setdefault(row.account, {})[said.about] = said
    return {key: tuple(said.values()) for key, said in found.items()}


_SAID = (
    # A purpose is consented to whatever the policy that asked.
    select(consents)
    .where(or_(consents.c.policy == bindparam("policy"), consents.c.purpose != ""))
    .order_by(consents.c.happened_at, consents.c.id)
)
_ONE_SAID = _SAID.where(consents.c.account == bindparam("key"))
