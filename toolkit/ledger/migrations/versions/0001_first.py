"""The first tables, and the triggers that keep evidence as it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0001a"
down_revision = None
branch_labels = None
depends_on = None

_EVIDENCE = (
    *("origin", "notices", "attempts", "reports", "receipts"),
    *("variants", "recipients", "outcomes", "seals", "leaves"),
)
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _accounts()
    _notices()
    _attempts()
    _reports()
    _receipts()
    _seals()
    _deliveries()
    for table in _EVIDENCE:
        _refuse_change(table)


def _times() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("happened_at", _INSTANT, nullable=False), sa.Column("heard_at", _INSTANT, nullable=False)


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("key", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("created_on", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("restricted", sa.Boolean, nullable=False),
    )
    op.create_table(
        "persons",
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.key"), primary_key=True, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("ledger", sa.Text, nullable=False),
        sa.Column("rehearsal", sa.Boolean, nullable=False),
        *_times(),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("plan", sa.Text, nullable=False, unique=True),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("rank", sa.BigInteger, nullable=False),
        sa.Column("version_digest", sa.Text, nullable=False),
        sa.Column("effective_on", sa.Date, nullable=False),
        sa.Column("audience", sa.Integer, nullable=False),
        sa.Column("audience_digest", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("reply_to", sa.Text, nullable=False),
        sa.Column("transport", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("variants_root", sa.Text, nullable=False),
        *_times(),
    )
    op.create_index("ix_notices_policy", "notices", ["policy", "rank"])
    op.create_table(
        "variants",
        sa.Column("notice", sa.Integer, sa.ForeignKey("notices.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("html", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("notice", sa.Integer, sa.ForeignKey("notices.id"), nullable=False),
        sa.Column("transport", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("dated_at", _INSTANT, nullable=False),
        sa.Column("recipients_root", sa.Text, nullable=False),
        *_times(),
    )
    op.create_table(
        "recipients",
        sa.Column("attempt", sa.Integer, sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("commitment", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "personalizations",
        sa.Column("ref", sa.Text, primary_key=True),
        sa.Column("attempt", sa.Integer, sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("filled", sa.Text, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("raw_digest", sa.Text),
        sa.Column("outcomes_root", sa.Text, nullable=False),
        *_times(),
    )
    op.create_table(
        "outcomes",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("ref", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, sa.ForeignKey("attempts.id")),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("provider_id", sa.Text, nullable=False),
        sa.Column("happened_at", _INSTANT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_outcomes_ref", "outcomes", ["ref"])
    op.create_table(
        "raw_reports",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.id"), primary_key=True, autoincrement=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
    )


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.key"), nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("rank", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        *_times(),
        sa.UniqueConstraint("policy", "account", "version", "kind"),
    )


def _seals() -> None:
    op.create_table(
        "seals",
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        *_times(),
    )
    op.create_table(
        "leaves",
        sa.Column("seal", sa.Integer, sa.ForeignKey("seals.place"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.UniqueConstraint("source", "row"),
        sqlite_with_rowid=False,
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("notice", sa.Integer, sa.ForeignKey("notices.id"), primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.key"), primary_key=True),
        sa.Column("ref", sa.Text, nullable=False, unique=True),
        sa.Column("variant", sa.Integer, nullable=False),
        sa.Column("though_closed", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("claim", sa.Text),
        sa.Column("lease_until", _INSTANT),
        sa.Column("attempt", sa.Integer, sa.ForeignKey("attempts.id")),
        sqlite_with_rowid=False,
    )
    _partial("ix_deliveries_pending", "pending", "state", "notice", "variant", "account")
    _partial("ix_deliveries_claimed", "claimed", "state", "notice", "lease_until")
    _partial("ix_deliveries_unknown", "unknown", "state", "notice", "attempt")


def _partial(name: str, state: str, *columns: str) -> None:
    where = sa.text(f"state = '{state}'")
    op.create_index(name, "deliveries", list(columns), sqlite_where=where, postgresql_where=where)


def _refuse_change(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{deed} BEFORE {deed} ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
