"""A plan is sent as it was made, or not at all: what its mails say must still be true when they leave."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.cli.conftest import SECOND, Run
from tests.cli.test_sending import ADA, BEN, bring_in
from tests.repositories import Repo, policy_text
from toolkit.config import shipped
from toolkit.ledger.ledger import Ledger
from toolkit.notices.transports.outbox import Outbox

AFTER = "2027-01-05T09:00:00+08:00"
SPELT = policy_text(
    "## Keeping\n\nWe keep your data for five years.\n", number="2.0.1", published="2027-01-06", declared="editorial"
)
THIRD = policy_text(
    "## Keeping\n\nWe keep your data for 7 years.\n",
    number="3.0.0",
    published="2026-12-02",
    effective="2027-02-01",
    declared="material",
    summary="- We keep your data for 7 years.",
)


def plan(run: Run, *arguments: str, now: str = "2026-12-10T09:00:00+08:00") -> str:
    return str(json.loads(run("notify", "plan", "--json", *arguments, POLICY_NOW=now).stdout)["hash"])


def is_replaced(run: Run, outdated: str, *arguments: str, now: str) -> None:
    """Follow the advice: cancel what is left, plan again, send."""
    done = run("notify", "cancel", "--plan", outdated[:12], POLICY_NOW=now)
    assert done.returncode == 0
    again = plan(run, *arguments, now=now)
    assert again != outdated
    done = run("notify", "send", "--plan", again, POLICY_NOW=now)
    assert done.returncode == 0, done.stderr


def mail_of(project: Repo) -> str:
    (mail,) = project.path.rglob("*.eml")
    return " ".join(mail.read_text().split())


def test_a_plan_whose_day_has_passed_is_not_sent_with_that_day_ahead(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    given = plan(run)
    done = run("notify", "send", "--plan", given, POLICY_NOW=AFTER)
    assert done.returncode == 3
    assert "the mails say that 2.0.0 will apply from 2026-12-31: that day has come." in done.stderr
    is_replaced(run, given, now=AFTER)
    assert "has applied since 31 December 2026" in mail_of(project)


def test_on_the_last_day_before_it_applies_a_plan_is_still_sent(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    given = plan(run)
    assert run("notify", "send", "--plan", given, POLICY_NOW="2026-12-30T23:00:00+08:00").returncode == 0


@pytest.mark.parametrize("change", ["postponed", "withdrawn", "another template"])
def test_a_plan_whose_mails_would_be_written_otherwise_is_not_sent(project: Repo, run: Run, change: str) -> None:
    project.commit(THIRD, at="2026-12-02T10:00:00+08:00")
    shutil.copytree(shipped("notices"), project.path / "notices")
    bring_in(project, run, ADA)
    given = plan(run, "--version", "2.0.0")
    if change == "postponed":
        later = THIRD.replace("effective: 2027-02-01", "effective: 2027-03-01")
        project.commit(later, at="2026-12-10T09:30:00+08:00")
    elif change == "withdrawn":
        project.commit(SECOND, at="2026-12-10T09:30:00+08:00")
    else:
        file = project.path / "notices" / "en" / "notice.txt"
        file.write_text(file.read_text().replace("It is not advertising.", "This is no advertising."))
    now = "2026-12-10T10:00:00+08:00"
    done = run("notify", "send", "--plan", given, POLICY_NOW=now)
    assert done.returncode == 3
    assert "Cancel what is left of it" in done.stderr
    assert not list(project.path.rglob("*.eml"))
    is_replaced(run, given, "--version", "2.0.0", now=now)


def test_an_editorial_version_that_lands_meanwhile_stops_no_notice(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    given = plan(run, now=AFTER)
    project.commit(SPELT, at="2027-01-06T10:00:00+08:00")
    now = "2027-01-07T09:00:00+08:00"
    assert run("notify", "send", "--plan", given, POLICY_NOW=now).returncode == 0


def test_who_was_not_told_before_an_editorial_version_came_is_told_without_being_asked_for(
    project: Repo, run: Run
) -> None:
    project.commit(SPELT, at="2027-01-06T10:00:00+08:00")
    bring_in(project, run, ADA)
    now = "2027-01-07T09:00:00+08:00"
    assert run("notify", "send", "--plan", plan(run, now=now), POLICY_NOW=now).returncode == 0
    assert "There is also version 2.0.1, since 6 January 2027." in mail_of(project)


@pytest.mark.parametrize(
    ("effective", "said"),
    [
        ("2026-12-31", "never applies alone: a later version applies from 2026-12-31."),
        ("2027-02-01", "the mails do not know of 3.0.0, published on 2026-12-11."),
    ],
)
def test_a_plan_that_does_not_know_of_a_later_version_is_not_sent(
    project: Repo, run: Run, effective: str, said: str
) -> None:
    bring_in(project, run, ADA)
    given = plan(run)
    third = THIRD.replace("published: 2026-12-02", "published: 2026-12-11").replace("2027-02-01", effective)
    project.commit(third, at="2026-12-11T10:00:00+08:00")
    now = "2026-12-11T11:00:00+08:00"
    done = run("notify", "send", "--plan", given, POLICY_NOW=now)
    assert done.returncode == 3
    assert said in done.stderr
    is_replaced(run, given, now=now)
    assert "2 new versions" in mail_of(project)


def test_a_plan_that_a_later_version_overtook_says_how_to_go_on(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    given = plan(run)
    project.commit(THIRD, at="2026-12-02T10:00:00+08:00")
    now = "2027-02-02T09:00:00+08:00"
    done = run("notify", "send", "--plan", given, POLICY_NOW=now)
    assert done.returncode == 3
    assert f"policy notify cancel --plan {given[:12]}" in done.stderr
    is_replaced(run, given, now=now)


def test_a_lower_number_that_comes_after_a_higher_one_was_told_is_told(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    project.commit(THIRD, at="2026-12-02T10:00:00+08:00")
    assert run("notify", "send", "--plan", plan(run)).returncode == 0
    assert "became public after" not in run("notify", "plan").stderr
    between = SECOND.replace("version: 2.0.0", "version: 2.1.0").replace(
        "published: 2026-12-01", "published: 2026-12-12"
    )
    project.commit(between.replace("5 years", "6 years"), at="2026-12-12T10:00:00+08:00")
    now = "2026-12-12T11:00:00+08:00"
    assert "'policy notify plan --version 2.1.0'" in run("notify", "plan", POLICY_NOW=now).stderr
    given = plan(run, "--version", "2.1.0", now=now)
    assert run("notify", "send", "--plan", given, POLICY_NOW=now).returncode == 0
    assert len(list(project.path.rglob("*.eml"))) == 2
    assert run("ledger", "verify").returncode == 0


def test_what_a_notice_says_is_looked_at_again_when_a_day_begins_on_the_way(project: Repo, run: Run) -> None:
    rows = [f"{number},a{number}@example.hk,A,en,2024-05-01,,no\n" for number in range(4)]
    bring_in(project, run, *rows)
    given = plan(run)
    almost = "2026-12-30T23:59:55+08:00"
    done = run("notify", "send", "--plan", given, "--rate", "20/min", POLICY_NOW=almost)
    assert done.returncode == 3
    assert "that day has come" in done.stderr
    again = run("notify", "plan", POLICY_NOW="2026-12-31T00:01:00+08:00")
    assert "Nobody is left to tell." in again.stdout
    assert f"note: plan {given[:16]} is not finished. Send it, or cancel it" in again.stderr
    assert 1 <= len(list(project.path.rglob("*.eml"))) < 4
    is_replaced(run, given, now="2026-12-31T00:01:00+08:00")
    assert len(list(project.path.rglob("*.eml"))) == 4


def test_a_version_that_waits_for_consent_is_named_when_another_is_planned(project: Repo, run: Run) -> None:
    project.commit(THIRD.replace("class: material", "class: consent"), at="2026-12-02T10:00:00+08:00")
    bring_in(project, run, ADA)
    done = run("notify", "plan")
    assert done.returncode == 0
    assert "note: 3.0.0 needs consent, and is not announced" in done.stderr


def test_where_nothing_else_is_to_be_told_the_advice_is_to_cancel_only(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    given = plan(run)
    project.commit(policy_text("## Keeping\n\nWe keep your data for 3 years.\n"), at="2026-12-10T09:30:00+08:00")
    now = "2026-12-10T10:00:00+08:00"
    done = run("notify", "send", "--plan", given, POLICY_NOW=now)
    assert done.returncode == 3
    assert f"Cancel what is left of it ('policy notify cancel --plan {given[:12]}'). Nothing else is to be told." in (
        done.stderr
    )
    assert run("notify", "cancel", "--plan", given, POLICY_NOW=now).returncode == 0


@pytest.mark.parametrize("written", [0, 1])
def test_what_a_killed_sender_left_of_an_outdated_plan_is_settled_and_everybody_told_once(
    project: Repo, run: Run, written: int
) -> None:
    bring_in(project, run, ADA, BEN)
    given = plan(run)
    killed(project, given, written)
    done = run("notify", "send", "--plan", given, POLICY_NOW=AFTER)
    assert done.returncode == 3
    assert "that day has come" in done.stderr
    assert json.loads(run("notify", "status", "--plan", given, "--json").stdout)["counts"]["accepted"] == written
    is_replaced(run, given, now=AFTER)
    assert len(list(project.path.rglob("*.eml"))) == 2
    assert run("ledger", "verify").returncode == 0
    done = run("notify", "plan", POLICY_NOW=AFTER)
    assert "Nobody is left to tell." in done.stdout


def killed(project: Repo, given: str, written: int) -> None:
    """Do what a sender does that is killed once it has written some of its mails."""
    now = datetime(2026, 12, 10, 2, tzinfo=UTC)
    url = f"sqlite:///{project.path / 'build' / 'ledger.db'}"
    with Ledger.open(url, clock=lambda: now, rehearsal=True) as ledger:
        asked: dict[str, Any] = {"size": 9, "lease": timedelta(seconds=30), "token": "x", "on": date(2026, 12, 10)}
        held = ledger.sending.claim(given, **asked)
        notice, variants = ledger.notices.find(given), ledger.notices.variants(given)
        outbox = Outbox(folder=project.path / "build" / "outbox", host="build/outbox")
        (parcel,) = outbox.pack(notice, variants[0], held, dated_at=now)
        ledger.sending.begin(
            given, token="x", transport="outbox", host="build/outbox", dated_at=now, mails=parcel.mails
        )
        outbox.hand_over(replace(parcel, mails=parcel.mails[:written]))
