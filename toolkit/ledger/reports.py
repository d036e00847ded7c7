"""What was heard, written down, and what it moves. Serves a transport's own answer and all that is heard later.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, tuple_

from toolkit.errors import LedgerError
from toolkit.ledger import decisions, heard
from toolkit.ledger.batches import batches
from toolkit.ledger.claims import put
from toolkit.ledger.entries import ClaimLost, Outcome, Report
from toolkit.ledger.schema import deliveries, personalizations, recipients
from toolkit.ledger.states import ANSWERS, State, follow

Rows = Mapping[str, Row[Any]]


def record(connection: Connection, report: Report, *, token: str, salt: bytes, now: datetime) -> None:
    """Write a report, and move the deliveries it speaks of where that can follow; see `Sending.record_report`."""
    rows = _deliveries(connection, [outcome.ref for outcome in report.outcomes])
    if token:
        _refuse_foreign(report, rows, token)
    said = _with_attempts(connection, report.outcomes, rows)
    heard.write(connection, replace(report, outcomes=said), salt=salt, now=now)
    _move(connection, said, rows, held=bool(token))


def _deliveries(connection: Connection, refs: Sequence[str]) -> Rows:
    """Return the deliveries of references, locked. Raises `LedgerError` naming the first that is unknown."""
    found: dict[str, Row[Any]] = {}
    for batch in batches(sorted(set(refs))):
        mine = select(deliveries).where(deliveries.c.ref.in_(batch)).order_by(deliveries.c.ref)
        found.update((row.ref, row) for row in connection.execute(mine.with_for_update()))
    for ref in refs:
        if ref not in found:
            raise LedgerError(f"no delivery has the reference '{ref}'.", mend="Was it made by another ledger?")
    return found


def _refuse_foreign(report: Report, rows: Rows, token: str) -> None:
    """Raise where an answer is not the holder's own: each delivery once, held by it, in the attempt it began."""
    named = [outcome.ref for outcome in report.outcomes]
    if len(set(named)) != len(named):
        raise LedgerError("an answer has two outcomes of one delivery.")
    for outcome in report.outcomes:
        row = rows[outcome.ref]
        if row.claim != token or row.attempt is None or row.attempt != outcome.attempt:
            raise lost(outcome.ref)
        if outcome.state not in ANSWERS:
            raise LedgerError(f"a transport cannot answer that a delivery is {outcome.state}.")


def lost(ref: str) -> ClaimLost:
    return ClaimLost(
        f"this sender does not hold the delivery {ref} any more.", mend="Release the claim and claim again."
    )


def _with_attempts(connection: Connection, said: Sequence[Outcome], rows: Rows) -> tuple[Outcome, ...]:
    """Give each outcome the attempt that it is about: the one it names, else the delivery's newest."""
    _refuse_strange_attempts(connection, said, rows)
    newest = {ref: row.attempt for ref, row in rows.items()}
    # A delivery that is pending again has none, but what is heard may be of the mail that was thought not to have left.
    for batch in batches(sorted(ref for ref, attempt in newest.items() if attempt is None)):
        last = select(personalizations.c.ref, func.max(personalizations.c.attempt))
        of_these = last.where(personalizations.c.ref.in_(batch)).group_by(personalizations.c.ref)
        newest.update((ref, attempt) for ref, attempt in connection.execute(of_these))
    return tuple(
        outcome if outcome.attempt is not None else replace(outcome, attempt=newest[outcome.ref]) for outcome in said
    )


def _refuse_strange_attempts(connection: Connection, said: Sequence[Outcome], rows: Rows) -> None:
    """Raise for an attempt that never had the delivery an outcome speaks of."""
    older = {(o.attempt, o.ref) for o in said if o.attempt is not None and o.attempt != rows[o.ref].attempt}
    known: set[tuple[int, str]] = set()
    for batch in batches(sorted(older)):
        pair = tuple_(recipients.c.attempt, recipients.c.ref)
        found = connection.execute(select(recipients.c.attempt, recipients.c.ref).where(pair.in_(batch)))
        known.update((row.attempt, row.ref) for row in found)
    for attempt, ref in sorted(older - known):
        raise LedgerError(f"attempt {attempt} had no delivery {ref}.", mend="Was it made by another ledger?")


def _move(connection: Connection, said: Sequence[Outcome], rows: Rows, *, held: bool) -> None:
    becomes = {ref: (State(row.state), row.attempt) for ref, row in rows.items()}
    for outcome in said:
        state, attempt = becomes[outcome.ref]
        if _may_move(rows[outcome.ref], state, outcome, held=held):
            becomes[outcome.ref] = follow(state, outcome.state), attempt if attempt is not None else outcome.attempt
    changed: dict[tuple[int, State, int | None], list[int]] = {}
    undone = _undone(connection, {rows[ref].notice for ref, (state, _) in becomes.items() if state is State.PENDING})
    for ref, (moved, attempt) in becomes.items():
        row = rows[ref]
        state = undone[row.notice] if moved is State.PENDING and row.state != State.PENDING else moved
        if held or state != row.state:
            changed.setdefault((row.notice, state, attempt), []).append(row.account)
    for (notice, state, attempt), keys in changed.items():
        put(connection, notice, sorted(keys), state=state.value, lease_until=None, **_freed(state, attempt, held=held))


def _undone(connection: Connection, notices: Iterable[int]) -> Mapping[int, State]:
    """Return for each notice where its deliveries are of which the mail server has nothing."""
    return {notice: decisions.undone(connection, notice) for notice in notices}


def _may_move(row: Row[Any], was: State, outcome: Outcome, *, held: bool) -> bool:
    """Whether an outcome is about what the delivery is in.

    Not where it is about an older attempt while a newer one is on its way, and not for `pending` while its holder
    lives, which will say so itself.
    """
    if row.attempt is None:
        return row.claim is None and outcome.attempt is not None
    if row.attempt != outcome.attempt:
        return False
    return held or was is not State.CLAIMED or outcome.state is not State.PENDING


def _freed(state: State, attempt: int | None, *, held: bool) -> dict[str, Any]:
    """Return what else becomes of a delivery. A holder that has not answered yet keeps its claim, to answer."""
    if state in (State.PENDING, State.CANCELLED):
        return {"claim": None, "attempt": None}
    return {"attempt": attempt, "claim": None} if held else {"attempt": attempt}
