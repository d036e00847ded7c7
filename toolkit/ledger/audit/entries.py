"""Entries that no toolkit writes: put in by hand, they would be sealed like any other."""

from collections.abc import Iterator

from sqlalchemy import Column, Connection, RowMapping, Select, Table, func, or_, select

from toolkit.errors import LedgerError
from toolkit.ledger.acts import ConsentKind
from toolkit.ledger.columns import rank
from toolkit.ledger.entries import DecisionKind, ReceiptKind
from toolkit.ledger.kinds import ENTRIES
from toolkit.ledger.reading import stream
from toolkit.ledger.response_tables import consents, forwardings
from toolkit.ledger.schema import decisions, notices, outcomes, receipts
from toolkit.ledger.states import ANSWERS, HEARD, State


def findings(connection: Connection) -> Iterator[str]:
    """Name the entries with a value that the toolkit never writes."""
    for table in ENTRIES:
        for row in stream(connection, select(table.c.id).where(table.c.id < 1).order_by(table.c.id)):
            yield f"Row {row['id']} of {table.name} was never written by the toolkit: it counts from 1."
    for question, column in _kinds():
        for row in stream(connection, question):
            yield f"Row {row['number']} of {column.table.name} is '{row['kind']}', which is none."
    for table in (notices, receipts):
        yield from _other_ranks(connection, table)
    for row in stream(connection, _odd_successors()):
        yield f"Row {row['id']} of decisions names a successor that cannot be one."


def _other_ranks(connection: Connection, table: Table) -> Iterator[str]:
    each = select(table.c.version, table.c.rank, func.min(table.c.id).label("id")).group_by(
        table.c.version, table.c.rank
    )
    for row in stream(connection, each.order_by(func.min(table.c.id))):
        if not _fits(row):
            yield f"Row {row['id']} of {table.name} has a rank that is not its version's."


def _kinds() -> Iterator[tuple[Select[tuple[int, str]], Column[str]]]:
    known = (
        (decisions.c.id, decisions.c.kind, tuple(DecisionKind)),
        (receipts.c.id, receipts.c.kind, tuple(ReceiptKind)),
        (outcomes.c.report, outcomes.c.state, (*HEARD, State.SKIPPED)),
        (consents.c.id, consents.c.kind, tuple(ConsentKind)),
        (forwardings.c.id, forwardings.c.state, tuple(ANSWERS)),
    )
    for number, column, kinds in known:
        strange = column.not_in([each.value for each in kinds])
        yield select(number.label("number"), column.label("kind")).where(strange).order_by(number), column


def _fits(row: RowMapping) -> bool:
    try:
        return bool(rank(row["version"]) == row["rank"])
    except LedgerError:
        return False


def _odd_successors() -> Select[tuple[int]]:
    """Ask for the notices that are superseded by themselves, or by a notice of something else."""
    mine, other = notices.alias("mine"), notices.alias("other")
    return (
        select(decisions.c.id)
        .join_from(decisions, mine, mine.c.id == decisions.c.notice)
        .join(other, other.c.id == decisions.c.successor)
        .where(
            or_(
                mine.c.id == other.c.id,
                mine.c.policy != other.c.policy,
                mine.c.version != other.c.version,
            )
        )
        .order_by(decisions.c.id)
    )
