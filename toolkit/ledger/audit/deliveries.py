"""The deliveries against the evidence of them: what was announced, decided, attempted and heard."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select
from sqlalchemy.exc import DBAPIError

from toolkit.errors import LedgerError
from toolkit.ledger import courses, decisions
from toolkit.ledger.batches import SIZE
from toolkit.ledger.course import Decided
from toolkit.ledger.entries import DecisionKind
from toolkit.ledger.reading import raise_unless_unreadable, stream
from toolkit.ledger.schema import attempts, deliveries, notices, recipients
from toolkit.ledger.schema import decisions as decided
from toolkit.ledger.states import State

_SHORT = 12


def findings(connection: Connection) -> Iterator[str]:
    yield from _other_audiences(connection)
    yield from _gone(connection)
    yield from _other_accounts(connection)
    for notice in connection.execute(select(notices.c.id, notices.c.plan).order_by(notices.c.id)).all():
        yield from _not_as_announced(connection, notice.id, notice.plan)
        decided = _decided(connection, notice.id)
        for page in _pages(connection, notice.id):
            yield from _page(connection, notice.plan, page, decided)


def _other_audiences(connection: Connection) -> Iterator[str]:
    there = select(func.count()).where(deliveries.c.notice == notices.c.id).scalar_subquery()
    for row in stream(connection, select(notices.c.plan, notices.c.audience, there.label("there"))):
        if row["audience"] != row["there"]:
            told = f"was planned for {row['audience']} accounts and has {row['there']} deliveries"
            yield f"Notice {_short(row['plan'])} {told}."


def _gone(connection: Connection) -> Iterator[str]:
    lost = (
        select(recipients.c.ref, notices.c.plan)
        .join_from(recipients, attempts, attempts.c.id == recipients.c.attempt)
        .join(notices, notices.c.id == attempts.c.notice)
        .join(deliveries, deliveries.c.ref == recipients.c.ref, isouter=True)
        .where(deliveries.c.ref.is_(None))
        .distinct()
        .order_by(recipients.c.ref)
    )
    for row in stream(connection, lost):
        yield f"The delivery {row['ref']} of notice {_short(row['plan'])} was attempted, and is gone."


def _other_accounts(connection: Connection) -> Iterator[str]:
    """Find deliveries whose reference was sent to another account than theirs."""
    other = (
        select(deliveries.c.account, notices.c.plan, recipients.c.account.label("other"))
        .join_from(recipients, deliveries, deliveries.c.ref == recipients.c.ref)
        .join(notices, notices.c.id == deliveries.c.notice)
        .where(recipients.c.account != deliveries.c.account)
    )
    for row in stream(connection, other):
        yield f"{_named(row['plan'], row)} has the reference of what was handed over for account {row['other']}."


def _not_as_announced(connection: Connection, notice: int, plan: str) -> Iterator[str]:
    """Compare references, accounts and variants with each time the notice was announced."""
    roots = connection.scalars(
        select(decided.c.deliveries_root).where(
            decided.c.notice == notice, decided.c.kind == DecisionKind.ANNOUNCED.value
        )
    ).all()
    if not roots:
        yield f"No evidence says that notice {_short(plan)} was announced."
    elif set(roots) != {_root(connection, notice)}:
        yield f"The deliveries of notice {_short(plan)} are not those that were announced."


def _root(connection: Connection, notice: int) -> str:
    try:
        return decisions.deliveries_root(connection, notice)
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        raise_unless_unreadable(error)
        return ""


def _decided(connection: Connection, notice: int) -> Decided:
    try:
        return decisions.decided(connection, notice)
    except LedgerError:  # no such kind of decision
        return Decided(stands=False, announcement=decisions.announcement(connection, notice))


def _pages(connection: Connection, notice: int) -> Iterator[Sequence[RowMapping]]:
    mine: Select[Any] = (
        select(deliveries.c.account, deliveries.c.ref, deliveries.c.state, deliveries.c.attempt)
        .add_columns(deliveries.c.claim.is_not(None).label("claimed"))
        .add_columns(deliveries.c.lease_until.is_not(None).label("leased"))
        .where(deliveries.c.notice == notice)
        .order_by(deliveries.c.account)
        .limit(SIZE)
    )
    page = connection.execute(mine).mappings().all()
    while page:
        yield page
        page = connection.execute(mine.where(deliveries.c.account > page[-1]["account"])).mappings().all()


def _page(connection: Connection, plan: str, page: Sequence[RowMapping], decided: Decided) -> Iterator[str]:
    known = courses.read(connection, [row["ref"] for row in page])
    for row in page:
        possible = known[row["ref"]].positions(decided)
        state = row["state"]
        if state not in {each.value for each, _ in possible}:
            wanted = " or ".join(sorted({each.value for each, _ in possible}))
            yield f"{_named(plan, row)} is {state}, and the evidence says {wanted}."
        elif (state, row["attempt"]) not in possible:
            yield f"{_named(plan, row)} is {state} in attempt {row['attempt']}, and the evidence names another."
        elif state == State.CLAIMED and not (row["claimed"] and row["leased"]):
            yield f"{_named(plan, row)} is claimed, and nobody holds it."
        elif _held_for_nothing(row):
            yield f"{_named(plan, row)} is {state}, and somebody is written down as holding it."


def _held_for_nothing(row: RowMapping) -> bool:
    """Whether a claim or a lease is left where none can be. A sender that has begun keeps its claim, to answer."""
    if row["state"] == State.CLAIMED:
        return False
    return row["leased"] or (row["claimed"] and row["attempt"] is None)


def _named(plan: Any, row: RowMapping) -> str:
    return f"The delivery of notice {_short(plan)} to account {row['account']}"


def _short(plan: Any) -> str:
    return str(plan)[:_SHORT]
