"""The commands, as users run them: what they print, how they fail, how they exit."""

import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.cli.conftest import Run
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

    assert [(step["proposed"], step["deleted"], step["inserted"], step["calm"]) for step in steps] == [
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


def test_bad_rows_are_named_and_the_others_kept(run: Run, project: Repo) -> None:
    with (project.path / "customers.csv").open("a") as file:
        file.write("10004,no-address,Eve,en,2024-01-01,,no\n10005,eve@example.hk,Eve,en,yesterday,,no\n")

    done = run("accounts", "import", "customers.csv")

    assert done.returncode == 3
    assert done.stderr.splitlines()[0].startswith("customers.csv:5: ")
    assert done.stderr.splitlines()[1].startswith("customers.csv:6: ")
    assert "3 accounts added" in done.stdout


def test_a_notice_is_planned_sent_and_recorded(run: Run, project: Repo) -> None:
    run("accounts", "import", "customers.csv")
    planned = run("notify", "plan").stdout
    assert "Will be told: 2" in planned
    assert "Not told: 1" in planned
    assert "account closed" in planned

    sent = run("notify", "send", "--plan", plan_of(run))

    assert sent.returncode == 0, sent.stderr
    assert json.loads(run("notify", "status", "--json").stdout)["accepted"] == 2
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


def test_the_record_is_intact_until_someone_changes_it(run: Run) -> None:
    run("accounts", "import", "customers.csv")
    run("receipts", "import", "receipts.csv")
    assert json.loads(run("ledger", "verify", "--json").stdout)["intact"] is True


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
        ("replay /", 2, "not in"),
        ("publish --on tomorrow", 2, "'tomorrow' does not match the format"),
        ("publish --on 2020-01-01", 3, "2020-01-01"),
        ("accounts import nowhere.csv", 2, "nowhere.csv: there is no such file"),
        ("accounts import pyproject.toml", 3, "pyproject.toml:1"),
        ("receipts import nowhere.csv", 2, "nowhere.csv: there is no such file"),
        ("notify plan --version 9.9.9", 3, "there is no version 9.9.9"),
        ("notify plan --version two", 2, "'two' is not a version number"),
        ("notify plan --version 1.0.0", 3, "nobody is told"),
        ("notify send --plan 0123456789", 3, "0123456789"),
        ("notify status", 3, "nothing has been planned yet"),
        ("standing 99999", 3, "99999"),
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
        ("site_url = 'kvm.hk'", "'site_url' must be a web address"),
        ("broken", "the settings cannot be read"),
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
