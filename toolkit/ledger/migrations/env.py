"""What Alembic runs: on the connection that `database.py` hands over, in its transaction. No ini file."""

from alembic import context

from toolkit.ledger.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
