"""Which tables are evidence, what is sealed of them, and what no evidence answers for.

Evidence refuses UPDATE and DELETE as soon as it is made.
"""

from typing import Any

from sqlalchemy import Connection, Table, event

from toolkit.ledger.response_tables import RESPONSES, WAITING
from toolkit.ledger.schema import (
    attempts,
    decisions,
    deliveries,
    erasures,
    imported,
    imports,
    instances,
    leaves,
    notices,
    origin,
    outcomes,
    receipts,
    recipients,
    reports,
    seals,
    variants,
)
from toolkit.ledger.triggers import append_only

ENTRIES = (origin, instances, imports, erasures, notices, decisions, attempts, reports, receipts, *RESPONSES)
"""What is sealed, each by its `id`."""

PARTS = (
    (imported.c["import"], imports.c.accounts_root),
    (variants.c.notice, notices.c.variants_root),
    (recipients.c.attempt, attempts.c.recipients_root),
    (outcomes.c.report, reports.c.outcomes_root),
)
"""For each table of parts, the column that leads to the entry, and the entry's column with their root."""

EVIDENCE = (*ENTRIES, imported, variants, recipients, outcomes, seals, leaves)

FREE = (deliveries.c.claim, deliveries.c.lease_until, *(column for table in WAITING for column in table.columns))
"""What evidence does not answer for: what waits, and who holds a delivery now. Where nobody can, that is a finding."""


def _guard(table: Table, connection: Connection, **_: Any) -> None:
    for statement in append_only(table.name, connection.dialect.name):
        connection.exec_driver_sql(statement)


for _table in EVIDENCE:
    event.listen(_table, "after_create", _guard)
