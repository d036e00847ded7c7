"""Sending by command: what left nobody's desk never looks like what did."""

import json

import pytest

from tests.cli.conftest import SECOND, SETTINGS, Run
from tests.repositories import Repo

HEAD = "id,email,name,language,created,closed,restricted\n"
ADA = "10001,ada@example.hk,Ada Wong,en,2024-05-01,,no\n"
BEN = "10004,ben@example.hk,Ben Ho,en,2024-05-01,,no\n"


def bring_in(project: Repo, run: Run, *rows: str) -> None:
    project.write(HEAD + "".join(rows), "some.csv")
    assert run("accounts", "import", "some.csv").returncode == 0


def plan_of(run: Run) -> str:
    return str(json.loads(run("notify", "plan", "--json").stdout)["hash"])


def test_a_superseded_plan_says_which_one_to_send_and_fails(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    first = plan_of(run)
    bring_in(project, run, BEN)
    second = plan_of(run)
    bring_in(project, run, BEN.replace("10004", "10005"))
    third = plan_of(run)

    for given in (first, second):
        done = run("notify", "send", "--plan", given)
        assert done.returncode == 3
        assert f"the plan is superseded by plan {third[:16]}; nothing was sent." in done.stderr
        assert "The mails are in" not in done.stdout

    assert run("notify", "send", "--plan", third[:16]).returncode == 0
    assert json.loads(run("notify", "status", "--plan", third, "--json").stdout)["counts"]["accepted"] == 3


def test_every_command_that_writes_evidence_seals_it(project: Repo, run: Run) -> None:
    def unsealed() -> int:
        return int(json.loads(run("ledger", "verify", "--json").stdout)["unsealed"])

    bring_in(project, run, ADA)
    assert unsealed() == 0
    plan = plan_of(run)
    assert unsealed() == 0
    for command in ("cancel", "send"):
        assert run("notify", command, "--plan", plan).returncode == 0
        assert unsealed() == 0
        assert plan_of(run) in (plan, "None")
    assert run("receipts", "import", "receipts.csv").returncode == 3  # of another account
    assert unsealed() == 0


def test_a_cancelled_plan_says_when_and_can_be_planned_again(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    plan = plan_of(run)
    run("notify", "cancel", "--plan", plan)

    done = run("notify", "send", "--plan", plan)
    assert done.returncode == 3
    assert "the plan was cancelled on 2026-12-10; nothing was sent." in done.stderr

    assert plan_of(run) == plan
    assert run("notify", "send", "--plan", plan).returncode == 0


@pytest.mark.parametrize(
    ("becomes", "reason"),
    [
        (ADA.replace(",,no", ",2026-12-10,no"), "account closed"),
        (ADA.replace(",,no", ",,yes"), "restricted"),
        (ADA.replace("ada@example.hk", ""), "no usable address"),
    ],
)
def test_a_notice_of_which_everyone_was_skipped_fails_and_says_why(
    project: Repo, run: Run, becomes: str, reason: str
) -> None:
    bring_in(project, run, ADA)
    plan = plan_of(run)
    bring_in(project, run, becomes)

    done = run("notify", "send", "--plan", plan)
    assert done.returncode == 3
    assert f"nobody was told; nothing was sent: 1 {reason}." in done.stderr
    assert f"Skipped: 1 {reason}." in run("notify", "status").stdout

    bring_in(project, run, ADA)
    assert run("notify", "send", "--plan", plan_of(run)).returncode == 0
    assert run("ledger", "verify").returncode == 0


def test_a_closing_date_ahead_keeps_nobody_from_being_told(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA, BEN)
    plan = plan_of(run)
    bring_in(project, run, ADA.replace(",,no", ",2026-12-11,no"), BEN.replace(",,no", ",2026-12-10,no"))

    assert run("notify", "send", "--plan", plan).returncode == 0
    status = json.loads(run("notify", "status", "--json").stdout)["counts"]
    assert (status["accepted"], status["skipped"]) == (1, 1)


def test_an_address_refused_on_a_later_import_is_not_mailed_at_its_old_one(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA, BEN)
    project.write(HEAD + ADA.replace("ada@example.hk", "ada at example.hk") + BEN, "some.csv")

    done = run("accounts", "import", "some.csv")
    assert done.returncode == 3
    assert "some.csv:2: the e-mail address cannot be used" in done.stderr
    assert "the account has none until it is corrected" in done.stderr
    assert "1 field could not be used" in done.stdout

    planned = json.loads(run("notify", "plan", "--json").stdout)
    assert planned["audience"] == 1
    assert planned["left_out"] == {"no usable address": 1}


@pytest.mark.parametrize("row", [ADA.replace("2024-05-01", "soon"), ADA.replace("Ada Wong", "A\x07da")])
def test_a_known_account_whose_row_is_left_out_is_not_mailed_at_its_old_address(
    project: Repo, run: Run, row: str
) -> None:
    bring_in(project, run, ADA, BEN)
    project.write(HEAD + row + BEN, "some.csv")

    done = run("accounts", "import", "some.csv")
    assert done.returncode == 3
    assert "account '10001' has no usable address until its row is corrected" in done.stderr
    assert json.loads(run("notify", "plan", "--json").stdout)["left_out"] == {"no usable address": 1}

    bring_in(project, run, ADA, BEN)
    assert json.loads(run("notify", "plan", "--json").stdout)["audience"] == 2


def test_an_odd_language_drops_nobody_from_the_audience(project: Repo, run: Run) -> None:
    project.write(HEAD + ADA.replace(",en,", ",portuguese-br,") + BEN.replace(",en,", ",zh_TW,"), "some.csv")
    assert run("accounts", "import", "some.csv").returncode == 3
    assert json.loads(run("notify", "plan", "--json").stdout)["audience"] == 2


def test_a_deleted_policy_is_announced_no_more_and_says_so(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    plan = plan_of(run)
    project.git("rm", "--quiet", "policy/privacy.md")
    project.git("commit", "--quiet", "-m", "Delete", at="2026-12-05T10:00:00+08:00")

    for arguments in (("notify", "plan"), ("notify", "send", "--plan", plan)):
        done = run(*arguments)
        assert done.returncode == 3
        assert "'privacy' was deleted by commit" in done.stderr
    assert "note: " in run("log").stderr
    assert not list(project.path.rglob("*.eml"))

    project.git("revert", "--no-edit", "HEAD", at="2026-12-05T11:00:00+08:00")
    assert run("notify", "send", "--plan", plan).returncode == 0


def test_two_texts_under_one_number_are_announced_only_once_it_is_said_which(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    project.commit(SECOND.replace("for 5 years.", "for 9 years."), at="2026-12-01T10:00:00+08:00")

    done = run("notify", "plan")
    assert done.returncode == 3
    assert "two texts carry number 2.0.0" in done.stderr

    assert run("notify", "plan", "--sealed").returncode == 0
    draft = project.git("rev-parse", "HEAD~1")
    project.write(f'{SETTINGS}drafts = ["{draft[:12]}"]\n', "pyproject.toml")
    plan = plan_of(run)
    assert run("notify", "send", "--plan", plan).returncode == 0
    (mail,) = project.path.rglob("*.eml")
    assert "9 years" in mail.read_text()


def test_what_is_left_of_an_outdated_plan_can_be_cancelled_and_planned_again(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA)
    plan = plan_of(run)
    project.commit(SECOND.replace("effective: 2026-12-31", "effective: 2027-01-31"), at="2026-12-09T10:00:00+08:00")

    done = run("notify", "send", "--plan", plan)
    assert done.returncode == 3
    assert f"policy notify cancel --plan {plan[:12]}" in done.stderr

    assert run("notify", "cancel", "--plan", plan[:12]).returncode == 0
    assert run("notify", "send", "--plan", plan_of(run)).returncode == 0


def test_publishing_tags_what_it_published_where_asked(project: Repo, run: Run) -> None:
    assert run("publish", "--tag").returncode == 0
    assert project.git("tag").split() == ["privacy/1.0.0", "privacy/2.0.0"]
    assert run("publish", "--tag").returncode == 0
    project.git("reset", "--quiet", "--hard", "HEAD~1")
    done = run("publish", "--to", "elsewhere")
    assert done.returncode == 3
    assert "the tag privacy/2.0.0 says that version 2.0.0 was published" in done.stderr


def test_an_older_notice_does_not_follow_a_newer_one(project: Repo, run: Run) -> None:
    bring_in(project, run, ADA, BEN)
    third = SECOND.replace("version: 2.0.0", "version: 3.0.0").replace("5 years", "7 years")
    project.commit(third.replace("effective: 2026-12-31", "effective: 2027-02-01"), at="2026-12-01T11:00:00+08:00")
    older = str(json.loads(run("notify", "plan", "--version", "2.0.0", "--json").stdout)["hash"])
    assert run("notify", "send", "--plan", plan_of(run)).returncode == 0

    done = run("notify", "send", "--plan", older)
    assert done.returncode == 3
    assert "nobody was told; nothing was sent: 2 told of a later version. They know it" in done.stderr

    again = json.loads(run("notify", "plan", "--version", "2.0.0", "--json").stdout)
    assert (again["audience"], again["left_out"]) == (0, {"told of a later version": 2})
    assert run("ledger", "verify").returncode == 0
