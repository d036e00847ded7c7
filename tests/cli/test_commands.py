"""The commands, as users run them: what they print, how they fail, how they exit."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.cli.conftest import FIRST, SECOND, Run
from tests.repositories import Repo


def plan_of(run: Run) -> str:
    return str(json.loads(run("notify", "plan", "--json").stdout)["hash"])


def test_log_lists_versions_newest_first(run: Run) -> None:
    lines = run("log").stdout.splitlines()

    assert lines[0].split() == ["NUMBER", "PUBLISHED", "EFFECTIVE", "CLASS", "STATE", "COMMIT"]
    assert lines[1].split()[:5] == ["2.0.0", "2026-12-01", "2026-12-31", "material", "pending"]
    assert lines[2].split()[:4] == ["1.0.0", "2026-11-23", "2026-11-23", "initial"]


def test_log_names_unreleased_edits_and_counts_formatting(run: Run, project: Repo) -> None:
    text = (project.path / "policy" / "privacy.md").read_text()
    project.commit(text.replace("5 years.", "**5 years**."), at="2026-12-02T10:00:00+08:00")
    edit = project.commit(text.replace("5 years.", "9 years."), at="2026-12-03T10:00:00+08:00")

    printed = run("log").stdout

    assert "1 revision changed no visible word and no link" in printed
    assert f"{edit[:10]}  unreleased edit: sealed words differ from version 2.0.0" in printed


def test_log_says_when_the_working_text_differs(run: Run, project: Repo) -> None:
    project.write("changed")

    assert "policy/privacy.md differs from the last commit" in run("log").stderr


def test_diff_of_two_files_needs_no_repository_and_no_front_matter(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("We keep data for 3 years.")
    (tmp_path / "new.md").write_text("We keep data for 5 years.")

    done = run("-C", str(tmp_path), "diff", f"{tmp_path}/old.md", f"{tmp_path}/new.md", "--format", "json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["proposed"] == "material"


@pytest.mark.parametrize("sides", [("1.0.0", "2.0.0"), ("HEAD^", "HEAD"), ("1.0.0", "policy/privacy.md")])
def test_diff_takes_versions_commits_and_files_alike(run: Run, sides: tuple[str, str]) -> None:
    printed = run("diff", *sides).stdout

    assert "We keep your data for [-3-]{+5+} years." in printed
    assert "Proposed class: material (retention)" in printed


def test_replay_judges_every_revision(run: Run, project: Repo) -> None:
    project.commit((project.path / "policy" / "privacy.md").read_text().replace("We", "*We*"))

    steps = json.loads(run("replay", "policy/privacy.md", "--json").stdout)

    assert [(step["proposed"], step["deleted"], step["inserted"], step["unchanged"]) for step in steps] == [
        ("initial", 0, 8, False),
        ("material", 1, 1, False),
        ("editorial", 0, 0, True),
    ]


def test_replay_goes_on_under_an_earlier_name_and_says_how(run: Run, project: Repo) -> None:
    (project.path / "policy" / "privacy.md").unlink()
    project.commit("# Something else entirely\n\nNothing of it is alike.\n", path="policy/notice.md")

    alone = run("replay", "policy/notice.md")
    further = run("replay", "policy/notice.md", "--formerly", "policy/privacy.md", "--json")

    assert "add --formerly policy/privacy.md" in alone.stderr
    assert len(json.loads(further.stdout)) == 3


def test_publish_builds_the_site_of_a_day(run: Run, project: Repo) -> None:
    done = run("publish")

    assert done.returncode == 0, done.stderr
    assert "In force: privacy 1.0.0." in done.stdout
    assert "2.0.0" in (project.path / "build" / "site" / "index.html").read_text()


def test_accounts_are_imported_once_however_often(run: Run) -> None:
    first, second = (json.loads(run("accounts", "import", "customers.csv", "--json").stdout) for _ in range(2))

    assert (first["added"], first["accounts"]) == (3, 3)
    assert (second["added"], second["unchanged"], second["accounts"]) == (0, 3, 3)


def test_bad_rows_are_named_and_the_others_kept_and_odd_fields_too(run: Run, project: Repo) -> None:
    with (project.path / "customers.csv").open("a") as file:
        file.write("10004,no-address,Eve,en,2024-01-01,,no\n10005,eve@example.hk,Eve,en,yesterday,,no\n")

    done = run("accounts", "import", "customers.csv")

    assert done.returncode == 3
    assert done.stderr.splitlines()[0].startswith("customers.csv:5: ")
    assert done.stderr.splitlines()[1].startswith("customers.csv:6: ")
    assert "4 accounts added" in done.stdout
    assert "1 bad row left out. 1 field could not be used." in done.stdout


def test_a_notice_is_planned_sent_and_recorded(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    planned = run("notify", "plan").stdout
    assert "Will be told: 2" in planned
    assert "Not told: 1" in planned
    assert "account closed" in planned

    sent = run("notify", "send", "--plan", plan_of(run))

    assert sent.returncode == 0, sent.stderr
    assert json.loads(run("notify", "status", "--json").stdout)["counts"]["accepted"] == 2
    assert "2.0.0" in run("standing", "10001").stdout
    mails = [
        message_from_bytes(file.read_bytes(), policy=policy.default)
        for file in (project.path / "build" / "outbox").rglob("*.eml")
    ]
    assert sorted(str(mail["To"].addresses[0].addr_spec) for mail in mails) == ["ada@example.hk", "chan@example.hk"]


def test_sending_again_sends_nothing_twice(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    plan = plan_of(run)

    assert run("notify", "send", "--plan", plan).returncode == 0
    assert run("notify", "send", "--plan", plan).returncode == 0
    assert len(list((project.path / "build" / "outbox").rglob("*.eml"))) == 2


def test_a_plan_has_the_same_hash_until_something_it_covers_changes(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    first, same = plan_of(run), plan_of(run)
    with (project.path / "customers.csv").open("a") as file:
        file.write("10004,eve@example.hk,Eve,en,2024-01-01,,no\n")
    run("accounts", "import", "customers.csv")

    assert first == same != plan_of(run)


def test_receipts_are_what_seen_means(run: Run) -> None:
    run("accounts", "import", "customers.csv")
    run("receipts", "import", "receipts.csv")

    standings = [json.loads(line) for line in run("standing", "--json").stdout.splitlines()]

    assert [(each["account"], each["seen"], each["evidence"], each["assumed"]) for each in standings] == [
        ("10001", None, None, "1.0.0"),
        ("10002", "1.0.0", "confirmed", None),
        ("10003", None, None, "1.0.0"),
    ]


def test_the_record_is_intact_until_someone_changes_it(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    run("receipts", "import", "receipts.csv")
    seal = json.loads(run("ledger", "seal", "--json").stdout)["head"]
    assert "The seal you kept is still there." in run("ledger", "verify", "--anchor", seal.upper()).stdout

    with closing(sqlite3.connect(project.path / "build" / "ledger.db")) as database, database:
        database.executescript("DROP TRIGGER receipts_refuses_UPDATE; UPDATE receipts SET kind = 'acknowledged'")
    done = run("ledger", "verify", "--anchor", "0" * 64)

    assert len(done.stdout.splitlines()) == 3
    assert "receipts was changed after it was sealed" in done.stdout
    assert f"No seal has the digest {'0' * 64} any more." in done.stdout
    assert "the record was changed outside the toolkit" in done.stderr
    assert done.returncode == 3


def test_a_receipt_that_is_known_is_said_so(run: Run) -> None:
    run("accounts", "import", "customers.csv")

    first, again = run("receipts", "import", "receipts.csv"), run("receipts", "import", "receipts.csv")

    assert first.stdout == "1 receipt recorded.\n"
    assert again.stdout == "0 receipts recorded. 1 known already.\n"


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_is_made_is_its_owners_and_no_part_of_the_project(
    run: Run, project: Repo, tmp_path: Path, elsewhere: bool
) -> None:
    (project.path / ".gitignore").unlink()
    ledger = {"POLICY_LEDGER": f"sqlite:///{tmp_path / 'elsewhere.db'}"} if elsewhere else {}
    run("accounts", "import", "customers.csv", **ledger)
    plan = json.loads(run("notify", "plan", "--json", **ledger).stdout)["hash"]
    run("notify", "send", "--plan", plan, **ledger)

    assert list((project.path / "build" / "outbox").rglob("*.eml"))
    assert (project.path / "build").stat().st_mode & 0o777 == 0o700
    assert "build" not in project.git("status", "--porcelain")


def test_a_mail_is_printed_by_its_reference_its_message_id_or_its_files_name(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    run("notify", "send", "--plan", plan_of(run))
    file = next((project.path / "build" / "outbox").rglob("*.eml"))
    identity = message_from_bytes(file.read_bytes(), policy=policy.default)["Message-ID"]

    printed = {run("notify", "mail", name).stdout for name in (file.stem, file.name, identity, identity.strip("<>"))}

    assert printed == {file.read_bytes().decode().replace("\r\n", "\n")}


def test_a_plan_that_tells_nobody_has_no_hash_to_send(run: Run) -> None:
    run("accounts", "import", "customers.csv")
    run("notify", "send", "--plan", plan_of(run))

    left = json.loads(run("notify", "plan", "--json").stdout)

    assert (left["audience"], left["hash"]) == (0, None)


def test_the_reasons_in_markdown_are_a_list(run: Run) -> None:
    printed = run("diff", "1.0.0", "2.0.0", "--format", "markdown").stdout

    assert [line[:2] for line in printed.splitlines()[-2:]] == ["Pr", "- "]


def test_nothing_is_sent_from_a_rehearsal_under_the_real_clock_whatever_else_is_wrong(run: Run) -> None:
    run("accounts", "import", "customers.csv")
    plan = plan_of(run)

    done = run("notify", "send", "--plan", plan, POLICY_NOW="")

    assert "it is a rehearsal's, and nothing is sent from it" in done.stderr
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("nothing", 2, "No such command 'nothing'"),
        ("diff 1.0.0", 2, "Missing argument 'new'"),
        ("diff 1.0.0 nowhere.md", 2, "'nowhere.md' is no file, no version and no commit"),
        ("diff 1.0.0 9.9.9", 3, "there is no version 9.9.9 of 'privacy'"),
        ("diff 1.0.0 HEAD:nowhere.md", 3, "has no file 'nowhere.md'"),
        ("diff 1.0.0 2.0.0 --format pdf", 2, "'pdf' is not one of"),
        ("log --document terms", 3, "no commit holds the file 'policy/terms.md'"),
        ("replay nowhere.md", 3, "no commit on this branch holds the file"),
        ("replay policy", 2, "this is a folder"),
        ("publish --on tomorrow", 2, "'tomorrow' does not match the format"),
        ("publish --on 2020-01-01", 3, "2020-01-01"),
        ("accounts import nowhere.csv", 2, "nowhere.csv: there is no such file"),
        ("accounts import pyproject.toml", 3, "pyproject.toml:1"),
        ("receipts import nowhere.csv", 2, "nowhere.csv: there is no such file"),
        ("notify plan --version 9.9.9", 3, "there is no version 9.9.9"),
        ("notify plan --version two", 2, "'two' is not a version number"),
        ("notify plan --version 1.0.0", 3, "nobody is told"),
        ("notify send --plan 0123456789", 3, "there is no ledger at"),
        ("notify status", 3, "there is no ledger at"),
        ("standing 99999", 3, "there is no ledger at"),
        ("ledger verify", 3, "there is no ledger at"),
        ("ledger verify --anchor 1234", 2, "'1234' is not a seal"),
        ("ledger verify --anchor=", 2, "'' is not a seal"),
        ("log --document ../x", 2, "'../x' is no policy's name"),
        ("replay policy/privacy.md --formerly nowhere.md", 3, "holds 'nowhere.md'"),
        ("-C nowhere log", 2, "there is no such folder"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_never_a_traceback(
    run: Run, arguments: str, code: int, said: str
) -> None:
    done = run(*arguments.split())

    assert said in done.stderr
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("POLICY_NOW", "noon", "'noon' is not an instant"),
        ("POLICY_NOW", "2026-12-10T09:00:00", "is not an instant"),
        ("POLICY_LEDGER", "nonsense", "the ledger's URL cannot be read"),
        ("POLICY_LEDGER", "sqlite:////proc/nowhere/ledger.db", "ledger"),
    ],
)
def test_a_wrong_environment_is_said_so(run: Run, name: str, value: str, said: str) -> None:
    done = run("standing", **{name: value})

    assert said in done.stderr
    assert done.returncode in (2, 3)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("servce = 'x'", "'servce' in [tool.policy] is not a setting"),
        ("late_days = 'two'", "'late_days' in [tool.policy] must be a whole number"),
        ("time_zone = 'Mars'", "'Mars' is not a time zone"),
        ("site_url = 'kvm.hk'", "'site_url' in [tool.policy] must be a web address"),
        ("broken", "the settings cannot be read"),
        ("service = ''", "'service' in [tool.policy] must not be empty"),
        ("policies = '../x'", "'policies' in [tool.policy] must be a folder inside"),
        ("language = 'zz zz'", "'language' in [tool.policy] is not a language"),
        ("late_days = -1", "'late_days' in [tool.policy] must not be negative"),
    ],
)
def test_a_wrong_setting_is_named(run: Run, project: Repo, line: str, said: str) -> None:
    project.write(f"[tool.policy]\n{line}\n", "pyproject.toml")

    done = run("log")

    assert said in done.stderr
    assert done.returncode == 2


def test_a_folder_without_a_repository_is_said_so(run: Run, tmp_path: Path) -> None:
    done = run("-C", str(tmp_path), "log")

    assert "not in a git repository" in done.stderr
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("notify send --plan 0123456789", "0123456789"),
        ("notify status", "nothing has been planned yet"),
        ("standing 99999", "99999"),
    ],
)
def test_what_the_ledger_does_not_hold_is_said(run: Run, arguments: str, said: str) -> None:
    run("accounts", "import", "customers.csv")

    done = run(*arguments.split())

    assert said in done.stderr
    assert done.returncode == 3


def test_a_question_never_makes_a_ledger(run: Run, project: Repo) -> None:
    for question in ("standing", "notify status", "ledger verify"):
        assert run(*question.split()).returncode == 3

    assert not (project.path / "build").exists()


def test_commands_find_their_project_from_a_folder_inside_it(run: Run, project: Repo) -> None:
    inside = run("-C", "policy", "log")
    run("-C", "policy", "accounts", "import", "../customers.csv")

    assert inside.stdout == run("log").stdout
    assert (project.path / "build" / "ledger.db").exists()
    assert not (project.path / "policy" / "build").exists()


def test_a_folder_that_is_no_project_gets_no_ledger(run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()

    done = run("-C", str(tmp_path / "elsewhere"), "accounts", "import", "../project/customers.csv")

    assert "this is not a project's folder" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_version_withdrawn_since_it_was_planned_is_not_sent(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    plan = plan_of(run)
    project.commit(FIRST, at="2026-12-09T10:00:00+08:00")

    done = run("notify", "send", "--plan", plan)

    assert "withdrawn" in done.stderr
    assert done.returncode == 3
    assert not list(project.path.rglob("*.eml"))


def test_a_version_postponed_since_it_was_planned_is_not_sent(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    plan = plan_of(run)
    project.commit(SECOND.replace("effective: 2026-12-31", "effective: 2027-03-31"), at="2026-12-09T10:00:00+08:00")

    assert run("notify", "send", "--plan", plan).returncode == 3
    assert not list(project.path.rglob("*.eml"))


def test_a_cancelled_plan_sends_nothing(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    plan = plan_of(run)

    assert "2 deliveries cancelled" in run("notify", "cancel", "--plan", plan).stdout
    run("notify", "send", "--plan", plan)

    assert json.loads(run("notify", "status", "--json").stdout)["counts"]["cancelled"] == 2
    assert not list(project.path.rglob("*.eml"))


def test_a_class_declared_too_low_is_said_each_time(run: Run, project: Repo) -> None:
    low = SECOND.replace("class: material", "class: editorial").replace("version: 2.0.0", "version: 2.0.1")
    project.commit(low.replace("5 years", "9 years").replace("published: 2026-12-01", "published: 2026-12-10"))

    for command in ("log", "publish"):
        assert "2.0.1 is declared editorial, but its changes look material (retention)" in run(command).stderr


def test_a_reader_who_has_seen_enough_is_no_error(run: Run, project: Repo) -> None:
    head = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m toolkit log --json | head -1; echo ${{PIPESTATUS[0]}}"],
        cwd=project.path, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert head.stdout == "{\n0\n"


# A shell starts what runs in its background deaf to Ctrl-C, and so would be all that a test run there starts.
_STOPPABLE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from toolkit.cli import main; sys.exit(main())"
)


def test_stopping_by_hand_is_said_and_loses_nothing(run: Run, project: Repo) -> None:
    rows = "".join(f"{at},c{at}@example.hk,Name,en,2024-05-01,,no\n" for at in range(20_000, 80_000))
    project.write(f"id,email,name,language,created,closed,restricted\n{rows}", "many.csv")
    project.write(
        "id,email,name,language,created,closed,restricted\n1,c1@example.hk,Name,en,2024-05-01,,no\n", "one.csv"
    )
    run("accounts", "import", "one.csv")
    with closing(sqlite3.connect(project.path / "build" / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # the import waits for this, so that it cannot end before the signal comes
        importing = subprocess.Popen(
            [sys.executable, "-c", _STOPPABLE, "accounts", "import", "many.csv"],
            cwd=project.path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        time.sleep(2)
        importing.send_signal(signal.SIGINT)
        other.execute("ROLLBACK")

    _, said = importing.communicate(timeout=60)

    assert importing.returncode == 130
    assert "policy: stopped." in said
    assert json.loads(run("accounts", "import", "many.csv", "--json").stdout)["accounts"] == 60_001
