"""A copy of a ledger, or an older state of it, never sends by itself: its people may have been told meanwhile."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ledger.given import LEASE, NOW, TODAY, Clock, account, announced, by_hand, send
from toolkit.errors import LedgerError
from toolkit.ledger.ledger import Ledger


def opened(file: Path) -> Ledger:
    return Ledger.open(f"sqlite:///{file}", clock=Clock(NOW), create=False)


def claim(ledger: Ledger, plan: str) -> int:
    return len(ledger.sending.claim(plan, size=10, lease=LEASE, token="mine", on=TODAY))


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """Give a ledger's file, in a folder of its own, with three people to tell."""
    folder = tmp_path / "live"
    folder.mkdir()
    with Ledger.open(f"sqlite:///{folder / 'ledger.db'}", clock=Clock(NOW)) as ledger:
        announced(ledger, 3)
        ledger.evidence.seal()
    return folder / "ledger.db"


def plan_of(ledger: Ledger) -> str:
    return ledger.notices.newest_first()[0].plan


def copied_alone(live: Path, there: Path) -> Path:
    return Path(shutil.copy(live, there / "ledger.db"))


def copied_with_its_folder(live: Path, there: Path) -> Path:
    return Path(shutil.copytree(live.parent, there / "all", copy_function=shutil.copy2)) / "ledger.db"


@pytest.mark.parametrize("copy", [copied_alone, copied_with_its_folder])
def test_a_copied_file_does_not_send(live: Path, tmp_path: Path, copy: Callable[[Path, Path], Path]) -> None:
    with opened(copy(live, tmp_path)) as ledger:
        with pytest.raises(LedgerError, match="this may be a copy of the ledger"):
            claim(ledger, plan_of(ledger))
        ledger.accounts.record([account(9)])  # working with it does not make it the ledger
        ledger.evidence.seal()
    again = tmp_path / ("all/ledger.db" if copy is copied_with_its_folder else "ledger.db")
    with opened(again) as ledger, pytest.raises(LedgerError, match="this may be a copy of the ledger"):
        claim(ledger, plan_of(ledger))


def test_the_one_it_was_copied_from_goes_on(live: Path, tmp_path: Path) -> None:
    copied_with_its_folder(live, tmp_path)
    with opened(live) as ledger:
        assert claim(ledger, plan_of(ledger)) == 3


def test_a_file_that_was_renamed_goes_on_with_the_file_beside_it(live: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    live.parent.rename(moved)
    with opened(moved / live.name) as ledger:
        assert claim(ledger, plan_of(ledger)) == 3


def test_an_older_state_that_was_put_back_does_not_send(live: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    shutil.copy(live, backup)
    with opened(live) as ledger:
        send(ledger, plan_of(ledger))
        ledger.evidence.seal()
    live.write_bytes(backup.read_bytes())  # into the same file, as `cp` does
    for aside in live.parent.glob("ledger.db-*"):
        aside.unlink()
    with opened(live) as ledger:
        with pytest.raises(LedgerError, match="lacks the seal that was kept beside it"):
            claim(ledger, plan_of(ledger))
        ledger.evidence.seal()
        assert ledger.evidence.doubt()


def test_an_older_state_that_was_put_back_with_all_its_files_does_not_send(
    live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = {file: file.read_bytes() for file in live.parent.iterdir()}
    with opened(live) as ledger:
        send(ledger, plan_of(ledger))
        ledger.evidence.seal()
    for file in live.parent.iterdir():
        if file not in backup:
            file.unlink()
    for file, content in backup.items():
        file.write_bytes(content)
    monkeypatch.setattr("toolkit.ledger.instance._TOLERANCE_S", 0.001)  # as if it were the day after
    with opened(live) as ledger, pytest.raises(LedgerError, match="was not written by the toolkit"):
        claim(ledger, plan_of(ledger))


def test_a_snapshot_by_hard_links_and_a_change_of_rights_are_no_copies(
    live: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.ledger.instance._TOLERANCE_S", 0.5)
    time.sleep(0.6)
    for file in live.parent.iterdir():
        (tmp_path / f"snapshot-{file.name}").hardlink_to(file)
        file.chmod(0o640)
    with opened(live) as ledger:
        assert ledger.evidence.doubt() == ""


@pytest.mark.parametrize("content", ["", "{}", '{"ledger": 1}', "[]", '{"ledger":"x","seal":"","written_at":"y"}'])
def test_a_file_beside_it_that_cannot_be_read_is_no_proof(live: Path, content: str) -> None:
    Path(f"{live}.seal").write_text(content, encoding="utf-8")
    with opened(live) as ledger:
        assert ledger.evidence.doubt() == "the file with its newest seal cannot be read"


def test_another_ledgers_seal_beside_it_is_no_proof(live: Path, tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'other.db'}"):
        (tmp_path / "other.db.seal").replace(f"{live}.seal")
    with opened(live) as ledger:
        assert ledger.evidence.doubt() == "the seal beside it is another ledger's"


def test_who_takes_it_over_goes_on_and_it_is_written_down(live: Path, tmp_path: Path) -> None:
    file = copied_alone(live, tmp_path)
    with opened(file) as ledger:
        ledger.evidence.take_over()
        assert claim(ledger, plan_of(ledger)) == 3
        assert ledger.evidence.verify() == ()
    assert by_hand(f"sqlite:///{file}", "SELECT count(*) FROM instances") == [(2,)]


def test_a_database_under_another_number_is_another_place(url: str, tmp_path: Path) -> None:
    with Ledger.open(url, folder=tmp_path / "state") as ledger:
        plan = announced(ledger, 1).plan
        assert ledger.evidence.doubt() == ""
        disarmed = "instances_refuses_UPDATE" if url.startswith("sqlite") else "instances_refuses_change ON instances"
        by_hand(url, f"DROP TRIGGER {disarmed}", "UPDATE instances SET place = 'server 1, database 2'")
        with pytest.raises(LedgerError, match="it lives in another place than the record says"):
            claim(ledger, plan)


def test_a_machine_that_sees_a_shared_database_for_the_first_time_may_send(postgresql_url: str, tmp_path: Path) -> None:
    with Ledger.open(postgresql_url, folder=tmp_path / "one") as ledger:
        announced(ledger, 2)
        ledger.evidence.seal()
    with Ledger.open(postgresql_url, folder=tmp_path / "two") as ledger:
        assert claim(ledger, plan_of(ledger)) == 2


def test_a_shared_database_that_lacks_the_seal_this_machine_kept_does_not_send(
    postgresql_url: str, tmp_path: Path
) -> None:
    with Ledger.open(postgresql_url, folder=tmp_path) as ledger:
        announced(ledger, 2)
        ledger.evidence.seal()
    (kept,) = tmp_path.glob("ledger-*.seal")
    kept.write_text(kept.read_text(encoding="utf-8").replace('"seal": "', '"seal": "f'), encoding="utf-8")
    with Ledger.open(postgresql_url, folder=tmp_path) as ledger, pytest.raises(LedgerError, match="lacks the seal"):
        claim(ledger, plan_of(ledger))
