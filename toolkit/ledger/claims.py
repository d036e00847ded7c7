"""Deliveries in a sender's hands: claimed for the length of a lease, and read again as they are now.

Each function works inside the caller's transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    any_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from toolkit.addresses import mail_address
from toolkit.ledger import courses, decisions, heard
from toolkit.ledger.among import among
from toolkit.ledger.batches import batches
from toolkit.ledger.course import Position
from toolkit.ledger.entries import Claimed, Outcome, Report, SkipReason
from toolkit.ledger.locks import locked
from toolkit.ledger.rows import KNOWN, to_account
from toolkit.ledger.schema import accounts, attempts, deliveries, is_in, notices, outcomes, recipients
from toolkit.ledger.states import LEFT, TOLD, State, move


def claimed(notice: int) -> ColumnElement[bool]:
    return and_(deliveries.c.notice == notice, is_in(State.CLAIMED))


def unbegun(notice: int) -> ColumnElement[bool]:
    return and_(claimed(notice), deliveries.c.attempt.is_(None))


def any_open(connection: Connection, notice: int) -> bool:
    """Whether anything of a notice has not ended: it may yet be sent, or nobody knows whether it was."""
    open_ = or_(*(is_in(state) for state in (State.PENDING, State.CLAIMED, State.UNKNOWN)))
    return bool(connection.scalar(select(exists().where(deliveries.c.notice == notice, open_))))


def put(connection: Connection, notice: int, keys: Sequence[int], **values: Any) -> None:
    for batch in batches(keys):
        those = and_(deliveries.c.notice == notice, among(connection, deliveries.c.account, batch))
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


def take(
    connection: Connection, notice: int, *, size: int, until: datetime, token: str, past: Claimed | None
) -> Sequence[Row[Any]]:
    """Claim in one statement, what comes after `past`; on PostgreSQL, past what another sender is just claiming."""
    first, wanted = deliveries.alias("first"), deliveries.alias("wanted")
    variant = (
        select(first.c.variant)
        .where(first.c.notice == notice, is_in(State.PENDING, first), *_after(past, first))
        .order_by(first.c.variant, first.c.account)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    picked = (
        select(wanted.c.account)
        .where(wanted.c.notice == notice, is_in(State.PENDING, wanted), wanted.c.variant == variant)
        .where(*_after(past, wanted))
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


def _after(past: Claimed | None, table: FromClause) -> tuple[ColumnElement[bool], ...]:
    if past is None:
        return ()
    return (tuple_(table.c.variant, table.c.account) > tuple_(literal(past.variant), literal(past.key)),)


def _among(connection: Connection, column: Column[int], picked: Select[int]) -> ColumnElement[bool]:
    """Compare with what a query picks. PostgreSQL may run a query once per row; an array it makes once."""
    if connection.dialect.name == "postgresql":
        return column == any_(func.array(picked.scalar_subquery()))
    return column.in_(picked)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """That an account was told, by the evidence: by which delivery and attempt, and where that stands.

    `later`: of a later version than the one asked for.
    """

    ref: str
    attempt: int
    state: State
    later: bool

    @property
    def reason(self) -> SkipReason:
        return SkipReason.TOLD_LATER if self.later else SkipReason.TOLD


def already_told(
    connection: Connection,
    notice: Row[Any],
    keys: Sequence[int],
    *,
    withdrawn: Collection[str] = (),
    public_at: datetime | None = None,
) -> dict[int, Told]:
    """Return the accounts that evidence says were told of a notice's version, or of a later one of its policy.

    Of the later ones the `withdrawn` do not count, nor a mail that left before `public_at`: it cannot have named this
    one. Working rows say the same, unless somebody wrote into them.
    """
    told: dict[int, Told] = {}
    for batch in batches(keys):
        rows = connection.execute(_heard_of(notice, withdrawn).where(deliveries.c.account.in_(batch))).all()
        known = courses.read(connection, [row.ref for row in rows])
        early = _attempts_before(connection, [row.ref for row in rows], public_at)
        for row in rows:
            found = _told(row, known[row.ref].left(), later=row.rank > notice.rank)
            if found and not (found.later and found.attempt in early):
                told.setdefault(row.account, found)
    return told


def _attempts_before(connection: Connection, refs: Sequence[str], instant: datetime | None) -> frozenset[int]:
    """Return the attempts at deliveries that were begun before an instant."""
    if instant is None or not refs:
        return frozenset()
    begun = select(attempts.c.id, attempts.c.happened_at).join_from(attempts, recipients)
    rows = (row for batch in batches(refs) for row in connection.execute(begun.where(recipients.c.ref.in_(batch))))
    # Compared as instants and not by the database, which may keep one spelt in another way.
    return frozenset(row.id for row in rows if row.happened_at < instant)


def _heard_of(notice: Row[Any], withdrawn: Collection[str]) -> Select[Any]:
    """Ask for the deliveries of a version, and of later ones that are not withdrawn, whose mail may have left."""
    left = exists().where(outcomes.c.ref == deliveries.c.ref, outcomes.c.state.in_([state.value for state in LEFT]))
    asked = (
        select(deliveries.c.account, deliveries.c.ref, notices.c.rank)
        .join_from(notices, deliveries, deliveries.c.notice == notices.c.id)
        .where(notices.c.policy == notice.policy, notices.c.rank >= notice.rank, left)
        .order_by(notices.c.rank, deliveries.c.notice)
    )
    if not withdrawn:
        return asked
    return asked.where(or_(notices.c.rank == notice.rank, notices.c.version.not_in(withdrawn)))


def _told(row: Row[Any], where: Position | None, *, later: bool) -> Told | None:
    """Of this version nobody gets a second mail, even where the first came back. A later one has to have arrived."""
    if where is None:
        return None
    state, attempt = where
    if attempt is None or (later and state not in TOLD):
        return None
    return Told(ref=row.ref, attempt=attempt, state=state, later=later)


def keep(
    connection: Connection,
    notice: Row[Any],
    taken: Sequence[Row[Any]],
    *,
    token: str,
    on: date,
    withdrawn: Collection[str],
    public_at: datetime | None,
    held_since: date | None,
    now: datetime,
) -> tuple[Claimed, ...]:
    """Read accounts and evidence again as they are now: who was told is settled, who must not be told is skipped.

    `on` is the day of sending, in the policy's time zone, `withdrawn` are the versions that are so by then, and from
    `public_at` on a mail can have named this version. Who closed up to `held_since` is skipped, whatever was planned:
    nothing of them is held any more. The accounts are locked before the deliveries, as an import
    does. What it took back meanwhile is not kept.
    """
    accounts_now = _as_now(connection, taken)
    held = _still_held(connection, notice.id, taken, token)
    mine = sorted((row for row in taken if row.account in held), key=_by_account)
    told = already_told(connection, notice, list(held), withdrawn=withdrawn, public_at=public_at)
    open_later = _open_later(connection, notice, list(held), withdrawn)
    kept, skipped = [], {}
    for row in mine:
        known = told.get(row.account)
        if known and known.ref == row.ref:
            _settle(connection, notice.id, row, known)
        elif known:
            skipped[row] = known.reason
        elif row.account in open_later:
            skipped[row] = SkipReason.LATER_UNKNOWN
        elif reason := _barred(accounts_now.get(row.account), row, on, held_since):
            skipped[row] = reason
        else:
            kept.append(row)
    _skip(connection, notice.id, skipped, now)
    return tuple(
        Claimed(ref=row.ref, account=to_account(accounts_now[row.account]), variant=row.variant, key=row.account)
        for row in kept
    )


def _open_later(
    connection: Connection, notice: Row[Any], keys: Sequence[int], withdrawn: Collection[str]
) -> frozenset[int]:
    """Return the accounts that were handed a mail about a later version whose answer is not known yet."""
    at_it = or_(is_in(State.UNKNOWN), and_(is_in(State.CLAIMED), deliveries.c.attempt.is_not(None)))
    asked = (
        select(deliveries.c.account)
        .join_from(deliveries, notices)
        .where(notices.c.policy == notice.policy, notices.c.rank > notice.rank, at_it)
    )
    if withdrawn:
        asked = asked.where(notices.c.version.not_in(withdrawn))
    return frozenset(
        key for batch in batches(keys) for key in connection.scalars(asked.where(deliveries.c.account.in_(batch)))
    )


def _settle(connection: Connection, notice: int, row: Row[Any], told: Told) -> None:
    """Put a delivery where the evidence of its own attempt says that it is."""
    values = {"state": told.state.value, "attempt": told.attempt, "claim": None, "lease_until": None}
    put(connection, notice, [row.account], **values)


def _skip(connection: Connection, notice: int, skipped: Mapping[Row[Any], SkipReason], now: datetime) -> None:
    """Skip deliveries, and write down why: evidence answers for where each of them stands."""
    if not skipped:
        return
    over = move(State.CLAIMED, State.SKIPPED)
    put(connection, notice, [row.account for row in skipped], state=over.value, claim=None, lease_until=None)
    said = tuple(Outcome(ref=row.ref, state=over, text=reason.value) for row, reason in skipped.items())
    announcement = decisions.announcement(connection, notice)
    heard.write(connection, Report(source="claim", outcomes=said), now=now, decision=announcement)


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


def _barred(account: Row[Any] | None, delivery: Row[Any], on: date, held_since: date | None) -> SkipReason | None:
    """Return why an account, as it is now, cannot be told on a day."""
    if account is None:
        return SkipReason.ERASED
    if account.closed_on is not None and account.closed_on <= on:
        held = held_since is None or account.closed_on > held_since
        if not (delivery.though_closed and held):
            return SkipReason.CLOSED
    if account.restricted:
        return SkipReason.RESTRICTED
    return None if mail_address(account.email) else SkipReason.NO_ADDRESS
