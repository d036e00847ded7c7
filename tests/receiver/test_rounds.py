"""What the service does beside answering goes on, whatever one task of it meets."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ledger.given import NOW, objection
from tests.receiver.house import FIRST, KEY, SECOND, THIRD, House, made, provider_event
from tests.repositories import Repo, policy_text
from toolkit.errors import LedgerError, SettingsError
from toolkit.ledger.acts import Acts
from toolkit.ledger.ledger import Ledger
from toolkit.receiver.events import frame
from toolkit.receiver.office import Office
from toolkit.receiver.rounds import Rounds
from toolkit.workspace import Workspace


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[House]:
    """Give a house without a server."""
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=lambda: NOW) as ledger:
        found = made(tmp_path / "project", ledger, FIRST, SECOND)
        found.tell(1, 2, 3)
        yield found


def rounds_of(house: House, **other: object) -> Rounds:
    work = house.work
    office = Office.open(work, house.ledger)
    return Rounds(work=work, office=replace(office, **other))  # type: ignore[arg-type]


def kept(house: House, *bodies: bytes) -> None:
    house.ledger.posts.keep("sendgrid", [frame(timestamp="1790000000", signature="c2ln", body=body) for body in bodies])


def until(happened: Callable[[], bool]) -> None:
    for _ in range(300):
        if happened():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen")


def test_a_new_version_is_served_once_it_has_landed(quiet: House) -> None:
    rounds = rounds_of(quiet)
    policies = rounds.office.policies
    assert str(policies.now.history("privacy").versions[-1].number) == "1.1.0"
    Repo(quiet.folder).commit(THIRD, at="2026-11-20T10:00:00+08:00")
    policies.refresh()
    assert str(policies.now.history("privacy").versions[-1].number) == "2.0.0"


def test_another_day_is_another_snapshot(quiet: House) -> None:
    policies = rounds_of(quiet).office.policies
    before = policies.now
    policies.refresh()
    assert policies.now is before
    quiet.seconds += 86_400
    policies.refresh()
    assert (policies.now.day - before.day).days == 1


def test_policies_that_cannot_be_read_leave_the_last_that_could_and_are_said_once(
    quiet: House, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = rounds_of(quiet)
    before = rounds.office.policies.now
    Repo(quiet.folder).commit(policy_text("Other words.\n", number="1.1.0", published="2026-11-01"), message="break it")
    Repo(quiet.folder).git("update-ref", "-d", "HEAD")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            rounds._try("policies", rounds._read_policies)
    assert rounds.office.policies.now is before
    assert len([record for record in caplog.records if record.name == "policy"]) == 1
    assert b"policy_stale 1.0" in rounds.office.metrics.write()


def test_a_post_that_cannot_be_applied_stops_no_other(quiet: House) -> None:
    rounds = rounds_of(quiet)
    quiet.ledger.posts.keep("sendgrid", [b"not framed"])
    kept(quiet, b"[]", b"[]")
    for _ in range(2):
        rounds._try("posts", rounds.apply_all)
    assert quiet.ledger.posts.count() == 1
    assert b'policy_posts_total{became="put back"}' in rounds.office.metrics.write()


def test_a_task_that_failed_waits_longer_each_time(quiet: House) -> None:
    now = 0.0
    rounds, tried = rounds_of(quiet), []
    rounds.clock = lambda: now

    def fail() -> None:
        tried.append(now)
        raise LedgerError("not now.")

    for _ in range(100):
        rounds._when_due("posts", fail, every_s=0.0)
        now += 1
    assert tried[:5] == [0.0, 1.0, 3.0, 7.0, 15.0]
    assert tried[-1] - tried[-2] == 30.0


def test_an_objection_that_could_not_be_mailed_is_tried_again(quiet: House, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = rounds_of(quiet)
    quiet.ledger.responses.record(Acts(objections=(objection(1), objection(2))))
    blocked = quiet.folder / "build" / "outbox"
    blocked.parent.mkdir()
    blocked.write_text("a file where the folder has to be")
    rounds._try("objections", rounds.forward)
    assert len(quiet.ledger.responses.unforwarded()) == 2
    blocked.unlink()
    rounds._try("objections", rounds.forward)
    assert quiet.ledger.responses.unforwarded() == ()


def test_one_objection_that_cannot_be_mailed_keeps_no_other_waiting(
    quiet: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = rounds_of(quiet)
    quiet.ledger.responses.record(Acts(objections=(objection(1), objection(2))))
    standing = quiet.ledger.accounts.standing

    def gone(policy: str, account: str) -> object:
        if account == "client-1":
            raise LedgerError("the ledger knows no account.")
        return standing(policy, account)

    monkeypatch.setattr(quiet.ledger.accounts, "standing", gone)
    rounds._try("objections", rounds.forward)
    assert [each.objection.account for each in quiet.ledger.responses.unforwarded()] == ["client-1"]


def test_an_objection_of_a_rehearsal_does_not_leave_this_machine(quiet: House) -> None:
    work = quiet.work
    outside = {**work.environment, "POLICY_SMTP_URL": "smtp://mail.example.com:25"}
    settings = (quiet.folder / "pyproject.toml").read_text() + 'transport = "smtp"\n'
    (quiet.folder / "pyproject.toml").write_text(settings)
    rehearsed = Workspace(folder=work.folder, environment=outside, clock=replace(work.clock, rehearsal=True))
    rounds = Rounds(work=rehearsed, office=Office.open(rehearsed, quiet.ledger))
    quiet.ledger.responses.record(Acts(objections=(objection(1),)))
    with pytest.raises(Exception, match="rehearsal"):
        rounds.forward()
    assert len(quiet.ledger.responses.unforwarded()) == 1


def test_started_it_applies_forwards_and_seals_by_itself_and_stops_when_told(quiet: House) -> None:
    import orjson

    rounds = rounds_of(quiet, clock=lambda: NOW)
    rounds.start()
    kept(quiet, orjson.dumps([provider_event(quiet.refs[0])]))
    quiet.ledger.responses.record(Acts(objections=(objection(1),)))
    rounds.office.news.set()
    until(lambda: quiet.ledger.posts.count() == 0 and not quiet.ledger.responses.unforwarded())
    rounds.stop()
    assert "rounds" not in {thread.name for thread in threading.enumerate()}
    assert quiet.ledger.evidence.unsealed() == 0
    assert quiet.ledger.evidence.verify() == ()


def test_a_provider_key_that_is_none_stops_the_start(quiet: House) -> None:
    quiet.environment["SENDGRID_EVENT_KEY"] = "not a key"
    with pytest.raises(SettingsError, match="no public key"):
        Office.open(quiet.work, quiet.ledger)


def test_what_has_no_key_is_said_at_the_start(quiet: House) -> None:
    quiet.environment |= {"SENDGRID_EVENT_KEY": "", "POLICY_LINK_KEYS": ""}
    said = Office.open(quiet.work, quiet.ledger).missing()
    assert [each.partition(" ")[0] for each in said] == ["POLICY_LINK_KEYS", "SENDGRID_EVENT_KEY"]
    quiet.environment |= {"POLICY_LINK_KEYS": KEY}
    assert len(Office.open(quiet.work, quiet.ledger).missing()) == 1
