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

from toolkit.errors import LedgerError
from toolkit.ledger.accounts import KNOWN, batches, to_account
from toolkit.ledger.entries import TOLD, Claimed, Count, State, evident, move
from toolkit.ledger.schema import accounts, answers, attempts, deliveries, is_in, notices, outcomes

LONGEST_LEASE = timedelta(hours=1)

_HEARD = tuple(state for state in State if state not in (State.PENDING, State.UNKNOWN))


def claim(
    connection: Connection, notice: Row[Any], *, size: int, lease: timedelta, now: datetime, token: str
) -> tuple[Claimed, ...]:
    """Take up to `size` deliveries of one variant. Empty only when nothing is left to take."""
    if lease > LONGEST_LEASE:
        raise LedgerError(f"a lease of {lease} is too long.", mend=f"Take at most {LONGEST_LEASE}.")
    while taken := _take(connection, notice.id, size=size, until=now + lease, token=token):
        if kept := _keep(connection, notice, taken):
            return kept
    return ()


def release(connection: Connection, notice: int, *, token: str) -> int:
    return _lapse(connection, State.PENDING, unbegun(notice), deliveries.c.claim == token)


def cancel(connection: Connection, notice: int) -> int:
    pending = update(deliveries).where(deliveries.c.notice == notice, is_in(State.PENDING))
    return connection.execute(pending.values(state=move(State.PENDING, State.CANCELLED).value)).rowcount


def recover(connection: Connection, notice: int, *, now: datetime) -> tuple[Count, ...]:
    """End the leases that ran out. What had begun keeps its claim: its sender may yet come and settle it.

    A lease that ends later than any may was given by a clock that ran ahead. It has run out, too.
    """
    # One at a time: with an OR, SQLite would go through the whole notice.
    over = (deliveries.c.lease_until <= now, deliveries.c.lease_until > now + LONGEST_LEASE)
    given_back = sum(_lapse(connection, State.PENDING, unbegun(notice), each) for each in over)
    lost = sum(_lapse(connection, State.UNKNOWN, _claimed(notice), each) for each in over)
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


def already_told(connection: Connection, notice: Row[Any], keys: Sequence[int]) -> dict[int, tuple[int, State]]:
    """Return the accounts that evidence says were told of a notice's version: by which attempt, and what became of it.

    Working rows say the same, unless somebody wrote into them.
    """
    said = (
        select(outcomes.c.account, answers.c.attempt, outcomes.c.state)
        .join_from(outcomes, answers, answers.c.id == outcomes.c.answer)
        .join(attempts, attempts.c.id == answers.c.attempt)
        .join(notices, notices.c.id == attempts.c.notice)
        .where(notices.c.policy == notice.policy, notices.c.version == notice.version)
        .where(outcomes.c.state.in_(_HEARD))
        .order_by(answers.c.attempt, answers.c.id)
    )
    heard: dict[tuple[int, int], list[State]] = {}
    for batch in batches(keys):
        for row in connection.execute(said.where(outcomes.c.account.in_(batch))):
            heard.setdefault((row.account, row.attempt), []).append(State(row.state))
    told: dict[int, tuple[int, State]] = {}
    for (account, attempt), states in heard.items():
        if not TOLD.isdisjoint(states):
            told.setdefault(account, (attempt, evident(states)))
    return told


def _keep(connection: Connection, notice: Row[Any], taken: Sequence[Row[Any]]) -> tuple[Claimed, ...]:
    """Read accounts and evidence again as they are now: who was told is settled, who must not be told is skipped."""
    told = already_told(connection, notice, [row.account for row in taken])
    for account, (attempt, state) in told.items():
        put(connection, notice.id, [account], state=state.value, attempt=attempt, claim=None, lease_until=None)
    return _reread(connection, notice.id, [row for row in taken if row.account not in told])


def _reread(connection: Connection, notice: int, taken: Sequence[Row[Any]]) -> tuple[Claimed, ...]:
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
