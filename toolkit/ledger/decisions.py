"""Evidence of what was decided about a notice as a whole: announced, superseded, cancelled.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from toolkit.errors import LedgerError
from toolkit.ledger import canonical
from toolkit.ledger.course import Decided
from toolkit.ledger.entries import Decision, DecisionKind
from toolkit.ledger.merkle import find_root
from toolkit.ledger.reading import stream
from toolkit.ledger.schema import decisions, deliveries, notices
from toolkit.ledger.states import State

_FROZEN = (deliveries.c.account, deliveries.c.ref, deliveries.c.variant, deliveries.c.though_closed)


def announce(connection: Connection, notice: int, *, now: datetime) -> None:
    """Write that a notice is announced, or wanted again, to the deliveries that it has."""
    root = deliveries_root(connection, notice)
    _write(connection, notice, DecisionKind.ANNOUNCED, now, deliveries_root=root)


def supersede(connection: Connection, notice: int, *, successor: int, now: datetime) -> None:
    _write(connection, notice, DecisionKind.SUPERSEDED, now, successor=successor)


def cancel(connection: Connection, notice: int, *, now: datetime) -> None:
    _write(connection, notice, DecisionKind.CANCELLED, now)


def pause(connection: Connection, notice: int, *, now: datetime) -> None:
    _write(connection, notice, DecisionKind.PAUSED, now)


def resume(connection: Connection, notice: int, *, now: datetime) -> None:
    _write(connection, notice, DecisionKind.RESUMED, now)


def newest(connection: Connection, notice: int) -> Decision | None:
    """Return the newest decision about a notice; None before it is announced."""
    successor = notices.alias("successor")
    question = (
        select(decisions.c.kind, decisions.c.happened_at, successor.c.plan)
        .join_from(decisions, successor, successor.c.id == decisions.c.successor, isouter=True)
        .where(decisions.c.notice == notice)
        .order_by(decisions.c.id.desc())
        .limit(1)
    )
    row = connection.execute(question).one_or_none()
    if row is None:
        return None
    if row.kind not in list(DecisionKind):
        raise LedgerError(
            f"a decision about a notice is '{row.kind}', which is none.", mend="'policy ledger verify' says more."
        )
    return Decision(kind=DecisionKind(row.kind), happened_at=row.happened_at, successor=row.plan or "")


def newest_of_plan(connection: Connection, plan: str) -> Decision | None:
    number = connection.scalar(select(notices.c.id).where(notices.c.plan == plan))
    return None if number is None else newest(connection, number)


def announcement(connection: Connection, notice: int) -> int | None:
    """Return the number of the newest announcement of a notice."""
    announced = select(func.max(decisions.c.id)).where(decisions.c.kind == DecisionKind.ANNOUNCED.value)
    found: int | None = connection.scalar(announced.where(decisions.c.notice == notice))
    return found


def stands(connection: Connection, notice: int) -> bool:
    """Whether a notice is still to be sent: neither superseded nor cancelled since it was announced."""
    found = newest(connection, notice)
    return found is not None and not found.kind.ends


def is_paused(connection: Connection, notice: int) -> bool:
    found = newest(connection, notice)
    return found is not None and found.kind is DecisionKind.PAUSED


def decided(connection: Connection, notice: int) -> Decided:
    return Decided(stands=stands(connection, notice), announcement=announcement(connection, notice))


def undone(connection: Connection, notice: int) -> State:
    """Return where a delivery of which the mail server has nothing is: pending, if its notice still stands."""
    return State.PENDING if stands(connection, notice) else State.CANCELLED


def deliveries_root(connection: Connection, notice: int) -> str:
    """Return the Merkle root over what never changes of a notice's deliveries, in the order of the accounts."""
    return find_root(_leaves(connection, notice))


def _leaves(connection: Connection, notice: int) -> Iterator[bytes]:
    mine = select(*_FROZEN).where(deliveries.c.notice == notice).order_by(deliveries.c.account)
    return (canonical.write(row) for row in stream(connection, mine))


def _write(connection: Connection, notice: int, kind: DecisionKind, now: datetime, **other: object) -> None:
    values = {"notice": notice, "kind": kind.value, **other, "happened_at": now, "heard_at": now}
    connection.execute(insert(decisions), values)
