"""The courses of deliveries, read from the evidence. Each function works inside the caller's transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select

from toolkit.ledger.among import among
from toolkit.ledger.batches import batches
from toolkit.ledger.course import Course
from toolkit.ledger.schema import outcomes, recipients, reports
from toolkit.ledger.states import HEARD, State

_HEARD = {state.value: state for state in HEARD}


Said = tuple[str, datetime, str]
"""State, time and words: what two reports of one thing have in common. Providers repeat an event under another id."""


def read(connection: Connection, refs: Sequence[Any]) -> dict[Any, Course]:
    """Return the course of each delivery, by its reference. What no toolkit could have written counts as not said."""
    return read_with_words(connection, refs)[0]


def read_with_words(connection: Connection, refs: Sequence[Any]) -> tuple[dict[Any, Course], set[tuple[Any, Said]]]:
    """Return the courses as `read` does, and all that was said of each, to know it when it is heard again."""
    found: dict[Any, Course] = {}
    said: set[tuple[Any, Said]] = set()
    for batch in batches(refs):
        tried = _tried(connection, batch)
        heard, skipped = _heard(connection, batch, said)
        for ref in batch:
            news, skips = heard.get(ref, ()), skipped.get(ref, ())
            found[ref] = _course(tuple(tried.get(ref, ())), tuple(news), frozenset(skips))
    return found, said


@lru_cache(maxsize=1024)
def _course(attempts: tuple[int, ...], heard: tuple[tuple[int, State], ...], skipped: frozenset[int | None]) -> Course:
    """Make a course, or give the one that is the same: a request's mails have much in common."""
    return Course(attempts=attempts, heard=heard, skipped=skipped)


def _tried(connection: Connection, refs: Sequence[Any]) -> Mapping[Any, Sequence[int]]:
    tried: dict[Any, list[int]] = {}
    of_these = select(recipients.c.ref, recipients.c.attempt).where(among(connection, recipients.c.ref, refs))
    for ref, attempt in connection.execute(of_these.order_by(recipients.c.attempt)).all():
        tried.setdefault(ref, []).append(attempt)
    return tried


def _heard(
    connection: Connection, refs: Sequence[Any], said: set[tuple[Any, Said]]
) -> tuple[Mapping[Any, Sequence[tuple[int, State]]], Mapping[Any, Sequence[int | None]]]:
    heard: dict[Any, list[tuple[int, State]]] = {}
    skipped: dict[Any, list[int | None]] = {}
    question = (
        select(outcomes.c.ref, outcomes.c.attempt, outcomes.c.state, outcomes.c.happened_at, outcomes.c.text)
        .add_columns(outcomes.c.report)
        .where(among(connection, outcomes.c.ref, refs))
        .order_by(outcomes.c.report, outcomes.c.place)
    )
    for ref, attempt, state, happened_at, text, report in connection.execute(question).all():
        said.add((ref, (state, happened_at, text)))
        if state == State.SKIPPED:
            decision = connection.scalar(select(reports.c.decision).where(reports.c.id == report))
            skipped.setdefault(ref, []).append(decision)
        elif attempt is not None and state in _HEARD:
            heard.setdefault(ref, []).append((attempt, _HEARD[state]))
    return heard, skipped
