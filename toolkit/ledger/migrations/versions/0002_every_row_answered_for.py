"""Evidence of accounts, of decisions about notices, of what was skipped, and of what was filled in.

What the rows say on the day of the migration is written down as evidence of that day.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from toolkit.ledger.canonical import write
from toolkit.ledger.commitments import commit
from toolkit.ledger.merkle import find_root

revision = "0002"
down_revision = "0001a"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_BATCH = 1_000
_NOTHING = (
    "UPDATE accounts SET language = '', created_on = '0001-01-01', closed_on = NULL, restricted = false"
    " WHERE key = :key"
)
_SALT = 32


def upgrade() -> None:
    _persons()
    _imports()
    _decisions()
    _recipients()
    for table in ("imports", "imported", "erasures", "decisions"):
        _refuse_change(table)
    accounts = _rows("SELECT key, language, created_on, closed_on, restricted, id, email, name FROM accounts"
                     " LEFT JOIN persons ON persons.account = accounts.key ORDER BY key")  # fmt: skip
    for batch in _batches(row for row in accounts if row.id is not None):
        _import(batch)
    for row in accounts:
        if row.id is None:
            _insert("erasures", account=row.key)
            op.get_bind().execute(sa.text(_NOTHING), {"key": row.key})
    for notice in _rows("SELECT id FROM notices ORDER BY id"):
        _skip(notice.id, announcement=_announce(notice.id))


def _persons() -> None:
    op.add_column("persons", sa.Column("salt", sa.LargeBinary))
    random_bytes = context.config.attributes["random_bytes"]
    for row in _rows("SELECT account FROM persons"):
        op.get_bind().execute(
            sa.text("UPDATE persons SET salt = :salt WHERE account = :account").bindparams(
                sa.bindparam("salt", random_bytes(_SALT), sa.LargeBinary), account=row.account
            )
        )
    with op.batch_alter_table("persons") as persons:
        persons.alter_column("salt", existing_type=sa.LargeBinary, nullable=False)


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("accounts_root", sa.Text, nullable=False),
        *_times(),
    )
    op.create_table(
        "imported",
        sa.Column("import", sa.Integer, sa.ForeignKey("imports.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("commitment", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_imported_account", "imported", ["account"])
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.key"), nullable=False, unique=True),
        *_times(),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("notice", sa.Integer, sa.ForeignKey("notices.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("successor", sa.Integer, sa.ForeignKey("notices.id")),
        sa.Column("deliveries_root", sa.Text),
        *_times(),
    )
    op.create_index("ix_decisions_notice", "decisions", ["notice"])
    op.add_column("reports", sa.Column("decision", sa.Integer))


def _recipients() -> None:
    op.add_column("recipients", sa.Column("filled", sa.Text))
    op.create_index("ix_recipients_ref", "recipients", ["ref"])


def _import(batch: Sequence[Any]) -> None:
    """Commit to accounts as they are."""
    parts = [{"place": at, "account": row.key, "commitment": _commitment(row)} for at, row in enumerate(batch)]
    number = _insert("imports", accounts_root=find_root(map(write, parts)))
    for part in parts:
        _insert_part("imported", {"import": number, **part})


def _commitment(row: Any) -> str:
    names = ("id", "email", "name", "language", "created_on", "closed_on", "restricted")
    salt = (
        op.get_bind()
        .execute(
            sa.text("SELECT salt FROM persons WHERE account = :key").columns(salt=sa.LargeBinary), {"key": row.key}
        )
        .scalar_one()
    )
    said = {name: getattr(row, name) for name in names} | {"restricted": bool(row.restricted)}
    return commit(bytes(salt), write({name: _iso(value) for name, value in said.items()}))


def _announce(notice: int) -> int:
    """Write down what was announced and, where it shows, that it was ended. Return the announcement's number."""
    deliveries = _rows(
        f"SELECT account, ref, variant, though_closed, state FROM deliveries WHERE notice = {notice} ORDER BY account"  # noqa: S608
    )
    leaves = (
        write(
            {"account": row.account, "ref": row.ref, "variant": row.variant, "though_closed": bool(row.though_closed)}
        )
        for row in deliveries
    )
    announcement = _insert("decisions", notice=notice, kind="announced", deliveries_root=find_root(leaves))
    if any(row.state == "cancelled" for row in deliveries):
        _insert("decisions", notice=notice, kind="cancelled")
    return announcement


def _skip(notice: int, *, announcement: int) -> None:
    """Write down who was skipped. Why, nobody wrote down at the time."""
    skipped = _rows(f"SELECT ref FROM deliveries WHERE notice = {notice} AND state = 'skipped' ORDER BY account")  # noqa: S608
    for batch in _batches(skipped):
        now = context.config.attributes["now"]
        parts: list[dict[str, Any]] = [
            {"place": at, "ref": row.ref, "state": "skipped", "text": "", "provider_id": "", "happened_at": now}
            for at, row in enumerate(batch)
        ]
        number = _insert("reports", source="claim", outcomes_root=find_root(map(write, parts)), decision=announcement)
        for part in parts:
            _insert_part("outcomes", {"report": number, **part})


def _times() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return sa.Column("happened_at", _INSTANT, nullable=False), sa.Column("heard_at", _INSTANT, nullable=False)


def _rows(question: str) -> Sequence[Any]:
    return op.get_bind().execute(sa.text(question)).all()


def _batches(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _iso(value: Any) -> Any:
    return value if value is None or isinstance(value, str | bool) else value.isoformat()


def _insert(table: str, **values: Any) -> int:
    """Insert an entry that happened now, and return its number."""
    now = context.config.attributes["now"]
    return _insert_part(table, {**values, "happened_at": now, "heard_at": now})


def _insert_part(table: str, values: dict[str, Any]) -> int:
    columns = [sa.column(name, _INSTANT if name.endswith("_at") else None) for name in values]
    into = sa.table(table, *columns)
    statement = sa.insert(into).values(values)
    if "heard_at" not in values:
        op.get_bind().execute(statement)
        return 0
    return int(op.get_bind().execute(statement.returning(sa.column("id", sa.Integer))).scalar_one())


def _refuse_change(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{deed} BEFORE {deed} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
