"""Every cell of every table: changed past the toolkit, it is named, or it is listed as free on purpose."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Table

from tests.ledger.schemas.__main__ import fill
from toolkit.ledger.columns import metadata
from toolkit.ledger.kinds import EVIDENCE, FREE
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.response_tables import WAITING
from toolkit.ledger.triggers import append_only

TABLES = list(metadata.sorted_tables)
COLUMNS = [column for table in TABLES for column in table.columns]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger's file that holds something in every table, and is intact."""
    file = tmp_path_factory.mktemp("filled") / "ledger.db"
    fill(f"sqlite:///{file}")
    with Ledger.open(f"sqlite:///{file}") as ledger:
        assert (ledger.evidence.verify(), ledger.evidence.unsealed()) == ((), 0)
    return file


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "ledger.db"))


def tamper(file: Path, table: Table, statement: str, *values: object) -> int:
    """Do what a person with all rights could, triggers and references switched off; return how many rows it touched."""
    with closing(sqlite3.connect(file)) as connection, connection:
        if table in EVIDENCE:
            for deed in ("UPDATE", "DELETE"):
                connection.execute(f"DROP TRIGGER {table.name}_refuses_{deed}")
        touched = connection.execute(statement, values).rowcount
        for trigger in append_only(table.name, "sqlite") if table in EVIDENCE else ():
            connection.execute(trigger)
    return touched


def findings(file: Path) -> tuple[str, ...]:
    with Ledger.open(f"sqlite:///{file}") as ledger:
        return ledger.evidence.verify()


def rows(file: Path, table: Table) -> Iterator[dict[str, object]]:
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        yield from map(dict, connection.execute(f"SELECT * FROM {table.name}"))  # noqa: S608 - our own names


def other(column: Column[object], value: object) -> object:
    """Return a value of the same kind that the cell does not hold."""
    if column.name == "state":
        return "bounced" if value == "accepted" else "accepted"
    if value is None and column.foreign_keys:
        return 1
    if isinstance(value, int):
        return 1 - value if str(column.type) == "BOOLEAN" else value + 1_000
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    text = str(value)
    return {"DATE": "2026-01-01", "DATETIME": "2026-01-01 00:00:00.000000"}.get(str(column.type), f"{text}x")


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_a_changed_cell_is_named_unless_it_is_free_on_purpose(copy: Path, column: Column[object]) -> None:
    table, found = column.table, []
    assert isinstance(table, Table)
    untouched = copy.read_bytes()
    where = " AND ".join(f'"{key.name}" IS ?' for key in table.primary_key)
    for row in list(rows(copy, table))[:8]:
        change = f'UPDATE {table.name} SET "{column.name}" = ? WHERE {where}'  # noqa: S608
        keys = [row[key.name] for key in table.primary_key]
        assert tamper(copy, table, change, other(column, row[column.name]), *keys) == 1
        found.append(bool(findings(copy)))
        for file in copy.parent.glob("ledger.db-*"):
            file.unlink()
        copy.write_bytes(untouched)
    assert found
    if column in FREE:
        return
    assert all(found)


@pytest.mark.parametrize("table", [table for table in TABLES if table not in WAITING], ids=str)
def test_a_row_that_was_taken_away_is_named(copy: Path, table: Table) -> None:
    row = next(rows(copy, table))
    where = " AND ".join(f'"{key.name}" IS ?' for key in table.primary_key)
    keys = [row[key.name] for key in table.primary_key]
    assert tamper(copy, table, f"DELETE FROM {table.name} WHERE {where}", *keys) == 1  # noqa: S608
    assert findings(copy)


def test_two_persons_whose_ids_were_swapped_are_named(copy: Path) -> None:
    swap = "UPDATE persons SET id = CASE account WHEN 1 THEN 'client-4' ELSE 'client-1' END WHERE account IN (1, 4)"
    aside = "UPDATE persons SET id = 'aside' WHERE account = 1"
    tamper(copy, metadata.tables["persons"], aside)
    tamper(copy, metadata.tables["persons"], swap.replace("IN (1, 4)", "= 4"))
    tamper(copy, metadata.tables["persons"], swap.replace("IN (1, 4)", "= 1"))
    assert findings(copy) == ("Account 1 is not as it was brought in.", "Account 4 is not as it was brought in.")


def test_a_person_who_was_deleted_without_an_erasure_is_named(copy: Path) -> None:
    tamper(copy, metadata.tables["persons"], "DELETE FROM persons WHERE account = 6")
    assert findings(copy) == ("The person of account 6 is gone, and no erasure says so.",)


def test_an_account_that_was_put_in_past_the_toolkit_is_named(copy: Path) -> None:
    tamper(copy, metadata.tables["accounts"], "INSERT INTO accounts VALUES (99, 'en', '2024-01-01', NULL, 0)")
    assert findings(copy) == ("No import brought account 99 in.",)


@pytest.mark.parametrize("state", ["accepted", "refused", "unknown", "claimed", "delivered", "skipped", "cancelled"])
def test_a_delivery_set_against_its_evidence_is_named(copy: Path, state: str) -> None:
    """Account 6 of the first notice is pending."""
    change = "UPDATE deliveries SET state = ? WHERE account = 6 AND notice = 1"
    assert tamper(copy, metadata.tables["deliveries"], change, state) == 1
    (found,) = findings(copy)
    assert f"to account 6 is {state}, and" in found


UNREADABLE = {
    "deliveries": "UPDATE deliveries SET state = CAST(x'ff' AS TEXT) WHERE account = 6 AND notice = 1",
    "persons": "UPDATE persons SET email = CAST(x'ff' AS TEXT) WHERE account = 6",
    "notices": "UPDATE notices SET plan = CAST(x'ff' AS TEXT) WHERE id = 1",
    "personalizations": "UPDATE personalizations SET filled = CAST(x'ff' AS TEXT) WHERE attempt = 2",
    "raw_reports": "UPDATE raw_reports SET salt = 'x'",
    "persons' salts": "UPDATE persons SET salt = 9223372036854775807",
    "a person's salt": "UPDATE persons SET salt = -1 WHERE account = 6",
}


@pytest.mark.parametrize("table", UNREADABLE)
def test_bytes_that_are_no_text_are_a_finding_and_stop_nothing(copy: Path, table: str) -> None:
    assert tamper(copy, metadata.tables[UNREADABLE[table].split()[1]], UNREADABLE[table])
    assert findings(copy)
