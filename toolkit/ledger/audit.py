"""Checks the record: entries against their seals, parts against their entry, deliveries against evidence.

Someone who tampers may write what the toolkit never writes, such as a word where a date belongs. A row that cannot
be read is therefore a finding, and does not stop the check.

Each function works inside the caller's transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, exists, func, or_, select
from sqlalchemy.exc import DBAPIError

from toolkit.ledger import canonical, guards, seal
from toolkit.ledger.entries import TOLD, State
from toolkit.ledger.reading import pages, raise_unless_unreadable, read, stream
from toolkit.ledger.schema import (
    ENTRIES,
    PARTS,
    attempts,
    deliveries,
    leaves,
    notices,
    outcomes,
    recipients,
    reports,
    seals,
)

_SHORT = 12
_UNDONE = (State.PENDING, State.CANCELLED, State.SKIPPED)
_BELONGS = (
    (attempts.c.notice, notices.c.id),
    (leaves.c.seal, seals.c.place),
    *((column, root.table.c.id) for column, root in PARTS),
)


def verify(connection: Connection, *, anchor: str = "") -> Iterator[str]:
    """Say, one sentence each, what does not fit. Nothing when all is intact; what is not sealed yet may be."""
    yield from _broken_seals(connection)
    yield from _unsealed(connection)
    for column, root in PARTS:
        yield from _broken_parts(connection, column, root)
    for column, whole in _BELONGS:
        yield from _orphans(connection, column, whole)
    yield from _told_without_evidence(connection)
    yield from _evidence_without_delivery(connection)
    yield from _other_audiences(connection)
    yield from _other_accounts(connection)
    if anchor and not connection.scalar(select(exists().where(seals.c.digest == anchor))):
        yield f"No seal has the digest {anchor} any more."
    yield from guards.missing(connection)


def _unsealed(connection: Connection) -> Iterator[str]:
    # The ledger's own origin is there from the beginning, and may wait for the first seal.
    if not seal.head(connection) and (rows := seal.count_unsealed(connection)) > 1:
        yield f"There is no seal, and there are {rows} entries of evidence."


def _broken_seals(connection: Connection) -> Iterator[str]:
    place, previous = 0, ""
    for places in pages(connection, seals.c.place):
        links = read(connection, seals.c.place, places)
        for at in places:
            place += 1
            link = links[at]
            follows = at == place
            if not follows:
                yield f"Seal {place} is missing."
                place = at
            if link is None:
                yield f"Seal {place} cannot be read."
                previous = ""
                continue
            if follows and link["digest"] != _digest_seal(link, previous):
                yield f"Seal {place} was changed, or one before it."
            yield from _broken_leaves(connection, link)
            previous = link["digest"]


def _broken_leaves(connection: Connection, link: RowMapping) -> Iterator[str]:
    """Compare the entries that a seal covers with their leaves, and the leaves with the seal's root."""
    place = link["place"]
    found = _leaves(connection, place)
    if found is None:
        yield f"The leaves of seal {place} cannot be read."
        return
    if len(found) != link["entries"] or _root(found) != link["root"]:
        yield f"The leaves of seal {place} were changed."
    rows = dict(_sealed_rows(connection, found))
    for leaf in found:
        named = f"Row {leaf['row']} of {leaf['source']}"
        digest = rows.get((leaf["source"], leaf["row"]))
        if digest is None:
            yield f"{named}, sealed by seal {place}, is gone."
        elif digest != leaf["digest"]:
            yield f"{named} was changed after it was sealed by seal {place}."


def _leaves(connection: Connection, place: int) -> Sequence[RowMapping] | None:
    mine = select(leaves).where(leaves.c.seal == place).order_by(leaves.c.place)
    try:
        return connection.execute(mine).mappings().all()
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        raise_unless_unreadable(error)
        return None


def _root(found: Sequence[RowMapping]) -> str:
    try:
        return seal.root_of_leaves([leaf["digest"] for leaf in found])
    except AttributeError:  # bytes where a text was
        return ""


def _sealed_rows(connection: Connection, found: Sequence[RowMapping]) -> Iterator[tuple[tuple[str, int], str]]:
    for table in ENTRIES:
        ids = [leaf["row"] for leaf in found if leaf["source"] == table.name]
        for start in range(0, len(ids), seal.PAGE):
            for number, row in read(connection, table.c.id, ids[start : start + seal.PAGE]).items():
                yield (table.name, number), _digest_row(table, row)


def _digest_row(table: Table, row: RowMapping | None) -> str:
    try:
        return "" if row is None else canonical.digest_row(table, row)
    except TypeError:  # bytes where a text was
        return ""


def _digest_seal(link: RowMapping, previous: str) -> str:
    try:
        return seal.digest_seal(link, previous)
    except TypeError:
        return ""


