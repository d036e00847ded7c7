"""The notice really leaves: by command, through the provider's stand-in and through a real mail server."""

import json
import shutil
from typing import Any

import pytest

from tests.cli.conftest import SECOND, SETTINGS, Run
from tests.providers.sendgrid import KEY, Says, refuses, stand_in
from tests.providers.smtp import MailServer
from tests.repositories import Repo
from toolkit.config import shipped

HEAD = "id,email,name,language,created,closed,restricted\n"


def bring_in(project: Repo, run: Run, many: int) -> None:
    rows = (f"{at},customer{at}@example.hk,Customer {at},en,2024-05-01,,no\n" for at in range(1, many + 1))
    project.write(HEAD + "".join(rows), "many.csv")
    assert run("accounts", "import", "many.csv").returncode == 0


def planned(run: Run, *arguments: str, **environment: str) -> dict[str, Any]:
    done = run("notify", "plan", "--json", *arguments, **environment)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def counts(run: Run, plan: str) -> dict[str, int]:
    said = json.loads(run("notify", "status", "--plan", plan, "--json").stdout)
    return {state: number for state, number in said["counts"].items() if number}


def test_a_plan_of_a_thousand_arrives_once_each_through_the_provider(project: Repo, run: Run) -> None:
    bring_in(project, run, 1_000)
    with stand_in() as server:
        there = {"SENDGRID_HOST": server.host, "SENDGRID_API_KEY": KEY}
        plan = planned(run, "--transport", "sendgrid", **there)
        assert (plan["transport"], plan["host"], plan["audience"]) == ("sendgrid", server.host, 1_000)
        done = run("notify", "send", "--plan", plan["hash"], **there)
        assert done.returncode == 0, done.stderr
        assert run("notify", "send", "--plan", plan["hash"], **there).returncode == 0

    assert counts(run, plan["hash"]) == {"accepted": len(server.accepted)} == {"accepted": 1_000}
    assert len(set(server.addresses())) == len(set(server.references())) == 1_000
    assert not server.broken_rules
    assert "The mails are in" not in done.stdout


def test_a_plan_of_a_thousand_arrives_once_each_through_a_mail_server(project: Repo, run: Run) -> None:
    bring_in(project, run, 1_000)
    with MailServer() as server:
        plan = planned(run, "--transport", "smtp", POLICY_SMTP_URL=server.url)["hash"]
        assert run("notify", "send", "--plan", plan, POLICY_SMTP_URL=server.url).returncode == 0

    assert counts(run, plan) == {"accepted": len(server.taken)} == {"accepted": 1_000}
    assert len(set(server.addresses())) == 1_000


def test_the_way_out_is_part_of_what_the_hash_covers(project: Repo, run: Run) -> None:
    bring_in(project, run, 2)
    ways = [
        planned(run, "--transport", "outbox"),
        planned(run, "--transport", "sendgrid"),
        planned(run, "--transport", "sendgrid", SENDGRID_HOST="https://api.eu.sendgrid.com"),
        planned(run, "--transport", "smtp", POLICY_SMTP_URL="smtp://us:secret@mail.example.hk"),
        planned(run, "--transport", "smtp", POLICY_SMTP_URL="smtps://us:secret@mail.example.hk"),
    ]
    assert len({each["hash"] for each in ways}) == len(ways)
    assert ways[0] == {**planned(run), "hash": ways[0]["hash"]}
    assert "which had not begun, is superseded by this one." in run("notify", "plan", "--transport", "sendgrid").stderr
    assert "secret" not in json.dumps(ways)


