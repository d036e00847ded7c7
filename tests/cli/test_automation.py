"""What a build server runs beside the other commands."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.providers.github import host
from tests.providers.sendgrid import KEY, StandIn
from tests.providers.smtp import MailServer
from tests.repositories import Repo


def test_an_alert_reaches_the_contact_by_the_way_that_is_set_up(run: Run) -> None:
    with MailServer() as server:
        done = run("alert", "Publishing failed.", "--about", "See <run> 7", POLICY_SMTP_URL=server.url)

    assert done.stdout.startswith("Told support@kvm.hk: ")
    assert server.addresses() == ["support@kvm.hk"]
    body = server.taken[0].body.decode()
    assert "Subject: Kvmcloud: Publishing failed." in body
    assert "See &lt;run&gt; 7" in body


def test_an_alert_goes_by_sendgrid_too(run: Run) -> None:
    with StandIn() as server:
        done = run("alert", "Publishing failed.", SENDGRID_API_KEY=KEY, SENDGRID_HOST=server.host)

    assert done.returncode == 0, done.stderr
    assert server.addresses() == ["support@kvm.hk"]
    assert not server.broken_rules


def test_an_alert_that_nobody_gets_fails(run: Run) -> None:
    assert (run("alert", "x").returncode, run("alert", "x", POLICY_SMTP_URL="smtp://127.0.0.1:9").returncode) == (2, 3)
    with MailServer(at_recipient=lambda _address, _time: "550 5.1.1 nobody") as server:
        assert run("alert", "x", POLICY_SMTP_URL=server.url).returncode == 3


@pytest.mark.parametrize("what", ["One\r\nBcc: eve@example.com", "Two\nLines", "a -pn.name.h- tag"])
def test_no_word_of_an_alert_becomes_a_header_or_a_tag(run: Run, what: str) -> None:
    with MailServer() as server:
        assert run("alert", what, POLICY_SMTP_URL=server.url).returncode == 0

    assert server.addresses() == ["support@kvm.hk"]
    head = server.taken[0].body.decode().replace("\r\n", "\n").split("\n\n")[0]
    assert "\nBcc:" not in head


def test_a_comment_is_written_once_and_then_changed(run: Run, project: Repo) -> None:
    project.write("<!-- policy-check -->\n\nFirst.\n", "report.md")
    with host("secret") as github:
        there = {"GITHUB_API_URL": github.address, "GITHUB_REPOSITORY": "a/b", "GITHUB_TOKEN": "secret"}
        for number in range(150):
            github.say(7, f"comment {number}")
        first = run("comment", "report.md", "--pull", "7", **there)
        project.write("<!-- policy-check -->\n\nSecond.\n", "report.md")
        second = run("comment", "report.md", "--pull", "7", **there)
        refused = run("comment", "report.md", "--pull", "7", **(there | {"GITHUB_TOKEN": "wrong"}))

    assert ("Wrote the comment" in first.stdout, "Changed the comment" in second.stdout) == (True, True)
    assert [each for each in github.under(7) if "policy-check" in each] == ["<!-- policy-check -->\n\nSecond.\n"]
    assert (refused.returncode, "the host answers 403" in refused.stderr) == (3, True)
    assert "wrong" not in refused.stderr


def test_a_comment_needs_a_runner_and_a_report(run: Run, project: Repo) -> None:
    project.write("<!-- policy-check -->\n", "report.md")
    project.write("Something else.\n", "other.md")

    assert run("comment", "report.md", "--pull", "7", GITHUB_TOKEN="", GITHUB_REPOSITORY="").returncode == 2
    assert run("comment", "other.md", "--pull", "7", GITHUB_TOKEN="t", GITHUB_REPOSITORY="a/b").returncode == 2
    plain = {"GITHUB_TOKEN": "t", "GITHUB_REPOSITORY": "a/b", "GITHUB_API_URL": "http://host.example.com"}
    assert "not encrypted" in run("comment", "report.md", "--pull", "7", **plain).stderr


def test_one_setting_is_printed_alone(run: Run) -> None:
    assert run("settings", "adopted").stdout == "false\n"
    assert json.loads(run("settings", "--json").stdout)["service"] == "Kvmcloud"
    assert run("settings", "nothing").returncode == 2


def test_another_ledger_than_the_expected_one_is_not_opened(run: Run, project: Repo) -> None:
    assert run("accounts", "import", "customers.csv").returncode == 0
    name = json.loads(run("ledger", "show", "--json").stdout)["id"]

    assert run("standing", "--json", POLICY_LEDGER_ID=name).returncode == 0
    refused = run("standing", POLICY_LEDGER_ID="0" * 32)
    assert (refused.returncode, "another ledger than the one that is expected" in refused.stderr) == (2, True)
    fresh = run("accounts", "import", "customers.csv", POLICY_LEDGER_ID=name, POLICY_LEDGER="sqlite:///build/new.db")
    assert fresh.returncode == 2


def test_a_notice_that_is_not_finished_says_so_with_its_exit_code(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    plan = json.loads(run("notify", "plan", "--json").stdout)["hash"]

    before = run("notify", "status", "--plan", plan, "--finished")
    run("notify", "send", "--plan", plan)
    after = run("notify", "status", "--plan", plan, "--finished")

    assert (before.returncode, "the notice is not finished" in before.stderr, after.returncode) == (3, True, 0)


def test_the_hook_and_the_report_name_no_path_of_this_machine(run: Run, project: Repo, tmp_path: Path) -> None:
    done = run("check", "--report", str(tmp_path / "report.md"))

    assert done.returncode == 0, done.stdout
    assert str(tmp_path) not in (tmp_path / "report.md").read_text(encoding="utf-8")
