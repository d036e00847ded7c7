"""Is the past what it was? Evidence against its chain, its parts against their whole, deliveries against evidence.

Who tampers writes what no toolkit writes, such as a date that is none. So rows are read such that one that
cannot be read is a finding, and never stops the reading.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Select, Table, exists, func, or_, select, text
from sqlalchemy.exc import DataError, DBAPIError

from toolkit.ledger import seal
from toolkit.ledger.entries import TOLD, State
from toolkit.ledger.schema import (
    EVIDENCE,
    answers,
    append_only,
    attempts,
    deliveries,
    notices,
    outcomes,
    recipients,
    seals,
    variants,
)

_SHORT = 12
_UNDONE = (State.PENDING, State.CANCELLED, State.SKIPPED)
_BELONGS = (
    (variants.c.notice, notices),
    (attempts.c.notice, notices),
    (recipients.c.attempt, attempts),
    (answers.c.attempt, attempts),
    (outcomes.c.answer, answers),
)


def verify(connection: Connection, *, anchor: str = "") -> Iterator[str]:
    """Say, one sentence each, what does not fit. Nothing when all is intact; what is not sealed yet may be."""
    yield from _broken_links(connection)
    yield from _unchained(connection)
    yield from _broken_parts(connection, recipients.c.attempt, attempts.c.recipients_digest)
    yield from _broken_parts(connection, outcomes.c.answer, answers.c.outcomes_digest)
    for column, whole in _BELONGS:
        yield from _orphans(connection, column, whole)
    yield from _told_without_evidence(connection)
    yield from _evidence_without_delivery(connection)
    yield from _other_audiences(connection)
    if anchor and not connection.scalar(select(exists().where(seals.c.digest == anchor))):
        yield f"The chain no longer holds the link {anchor}."
    yield from _unguarded(connection)


def _unchained(connection: Connection) -> Iterator[str]:
    if not seal.head(connection) and (rows := seal.unsealed(connection)):
        yield f"The chain is empty, and there are {rows} entries of evidence."


def _broken_links(connection: Connection) -> Iterator[str]:
    place, previous = 0, ""
    for places in _pages(connection, seals.c.place):
        links = _read(connection, seals.c.place, places)
        rows = dict(_sealed_rows(connection, links))
        for at in places:
            place += 1
            link = links[at]
            follows = at == place
            if not follows:
                yield f"Link {place} of the chain is missing."
                place = at
            if link is None:
                yield f"Link {place} of the chain cannot be read."
                previous = ""
                continue
            if follows and link["digest"] != _link_digest(link, previous):
                yield f"Link {place} of the chain was changed, or one before it."
            if (link["source"], link["row"]) not in rows:
                yield f"Row {link['row']} of {link['source']}, sealed at link {place}, is gone."
            elif rows[link["source"], link["row"]] != link["row_digest"]:
                yield f"Row {link['row']} of {link['source']} was changed after it was sealed at link {place}."
            previous = link["digest"]


def _sealed_rows(
    connection: Connection, links: Mapping[int, RowMapping | None]
) -> Iterator[tuple[tuple[str, int], str]]:
    for table in seal.SEALED:
        ids = [link["row"] for link in links.values() if link is not None and link["source"] == table.name]
        for number, row in _read(connection, table.c.id, ids).items():
            yield (table.name, number), _row_digest(table, row)


def _row_digest(table: Table, row: RowMapping | None) -> str:
    try:
        return "" if row is None else seal.row_digest(table, row)
    except TypeError:  # bytes where a text was
        return ""


def _link_digest(link: RowMapping, previous: str) -> str:
    try:
        return seal.link_digest(link, previous)
    except TypeError:
        return ""


def _broken_parts(connection: Connection, whole: Column[Any], said: Column[Any]) -> Iterator[str]:
    """Check what each attempt says of its recipients, and each answer of its outcomes."""
    for ids in _pages(connection, said.table.c.id):
        for number, row in _read(connection, said.table.c.id, ids).items():
            if row is None:
                yield f"Row {number} of {said.table.name} cannot be read."
            elif _parts_digest(connection, whole, number) != row[said.name]:
                yield f"The {whole.table.name} of row {number} of {said.table.name} were changed."


def _parts_digest(connection: Connection, whole: Column[Any], number: int) -> str:
    parts = whole.table
    rows = connection.execute(select(parts).where(whole == number).order_by(*parts.primary_key)).mappings()
    try:
        return seal.digest_parts(whole, rows)
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        _raise_unless_unreadable(error)
        return ""


def _orphans(connection: Connection, column: Column[Any], whole: Table) -> Iterator[str]:
    there = exists().where(whole.c.id == column)
    for number in _stream(connection, select(column).where(~there).distinct().order_by(column)):
        yield f"Some {column.table.name} belong to row {number[column.name]} of {whole.name}, which is not there."


def _told_without_evidence(connection: Connection) -> Iterator[str]:
    """Find deliveries that claim to have told an account, of which no answer to their attempt says so."""
    of = notices.alias("of")
    said = (
        exists()
        .where(outcomes.c.account == deliveries.c.account, outcomes.c.state.in_(TOLD))
        .where(answers.c.id == outcomes.c.answer, answers.c.attempt == deliveries.c.attempt)
        .where(attempts.c.id == answers.c.attempt, of.c.id == attempts.c.notice)
        .where(of.c.policy == notices.c.policy, of.c.version == notices.c.version)
    )
    told = (
        select(deliveries.c.account, deliveries.c.state, notices.c.plan)
        .join_from(deliveries, notices, notices.c.id == deliveries.c.notice)
        .where(deliveries.c.state.in_(TOLD), ~said)
    )
    for row in _stream(connection, told):
        yield f"{_delivery(row)} is {row['state']}, and no evidence says so."


def _evidence_without_delivery(connection: Connection) -> Iterator[str]:
    """Find accounts that were told by the newest evidence, and whose delivery is gone or undone."""
    newer, answer, attempt = outcomes.alias("newer"), answers.alias("answer"), attempts.alias("attempt")
    outdated = (
        exists()
        .where(newer.c.account == outcomes.c.account, answer.c.id == newer.c.answer, answer.c.id > answers.c.id)
        .where(attempt.c.id == answer.c.attempt, attempt.c.notice == attempts.c.notice)
    )
    found = (
        select(outcomes.c.account, outcomes.c.state, notices.c.plan, deliveries.c.state.label("now"))
        .join_from(outcomes, answers, answers.c.id == outcomes.c.answer)
        .join(attempts, attempts.c.id == answers.c.attempt)
        .join(notices, notices.c.id == attempts.c.notice)
        .join(
            deliveries,
            (deliveries.c.notice == notices.c.id) & (deliveries.c.account == outcomes.c.account),
            isouter=True,
        )
        .where(outcomes.c.state.in_(TOLD), or_(deliveries.c.state.is_(None), deliveries.c.state.in_(_UNDONE)))
        .where(~outdated)
    )
    for row in _stream(connection, found):
        yield f"{_delivery(row)} was {row['state']} by the evidence, and is {row['now'] or 'gone'}."


def _other_audiences(connection: Connection) -> Iterator[str]:
    there = select(func.count()).where(deliveries.c.notice == notices.c.id).scalar_subquery()
    for row in _stream(connection, select(notices.c.plan, notices.c.audience, there.label("there"))):
        if row["audience"] != row["there"]:
            told = f"was planned for {row['audience']} accounts and has {row['there']} deliveries"
            yield f"Notice {_short(row['plan'])} {told}."


def _delivery(row: RowMapping) -> str:
    return f"The delivery of notice {_short(row['plan'])} to account {row['account']}"


def _short(plan: Any) -> str:
    return str(plan)[:_SHORT]


def _unguarded(connection: Connection) -> Iterator[str]:
    """Find tables of evidence whose triggers are gone, or are no longer those that refuse a change."""
    guarded = _sqlite_guards if connection.dialect.name == "sqlite" else _postgresql_guards
    there = guarded(connection)
    for table in EVIDENCE:
        if not there >= _guards(table, connection):
            yield f"The table {table.name} may be changed: a trigger that keeps evidence append-only is missing."


def _guards(table: Table, connection: Connection) -> frozenset[str]:
    if connection.dialect.name == "sqlite":
        return frozenset(append_only(table.name, "sqlite"))
    return frozenset({f"{table.name}_refuses_change"})


def _sqlite_guards(connection: Connection) -> frozenset[str]:
    return frozenset(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")))


def _postgresql_guards(connection: Connection) -> frozenset[str]:
    """Return the triggers that are switched on, and still raise."""
    question = (
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE tgenabled IN ('O', 'A') AND position('RAISE EXCEPTION' IN prosrc) > 0"
        " AND tgrelid = to_regclass(replace(tgname, '_refuses_change', ''))"
    )
    return frozenset(connection.scalars(text(question)))


def _pages(connection: Connection, key: Column[int]) -> Iterator[Sequence[int]]:
    """Give a table's keys, as many at a time as are read together."""
    after = select(key).order_by(key).limit(seal.PAGE)
    page = connection.scalars(after).all()
    while page:
        yield page
        page = connection.scalars(after.where(key > page[-1])).all()


def _read(connection: Connection, key: Column[int], ids: Sequence[int]) -> dict[int, RowMapping | None]:
    """Return the rows with these keys; None for a row that cannot be read."""
    if not ids:
        return {}
    try:
        rows = connection.execute(select(key.table).where(key.in_(ids))).mappings().all()
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        _raise_unless_unreadable(error)
        if len(ids) == 1:
            return {ids[0]: None}
        half = len(ids) // 2
        return _read(connection, key, ids[:half]) | _read(connection, key, ids[half:])
    return {row[key.name]: row for row in rows}


def _stream(connection: Connection, question: Select[Any]) -> Iterator[RowMapping]:
    return iter(connection.execute(question, execution_options={"yield_per": seal.PAGE}).mappings())


def _raise_unless_unreadable(error: Exception) -> None:
    """Raise on what the database itself refuses. What is left lies in a cell: no date, no instant, no text."""
    if isinstance(error, DBAPIError) and not isinstance(error, DataError) and "UTF-8" not in str(error):
        raise error
