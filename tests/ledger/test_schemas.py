"""Ledgers of earlier days: each is brought to the newest schema, and still says what it said."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from tests.ledger.given import by_hand, counted, notice, receipt, send
from toolkit.errors import LedgerError
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.schema import REVISION
from toolkit.ledger.states import State

FOLDER = Path(__file__).parent / "schemas"
REVISIONS = sorted(folder.name for folder in FOLDER.iterdir() if (folder / "sqlite.sql").exists())


def restore(url: str, revision: str) -> None:
    """Make a database as it was."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            connection.executescript((FOLDER / revision / "sqlite.sql").read_text(encoding="utf-8"))
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar()
        sql = (FOLDER / revision / "postgresql.sql").read_text(encoding="utf-8").replace("public.", f"{schema}.")
        connection.exec_driver_sql(sql)
    engine.dispose()


def test_the_newest_schema_is_kept_with_data() -> None:
    assert REVISION in REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_ledger_of_an_earlier_day_is_brought_forward_and_still_verifies(url: str, revision: str) -> None:
    restore(url, revision)
    with Ledger.open(url) as ledger:
        assert ledger.evidence.verify() == ()
        assert counted(ledger, notice().plan) == {
            State.BOUNCED: 3,
            State.REFUSED: 1,
            State.UNKNOWN: 1,
            State.PENDING: 1,
        }
        found = ledger.accounts.standing("privacy", "client-1")
        assert (found.told, found.seen, found.evidence) == ("", "2.0.0", ReceiptKind.CONFIRMED)
        assert ledger.accounts.count() == 5
        ledger.evidence.seal()
        ledger.evidence.record_receipts([receipt(3)])  # and it goes on
        if ledger.evidence.doubt():  # what is restored from a dump lives in another place
            ledger.evidence.take_over()
        send(ledger, notice().plan)
        ledger.evidence.seal()
        assert ledger.evidence.verify() == ()
    assert by_hand(url, "SELECT version_num FROM alembic_version") == [(REVISION,)]


def test_a_ledger_of_before_the_first_release_is_refused_in_a_sentence(url: str) -> None:
    Ledger.open(url).close()
    by_hand(url, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(LedgerError, match="from before the first release"):
        Ledger.open(url)
