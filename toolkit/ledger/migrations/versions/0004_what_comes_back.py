"""What was shown for a receipt, consents, objections, the portal's keys, and posts that wait to be applied."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_EVIDENCE = ("consents", "objections", "forwardings", "api_keys", "revocations")


def upgrade() -> None:
    for name in ("shown", "ref"):
        op.add_column("receipts", sa.Column(name, sa.Text))
    _consents()
    _objections()
    _keys()
    _waiting()
    for table in _EVIDENCE:
        _refuse_change(table)


def _times() -> tuple[sa.Column[object], sa.Column[object]]:
    return sa.Column("happened_at", _INSTANT, nullable=False), sa.Column("heard_at", _INSTANT, nullable=False)


def _said(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Text, nullable=False)


def _of(name: str, whole: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(whole), nullable=False)


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer, primary_key=True),
        _said("policy"),
        _of("account", "accounts.key"),
        *map(_said, ("version", "purpose", "kind", "words", "language", "source")),
        sa.Column("ref", sa.Text),
        *_times(),
    )
    op.create_index("ix_consents_account", "consents", ["account"])


def _objections() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer, primary_key=True),
        _said("policy"),
        _of("account", "accounts.key"),
        *map(_said, ("version", "commitment", "language", "source")),
        sa.Column("ref", sa.Text),
        *_times(),
    )
    op.create_index("ix_objections_account", "objections", ["account"])
    op.create_table(
        "objection_texts",
        sa.Column("objection", sa.Integer, sa.ForeignKey("objections.id"), primary_key=True, autoincrement=False),
        _said("text"),
        sa.Column("salt", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "forwardings",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("objection", "objections.id"),
        *map(_said, ("transport", "host", "state", "text")),
        *_times(),
    )
    op.create_index("ix_forwardings_objection", "forwardings", ["objection"])


def _keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer, primary_key=True),
        *map(_said, ("name", "scopes", "digest")),
        *_times(),
        sa.UniqueConstraint("digest"),
    )
    op.create_table(
        "revocations",
        sa.Column("id", sa.Integer, primary_key=True),
        _of("key", "api_keys.id"),
        *_times(),
        sa.UniqueConstraint("key"),
    )


def _waiting() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer, primary_key=True),
        _said("source"),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("tried", sa.Integer, nullable=False),
        sa.Column("heard_at", _INSTANT, nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("caller", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        *map(_said, ("request", "answer")),
        sa.Column("heard_at", _INSTANT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_answers_heard_at", "answers", ["heard_at"])


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
