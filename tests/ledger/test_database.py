"""The database: made, migrated, opened by many; and one clear sentence where it cannot be."""

import importlib
import multiprocessing
import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event

from tests.ledger.given import account, announced, begun, by_hand, claim, notice
from toolkit.errors import LedgerError
from toolkit.ledger import schema
from toolkit.ledger.columns import metadata, rank
from toolkit.ledger.database import MIGRATIONS
from toolkit.ledger.ledger import Ledger

TABLES_POSTGRES = """
    SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name <> 'alembic_version' ORDER BY 1, 2
"""
INDEXES_POSTGRES = """
    SELECT tablename, replace(indexdef, current_schema() || '.', '') FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename <> 'alembic_version' ORDER BY 1, 2
"""
CONSTRAINTS_POSTGRES = """
    SELECT conname, replace(pg_get_constraintdef(c.oid), current_schema() || '.', '') FROM pg_constraint c
    JOIN pg_namespace n ON n.oid = connamespace
    WHERE n.nspname = current_schema() AND conname NOT LIKE 'alembic%' ORDER BY 1, 2
"""
TRIGGERS_POSTGRES = """
    SELECT tgname, replace(pg_get_triggerdef(t.oid), current_schema() || '.', '') FROM pg_trigger t
    JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT tgisinternal AND n.nspname = current_schema() ORDER BY 1, 2
"""
# Not the tables' own SQL: a column that was added later is written down in another way.
TABLES_SQLITE = """
    SELECT t.name, t.wr, c.name, c.type, c."notnull", c.dflt_value, c.pk FROM pragma_table_list t
    JOIN pragma_table_info(t.name) c WHERE t.name NOT IN ('alembic_version', 'sqlite_schema') ORDER BY 1, 3
"""
KEYS_SQLITE = """
    SELECT t.name, f."from", f."table", f."to", f.on_delete FROM pragma_table_list t
    JOIN pragma_foreign_key_list(t.name) f ORDER BY 1, 2
"""
UNIQUE_SQLITE = """
    SELECT t.name, i.origin, x.seqno, x.name FROM pragma_table_list t JOIN pragma_index_list(t.name) i
    JOIN pragma_index_info(i.name) x WHERE i."unique" AND t.name <> 'alembic_version' ORDER BY 1, 2, i.name, 3
"""
OTHERS_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql <> ''"


def shape(url: str) -> list[list[str]]:
    questions = (
        [TABLES_SQLITE, KEYS_SQLITE, UNIQUE_SQLITE, f"{OTHERS_SQLITE} ORDER BY 1, 2"]
        if url.startswith("sqlite")
        else [TABLES_POSTGRES, INDEXES_POSTGRES, CONSTRAINTS_POSTGRES, TRIGGERS_POSTGRES]
    )
    return [[re.sub(r"\s+", " ", str(row)) for row in by_hand(url, question)] for question in questions]


def make_by_metadata(url: str) -> None:
    engine = create_engine(url)
    metadata.create_all(engine)
    engine.dispose()


def clear(url: str) -> None:
    if url.startswith("sqlite"):
        for file in Path(url.removeprefix("sqlite:///")).parent.glob("ledger.db*"):
            file.unlink()
    else:
        name = url.rpartition("%3D")[2]
        by_hand(url, f"DROP SCHEMA {name} CASCADE", f"CREATE SCHEMA {name}")


def test_migrating_gives_exactly_the_schema_that_the_tables_describe(url: str) -> None:
    Ledger.open(url).close()
    migrated = shape(url)
    clear(url)
    make_by_metadata(url)
    assert migrated == shape(url)
    assert any("refuses" in line for lines in migrated for line in lines)


def test_the_revision_named_in_the_schema_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.REVISION


def test_a_ledger_is_there_again_when_it_is_opened_again(url: str) -> None:
    with Ledger.open(url) as ledger:
        announced(ledger)
    with Ledger.open(url) as ledger:
        assert ledger.notices.find(notice().plan) == notice()


def test_opening_a_ledger_that_is_up_to_date_needs_no_alembic(url: str) -> None:
    Ledger.open(url).close()
    look = "import sys; from toolkit.ledger.ledger import Ledger; Ledger.open(sys.argv[1]).close()"
    look += "; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look, url], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_entries_import_no_database() -> None:
    look = "import sys; import toolkit.ledger.entries; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _open(url: str, number: int) -> None:
    with Ledger.open(url) as ledger:
        ledger.accounts.record([account(number)])


def test_many_processes_may_open_a_new_ledger_at_once(url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    openers = [spawn.Process(target=_open, args=(url, number)) for number in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert [opener.exitcode for opener in openers] == [0] * 4
    with Ledger.open(url) as ledger:
        assert ledger.accounts.count() == 4


def test_a_newer_schema_is_named_as_such(url: str) -> None:
    Ledger.open(url).close()
    by_hand(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match=r"schema that this toolkit does not know\. Use the newer toolkit"):
        Ledger.open(url)


def test_a_database_of_something_else_is_left_alone(url: str) -> None:
    by_hand(url, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(LedgerError, match="holds other tables, such as 'recipes'"):
        Ledger.open(url)
    assert by_hand(url, "SELECT * FROM recipes") == []


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ledger.db", "URL cannot be read"),
        ("", "URL cannot be read"),
        ("mysql://localhost/x", "cannot be kept in 'mysql'"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:///file:ledger.db?uri=true", "needs a file"),
        ("sqlite+nothing:///x.db", "URL cannot be read"),
    ],
)
def test_a_wrong_url_is_explained_and_makes_no_file(
    url: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LedgerError, match=sentence):
        Ledger.open(url)
    assert not list(tmp_path.iterdir())


def test_a_missing_driver_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"'psycopg'.*kvm-policy-toolkit\[postgres\]"):
        Ledger.open("postgresql://someone:secret@127.0.0.1:1/nowhere")


def test_a_password_is_never_shown() -> None:
    with pytest.raises(LedgerError) as caught:
        Ledger.open("postgresql://someone:secret@127.0.0.1:1/nowhere")
    assert "secret" not in str(caught.value)


def test_the_folder_of_a_new_ledger_is_made(tmp_path: Path) -> None:
    file = tmp_path / "build" / "deep" / "ledger.db"
    Ledger.open(f"sqlite:///{file}").close()
    assert file.exists()


def test_a_ledger_and_the_folder_made_for_it_are_its_owners_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Ledger.open(f"sqlite:///{tmp_path / 'build' / 'ledger.db'}") as ledger:
            announced(ledger)
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.rglob("*")}
    finally:
        os.umask(before)
    assert modes == {
        "build": 0o700,
        "ledger.db": 0o600,
        "ledger.db-wal": 0o600,
        "ledger.db-shm": 0o600,
        "ledger.db.seal": 0o600,
    }


