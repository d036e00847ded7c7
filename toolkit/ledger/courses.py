"""The courses of deliveries, read from the evidence. Each function works inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from toolkit.ledger.batches import batches
from toolkit.ledger.course import Course
from toolkit.ledger.schema import outcomes, recipients, reports
from toolkit.ledger.states import HEARD, State


def read(connection: Connection, refs: Sequence[Any]) -> dict[Any, Course]:
    """Return the course of each delivery, by its reference. What no toolkit could have written counts as not said."""
    found: dict[Any, Course] = {}
    for batch in batches(refs):
        tried = _tried(connection, batch)
        heard, skipped = _heard(connection, batch)
        for ref in batch:
            skips = frozenset(skipped[ref])
            found[ref] = Course(attempts=tuple(tried[ref]), heard=tuple(heard[ref]), skipped=skips)
    return found


def _tried(connection: Connection, refs: Sequence[Any]) -> Mapping[Any, Sequence[int]]:
    tried: dict[Any, list[int]] = {ref: [] for ref in refs}
    of_these = select(recipients.c.ref, recipients.c.attempt).where(recipients.c.ref.in_(refs))
    for ref, attempt in connection.execute(of_these.order_by(recipients.c.attempt)):
        tried[ref].append(attempt)
    return tried


def _heard(
    connection: Connection, refs: Sequence[Any]
) -> tuple[Mapping[Any, Sequence[tuple[int, State]]], Mapping[Any, Sequence[int | None]]]:
    heard: dict[Any, list[tuple[int, State]]] = {ref: [] for ref in refs}
    skipped: dict[Any, list[int | None]] = {ref: [] for ref in refs}
    said = (
        select(outcomes.c.ref, outcomes.c.attempt, outcomes.c.state, reports.c.decision)
        .join_from(outcomes, reports)
        .where(outcomes.c.ref.in_(refs))
        .order_by(outcomes.c.report, outcomes.c.place)
    )
    for ref, attempt, state, decision in connection.execute(said):
        if state == State.SKIPPED:
            skipped[ref].append(decision)
        elif attempt is not None and state in HEARD:
            heard[ref].append((attempt, State(state)))
    return heard, skipped
