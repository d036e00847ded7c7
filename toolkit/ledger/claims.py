"""Deliveries in a sender's hands: claimed for the length of a lease, and read again as they are now.

Each function works inside the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, and_, any_, func, select, update

from toolkit.ledger.batches import batches
from toolkit.ledger.entries import TOLD, Claimed, State, evident, move
from toolkit.ledger.locks import locked
from toolkit.ledger.rows import KNOWN, to_account
from toolkit.ledger.schema import accounts, deliveries, is_in, notices, outcomes

_HEARD = tuple(state for state in State if state not in (State.PENDING, State.UNKNOWN))


def claimed(notice: int) -> ColumnElement[bool]:
    return and_(deliveries.c.notice == notice, is_in(State.CLAIMED))


def unbegun(notice: int) -> ColumnElement[bool]:
    return and_(claimed(notice), deliveries.c.attempt.is_(None))


def put(connection: Connection, notice: int, keys: Sequence[int], **values: Any) -> None:
    for batch in batches(keys):
        those = and_(deliveries.c.notice == notice, deliveries.c.account.in_(batch))
        connection.execute(update(deliveries).where(those).values(**values))


def lapse(connection: Connection, becomes: State, *which: ColumnElement[bool]) -> int:
    """End leases. Where something had begun its sender keeps the claim: it may yet come and say what it heard."""
    kept: dict[str, Any] = {} if becomes is State.UNKNOWN else {"claim": None}
    ended = update(deliveries).where(locked(connection, *which))
    state = move(State.CLAIMED, becomes).value
    return connection.execute(ended.values(state=state, lease_until=None, **kept)).rowcount


def cancel(connection: Connection, was: State, *which: ColumnElement[bool]) -> int:
    over = move(was, State.CANCELLED).value
    ended = update(deliveries).where(locked(connection, *which))
    return connection.execute(ended.values(state=over, claim=None, lease_until=None)).rowcount


def take(connection: Connection, notice: int, *, size: int, until: datetime, token: str) -> Sequence[Row[Any]]:
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
        .returning(deliveries.c.account, deliveries.c.ref, deliveries.c.variant, deliveries.c.though_closed)
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
        select(deliveries.c.account, outcomes.c.attempt, outcomes.c.state)
        .join_from(notices, deliveries, deliveries.c.notice == notices.c.id)
        .join(outcomes, outcomes.c.ref == deliveries.c.ref)
        .where(notices.c.policy == notice.policy, notices.c.version == notice.version)
        .where(outcomes.c.state.in_(_HEARD), outcomes.c.attempt.is_not(None))
        .order_by(outcomes.c.attempt, outcomes.c.report, outcomes.c.place)
    )
    heard: dict[tuple[int, int], list[State]] = {}
    for batch in batches(keys):
        for row in connection.execute(said.where(deliveries.c.account.in_(batch))):
            heard.setdefault((row.account, row.attempt), []).append(State(row.state))
    told: dict[int, tuple[int, State]] = {}
    for (account, attempt), states in heard.items():
        if not TOLD.isdisjoint(states):
            told.setdefault(account, (attempt, evident(states)))
    return told


def keep(connection: Connection, notice: Row[Any], taken: Sequence[Row[Any]], *, token: str) -> tuple[Claimed, ...]:
    """Read accounts and evidence again as they are now: who was told is settled, who must not be told is skipped.

    The accounts are locked before the deliveries, as an import does. What it took back meanwhile is not kept.
    """
    now = _as_now(connection, taken)
    held = _still_held(connection, notice.id, taken, token)
    told = already_told(connection, notice, list(held))
    for account, (attempt, state) in told.items():
        put(connection, notice.id, [account], state=state.value, attempt=attempt, claim=None, lease_until=None)
    left = sorted((row for row in taken if row.account in held and row.account not in told), key=_by_account)
    kept = [row for row in left if _reachable(now.get(row.account), though_closed=row.though_closed)]
    skipped = {row.account for row in left} - {row.account for row in kept}
    over = move(State.CLAIMED, State.SKIPPED).value
    put(connection, notice.id, sorted(skipped), state=over, claim=None, lease_until=None)
    return tuple(Claimed(ref=row.ref, account=to_account(now[row.account]), variant=row.variant) for row in kept)


def _by_account(row: Row[Any]) -> int:
    return int(row.account)


def _still_held(connection: Connection, notice: int, taken: Sequence[Row[Any]], token: str) -> frozenset[int]:
    found: set[int] = set()
    for batch in batches(sorted(row.ref for row in taken)):
        mine = select(deliveries.c.account).where(unbegun(notice), deliveries.c.claim == token)
        in_order = mine.where(deliveries.c.ref.in_(batch)).order_by(deliveries.c.ref)
        found.update(connection.scalars(in_order.with_for_update()))
    return frozenset(found)


def _as_now(connection: Connection, taken: Sequence[Row[Any]]) -> Mapping[int, Row[Any]]:
    known: dict[int, Row[Any]] = {}
    for batch in batches(sorted(row.account for row in taken)):
        # Locked on PostgreSQL, so that an import waits for this claim and then takes the delivery back.
        one_by_one = KNOWN.where(accounts.c.key.in_(batch)).order_by(accounts.c.key)
        now = connection.execute(one_by_one.with_for_update(read=True))
        known.update((row.key, row) for row in now)
    return known


def _reachable(row: Any, *, though_closed: bool) -> bool:
    if row is None or not row.email or row.restricted:
        return False
    return row.closed_on is None or though_closed
