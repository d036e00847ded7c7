"""Calls to a transport: begun, answered, and what became known of them later.

Each function works inside the caller's transaction. The order of the commits is the promise: an attempt is
written before anything is handed over, so that what a crash leaves is surely unsent, or is called unknown.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select

from toolkit.errors import LedgerError
from toolkit.ledger.accounts import batches, commitment
from toolkit.ledger.claims import already_told, put, unbegun
from toolkit.ledger.entries import Attempt, ClaimLost, Outcome, State, move
from toolkit.ledger.schema import answers, attempts, deliveries, is_in, notices, outcomes, persons, recipients
from toolkit.ledger.seal import digest_parts

_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")


def begin(connection: Connection, notice: Row[Any], *, token: str, call: Attempt) -> Attempt:
    """Write an attempt with its recipients and bind the deliveries to it; return it with its number."""
    held = _held(connection, notice.id, token=token, call=call)
    told = already_told(connection, notice, [row.account for row in held])  # an answer may have come since the claim
    if told:
        raise _lost(next(row.id for row in held if row.account in told))
    rows = [
        {"place": place, "account": row.account, "commitment": commitment(salt=row.salt, email=row.email)}
        for place, row in enumerate(held)
    ]
    number = _write_attempt(connection, notice.id, call, rows)
    put(connection, notice.id, [row.account for row in held], attempt=number)
    return replace(call, id=number)


def settle(connection: Connection, attempt: Attempt, *, token: str, said: Sequence[Outcome], now: datetime) -> None:
    """Write what the transport answered, and move the deliveries, all of which `token` has to hold."""
    bound = _bound(connection, attempt, said)
    for outcome in said:
        if bound[outcome.account].claim != token:
            raise _lost(outcome.account)
    _answer(connection, attempt, said, bound, now)
    _move(connection, [(bound[outcome.account], outcome.state) for outcome in said])


def resolve(connection: Connection, attempt: Attempt, *, said: Sequence[Outcome], now: datetime) -> None:
    """Write what became known later, and move those deliveries of the attempt that are still unknown."""
    bound = _bound(connection, attempt, said)
    _answer(connection, attempt, said, bound, now)
    known = [(bound[outcome.account], outcome.state) for outcome in said]
    _move(
        connection,
        [(row, to) for row, to in known if row.state == State.UNKNOWN and row.attempt == attempt.id],
    )


def unknown(connection: Connection, notice: int) -> tuple[Attempt, ...]:
    lost = select(deliveries.c.attempt).where(deliveries.c.notice == notice, is_in(State.UNKNOWN))
    rows = connection.execute(select(attempts).where(attempts.c.id.in_(lost)).order_by(attempts.c.id)).all()
    found = [_unsettled(connection, row) for row in rows]
    return tuple(attempt for attempt in found if attempt.accounts)


def _held(connection: Connection, notice: int, *, token: str, call: Attempt) -> list[Row[Any]]:
    """Return a call's deliveries in its order, with address and salt. `token` has to hold all of them."""
    if not call.accounts or len(set(call.accounts)) != len(call.accounts):
        raise LedgerError("an attempt needs at least one account, and each of them once.")
    held = (
        select(deliveries.c.account, persons.c.id, persons.c.email, persons.c.salt)
        .join_from(deliveries, persons, persons.c.account == deliveries.c.account)
        .where(unbegun(notice), deliveries.c.claim == token, deliveries.c.lease_until > call.started_at)
        .with_for_update(of=deliveries)
    )
    found: dict[str, Any] = {}
    for batch in batches(call.accounts):
        found.update((row.id, row) for row in connection.execute(held.where(persons.c.id.in_(batch))))
    for account in call.accounts:
        if account not in found:
            raise _lost(account)
    return [found[account] for account in call.accounts]


def _lost(account: str) -> ClaimLost:
    return ClaimLost(
        f"this sender does not hold the delivery to account '{account}' any more.",
        mend="Release the claim and claim again.",
    )


