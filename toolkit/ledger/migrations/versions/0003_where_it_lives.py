"""Evidence of the place that a ledger lives in, so that a copy can be told from it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "instances",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("happened_at", _INSTANT, nullable=False),
        sa.Column("heard_at", _INSTANT, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER instances_refuses_{deed} BEFORE {deed} ON instances"
                " BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER instances_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON instances"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
