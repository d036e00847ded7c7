"""How far a version has come: who was told, reached and has seen it, by language and day; and who was not reached.

Each function works inside the caller's transaction, and reads row by row.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select

from toolkit.ledger.acts import Covered, Unreached
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.reading import stream
from toolkit.ledger.schema import accounts, attempts, deliveries, notices, outcomes, persons, receipts
from toolkit.ledger.standings import FURTHEST
from toolkit.ledger.states import TOLD, State

TOLD_WHAT = "told"
_NOT_REACHED = (State.BOUNCED, State.DROPPED, State.REFUSED)


def cover(
    connection: Connection, policy: str, version: str, date_of: Callable[[datetime], date]
) -> tuple[Covered, ...]:
    """Count accounts by what is known of them and a version, by their language, and by the day where there is one.

    Each account counts once for each thing. `date_of` gives the day of an instant in the policy's time zone.
    """
    found: Counter[tuple[str, str, date | None]] = Counter()
    for row in _deliveries(connection, policy, version):
        day = date_of(row["happened_at"]) if row["happened_at"] else None
        if State(row["state"]) in TOLD:
            found[TOLD_WHAT, row["language"], day] += 1
        if row["state"] != State.ACCEPTED:
            heard = date_of(row["heard_at"]) if row["heard_at"] else day
            found[row["state"], row["language"], heard] += 1
    for row in stream(connection, _receipts(policy, version)):
        found[row["kind"], row["language"], date_of(row["happened_at"])] += 1
    return tuple(
        Covered(what=what, language=language, day=day, accounts=count)
        for (what, language, day), count in sorted(found.items(), key=lambda item: (*item[0][:2], str(item[0][2])))
    )


def _deliveries(connection: Connection, policy: str, version: str) -> Iterator[Any]:
    """Give the delivery that counts of each account: the one that came furthest."""
    newest = (
        select(func.max(outcomes.c.happened_at))
        .where(outcomes.c.ref == deliveries.c.ref, outcomes.c.state == deliveries.c.state)
        .scalar_subquery()
    )
    question = (
        select(deliveries.c.account, deliveries.c.state, accounts.c.language, attempts.c.happened_at)
        .add_columns(newest.label("heard_at"))
        .join_from(deliveries, notices)
        .join(accounts, accounts.c.key == deliveries.c.account)
        .join(attempts, attempts.c.id == deliveries.c.attempt, isouter=True)
        .where(notices.c.policy == policy, notices.c.version == version)
        .order_by(deliveries.c.account)
    )
    best: Any = None
    for row in stream(connection, question):
        if best is not None and best["account"] != row["account"]:
            yield best
            best = None
        if best is None or FURTHEST.index(row["state"]) > FURTHEST.index(best["state"]):
            best = row
    if best is not None:
        yield best


def _receipts(policy: str, version: str) -> Select[Any]:
    return (
        select(receipts.c.kind, receipts.c.happened_at, accounts.c.language)
        .join_from(receipts, accounts, accounts.c.key == receipts.c.account)
        .where(receipts.c.policy == policy, receipts.c.version == version)
    )


def find_unreached(connection: Connection, policy: str, *, withdrawn: Collection[str] = ()) -> Iterator[Unreached]:
    """Give the accounts whose newest mail about a version did not reach them, and why: somebody has to see to them.

    Who has seen that version or a later one all the same is left out, and so are mails about a `withdrawn` one.
    """
    newest = (
        select(deliveries.c.account, func.max(notices.c.rank).label("rank"))
        .join_from(deliveries, notices)
        .where(notices.c.policy == policy, deliveries.c.attempt.is_not(None))
        .group_by(deliveries.c.account)
        .subquery()
    )
    seen = exists().where(
        receipts.c.policy == policy,
        receipts.c.account == deliveries.c.account,
        receipts.c.rank >= notices.c.rank,
        receipts.c.kind.in_([kind.value for kind in ReceiptKind if kind.seen]),
    )
    question = (
        select(persons.c.id, deliveries.c.account, deliveries.c.ref, deliveries.c.state, notices.c.version)
        .add_columns(accounts.c.closed_on)
        .join_from(newest, deliveries, deliveries.c.account == newest.c.account)
        .join(notices, (notices.c.id == deliveries.c.notice) & (notices.c.rank == newest.c.rank))
        .join(persons, persons.c.account == deliveries.c.account)
        .join(accounts, accounts.c.key == deliveries.c.account)
        .where(notices.c.policy == policy, notices.c.version.not_in(list(withdrawn)), ~seen)
        .order_by(deliveries.c.account)
    )
    rows: list[Any] = []
    for row in connection.execute(question).mappings():
        if rows and rows[0]["account"] != row["account"]:
            yield from _unreached(connection, rows)
            rows = []
        rows.append(row)
    yield from _unreached(connection, rows)


def _unreached(connection: Connection, rows: list[Any]) -> Iterator[Unreached]:
    """Give an account's newest mail where it did not arrive, and no other mail about that version did."""
    if not rows or not all(State(row["state"]) in _NOT_REACHED for row in rows):
        return
    row = rows[-1]
    said = select(outcomes.c.text, outcomes.c.happened_at).where(
        outcomes.c.ref == row["ref"], outcomes.c.state == row["state"]
    )
    last = connection.execute(said.order_by(outcomes.c.report.desc()).limit(1)).one_or_none()
    yield Unreached(
        account=row["id"],
        version=row["version"],
        state=State(row["state"]),
        text=last.text if last else "",
        happened_at=last.happened_at if last else None,
        closed=row["closed_on"] is not None,
    )
