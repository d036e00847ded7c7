"""Which delivery a provider's event is about, and of which others it speaks without naming them.

Each function works inside the caller's transaction.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from toolkit.ledger.acts import Event
from toolkit.ledger.blanking import blank
from toolkit.ledger.courses import Said
from toolkit.ledger.entries import Outcome
from toolkit.ledger.schema import attempts, deliveries, is_in, outcomes, personalizations, persons
from toolkit.ledger.states import LEFT, TOLD, State

WHOLE = "another mail of the same request was taken"
"""Said of a mail whose request was accepted: SendGrid takes a request as a whole or not at all."""

_WHOLE = "sendgrid"


def find_by_address(connection: Connection, event: Event) -> str:
    """Return the reference that a late bounce without one is about: the only mail that went to its address.

    Empty for any other event, where several mails went there, and where time or the provider's id of the request say
    that it was another one.
    """
    if event.state in TOLD or not event.address:
        return ""
    theirs = (
        select(deliveries.c.ref, deliveries.c.attempt, attempts.c.happened_at, personalizations.c.filled)
        .join_from(deliveries, persons, persons.c.account == deliveries.c.account)
        .join(attempts, attempts.c.id == deliveries.c.attempt)
        .join(
            personalizations,
            (personalizations.c.ref == deliveries.c.ref) & (personalizations.c.attempt == deliveries.c.attempt),
        )
        .where(func.lower(persons.c.email) == event.address.lower(), deliveries.c.state.in_(LEFT))
        .limit(2)
    )
    found = connection.execute(theirs).all()
    return found[0].ref if len(found) == 1 and _fits(connection, event, found[0]) else ""


def _fits(connection: Connection, event: Event, row: Any) -> bool:
    """Whether a mail went to the address then, before the event, in the request that the event names, if it does."""
    if json.loads(row.filled)["address"].lower() != event.address.lower():
        return False
    if event.happened_at is not None and event.happened_at < row.happened_at.replace(microsecond=0):
        return False
    of_attempt = (outcomes.c.ref == row.ref, outcomes.c.attempt == row.attempt, outcomes.c.provider_id != "")
    ids = connection.scalars(select(outcomes.c.provider_id).where(*of_attempt)).all()
    return not event.message or any(event.message.startswith(one) for one in ids)


def outcome(event: Event, ref: str, attempt: int, now: datetime) -> Outcome:
    """Return what an event says of a delivery, in one of its attempts; at the latest it happened now."""
    return Outcome(
        ref=ref,
        state=event.state,
        text=blank(event.text),
        provider_id=event.id,
        happened_at=event.happened_at or now,
        attempt=attempt,
    )


def said(heard: Outcome) -> Said:
    assert heard.happened_at is not None  # noqa: S101 - `outcome` gave it one
    return heard.state.value, heard.happened_at, heard.text


def settled_with(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[Outcome, ...]:
    """Return outcomes for the other mails of requests that were in doubt: one event shows that all were taken."""
    doubtful = sorted({row.attempt for row in rows if row.state == State.UNKNOWN and row.attempt is not None})
    if not doubtful:
        return ()
    whole = select(attempts.c.id).where(attempts.c.id.in_(doubtful), attempts.c.transport == _WHOLE)
    theirs = select(deliveries.c.ref, deliveries.c.attempt).where(is_in(State.UNKNOWN), deliveries.c.attempt.in_(whole))
    heard = {row.ref for row in rows}
    return tuple(
        Outcome(ref=row.ref, state=State.ACCEPTED, text=WHOLE, attempt=row.attempt)
        for row in connection.execute(theirs.order_by(deliveries.c.ref))
        if row.ref not in heard
    )
