"""What was heard, written down, and what it moves. Serves a transport's own answer and all that is heard later.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from toolkit.errors import LedgerError
from toolkit.ledger import courses, decisions, heard
from toolkit.ledger.among import among
from toolkit.ledger.batches import batches
from toolkit.ledger.claims import put
from toolkit.ledger.course import Course, Position
from toolkit.ledger.entries import ClaimLost, Outcome, Report
from toolkit.ledger.locks import lock_notices
from toolkit.ledger.schema import deliveries, erasures, notices
from toolkit.ledger.states import ANSWERS, HEARD, State

Rows = Mapping[str, Row[Any]]
Courses = Mapping[str, Course]

_ASKED = (deliveries.c.ref, deliveries.c.notice, deliveries.c.account, deliveries.c.state, deliveries.c.attempt)
_SENDERS_OWN = frozenset({State.PENDING, State.UNKNOWN})  # while it is at it, only the sender itself can know


def record(connection: Connection, report: Report, *, token: str, salt: bytes, now: datetime) -> None:
    """Write a report, and move the deliveries it speaks of where the evidence then says; see `Sending.record_report`.

    What was heard word by word is not kept where it speaks of an account that was erased; its commitment is.
    """
    refs = [outcome.ref for outcome in report.outcomes]
    rows = find(connection, refs, token=token)
    for ref in refs:
        if ref not in rows:
            raise LedgerError(f"no delivery has the reference '{ref}'.", mend="Was it made by another ledger?")
    known = courses.read(connection, sorted(rows))
    if token:
        _refuse_foreign(report, rows, known)
    else:
        _refuse_unheard(report, rows)
    write(connection, report, rows, known, held=bool(token), salt=salt, now=now)


def find(connection: Connection, refs: Iterable[str], *, token: str = "") -> Rows:
    """Return the deliveries of references, as far as there are any, locked, each with whether the token holds it."""
    held = (deliveries.c.claim == token).label("held")
    found: dict[str, Any] = {}
    for batch in batches(sorted(set(refs))):
        theirs = among(connection, deliveries.c.ref, batch)
        lock_notices(connection, notices.c.id.in_(select(deliveries.c.notice).where(theirs)))
        mine = select(*_ASKED, held).where(theirs).order_by(deliveries.c.ref)
        found.update((row.ref, row) for row in connection.execute(mine.with_for_update()).all())
    return found


def write(
    connection: Connection,
    report: Report,
    rows: Rows,
    known: Courses,
    *,
    salt: bytes,
    now: datetime,
    held: bool = False,
) -> None:
    """Write a report on deliveries that were found and whose courses are known, and move them."""
    said = _with_attempts(report.outcomes, rows, known)
    erased = _any_erased(connection, {row.account for row in rows.values()})
    heard.write(connection, replace(report, outcomes=said), salt=salt, now=now, keep=not erased)
    _move(connection, rows, _place(connection, rows, known, said), held=held)


def _refuse_foreign(report: Report, rows: Rows, known: Courses) -> None:
    """Raise where an answer is not the holder's own: each delivery once, held by it, in the attempt it began."""
    named = [outcome.ref for outcome in report.outcomes]
    if len(set(named)) != len(named):
        raise LedgerError("an answer has two outcomes of one delivery.")
    for outcome in report.outcomes:
        # The row may be in an older attempt meanwhile, whose mail was thought not to have left.
        begun = rows[outcome.ref].attempt is not None and known[outcome.ref].attempts[-1:] == (outcome.attempt,)
        if not rows[outcome.ref].held or not begun:
            raise lost(outcome.ref)
        if outcome.state not in ANSWERS:
            raise LedgerError(f"a transport cannot answer that a delivery is {outcome.state}.")


def _refuse_unheard(report: Report, rows: Rows) -> None:
    """Raise for what nobody outside can say of a delivery: the ledger decides it, or its living sender will say it."""
    for outcome in report.outcomes:
        row = rows[outcome.ref]
        if outcome.state not in HEARD:
            raise LedgerError(f"nobody can report that a delivery is {outcome.state}.")
        mine = row.state == State.CLAIMED and outcome.attempt in (None, row.attempt)
        if outcome.state in _SENDERS_OWN and mine:
            what = f"the delivery {outcome.ref} is being handed over; its sender will say whether it left."
            raise LedgerError(what, mend="Ask again when its lease has run out.")


