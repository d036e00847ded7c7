"""Evidence of what was heard or found: a report with its outcomes. It moves no delivery.

Each function works inside the caller's transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Connection, insert

from toolkit.ledger import canonical
from toolkit.ledger.blanking import blank
from toolkit.ledger.commitments import commit
from toolkit.ledger.entries import Outcome, Report
from toolkit.ledger.schema import outcomes, raw_reports, reports


def write(
    connection: Connection,
    report: Report,
    *,
    now: datetime,
    salt: bytes = b"",
    keep: bool = True,
    decision: int | None = None,
) -> None:
    """Write a report with its outcomes. What was heard word by word needs a `salt`, and is kept if `keep`.

    `decision` is the announcement under which deliveries are skipped: wanted again, they are not skipped any more.
    """
    parts = [_part(place, outcome, now) for place, outcome in enumerate(report.outcomes)]
    number: int = connection.execute(
        insert(reports).returning(reports.c.id),
        {
            "source": blank(report.source),
            "raw_digest": commit(salt, report.raw) if report.raw else None,
            "outcomes_root": canonical.root_of_parts(outcomes.c.report, parts),
            "decision": decision,
            "happened_at": max((part["happened_at"] for part in parts), default=now),
            "heard_at": now,
        },
    ).scalar_one()
    if parts:
        _insert(connection, number, parts)
    if report.raw and keep:
        connection.execute(insert(raw_reports), {"report": number, "raw": report.raw, "salt": salt})


def _insert(connection: Connection, report: int, parts: Sequence[Mapping[str, Any]]) -> None:
    """Insert outcomes by the driver itself: a post has a thousand, and binding each takes longer than writing it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_RECORDS, (report, orjson.dumps(parts).decode()))
        return
    rows = [(report, *map(part.__getitem__, _COLUMNS[:-1]), _stored(part["happened_at"])) for part in parts]
    connection.exec_driver_sql(_ROW, rows)


def _stored(instant: datetime) -> str:
    """Return an instant as SQLAlchemy keeps it in SQLite."""
    return instant.astimezone(UTC).isoformat(" ", "microseconds")[:26]


_COLUMNS = ("place", "ref", "attempt", "state", "text", "provider_id", "happened_at")
_ROW = f"INSERT INTO outcomes (report, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - ours
_RECORDS = (
    f"INSERT INTO outcomes (report, {', '.join(_COLUMNS)}) SELECT %s, * FROM json_to_recordset(%s) AS"  # noqa: S608
    " each(place int, ref text, attempt int, state text, text text, provider_id text, happened_at timestamptz)"
)


def _part(place: int, outcome: Outcome, now: datetime) -> dict[str, Any]:
    return {
        "place": place,
        "ref": outcome.ref,
        "attempt": outcome.attempt,
        "state": outcome.state.value,
        "text": blank(outcome.text),
        "provider_id": blank(outcome.provider_id),
        "happened_at": outcome.happened_at or now,
    }
