"""Deliveries in a sender's hands: claimed for the length of a lease, given back, recovered.

Each function works inside the caller's transaction.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    any_,
    func,
    select,
    update,
)

from toolkit.ledger.accounts import KNOWN, batches, to_account
from toolkit.ledger.entries import Claimed, Count, State, move
from toolkit.ledger.schema import accounts, deliveries, is_in


def claim(
    connection: Connection, notice: int, *, size: int, lease: timedelta, now: datetime, token: str
) -> tuple[Claimed, ...]:
    """Take up to `size` deliveries of one variant. Empty only when nothing is left to take."""
    while taken := _take(connection, notice, size=size, until=now + lease, token=token):
        if kept := _keep(connection, notice, taken):
            return kept
    return ()


def release(connection: Connection, notice: int, *, token: str) -> int:
    return _lapse(connection, State.PENDING, unbegun(notice), deliveries.c.claim == token)


def recover(connection: Connection, notice: int, *, now: datetime) -> tuple[Count, ...]:
    """End the leases that ran out. What had begun keeps its claim: its sender may yet come and settle it."""
    over = deliveries.c.lease_until <= now
    given_back = _lapse(connection, State.PENDING, unbegun(notice), over)
    lost = _lapse(connection, State.UNKNOWN, _claimed(notice), over)
    return (
        Count(state=State.PENDING, deliveries=given_back),
        Count(state=State.UNKNOWN, deliveries=lost),
    )


def _claimed(notice: int) -> ColumnElement[bool]:
    return and_(deliveries.c.notice == notice, is_in(State.CLAIMED))


def unbegun(notice: int) -> ColumnElement[bool]:
    return and_(_claimed(notice), deliveries.c.attempt.is_(None))


def put(connection: Connection, notice: int, keys: Sequence[int], **values: Any) -> None:
    for batch in batches(keys):
        those = and_(deliveries.c.notice == notice, deliveries.c.account.in_(batch))
        connection.execute(update(deliveries).where(those).values(**values))


def _take(connection: Connection, notice: int, *, size: int, until: datetime, token: str) -> Sequence[Row[Any]]:
    """Claim in one statement; on PostgreSQL, past the rows that another sender is just claiming."""
    first, wanted = deliveries.alias("first"), deliveries.alias("wanted")
    variant = (
        select(first.c.variant)
        .where(first.c.notice == notice, is_in(State.PENDING, first))
        .order_by(first.c.variant, first.c.account)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    picked = (
        select(wanted.c.account)
        .where(wanted.c.notice == notice, is_in(State.PENDING, wanted), wanted.c.variant == variant)
        .order_by(wanted.c.account)
        .limit(size)
        .with_for_update(skip_locked=True)
    )
    return connection.execute(
        update(deliveries)
        .where(
            deliveries.c.notice == notice,
            deliveries.c.state == State.PENDING.value,
            _among(connection, deliveries.c.account, picked),
        )
        .values(state=move(State.PENDING, State.CLAIMED).value, claim=token, lease_until=until)
        .returning(deliveries.c.account, deliveries.c.variant, deliveries.c.though_closed)
    ).all()


def _among(connection: Connection, column: Column[int], picked: Select[int]) -> ColumnElement[bool]:
    """Compare with what a query picks. PostgreSQL may run a query once per row; an array it makes once."""
    if connection.dialect.name == "postgresql":
        return column == any_(func.array(picked.scalar_subquery()))
    return column.in_(picked)


def _keep(connection: Connection, notice: int, taken: Sequence[Row[Any]]) -> tuple[Claimed, ...]:
    """Read the accounts again as they are now; skip those that must not be told any more."""
    known: dict[int, Any] = {}
    for batch in batches(row.account for row in taken):
        # Locked on PostgreSQL, so that an import waits for this claim and then takes the delivery back.
        now = connection.execute(KNOWN.where(accounts.c.key.in_(batch)).with_for_update(read=True))
        known.update((row.key, row) for row in now)
    in_order = sorted(taken, key=lambda row: int(row.account))
    kept = [row for row in in_order if _reachable(known.get(row.account), though_closed=row.though_closed)]
    skipped = {row.account for row in taken} - {row.account for row in kept}
    put(
        connection,
        notice,
        sorted(skipped),
        state=move(State.CLAIMED, State.SKIPPED).value,
        claim=None,
        lease_until=None,
    )
    return tuple(Claimed(account=to_account(known[row.account]), variant=row.variant) for row in kept)


def _reachable(row: Any, *, though_closed: bool) -> bool:
    if row is None or not row.email or row.restricted:
        return False
    return row.closed_on is None or though_closed


def _lapse(connection: Connection, becomes: State, *which: ColumnElement[bool]) -> int:
    kept: dict[str, Any] = {} if becomes is State.UNKNOWN else {"claim": None}
    ended = update(deliveries).where(*which).values(state=move(State.CLAIMED, becomes).value, lease_until=None, **kept)
    return connection.execute(ended).rowcount