def test_the_settings_may_name_another_way_and_where_the_provider_is(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    settings = 'transport = "sendgrid"\nsendgrid_host = "https://api.eu.sendgrid.com"\n'
    project.write(SETTINGS + settings, "pyproject.toml")
    assert planned(run)["host"] == "https://api.eu.sendgrid.com"


def test_sending_may_repeat_the_way_and_takes_no_other(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    plan = planned(run)["hash"]
    other = run("notify", "send", "--plan", plan, "--transport", "smtp")
    assert (other.returncode, "the plan goes by outbox, and not by smtp" in other.stderr) == (2, True)
    assert run("notify", "send", "--plan", plan, "--transport", "outbox").returncode == 0


@pytest.mark.parametrize(
    ("way", "environment", "said"),
    [
        ("pigeon", {}, "'pigeon' is not a way out. Known are: outbox, sendgrid, smtp."),
        ("smtp", {}, "POLICY_SMTP_URL: there is no mail server."),
        ("smtp", {"POLICY_SMTP_URL": "mail:hunter2@x"}, "the mail server's URL cannot be read"),
        ("sendgrid", {"SENDGRID_HOST": "http://api.sendgrid.com"}, "SENDGRID_HOST: the provider's"),
    ],
)
def test_a_way_that_cannot_be_taken_is_named_at_once(
    project: Repo, run: Run, way: str, environment: dict[str, str], said: str
) -> None:
    bring_in(project, run, 1)
    done = run("notify", "plan", "--transport", way, **environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert "hunter2" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_key_nothing_is_claimed(project: Repo, run: Run) -> None:
    bring_in(project, run, 2)
    with stand_in() as server:
        plan = planned(run, "--transport", "sendgrid", SENDGRID_HOST=server.host)["hash"]
        done = run("notify", "send", "--plan", plan, SENDGRID_HOST=server.host, SENDGRID_API_KEY="")
        assert (done.returncode, "SENDGRID_API_KEY: there is no key" in done.stderr) == (3, True)
        wrong = run("notify", "send", "--plan", plan, SENDGRID_HOST=server.host, SENDGRID_API_KEY="SG.wrong-key")
        assert (wrong.returncode, "SendGrid stops us: 401" in wrong.stderr) == (3, True)
        assert "SG.wrong-key" not in wrong.stderr + wrong.stdout
    assert counts(run, plan) == {"pending": 2}


def test_a_key_that_cannot_be_sent_is_refused_without_repeating_it(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    done = run("notify", "plan", SENDGRID_API_KEY="SG.abc\ndef")
    assert (done.returncode, "SENDGRID_API_KEY: the key holds a space" in done.stderr) == (2, True)
    assert "SG.abc" not in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('transport = "pigeon"', "'transport' in [tool.policy] must be one of outbox, sendgrid, smtp."),
        ('sendgrid_host = "http://api.sendgrid.com"', "the provider's address cannot be used."),
        ("approvals = 3", "'approvals' in [tool.policy] must be 1 or 2."),
        ('retention = "a while"', "'retention' in [tool.policy] must be a period, like 3 years"),
        ("notice_period = 30", "'notice_period' in [tool.policy] must be days by class"),
        ("notice_period = { minor = 30 }", "'notice_period' in [tool.policy] must be days by class"),
        ("notice_period = { material = -1 }", "'notice_period' in [tool.policy] must be days by class"),
        ('refuse_late = "yes"', "'refuse_late' in [tool.policy] must be true or false."),
    ],
)
def test_a_setting_that_cannot_be_is_named(project: Repo, run: Run, line: str, said: str) -> None:
    project.write(f"{SETTINGS}{line}\n", "pyproject.toml")
    done = run("log")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_rehearsal_sends_nothing_off_this_machine(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    plan = planned(run, "--transport", "sendgrid")["hash"]
    for command in ("send", "preflight"):
        done = run("notify", command, "--plan", plan, SENDGRID_API_KEY=KEY)
        assert (done.returncode, "its mails would leave this machine: nothing was sent" in done.stderr) == (3, True)


def test_a_plan_is_cancelled_without_its_server(project: Repo, run: Run) -> None:
    bring_in(project, run, 2)
    plan = planned(run, "--transport", "smtp", POLICY_SMTP_URL="smtp://127.0.0.1:9")["hash"]
    assert run("notify", "cancel", "--plan", plan).returncode == 0
    assert counts(run, plan) == {"cancelled": 2}
    assert "the plan is cancelled, and cannot go on" in run("notify", "resume", "--plan", plan).stderr


def test_a_plan_can_be_paused_and_resumed(project: Repo, run: Run) -> None:
    bring_in(project, run, 2)
    plan = planned(run)["hash"]
    assert run("notify", "pause", "--plan", plan).stdout.startswith("Paused.")
    done = run("notify", "send", "--plan", plan)
    assert (done.returncode, "the plan is paused since 2026-12-10; nothing was sent" in done.stderr) == (3, True)
    assert counts(run, plan) == {"pending": 2}
    assert "The plan is paused, since 2026-12-10 01:00 UTC." in run("notify", "status").stdout
    assert run("notify", "resume", "--plan", plan).stdout.startswith("Resumed.")
    assert run("notify", "resume", "--plan", plan).stdout.startswith("It was not paused.")
    assert run("notify", "send", "--plan", plan).returncode == 0
    assert counts(run, plan) == {"accepted": 2}
    assert run("ledger", "verify").returncode == 0


def test_what_nobody_heard_of_is_listed_and_settled_by_a_person(project: Repo, run: Run) -> None:
    bring_in(project, run, 3)
    with stand_in(lambda _call, _body: Says(hangs_up=True, takes=False)) as server:
        there = {"SENDGRID_HOST": server.host, "SENDGRID_API_KEY": KEY}
        plan = planned(run, "--transport", "sendgrid", **there)["hash"]
        done = run("notify", "send", "--plan", plan, **there)
        assert (done.returncode, "3 unknown" in done.stderr) == (3, True)

        (listed,) = json.loads(run("notify", "settle", "--plan", plan, "--json").stdout)
        assert len(listed["references"]) == 3
        known = json.loads(run("notify", "status", "--state", "unknown", "--json").stdout)
        assert [each["reference"] for each in known] == listed["references"]
        assert {each["account"] for each in known} == {"1", "2", "3"}
        one = run("notify", "settle", "--plan", plan, "--ref", listed["references"][1], "--as", "sent")
        assert "Nothing was changed." in one.stdout
        assert listed["references"][0] not in one.stdout
        assert "Nothing was changed." in run("notify", "settle", "--plan", plan, "--as", "not-sent").stdout
        assert counts(run, plan) == {"unknown": 3}
        settled = run("notify", "settle", "--plan", plan, "--as", "not-sent", "--yes")
        assert "3 mails are settled as not-sent, by " in settled.stdout
        assert counts(run, plan) == {"pending": 3}
        assert "Nothing of that is unknown." in run("notify", "settle", "--plan", plan).stdout

        server.script = lambda _call, _body: Says()
        assert run("notify", "send", "--plan", plan, **there).returncode == 0
    assert (counts(run, plan), len(server.accepted)) == ({"accepted": 3}, 3)
    assert run("ledger", "verify").returncode == 0


def test_a_preflight_asks_about_every_kind_of_mail_and_sends_nothing(project: Repo, run: Run) -> None:
    bring_in(project, run, 2)
    with stand_in() as server:
        there = {"SENDGRID_HOST": server.host, "SENDGRID_API_KEY": KEY}
        plan = planned(run, "--transport", "sendgrid", **there)["hash"]
        done = run("notify", "preflight", "--plan", plan, **there)
        assert (done.returncode, done.stdout.startswith("Nothing was sent.")) == (0, True)
        assert (len(server.sandboxed), len(server.accepted)) == (1, 0)
        server.script = lambda _call, _body: refuses(400, ("from.email", "not a verified sender"))
        refused = run("notify", "preflight", "--plan", plan, **there)
        assert (refused.returncode, "400 not a verified sender" in refused.stderr) == (3, True)


def test_a_late_notice_is_planned_all_the_same_and_marked(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    plan = planned(run)
    assert (plan["late"], plan["notice_days"], plan["days_left"], plan["days_missing"]) == (True, 30, 21, 9)
    shown = run("notify", "plan").stdout
    assert (
        "This notice comes late for version 2.0.0: 9 days of the 30 days of notice are missing. It is still owed."
        in shown
    )
    after = planned(run, POLICY_NOW="2027-01-02T09:00:00+08:00")
    assert (after["days_left"], after["days_missing"]) == (-2, 30)
    assert "since 31 December 2026" in after["mails"][0]["subject"]


def test_a_shorter_period_is_a_setting_and_so_is_refusing(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    project.write(f"{SETTINGS}notice_period = {{ material = 21 }}\nrefuse_late = true\n", "pyproject.toml")
    assert planned(run)["late"] is False
    done = run("notify", "plan", POLICY_NOW="2026-12-11T09:00:00+08:00")
    assert (
        done.returncode,
        "the notice comes late for version 2.0.0: 1 day of the 21 days of notice is missing" in done.stderr,
    ) == (3, True)


def test_a_slow_plan_says_when_it_ends_and_that_this_is_too_late(project: Repo, run: Run) -> None:
    bring_in(project, run, 3)
    plan = planned(run)["hash"]
    done = run("notify", "send", "--plan", plan, "--rate", "3/s")
    assert "note: 3 mails at this rate take until 2026-12-10 09:00." in done.stderr
    assert (
        "note: the last mail comes late for version 2.0.0: 9 days of the 30 days of notice are missing." in done.stderr
    )
    assert done.returncode == 0


def test_two_approvals_are_more_than_one_person_can_give(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    plan = planned(run)["hash"]
    project.write(f"{SETTINGS}approvals = 2\n", "pyproject.toml")
    done = run("notify", "send", "--plan", plan)
    assert (done.returncode, "the approval of a second person" in done.stderr) == (3, True)
    assert counts(run, plan) == {"pending": 1}


def test_a_closed_account_is_told_of_a_longer_retention(project: Repo, run: Run) -> None:
    project.write(f'{SETTINGS}retention = "3 years"\n', "pyproject.toml")
    assert run("accounts", "import", "customers.csv").returncode == 0
    plan = planned(run)
    assert plan["told"] == {"never told": 2, "account closed, data still held": 1}
    assert run("notify", "send", "--plan", plan["hash"]).returncode == 0
    assert counts(run, plan["hash"]) == {"accepted": 3}


def test_who_signs_up_between_publication_and_effect_is_swept_by_a_later_run(project: Repo, run: Run) -> None:
    bring_in(project, run, 2)
    assert run("notify", "send", "--plan", planned(run)["hash"]).returncode == 0
    project.write(f"{HEAD}9,nine@example.hk,Nine,en,2026-12-12,,no\n", "late.csv")
    later = {"POLICY_NOW": "2026-12-20T09:00:00+08:00"}
    assert run("accounts", "import", "late.csv", **later).returncode == 0
    swept = planned(run, **later)
    assert (swept["audience"], swept["left_out"]) == (1, {"already told": 2})
    assert run("notify", "send", "--plan", swept["hash"], **later).returncode == 0


def test_a_consent_version_is_announced_once_it_says_how_consent_is_asked(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    third = SECOND.replace("2.0.0", "3.0.0").replace("class: material", "class: consent\nconsent: portal")
    project.commit(third.replace("5 years", "9 years"), at="2026-12-02T10:00:00+08:00")
    plan = planned(run)
    assert (plan["version"], plan["audience"]) == ("3.0.0", 1)


def test_who_reads_a_language_waits_until_legal_has_read_its_translation(project: Repo, run: Run) -> None:
    for language in ("en", "zh-Hant"):
        shutil.copytree(shipped("notices") / "en", project.path / "notices" / language)
    assert run("accounts", "import", "customers.csv").returncode == 0
    assert planned(run)["told"] == {"never told": 2}

    text = "---\ntitle: 私隱政策\ntranslates: 2.0.0\nreviewed: false\n---\n\n## 保留\n\n我們保留你的資料 5 年。\n"
    project.commit(text, path="policy/privacy.zh-Hant.md", at="2026-12-02T10:00:00+08:00")
    waiting = planned(run)
    assert (waiting["audience"], waiting["left_out"]["waits for a translation"]) == (1, 1)

    reviewed = text.replace("reviewed: false", "reviewed: true")
    project.commit(reviewed, path="policy/privacy.zh-Hant.md", at="2026-12-03T10:00:00+08:00")
    assert planned(run)["audience"] == 2


def test_a_plan_under_way_says_how_fast_it_goes_when_it_ends_and_that_this_is_too_late(project: Repo, run: Run) -> None:
    bring_in(project, run, 6)

    def slow(call: int, _body: object) -> Says:
        return Says() if call == 1 else refuses(403, (None, "no more today"))

    with stand_in(slow) as server:
        there = {"SENDGRID_HOST": server.host, "SENDGRID_API_KEY": KEY}
        plan = planned(run, "--transport", "sendgrid", **there)["hash"]
        assert run("notify", "send", "--plan", plan, "--rate", "3/s", **there).returncode == 3
    assert counts(run, plan) == {"accepted": 3, "pending": 3}
    said = json.loads(run("notify", "status", "--plan", plan, "--json").stdout)
    assert said["per_minute"] > 0
    assert said["ends_at"].startswith("2026-12-10T01:")
    assert said["late"] == "late for version 2.0.0: 9 days of the 30 days of notice are missing"
    assert "a minute it ends at 2026-12-10 01:" in run("notify", "status", "--plan", plan).stdout


def test_a_notice_is_as_late_as_the_first_version_that_it_tells_of(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    third = SECOND.replace("2.0.0", "3.0.0").replace("2026-12-31", "2027-02-15").replace("5 years", "9 years")
    project.commit(third, at="2026-12-01T11:00:00+08:00")
    plan = planned(run)
    assert (plan["version"], plan["days_left"], plan["days_missing"], plan["late"]) == ("3.0.0", 21, 9, True)
    project.write(f"{SETTINGS}refuse_late = true\n", "pyproject.toml")
    done = run("notify", "plan")
    assert (done.returncode, "late for version 2.0.0: 9 days" in done.stderr) == (3, True)


def test_a_notice_that_is_sent_late_says_so_when_it_is_sent(project: Repo, run: Run) -> None:
    bring_in(project, run, 1)
    plan = planned(run, POLICY_NOW="2026-12-01T11:00:00+08:00")
    assert plan["late"] is False
    done = run("notify", "send", "--plan", plan["hash"], POLICY_NOW="2026-12-11T09:00:00+08:00")
    assert (
        "note: the last mail comes late for version 2.0.0: 10 days of the 30 days of notice are missing." in done.stderr
    )
