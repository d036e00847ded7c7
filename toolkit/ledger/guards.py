"""The triggers that keep evidence append-only: there, still refusing, and no others beside them."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, text

from toolkit.ledger.kinds import EVIDENCE
from toolkit.ledger.triggers import REFUSAL, append_only

_BEFORE_ALL = 2 | 8 | 16 | 32  # of pg_trigger.tgtype: before the statement, on DELETE, UPDATE and TRUNCATE


def findings(connection: Connection) -> Iterator[str]:
    """Name the tables of evidence that may be changed, and what else acts whenever somebody writes.

    A trigger that swallows or changes what is written makes a record of what never happened.
    """
    guarded, foreign = (
        (_sqlite_guards, _sqlite_foreign)
        if connection.dialect.name == "sqlite"
        else (_postgresql_guards, _postgresql_foreign)
    )
    there = guarded(connection)
    for table in EVIDENCE:
        if not there >= _guards(table, connection):
            yield f"The table {table.name} may be changed: a trigger that keeps evidence append-only is missing."
    for name in foreign(connection):
        yield f"The trigger, rule, index or table {name} is none of the toolkit's, and may change what is written."
    if connection.dialect.name == "postgresql" and connection.scalar(text("SHOW session_replication_role")) != "origin":
        yield "The database is set to pass over its triggers: session_replication_role is not 'origin'."


def _guards(table: Table, connection: Connection) -> frozenset[str]:
    if connection.dialect.name == "sqlite":
        return frozenset(append_only(table.name, "sqlite"))
    return frozenset({f"{table.name}_refuses_change"})


def _sqlite_guards(connection: Connection) -> frozenset[str]:
    return frozenset(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")))


def _sqlite_foreign(connection: Connection) -> list[str]:
    ours = frozenset(statement for table in EVIDENCE for statement in append_only(table.name, "sqlite"))
    there = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))
    return [name for name, statement in there if statement not in ours and not _is_plain(statement)]


def _is_plain(statement: str) -> bool:
    """Whether a statement makes an index that refuses nothing, or a table that passes over nothing in silence.

    The toolkit's unique indexes belong to their tables.
    """
    words = statement.upper().split()
    return words[:2] == ["CREATE", "INDEX"] or (words[:2] == ["CREATE", "TABLE"] and "CONFLICT" not in words)


def _postgresql_guards(connection: Connection) -> frozenset[str]:
    """Return the triggers that are switched on, fire before all three deeds, and call the function as it was made."""
    question = (
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
        " WHERE tgenabled IN ('O', 'A') AND tgtype = :before_all AND tgqual IS NULL AND prosrc = :body"
        " AND tgrelid = to_regclass(replace(tgname, '_refuses_change', ''))"
    )
    return frozenset(connection.scalars(text(question), {"before_all": _BEFORE_ALL, "body": REFUSAL}))


def _postgresql_foreign(connection: Connection) -> list[str]:
    """Return what acts on the tables of this schema: triggers and unique indexes that no constraint made, and rules."""
    question = (
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace AND tgname <> ALL(:ours)"
        " UNION ALL SELECT rulename FROM pg_rules WHERE schemaname = current_schema()"
        " UNION ALL SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
        " WHERE indisunique AND relnamespace = current_schema()::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1"
    )
    ours = [f"{table.name}_refuses_change" for table in EVIDENCE]
    return list(connection.scalars(text(question), {"ours": ours}))
