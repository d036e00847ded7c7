"""The triggers that keep evidence append-only: whether they are there, and still refuse."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, text

from toolkit.ledger.schema import EVIDENCE
from toolkit.ledger.triggers import REFUSAL, append_only

_BEFORE_ALL = 2 | 8 | 16 | 32  # of pg_trigger.tgtype: before the statement, on DELETE, UPDATE and TRUNCATE


def missing(connection: Connection) -> Iterator[str]:
    """Name the tables of evidence whose triggers are gone, or are no longer those that refuse a change."""
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
    """Return the triggers that are switched on, fire before all three deeds, and call the function as it was made."""
    question = (
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE tgenabled IN ('O', 'A') AND tgtype = :before_all AND tgqual IS NULL AND prosrc = :body"
        " AND tgrelid = to_regclass(replace(tgname, '_refuses_change', ''))"
    )
    return frozenset(connection.scalars(text(question), {"before_all": _BEFORE_ALL, "body": REFUSAL}))
