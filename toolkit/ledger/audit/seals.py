"""The seals against the entries they cover, and the entries against their parts."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, exists, select
from sqlalchemy.exc import DBAPIError

from toolkit.ledger import canonical, seal
from toolkit.ledger.kinds import ENTRIES, PARTS
from toolkit.ledger.reading import pages, raise_unless_unreadable, read, stream
from toolkit.ledger.response_tables import (
    api_keys,
    consents,
    forwardings,
    objection_texts,
    objections,
    revocations,
)
from toolkit.ledger.schema import (
    accounts,
    attempts,
    decisions,
    deliveries,
    erasures,
    imported,
    leaves,
    notices,
    outcomes,
    personalizations,
    persons,
    raw_reports,
    receipts,
    recipients,
    reports,
    seals,
)

_BELONGS = (
    *((column, notices.c.id) for column in (attempts.c.notice, decisions.c.notice, decisions.c.successor)),
    *((column, attempts.c.id) for column in (outcomes.c.attempt, personalizations.c.attempt)),
    (deliveries.c.notice, notices.c.id),
    (raw_reports.c.report, reports.c.id),
    (reports.c.decision, decisions.c.id),
    (leaves.c.seal, seals.c.place),
    *((column, accounts.c.key) for column in (imported.c.account, erasures.c.account, receipts.c.account)),
    *((column, accounts.c.key) for column in (recipients.c.account, persons.c.account, deliveries.c.account)),
    *((column, accounts.c.key) for column in (consents.c.account, objections.c.account)),
    *((column, objections.c.id) for column in (objection_texts.c.objection, forwardings.c.objection)),
    (revocations.c.key, api_keys.c.id),
    *((column, root.table.c.id) for column, root in PARTS),
)


def findings(connection: Connection, *, anchor: str = "") -> Iterator[str]:
    """Compare the seals with their leaves, the leaves with the entries, and the entries with their parts."""
    yield from _broken_seals(connection)
    yield from _unsealed(connection)
    for column, root in PARTS:
        yield from _broken_parts(connection, column, root)
    for column, whole in _BELONGS:
        yield from _orphans(connection, column, whole)
    if anchor and not connection.scalar(select(exists().where(seals.c.digest == anchor))):
        yield f"No seal has the digest {anchor} any more."


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
    in_order = [leaf["place"] for leaf in found] == list(range(link["entries"]))
    if not in_order or _root(found) != link["root"]:
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
    lost = select(column).where(column.is_not(None), ~there).distinct().order_by(column)
    for number in stream(connection, lost):
        yield f"Some {column.table.name} belong to row {number[column.name]} of {whole.table.name}, which is not there."
