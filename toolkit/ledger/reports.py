"""What was heard, written down, and what it moves. Serves a transport's own answer and all that is heard later.

Each function works inside the caller's transaction.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from toolkit.errors import LedgerError
from toolkit.ledger import canonical
from toolkit.ledger.batches import batches
from toolkit.ledger.claims import put
from toolkit.ledger.entries import ANSWERS, EVENTS, ClaimLost, Outcome, Report, State, follow
from toolkit.ledger.schema import deliveries, outcomes, reports

_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")


def record(connection: Connection, report: Report, *, token: str, now: datetime) -> None:
    """Write a report, and move the deliveries it speaks of where that can follow; see `Sending.record_report`."""
    rows = _deliveries(connection, [outcome.ref for outcome in report.outcomes])
    if token:
        _refuse_foreign(report, rows, token)
    _write(connection, report, rows, now)
    _move(connection, report, rows, held=bool(token))


def _deliveries(connection: Connection, refs: Sequence[str]) -> Mapping[str, Row[Any]]:
    """Return the deliveries of references, locked. Raises `LedgerError` naming the first that is unknown."""
    found: dict[str, Row[Any]] = {}
    for batch in batches(sorted(set(refs))):
        mine = select(deliveries).where(deliveries.c.ref.in_(batch)).order_by(deliveries.c.ref)
        found.update((row.ref, row) for row in connection.execute(mine.with_for_update()))
    for ref in refs:
        if ref not in found:
            raise LedgerError(f"no delivery has the reference '{ref}'.", mend="Was it made by another ledger?")
    return found


def _refuse_foreign(report: Report, rows: Mapping[str, Row[Any]], token: str) -> None:
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


def _write(connection: Connection, report: Report, rows: Mapping[str, Row[Any]], now: datetime) -> None:
    parts = [_part(place, outcome, rows[outcome.ref], now) for place, outcome in enumerate(report.outcomes)]
    number = connection.scalar(
        insert(reports).returning(reports.c.id),
        {
            "source": report.source,
            "raw_digest": report.raw_digest,
            "outcomes_root": canonical.root_of_parts(outcomes.c.report, parts),
            "happened_at": max((part["happened_at"] for part in parts), default=now),
            "heard_at": now,
        },
    )
    if parts:
        connection.execute(insert(outcomes), [{"report": number, **part} for part in parts])


def _part(place: int, outcome: Outcome, row: Row[Any], now: datetime) -> dict[str, Any]:
    """Blank the addresses that mail servers like to quote: evidence names nobody."""
    return {
        "place": place,
        "ref": outcome.ref,
        "attempt": _attempt(outcome, row),
        "state": outcome.state.value,
        "text": _ADDRESS.sub("<address>", outcome.text),
        "provider_id": outcome.provider_id,
        "happened_at": outcome.happened_at or now,
    }


def _attempt(outcome: Outcome, row: Row[Any]) -> int | None:
    """Return the attempt that an outcome is about: the one it names, else the delivery's newest."""
    found = row.attempt if outcome.attempt is None else outcome.attempt
    return None if found is None else int(found)


def _move(connection: Connection, report: Report, rows: Mapping[str, Row[Any]], *, held: bool) -> None:
    becomes = {ref: State(row.state) for ref, row in rows.items()}
    for outcome in report.outcomes:
        if _may_move(rows[outcome.ref], becomes[outcome.ref], outcome, held=held):
            becomes[outcome.ref] = follow(becomes[outcome.ref], outcome.state)
    changed: dict[tuple[int, State], list[int]] = {}
    for ref, state in becomes.items():
        row = rows[ref]
        if held or state != row.state:
            changed.setdefault((row.notice, state), []).append(row.account)
    for (notice, state), keys in changed.items():
        put(connection, notice, sorted(keys), state=state.value, lease_until=None, **_freed(state, held=held))


def _may_move(row: Row[Any], was: State, outcome: Outcome, *, held: bool) -> bool:
    """Whether an outcome is about what the delivery is in: not an older attempt, and not what its holder will say."""
    if row.attempt is None or row.attempt != _attempt(outcome, row):
        return False
    return held or was is State.UNKNOWN or outcome.state in EVENTS


def _freed(state: State, *, held: bool) -> dict[str, Any]:
    """Return what a delivery no longer keeps. A holder that has not answered yet keeps its claim, to answer."""
    if state is State.PENDING:
        return {"claim": None, "attempt": None}
    return {"claim": None} if held else {}
