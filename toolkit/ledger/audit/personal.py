"""What was filled in, what was heard word by word and what was objected, against the commitments to them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Label, RowMapping, Select, and_, exists, func, or_, select
from sqlalchemy.exc import DBAPIError

from toolkit.ledger.audit.accounts import erased_accounts
from toolkit.ledger.commitments import commit
from toolkit.ledger.reading import pages, raise_unless_unreadable
from toolkit.ledger.response_tables import objection_texts, objections
from toolkit.ledger.schema import (
    attempts,
    deliveries,
    erasures,
    outcomes,
    personalizations,
    raw_reports,
    recipients,
    reports,
)


def findings(connection: Connection) -> Iterator[str]:
    """Name what was changed, and what is gone although nobody whom it concerns was erased."""
    yield from _filled_in(connection)
    yield from _raw(connection)
    yield from _objected(connection)


def _filled_in(connection: Connection) -> Iterator[str]:
    erased = erased_accounts(connection)
    belonging = 0
    for page in pages(connection, attempts.c.id):
        for attempt in page:
            rows = _rows(connection, _of_attempt(attempt))
            if rows is None:
                yield f"What was filled in for attempt {attempt} cannot be read."
                continue
            belonging += sum(row["filled"] is not None for row in rows)
            yield from (said for row in rows if (said := _recipient(row, attempt, gone=row["account"] in erased)))
    there = connection.scalar(select(func.count()).select_from(personalizations)) or 0
    if there > belonging:
        yield f"{there - belonging} rows of what was filled in belong to no recipient."


def _of_attempt(attempt: int) -> Select[Any]:
    own = and_(personalizations.c.ref == recipients.c.ref, personalizations.c.attempt == recipients.c.attempt)
    return (
        select(recipients.c.account, recipients.c.filled.label("committed"))
        .add_columns(personalizations.c.filled, personalizations.c.salt)
        .join_from(recipients, personalizations, own, isouter=True)
        .where(recipients.c.attempt == attempt)
        .order_by(recipients.c.place)
    )


def _recipient(row: RowMapping, attempt: int, *, gone: bool) -> str:
    named = f"What was filled in for account {row['account']} in attempt {attempt}"
    if row["filled"] is None:
        return "" if gone else f"{named} is gone, and no erasure says so."
    if gone:
        return f"{named} is there, though the account was erased."
    if row["committed"] is None:  # before schema 0002; showing the mail checks it
        return ""
    return "" if _commitment(row["salt"], row["filled"]) == row["committed"] else f"{named} was changed."


def _raw(connection: Connection) -> Iterator[str]:
    """One report at a time: what was heard word by word may be long."""
    question = (
        select(reports.c.id, reports.c.raw_digest, raw_reports.c.raw, raw_reports.c.salt, _names_erased())
        .join_from(reports, raw_reports, isouter=True)
        .where(or_(reports.c.raw_digest.is_not(None), raw_reports.c.report.is_not(None)))
    )
    for page in pages(connection, reports.c.id):
        for number in page:
            rows = _rows(connection, question.where(reports.c.id == number))
            if rows is None:
                yield f"What was heard word by word in report {number} cannot be read."
                continue
            yield from (said for row in rows if (said := _report(row)))


def _names_erased() -> Label[bool]:
    """Ask whether a report speaks of an account that was erased."""
    spoken_of = exists().where(outcomes.c.report == reports.c.id, outcomes.c.ref == deliveries.c.ref)
    return spoken_of.where(deliveries.c.account == erasures.c.account).label("names_erased")


def _report(row: RowMapping) -> str:
    named = f"What was heard word by word in report {row['id']}"
    if row["raw"] is None:
        lost = row["raw_digest"] is not None and not row["names_erased"]
        return f"{named} is gone, and no erasure says so." if lost else ""
    if row["names_erased"]:
        return f"{named} is there, though it speaks of an account that was erased."
    return "" if _commitment(row["salt"], row["raw"]) == row["raw_digest"] else f"{named} was changed."


def _objected(connection: Connection) -> Iterator[str]:
    erased = erased_accounts(connection)
    question = select(
        objections.c.id, objections.c.account, objections.c.commitment, objection_texts.c.text, objection_texts.c.salt
    ).join_from(objections, objection_texts, isouter=True)
    for page in pages(connection, objections.c.id):
        for number in page:
            rows = _rows(connection, question.where(objections.c.id == number))
            if rows is None:
                yield f"The words of objection {number} cannot be read."
                continue
            yield from (said for row in rows if (said := _objection(row, gone=row["account"] in erased)))


def _objection(row: RowMapping, *, gone: bool) -> str:
    named = f"The text of objection {row['id']}"
    if row["text"] is None:
        return "" if gone else f"{named} is gone, and no erasure says so."
    if gone:
        return f"{named} is there, though its account was erased."
    return "" if _commitment(row["salt"], row["text"]) == row["commitment"] else f"{named} was changed."


def _commitment(salt: object, said: object) -> str:
    """Return the commitment to a text or to bytes; empty for what can be neither."""
    if not isinstance(salt, bytes | memoryview):
        return ""
    body = said.encode() if isinstance(said, str) else said
    return commit(bytes(salt), bytes(body)) if isinstance(body, bytes | memoryview) else ""


def _rows(connection: Connection, question: Select[Any]) -> Sequence[RowMapping] | None:
    """Return the rows of a question; None where one of them cannot be read."""
    try:
        return connection.execute(question).mappings().all()
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        raise_unless_unreadable(error)
        return None
