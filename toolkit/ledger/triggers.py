"""The statements that keep a table of evidence append-only, on both databases. Pure."""

_SQLITE = (
    "CREATE TRIGGER {table}_refuses_{deed} BEFORE {deed} ON {table}"
    " BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END"
)
REFUSAL = " BEGIN RAISE EXCEPTION 'evidence is append-only'; END "
"""The body of PostgreSQL's function that the triggers call."""

_FUNCTION = f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $${REFUSAL}$$"
_POSTGRESQL = (
    "CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)


def append_only(table: str, dialect: str) -> tuple[str, ...]:
    """Return the statements that make a table refuse UPDATE and DELETE. On PostgreSQL also TRUNCATE."""
    if dialect == "sqlite":
        return tuple(_SQLITE.format(table=table, deed=deed) for deed in ("UPDATE", "DELETE"))
    return _FUNCTION, _POSTGRESQL.format(table=table)