def lost(ref: str) -> ClaimLost:
    return ClaimLost(
        f"this sender does not hold the delivery {ref} any more.", mend="Release the claim and claim again."
    )


def _with_attempts(said: Sequence[Outcome], rows: Rows, known: Courses) -> tuple[Outcome, ...]:
    """Give each outcome the attempt that it is about: the one it names, else the delivery's own, else the newest.

    Raises `LedgerError` for a delivery that was never handed over, or not in the attempt that is named.
    """
    return tuple(_about(each, rows[each.ref], known[each.ref]) for each in said)


def _about(outcome: Outcome, row: Row[Any], course: Course) -> Outcome:
    if outcome.attempt is None:
        return replace(outcome, attempt=attempt_of(row, course))
    if outcome.attempt not in course.attempts:
        what = f"attempt {outcome.attempt} had no delivery {outcome.ref}."
        raise LedgerError(what, mend="Was it made by another ledger?")
    return outcome


def attempt_of(row: Row[Any], course: Course) -> int:
    """Return the attempt that news of a delivery is about where nobody says which: its own, else the newest.

    A delivery that is pending again is in no attempt, but what is heard may be of the mail that was thought not to
    have left. Raises `LedgerError` for one that was never handed over.
    """
    if not course.attempts:
        raise LedgerError(f"the delivery {row.ref} was never handed over.", mend="Is it another one's?")
    return row.attempt if row.attempt in course.attempts else course.attempts[-1]


def _any_erased(connection: Connection, keys: Iterable[int]) -> bool:
    return any(
        connection.scalar(select(exists().where(among(connection, erasures.c.account, batch))))
        for batch in batches(sorted(keys))
    )


def _place(
    connection: Connection, rows: Rows, known: Courses, said: Sequence[Outcome]
) -> Mapping[str, tuple[Position, ...]]:
    """Return where each delivery may be once this was heard: found once for all that have the same course."""
    heard_of: dict[str, tuple[tuple[int, State], ...]] = {}
    for outcome in said:
        if outcome.attempt is not None:
            heard_of[outcome.ref] = (*heard_of.get(outcome.ref, ()), (outcome.attempt, outcome.state))
    decided = {notice: decisions.decided(connection, notice) for notice in {row.notice for row in rows.values()}}
    alike: dict[tuple[int, int, tuple[tuple[int, State], ...]], tuple[Position, ...]] = {}
    found: dict[str, tuple[Position, ...]] = {}
    for ref, row in rows.items():
        course, news = known[ref], heard_of.get(ref, ())
        like = (row.notice, id(course), news)  # courses that are the same are one object: see `courses.py`
        if like not in alike:
            alike[like] = course.hear(news).positions(decided[row.notice])
        found[ref] = alike[like]
    return found


def _move(connection: Connection, rows: Rows, places: Mapping[str, tuple[Position, ...]], *, held: bool) -> None:
    """Put each delivery where its course says that it is, all of one notice that go one way in one statement."""
    changed: dict[tuple[int, Position, bool, bool], list[int]] = {}
    for ref, row in rows.items():
        where = places[ref]
        stays = (row.state, row.attempt) in where
        if held or not stays:
            becomes = (row.state, row.attempt) if stays else where[0]
            freed = held or row.attempt is None or becomes[1] is None
            changed.setdefault((row.notice, becomes, freed, row.attempt == becomes[1]), []).append(row.account)
    for (notice, (state, attempt), freed, same), keys in changed.items():
        # A holder that has not answered yet keeps its claim, to answer.
        changes: dict[str, Any] = {"claim": None} if freed else {}
        if not same:
            changes["attempt"] = attempt  # else nothing need look it up
        put(connection, notice, sorted(keys), state=str(state), lease_until=None, **changes)