def _broken_parts(connection: Connection, whole: Column[Any], root: Column[Any]) -> Iterator[str]:
    """Compare each entry's parts with the root that the entry has of them."""
    for ids in pages(connection, root.table.c.id):
        for number, row in read(connection, root.table.c.id, ids).items():
            if row is None:
                yield f"Row {number} of {root.table.name} cannot be read."
            elif _root_of_parts(connection, whole, number) != row[root.name]:
                yield f"The {whole.table.name} of row {number} of {root.table.name} were changed."


def _root_of_parts(connection: Connection, whole: Column[Any], number: int) -> str:
    rows = connection.execute(select(whole.table).where(whole == number).order_by(*whole.table.primary_key)).mappings()
    try:
        return canonical.root_of_parts(whole, rows)
    except (ValueError, TypeError, OverflowError, DBAPIError) as error:
        raise_unless_unreadable(error)
        return ""


def _orphans(connection: Connection, column: Column[Any], whole: Column[Any]) -> Iterator[str]:
    there = exists().where(whole == column)
    for number in stream(connection, select(column).where(~there).distinct().order_by(column)):
        yield f"Some {column.table.name} belong to row {number[column.name]} of {whole.table.name}, which is not there."


def _told_without_evidence(connection: Connection) -> Iterator[str]:
    """Find deliveries that claim to have told an account, of which nothing that was heard of their attempt says so."""
    said = (
        exists()
        .where(outcomes.c.attempt == deliveries.c.attempt, outcomes.c.state.in_(TOLD))
        .where(outcomes.c.ref.in_(_refs_of_version()))
    )
    told = (
        select(deliveries.c.account, deliveries.c.state, notices.c.plan)
        .join_from(deliveries, notices, notices.c.id == deliveries.c.notice)
        .where(deliveries.c.state.in_(TOLD), ~said)
    )
    for row in stream(connection, told):
        yield f"{_delivery(row)} is {row['state']}, and no evidence says so."


def _refs_of_version() -> Any:
    """Ask for the references of an account's deliveries in every notice of the same version."""
    of, other = notices.alias("of"), deliveries.alias("other")
    return (
        select(other.c.ref)
        .join_from(other, of, of.c.id == other.c.notice)
        .where(other.c.account == deliveries.c.account)
        .where(of.c.policy == notices.c.policy, of.c.version == notices.c.version)
        .correlate(deliveries, notices)
    )


def _evidence_without_delivery(connection: Connection) -> Iterator[str]:
    """Find deliveries that were told by the newest evidence, and whose row is gone or undone."""
    newer = outcomes.alias("newer")
    outdated = (
        exists()
        .where(newer.c.ref == outcomes.c.ref)
        .where(or_(newer.c.report > outcomes.c.report, _later_in_report(newer)))
    )
    found = (
        select(outcomes.c.ref, outcomes.c.state, notices.c.plan, deliveries.c.account, deliveries.c.state.label("now"))
        .join_from(outcomes, reports, reports.c.id == outcomes.c.report)
        .join(attempts, attempts.c.id == outcomes.c.attempt)
        .join(notices, notices.c.id == attempts.c.notice)
        .join(deliveries, deliveries.c.ref == outcomes.c.ref, isouter=True)
        .where(outcomes.c.state.in_(TOLD), or_(deliveries.c.state.is_(None), deliveries.c.state.in_(_UNDONE)))
        .where(~outdated)
    )
    for row in stream(connection, found):
        named = f"The delivery {row['ref']} of notice {_short(row['plan'])}" if row["now"] is None else _delivery(row)
        yield f"{named} was {row['state']} by the evidence, and is {row['now'] or 'gone'}."


def _later_in_report(newer: Any) -> Any:
    return (newer.c.report == outcomes.c.report) & (newer.c.place > outcomes.c.place)


def _other_audiences(connection: Connection) -> Iterator[str]:
    there = select(func.count()).where(deliveries.c.notice == notices.c.id).scalar_subquery()
    for row in stream(connection, select(notices.c.plan, notices.c.audience, there.label("there"))):
        if row["audience"] != row["there"]:
            told = f"was planned for {row['audience']} accounts and has {row['there']} deliveries"
            yield f"Notice {_short(row['plan'])} {told}."


def _other_accounts(connection: Connection) -> Iterator[str]:
    """Find deliveries whose reference was sent to another account than theirs."""
    other = (
        select(deliveries.c.account, notices.c.plan, recipients.c.account.label("other"))
        .join_from(recipients, deliveries, deliveries.c.ref == recipients.c.ref)
        .join(notices, notices.c.id == deliveries.c.notice)
        .where(recipients.c.account != deliveries.c.account)
    )
    for row in stream(connection, other):
        yield f"{_delivery(row)} has the reference of what was handed over for account {row['other']}."


def _delivery(row: Mapping[str, Any] | RowMapping) -> str:
    return f"The delivery of notice {_short(row['plan'])} to account {row['account']}"


def _short(plan: Any) -> str:
    return str(plan)[:_SHORT]
