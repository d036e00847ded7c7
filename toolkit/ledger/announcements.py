"""Notices and their audiences: announced, superseded, found again, counted.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update

from toolkit.errors import LedgerError
from toolkit.ledger.accounts import batches, keys
from toolkit.ledger.columns import rank
from toolkit.ledger.entries import Count, Notice, Planned, State, Variant, move
from toolkit.ledger.schema import deliveries, notices, persons, variants

_PREFIX = 8
_UNBEGUN = (State.PENDING, State.CANCELLED)
_OVER = (State.CANCELLED, State.SKIPPED)


def announce(connection: Connection, notice: Notice, planned: Iterable[Planned]) -> None:
    """Write a notice with its audience. Needs to write alone; see `Ledger.announce` for the promise."""
    known = connection.scalar(select(notices.c.id).where(notices.c.plan == notice.plan))
    if known is not None and _stands(connection, known):
        return
    _supersede(connection, notice)
    number = known if known is not None else _write(connection, notice)
    # An earlier plan that others superseded, and that is now the wanted one again, is planned anew.
    connection.execute(delete(deliveries).where(deliveries.c.notice == number))
    audience = 0
    for batch in batches(planned):
        _plan(connection, number, batch, places=len(notice.variants))
        audience += len(batch)
    if audience != notice.audience:
        raise LedgerError(
            f"the plan tells {notice.audience} accounts, and {audience} are given.", mend="Plan it again."
        )
    _refuse_second(connection, number, notice)


def find(connection: Connection, plan: str) -> Row[Any]:
    """Return the row of a notice by its plan, or by a beginning of it that fits only one."""
    exact = connection.execute(select(notices).where(notices.c.plan == plan)).one_or_none()
    if exact is not None:
        return exact
    if len(plan) < _PREFIX:
        raise LedgerError(f"'{plan}' is too short for a plan.", mend=f"Give {_PREFIX} characters of it or more.")
    found = connection.execute(select(notices).where(notices.c.plan.startswith(plan, autoescape=True))).all()
    if not found:
        raise LedgerError(f"the ledger knows no notice with the plan '{plan}'.", mend="Plan it first.")
    if len(found) > 1:
        raise LedgerError(f"{len(found)} notices have a plan that begins with '{plan}'.", mend="Give more of it.")
    return found[0]


def read(connection: Connection, row: Row[Any]) -> Notice:
    found = connection.execute(select(variants).where(variants.c.notice == row.id).order_by(variants.c.place))
    return Notice(
        plan=row.plan,
        policy=row.policy,
        version=row.version,
        version_digest=row.version_digest,
        effective=row.effective_on,
        audience=row.audience,
        audience_digest=row.audience_digest,
        sender=row.sender,
        transport=row.transport,
        host=row.host,
        planned_at=row.planned_at,
        variants=tuple(
            Variant(language=v.language, since=v.since, subject=v.subject, text=v.text, html=v.html) for v in found
        ),
    )


def newest_first(connection: Connection) -> Iterator[Notice]:
    newest = notices.c.planned_at.desc(), notices.c.id.desc()
    for row in connection.execute(select(notices).order_by(*newest)).all():
        yield read(connection, row)


def counts(connection: Connection, notice: int) -> tuple[Count, ...]:
    rows = connection.execute(
        select(deliveries.c.state, func.count()).where(deliveries.c.notice == notice).group_by(deliveries.c.state)
    )
    found = {State(state): number for state, number in rows}
    return tuple(Count(state=state, deliveries=found.get(state, 0)) for state in State)


def begun(connection: Connection, policy: str, version: str) -> Sequence[int]:
    """Return the notices of a version of which anything has gone out or been decided."""
    of_version = select(notices.c.id).where(notices.c.policy == policy, notices.c.version == version)
    return connection.scalars(of_version.where(_any_delivery(*_UNBEGUN)).order_by(notices.c.id)).all()


def _any_delivery(*but: State) -> Any:
    return exists().where(deliveries.c.notice == notices.c.id, deliveries.c.state.not_in(but))


def _stands(connection: Connection, notice: int) -> bool:
    alive = select(notices.c.id).where(notices.c.id == notice, _any_delivery(State.CANCELLED))
    return connection.scalar(alive) is not None


def _supersede(connection: Connection, notice: Notice) -> None:
    """Cancel what is pending in the earlier notices of this version of which nothing has begun."""
    earlier = select(notices.c.id).where(notices.c.policy == notice.policy, notices.c.version == notice.version)
    unbegun = connection.scalars(earlier.where(~_any_delivery(*_UNBEGUN))).all()
    connection.execute(
        update(deliveries)
        .where(deliveries.c.notice.in_(unbegun), deliveries.c.state == State.PENDING.value)
        .values(state=move(State.PENDING, State.CANCELLED).value)
    )


def _write(connection: Connection, notice: Notice) -> int:
    number = connection.scalar(
        insert(notices).returning(notices.c.id),
        {
            "plan": notice.plan,
            "policy": notice.policy,
            "version": notice.version,
            "rank": rank(notice.version),
            "version_digest": notice.version_digest,
            "effective_on": notice.effective,
            "audience": notice.audience,
            "audience_digest": notice.audience_digest,
            "sender": notice.sender,
            "transport": notice.transport,
            "host": notice.host,
            "planned_at": notice.planned_at,
        },
    )
    for place, variant in enumerate(notice.variants):
        connection.execute(
            insert(variants),
            {
                "notice": number,
                "place": place,
                "language": variant.language,
                "since": variant.since,
                "subject": variant.subject,
                "text": variant.text,
                "html": variant.html,
            },
        )
    return int(number or 0)


def _plan(connection: Connection, notice: int, planned: Sequence[Planned], *, places: int) -> None:
    key = keys(connection, [one.account for one in planned])
    for one in planned:
        if not 0 <= one.variant < places:
            raise LedgerError(f"the notice has no variant {one.variant}, planned for account '{one.account}'.")
    connection.execute(
        insert(deliveries),
        [
            {
                "notice": notice,
                "account": key[one.account],
                "variant": one.variant,
                "though_closed": one.though_closed,
                "state": State.PENDING.value,
            }
            for one in planned
        ],
    )


def _refuse_second(connection: Connection, number: int, notice: Notice) -> None:
    """Refuse a plan that tells an account again what an earlier notice tells, has told or tried to tell."""
    other = deliveries.alias("other")
    earlier = select(notices.c.id).where(
        notices.c.policy == notice.policy, notices.c.version == notice.version, notices.c.id != number
    )
    twice = connection.execute(
        select(persons.c.id, other.c.state)
        .join_from(deliveries, other, other.c.account == deliveries.c.account)
        .join(persons, persons.c.account == deliveries.c.account)
        .where(deliveries.c.notice == number, other.c.notice.in_(earlier), other.c.state.not_in(_OVER))
        .order_by(deliveries.c.account)
        .limit(1)
    ).one_or_none()
    if twice is not None:
        raise LedgerError(
            f"account '{twice.id}' has a delivery of {notice.policy} {notice.version}: {twice.state}.",
            mend="Plan the notice again; its audience has changed.",
        )
