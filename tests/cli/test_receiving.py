"""What comes back, as operations meets it: the service as a process, keys, coverage, who was not reached."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
import urllib3

from tests.cli.conftest import SETTINGS, Run
from tests.receiver.house import event_key, provider_event, public, signed
from tests.repositories import Repo
from toolkit.clock import Clock

KEYS = {"POLICY_LINK_KEYS": "k" * 40}
ADDRESS = "https://kvm.hk/notice/"
NOW = Clock.read({"POLICY_NOW": "2026-12-10T09:00:00+08:00"}).began


@contextmanager
def serving(project: Repo, **environment: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run `policy serve` at a free port, and give the process with its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "serve", "--port", "0"],
        cwd=project.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"POLICY_NOW": "2026-12-10T09:00:00+08:00"} | environment,
    )  # fmt: skip
    assert process.stdout
    assert process.stderr
    try:
        yield process, process.stdout.readline().split()[-1]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def told(run: Run, project: Repo, *, settings: str = f'receiver_url = "{ADDRESS}"\n') -> str:
    """Send the notice of 2.0.0 into the outbox, and return one mail."""
    project.write(SETTINGS + settings, "pyproject.toml")
    run("accounts", "import", "customers.csv")
    plan = re.findall(r"--plan ([0-9a-f]+)", run("notify", "plan").stdout)[0]
    sent = run("notify", "send", "--plan", plan, **KEYS)
    assert sent.returncode == 0, sent.stderr
    reference = run("standing", "10001").stdout.split()[-1]
    return str(run("notify", "mail", reference).stdout)


def test_the_mail_carries_the_persons_own_link_beside_the_plain_ones_and_says_so(run: Run, project: Repo) -> None:
    mail = told(run, project)
    links = re.findall(rf"{ADDRESS}n/[\w.-]+", mail)
    assert len(links) == 3  # in the text, and in the HTML as address and as words
    assert len(set(links)) == 1
    assert "This link is personal." in mail
    assert "https://kvm.hk/privacy/2.0.0/" in mail
    others = {
        re.findall(rf"{ADDRESS}n/[\w.-]+", file.read_text(encoding="utf-8"))[0]
        for file in (project.path / "build" / "outbox").rglob("*.eml")
    }
    assert len(others) == 2


def test_without_an_address_of_the_service_mails_are_as_they_were(run: Run, project: Repo) -> None:
    mail = told(run, project, settings="")
    assert "personal" not in mail
    assert "/n/" not in mail


def test_mails_with_links_are_not_sent_without_a_key_to_sign_them(run: Run, project: Repo) -> None:
    project.write(f'{SETTINGS}receiver_url = "{ADDRESS}"\n', "pyproject.toml")
    run("accounts", "import", "customers.csv")
    plan = re.findall(r"--plan ([0-9a-f]+)", run("notify", "plan").stdout)[0]
    done = run("notify", "send", "--plan", plan)
    assert done.returncode == 2
    assert "POLICY_LINK_KEYS" in done.stderr
    assert not list((project.path / "build").rglob("*.eml"))
    assert run("notify", "send", "--plan", plan, **KEYS).returncode == 0


def test_a_plan_from_before_the_links_is_planned_again(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    plan = re.findall(r"--plan ([0-9a-f]+)", run("notify", "plan").stdout)[0]
    project.write(f'{SETTINGS}receiver_url = "{ADDRESS}"\n', "pyproject.toml")
    done = run("notify", "send", "--plan", plan, **KEYS)
    assert done.returncode == 3
    assert "would be written otherwise now" in done.stderr


def test_the_loop_closes_a_customer_confirms_and_the_provider_reports(run: Run, project: Repo) -> None:
    link = re.findall(rf"{ADDRESS}(n/[\w.-]+)", told(run, project))[0]
    other = run("standing", "10002").stdout.split()[-1]
    signer, form = event_key(), {"content-type": "application/x-www-form-urlencoded"}
    body = json.dumps([provider_event(other, "bounce", reason="550 no such user", timestamp=1796864000)]).encode()
    with serving(project, SENDGRID_EVENT_KEY=public(signer), **KEYS) as (process, url):
        page = urllib3.request("GET", f"{url}/{link}", timeout=20).data.decode()
        shown = dict(re.findall(r'name="(version|digest|effective)" value="([^"]+)"', page))
        said = urlencode({"action": "confirm", **shown})
        pressed = urllib3.request("POST", f"{url}/{link}", body=said, headers=form, redirect=False, timeout=20)
        headers = signed(signer, body, at=NOW)
        posted = urllib3.request("POST", f"{url}/events/sendgrid", body=body, headers=headers, timeout=20)
        assert (pressed.status, posted.status) == (303, 204)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert process.stdout
        assert "Stopped." in process.stdout.read()
    assert "seen     2.0.0" in run("standing", "10001").stdout
    done = run("reconcile", "--json")
    assert [(each["account"], each["state"]) for each in json.loads(done.stdout)["not_reached"]] == [
        ("10002", "bounced")
    ]
    assert "Not reached: 1 account" in run("reconcile").stdout
    covered = json.loads(run("coverage", "2.0.0", "--json").stdout)
    assert {(each["what"], each["accounts"]) for each in covered} == {("told", 1), ("bounced", 1), ("confirmed", 1)}
    table = run("coverage", "2.0.0").stdout
    assert "2026-12-10" in table
    assert run("ledger", "verify").returncode == 0


def test_posts_that_wait_are_applied_without_the_service(run: Run, project: Repo) -> None:
    told(run, project)
    other = run("standing", "10002").stdout.split()[-1]
    from toolkit.ledger.ledger import Ledger
    from toolkit.receiver.events import frame

    url = f"sqlite:///{project.path / 'build' / 'ledger.db'}"
    body = json.dumps([provider_event(other, "dropped", reason="Bounced Address")]).encode()
    with Ledger.open(url, rehearsal=True) as ledger:
        ledger.posts.keep("sendgrid", [frame(timestamp="1790000000", signature="c2ln", body=body)])
    done = run("reconcile")
    assert "1 post applied: 1 new events" in done.stderr
    assert "dropped: Bounced Address" in done.stdout


def test_it_makes_the_ledger_where_there_is_none_and_says_what_has_no_key(project: Repo) -> None:
    with serving(project) as (process, url):
        assert urllib3.request("GET", f"{url}/healthz", timeout=20).status == 200
        assert (project.path / "build" / "ledger.db").exists()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr
        said = process.stderr.read()
    assert "POLICY_LINK_KEYS is not set" in said
    assert "SENDGRID_EVENT_KEY is not set" in said


@pytest.mark.parametrize(
    ("arguments", "environment", "says"),
    [
        (("--port", "99999"), {}, "less than or equal to 65535"),
        (("--host", "192.0.2.1"), {}, "nobody can listen there"),
        ((), {"POLICY_LINK_KEYS": "short"}, "shorter than 32"),
        ((), {"SENDGRID_EVENT_KEY": "no key"}, "no public key"),
        ((), {"POLICY_LEDGER": "mysql://x/y"}, "cannot be kept in 'mysql'"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(
    run: Run, arguments: tuple[str, ...], environment: dict[str, str], says: str
) -> None:
    done = run("serve", *arguments, **environment)
    assert done.returncode in (2, 3)
    said = [line for line in done.stderr.splitlines() if not line.startswith("note: ")]
    assert len(said) == 1
    assert says in said[0]


def test_a_key_is_shown_once_and_listed_without_itself(run: Run) -> None:
    made = run("keys", "create", "portal", "--scope", "read")
    secret = made.stdout.strip()
    assert (made.returncode, secret.startswith("policy_")) == (0, True)
    assert "not shown again" in made.stderr
    listed = run("keys", "list")
    assert "portal  read" in listed.stdout
    assert secret not in listed.stdout
    assert run("keys", "revoke", "portal").returncode == 0
    assert json.loads(run("keys", "list", "--json").stdout)[0]["revoked_at"].startswith("2026-12-10")
    assert run("keys", "revoke", "portal").returncode == 3
    assert run("keys", "create", "A Name").returncode == 2
    assert run("keys", "create", "other", "--scope", "all").returncode == 2


def test_who_is_owed_the_newest_version_is_listed_until_told(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    owed = run("standing", "--owed").stdout
    assert "owed to 2 accounts" in owed
    assert [json.loads(line)["account"] for line in run("standing", "--owed", "--json").stdout.splitlines()] == [
        "10001",
        "10002",
    ]
    told(run, project)
    assert "owed to 0 accounts" in run("standing", "--owed").stdout
    assert run("standing", "10001", "--owed").returncode == 2
    assert "Nobody was told of 1.0.0" in run("coverage", "1.0.0").stdout