def test_a_folder_that_was_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}").close()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_who_only_asks_makes_no_ledger(tmp_path: Path) -> None:
    file = tmp_path / "build" / "ledger.db"
    with pytest.raises(LedgerError) as caught:
        Ledger.open(f"sqlite:///{file}", create=False)
    assert caught.value.what == f"there is no ledger at {file}."
    assert caught.value.mend == "Bring in accounts first: 'policy accounts import'."
    assert not list(tmp_path.iterdir())
    Ledger.open(f"sqlite:///{file}").close()
    Ledger.open(f"sqlite:///{file}", create=False).close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="folder cannot be made"):
        Ledger.open(f"sqlite:///{tmp_path / 'file' / 'build' / 'ledger.db'}")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    file.write_bytes(b"%PDF-1.7 " * 1_000)
    with pytest.raises(LedgerError, match=r"ledger\.db: the file is not a database"):
        Ledger.open(f"sqlite:///{file}")
    assert file.read_bytes().startswith(b"%PDF")


def test_a_folder_instead_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger.open(f"sqlite:///{tmp_path}")


def test_a_writer_that_waits_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.ledger.database._PATIENCE_S", 0.1)
    file = tmp_path / "ledger.db"
    with Ledger.open(f"sqlite:///{file}") as ledger:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match=r"another process is writing to the ledger\. Try again"):
            ledger.accounts.record([account(1)])
        assert ledger.accounts.count() == 0  # readers go on
        other.close()


def test_a_sqlite_ledger_survives_a_power_cut_and_keeps_its_references(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger, ledger._database.reading() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def plans(ledger: Ledger, act: Callable[[], object], beginning: str) -> str:
    """Return how SQLite looks for what a deed asks for."""
    seen: list[str] = []
    event.listen(ledger._database._engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    act()
    asked = [one for one in seen if one.startswith(beginning)]
    assert asked
    with ledger._database.reading() as connection:
        steps = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", (1,) * one.count("?")).all() for one in asked]
    return " ".join(step[3] for one in steps for step in one)


def test_a_claim_looks_only_at_what_is_pending(tmp_path: Path) -> None:
    """A plan that reads the whole table would make sending to a million slower with every mail."""
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        announced(ledger)
        plan = plans(ledger, lambda: claim(ledger, notice().plan), "UPDATE deliveries")
    assert plan.count("ix_deliveries_pending (state=? AND notice=?") == 2
    assert "SEARCH deliveries USING PRIMARY KEY (notice=? AND account=?)" in plan


def test_a_claim_looks_for_evidence_of_its_own_accounts_only(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        announced(ledger)
        plan = plans(ledger, lambda: claim(ledger, notice().plan), "SELECT deliveries.account, deliveries.ref, notices")
    assert "ix_outcomes_ref (ref=?" in plan
    assert "SEARCH deliveries USING PRIMARY KEY (notice=? AND account=?" in plan
    assert "SCAN" not in plan.replace("SCAN notices", "")  # there are as many as there were versions


def test_leases_imports_and_unknowns_look_only_at_what_is_claimed_or_unknown(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        announced(ledger)
        begun(ledger, notice().plan, size=1)
        changed = plans(ledger, lambda: ledger.accounts.record([account(1, name="New")]), "UPDATE deliveries")
        lapsed = plans(ledger, lambda: ledger.sending.recover(notice().plan), "UPDATE deliveries")
        unknown = plans(ledger, lambda: ledger.sending.unknown(notice().plan), "SELECT attempts.id")
    assert "ix_deliveries_claimed" in changed
    for ended in ("<", ">"):
        assert lapsed.count(f"ix_deliveries_claimed (state=? AND notice=? AND lease_until{ended}?)") == 2
    assert "ix_deliveries_unknown (state=? AND notice=?)" in unknown


def test_versions_sort_by_their_numbers() -> None:
    versions = ["10.0.0", "2.0.0", "2.10.0", "2.9.9", "2.0.10"]
    assert sorted(versions, key=rank) == ["2.0.0", "2.0.10", "2.9.9", "2.10.0", "10.0.0"]
    with pytest.raises(LedgerError, match=r"too large|is not a version number"):
        rank("1.1000000.0")


def test_the_migrations_are_importable_where_the_package_is() -> None:
    package = importlib.import_module("toolkit.ledger")
    assert package.__file__
    assert MIGRATIONS.parent == Path(package.__file__).parent
    found = sorted(file.name for file in (MIGRATIONS / "versions").glob("*.py"))
    assert found == [
        "0001_first.py",
        "0002_every_row_answered_for.py",
        "0003_where_it_lives.py",
        "0004_what_comes_back.py",
    ]