def _write_attempt(connection: Connection, notice: int, call: Attempt, rows: list[dict[str, Any]]) -> int:
    number = connection.scalar(
        insert(attempts).returning(attempts.c.id),
        {
            "notice": notice,
            "transport": call.transport,
            "host": call.host,
            "started_at": call.started_at,
            "body_digest": call.body_digest,
            "recipients_digest": digest_parts(recipients.c.attempt, rows),
        },
    )
    connection.execute(insert(recipients), [{**row, "attempt": number} for row in rows])
    return int(number or 0)


def _unsettled(connection: Connection, row: Row[Any]) -> Attempt:
    ids = connection.scalars(
        select(persons.c.id)
        .join_from(recipients, persons, persons.c.account == recipients.c.account)
        .join(deliveries, deliveries.c.account == recipients.c.account)
        .where(recipients.c.attempt == row.id, deliveries.c.notice == row.notice)
        .where(deliveries.c.attempt == row.id, is_in(State.UNKNOWN))
        .order_by(recipients.c.place)
    )
    return Attempt(
        id=row.id,
        notice=connection.scalars(select(notices.c.plan).where(notices.c.id == row.notice)).one(),
        transport=row.transport,
        host=row.host,
        started_at=row.started_at,
        body_digest=row.body_digest,
        accounts=tuple(ids),
    )


def _bound(connection: Connection, attempt: Attempt, said: Sequence[Outcome]) -> dict[str, Row[Any]]:
    """Return the attempt's deliveries by account: by their places, for a person may be erased meanwhile."""
    rows = connection.execute(
        select(deliveries, persons.c.id)
        .join_from(recipients, attempts, attempts.c.id == recipients.c.attempt)
        .join(
            deliveries,
            and_(deliveries.c.notice == attempts.c.notice, deliveries.c.account == recipients.c.account),
        )
        .join(persons, persons.c.account == recipients.c.account, isouter=True)
        .where(recipients.c.attempt == attempt.id)
        .order_by(recipients.c.place)
        .with_for_update(of=deliveries)
    ).all()
    whole = len(rows) == len(attempt.accounts)
    bound = dict(zip(attempt.accounts, rows, strict=True)) if whole else {row.id: row for row in rows if row.id}
    named = [outcome.account for outcome in said]
    for account in named:
        if account not in bound:
            raise LedgerError(f"account '{account}' is no recipient of attempt {attempt.id}.")
    if len(set(named)) != len(named):
        raise LedgerError(f"an account has two outcomes of attempt {attempt.id}.")
    return bound


def _answer(
    connection: Connection,
    attempt: Attempt,
    said: Sequence[Outcome],
    bound: dict[str, Row[Any]],
    now: datetime,
) -> None:
    rows = sorted((_outcome(bound[outcome.account].account, outcome) for outcome in said), key=_by_account)
    number = connection.scalar(
        insert(answers).returning(answers.c.id),
        {
            "attempt": attempt.id,
            "answered_at": now,
            "outcomes_digest": digest_parts(outcomes.c.answer, rows),
        },
    )
    if rows:
        connection.execute(insert(outcomes), [{**row, "answer": number} for row in rows])


def _outcome(key: int, outcome: Outcome) -> dict[str, Any]:
    """Blank the addresses that mail servers like to quote: evidence names nobody."""
    return {
        "account": key,
        "state": outcome.state.value,
        "text": _ADDRESS.sub("<address>", outcome.answer),
        "provider_id": outcome.provider_id,
    }


def _by_account(row: dict[str, Any]) -> int:
    return int(row["account"])


def _move(connection: Connection, moves: Iterable[tuple[Row[Any], State]]) -> None:
    by_state: dict[State, list[Row[Any]]] = {}
    for row, becomes in moves:
        if row.state == becomes == State.UNKNOWN:
            continue  # a sender that comes back late and has heard nothing either
        by_state.setdefault(move(State(row.state), becomes), []).append(row)
    for state, rows in by_state.items():
        free: dict[str, Any] = {"attempt": None} if state is State.PENDING else {}
        keys = [row.account for row in rows]
        put(connection, rows[0].notice, keys, state=state.value, claim=None, lease_until=None, **free)
