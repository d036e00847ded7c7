"""Every step of the workflows runs in a real clone, and does what the workflow says."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.automation.conftest import ROOT
from tests.automation.runner import Runner, parse
from tests.house.test_directions import tracked
from tests.postgres import server
from tests.providers.github import host
from tests.providers.smtp import MailServer
from tests.providers.web import serve
from tests.repositories import Repo
from tests.review.test_check import policy

Made = Callable[..., Runner]


def file(repo: Repo) -> Path:
    return repo.path / "policy" / "privacy.md"


def propose(repo: Repo, *, branch: str = "change", number: str = "2.0.0", summary: bool = True) -> dict[str, Any]:
    """Push a branch that keeps data longer, and return the event of its pull request."""
    repo.git("switch", "--quiet", "--force-create", branch, "main")
    text = file(repo).read_text(encoding="utf-8").replace("3 years after", "5 years after")
    text = text.replace("version: 1.0.0", f"version: {number}").replace("class: initial", "class: material")
    text = text.replace("published: 2026-11-23", "published: 2026-12-01")
    text = text.replace("effective: 2026-11-23", "effective: 2026-12-31")
    said = "  - We keep account data for 5 years after you leave (before: 3 years)."
    text = re.sub(r"  - This is the first version.*", said if summary else "", text)
    repo.commit(text, at="2026-12-01T09:00:00+08:00")
    repo.git("push", "--quiet", "--force", "origin", branch)
    base = repo.git("rev-parse", "main")
    head = {"sha": repo.git("rev-parse", branch), "ref": branch, "repo": {"full_name": "example/policies"}}
    return {"pull_request": {"number": 7, "head": head, "base": {"sha": base, "ref": "main"}}}


def test_a_good_pull_request_gets_a_comment_that_says_how_to_merge_it(policies: Repo, runner: Made) -> None:
    event = propose(policies)
    with host("token-of-the-run") as github:
        done = runner(environment={"GITHUB_API_URL": github.address}).run("check.yml", event)

    assert {name: ran.result for name, ran in done.items()} == {"check": "success", "comment": "success"}
    (comment,) = github.under(7)
    assert "version 2.0.0 is ready to merge" in comment
    assert "Squash and merge" in comment
    assert "| Earliest lawful day in force | 2026\\-12\\-31" in comment
    assert "<del>3</del> <ins>5</ins>" in comment
    assert "no ledger is at hand" in comment
    assert done["check"].summary == comment


def test_a_wrong_one_gets_annotations_a_comment_and_a_red_check_and_the_comment_changes_in_place(
    policies: Repo, runner: Made
) -> None:
    with host("token-of-the-run") as github:
        github.say(7, "<!-- policy-check --> as a person quotes it")
        wrong = runner(environment={"GITHUB_API_URL": github.address}).run(
            "check.yml", propose(policies, summary=False)
        )
        first = list(github.under(7))
        right = runner(environment={"GITHUB_API_URL": github.address}).run("check.yml", propose(policies))

    assert (wrong["check"].result, wrong["comment"].result) == ("failure", "success")
    assert "::error file=policy/privacy.md,line=6,title=summary-missing::" in wrong["check"].printed
    assert "not ready to merge" in first[1]
    assert "1. **Line 6** of `policy/privacy.md`" in first[1]
    assert (right["check"].result, len(github.under(7))) == ("success", 2)
    assert "ready to merge" in github.under(7)[1]


def test_a_forks_pull_request_has_no_comment_and_its_report_in_the_summary(policies: Repo, runner: Made) -> None:
    event = propose(policies)
    event["pull_request"]["head"]["repo"]["full_name"] = "stranger/policies"

    done = runner().run("check.yml", event)

    assert {name: ran.result for name, ran in done.items()} == {"check": "success", "comment": "skipped"}
    assert "ready to merge" in done["check"].summary


def test_words_of_a_policy_are_no_commands_to_the_runner(policies: Repo, runner: Made) -> None:
    policies.git("switch", "--quiet", "--create", "attack")
    attack = "::add-mask::x\n\n::set-output name=a::b %0A::warning::\n"
    policies.commit(f"{file(policies).read_text(encoding='utf-8')}\n{attack}", at="2026-12-01T09:00:00+08:00")
    policies.git("push", "--quiet", "origin", "attack")
    event = propose(policies, branch="other")
    event["pull_request"]["head"]["sha"] = policies.git("rev-parse", "attack")

    printed = runner().run("check.yml", event)["check"].printed

    commands = [line for line in printed.splitlines() if line.startswith("::")]
    assert commands
    assert all(line.startswith(("::error file=", "::warning file=")) for line in commands)


def adopt(repo: Repo) -> None:
    """Say in the settings that legal has adopted the text."""
    settings = repo.path / "pyproject.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("adopted = false", "adopted = true"), encoding="utf-8"
    )
    push(repo)


def push(repo: Repo) -> None:
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "Change", at="2026-12-01T09:30:00+08:00")
    repo.git("push", "--quiet", "--force", "origin", "HEAD:main")


def at(repo: Repo, address: str) -> None:
    """Let the site be served at another address."""
    for name in ("pyproject.toml", "mkdocs.yml"):
        place = repo.path / name
        text = place.read_text(encoding="utf-8").replace("https://example.hk/privacy/", address)
        place.write_text(text, encoding="utf-8")


def show(repo: Repo, served: Path) -> None:
    """Do what the host's pages do: serve the branch."""
    shutil.rmtree(served, ignore_errors=True)
    repo.git("clone", "--quiet", "--branch", "gh-pages", repo.git("remote", "get-url", "origin"), str(served))


def test_nothing_is_published_before_legal_has_adopted_the_text(policies: Repo, runner: Made) -> None:
    done = runner().run("publish.yml", {})

    assert {name: ran.result for name, ran in done.items()} == {
        "ready": "success",
        "publish": "skipped",
        "alert": "skipped",
    }
    assert policies.git("ls-remote", "--heads", "origin", "gh-pages") == ""


def test_a_merge_publishes_tags_and_proves_and_the_night_lets_a_version_take_effect(
    policies: Repo, runner: Made, tmp_path: Path
) -> None:
    served = tmp_path / "served"
    with serve(served) as address:
        at(policies, address)
        adopt(policies)
        publish_and_show(runner, policies, served, "2026-12-01T10:00:00+08:00")
        assert policies.git("ls-remote", "--tags", "origin", "privacy/1.0.0")

        propose(policies)
        policies.git("switch", "--quiet", "main")
        policies.git("merge", "--quiet", "--ff-only", "change")
        policies.git("push", "--quiet", "origin", "main")
        merged = publish_and_show(runner, policies, served, "2026-12-01T11:00:00+08:00")
        night = publish_and_show(runner, policies, served, "2026-12-31T00:07:00+08:00")

    assert "says privacy 1.0.0, word for word" in merged
    assert "says privacy 2.0.0, word for word" in night
    assert policies.git("ls-remote", "--tags", "origin", "privacy/2.0.0")


def publish_and_show(runner: Made, policies: Repo, served: Path, now: str) -> str:
    """Publish as the workflow does, let the host show it, and return what was printed while it was proved."""
    made = runner(environment={"POLICY_NOW": now, "POLICY_TEST_SERVED": str(served)})
    made.after = {"Push the tags that seal the versions": lambda: show(policies, served)}
    ran = made.run("publish.yml", {}, sha=policies.git("rev-parse", "main"))
    assert ran["publish"].result == "success", ran["publish"].printed
    assert ran["alert"].result == "skipped"
    return ran["publish"].printed


def test_a_failed_night_writes_to_the_contact(policies: Repo, runner: Made) -> None:
    adopt(policies)
    policies.git("push", "--quiet", "origin", "HEAD:gh-pages")  # a branch that holds other things
    with MailServer() as mails:
        done = runner(secrets={"POLICY_SMTP_URL": mails.url}).run("publish.yml", {})

    assert (done["publish"].result, done["alert"].result) == ("failure", "success")
    assert mails.addresses() == ["privacy@example.hk"]
    (mail,) = mails.taken
    assert "The policy was not published" in mail.body.decode()
    assert "https://host.example.com/example/policies/actions/runs/7" in mail.body.decode()


@pytest.mark.parametrize(
    ("secrets", "variables", "plan", "said"),
    [
        ({}, {}, "a" * 64, "names no server's database"),
        ({"POLICY_LEDGER": "sqlite:///ledger.db"}, {"POLICY_LEDGER_ID": "x"}, "a" * 64, "names no server's database"),
        ({"POLICY_LEDGER": "postgresql://h/d"}, {}, "a" * 64, "POLICY_LEDGER_ID is not set"),
        ({"POLICY_LEDGER": "postgresql://h/d"}, {"POLICY_LEDGER_ID": "x"}, "a" * 12, "64 are needed"),
        ({"POLICY_LEDGER": "postgresql://h/d"}, {"POLICY_LEDGER_ID": "x"}, "$(id)", "other signs"),
    ],
)
def test_a_notice_is_refused_where_the_ledger_or_the_hash_is_not_sure(
    runner: Made, secrets: dict[str, str], variables: dict[str, str], plan: str, said: str
) -> None:
    with MailServer() as mails:
        given = {"secrets": {"POLICY_SMTP_URL": mails.url} | secrets, "variables": variables}
        done = runner(**given).run("notify.yml", {"inputs": {"plan": plan}})

    assert done["send"].result == "failure"
    assert said in done["send"].steps[0][2]
    assert done["alert"].result == "success"
    assert "A notice is not finished." in mails.taken[0].body.decode()


def workflows() -> list[Path]:
    return sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def test_zizmor_finds_nothing() -> None:
    program = Path(sys.executable).with_name("zizmor")  # it is installed beside the interpreter, on the path or not
    files = (str(ROOT / ".github"), str(ROOT / ".pre-commit-hooks.yaml"))
    done = subprocess.run([program, "--offline", "--no-progress", *files], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", workflows(), ids=lambda path: path.stem)
def test_a_workflow_has_no_right_that_it_does_not_name_and_no_action_that_can_change(workflow: Path) -> None:
    said = parse(workflow.read_bytes())

    assert said["permissions"] == {}
    for job in said["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"]
        for step in job["steps"]:
            assert re.fullmatch(
                r"actions/[\w-]+@[0-9a-f]{40}|\./\.github/actions/policy", step.get("uses", "./.github/actions/policy")
            )
            assert "${{" not in step.get("run", "")
    assert "pull_request_target" not in said["on"]


def test_only_the_comments_job_may_write_to_a_pull_request_and_no_secret_reaches_one() -> None:
    said = parse((ROOT / ".github/workflows/check.yml").read_bytes())

    assert said["jobs"]["check"]["permissions"] == {"contents": "read"}
    assert "secrets." not in (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert [name for name, job in said["jobs"].items() if "pull-requests" in job["permissions"]] == ["comment"]


def test_the_hook_for_pre_commit_runs_the_check() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == ("policy check", "python", False)
    assert re.search(hook["files"], "policy/privacy.zh-Hant.md")
    assert not re.search(hook["files"], "site/pages/policy.html")


def test_a_planned_notice_is_sent_and_another_ledger_is_refused(policies: Repo, runner: Made, tmp_path: Path) -> None:
    propose(policies)
    policies.git("switch", "--quiet", "main")
    policies.git("merge", "--quiet", "--ff-only", "change")
    policies.git("push", "--quiet", "origin", "main")
    (tmp_path / "customers.csv").write_text(
        "id,email,name,language,created,closed,restricted\n1,ada@example.hk,Ada,en,2024-01-01,,no\n", encoding="utf-8"
    )
    with server() as ledger, MailServer() as mails:
        secrets = {"POLICY_LEDGER": ledger, "POLICY_SMTP_URL": mails.url}
        at_home = {**secrets, "POLICY_NOW": "2026-12-01T10:00:00+08:00"}
        policy(policies.path, "accounts", "import", str(tmp_path / "customers.csv"), **at_home)
        name = json.loads(policy(policies.path, "ledger", "show", "--json", **at_home).stdout)["id"]
        planned = policy(policies.path, "notify", "plan", "--transport", "smtp", "--json", **at_home)
        event = {"inputs": {"plan": json.loads(planned.stdout)["hash"]}}

        other = runner(secrets=secrets, variables={"POLICY_LEDGER_ID": "0" * 32}).run("notify.yml", event)
        assert (other["send"].result, "another ledger than the one" in other["send"].printed) == ("failure", True)
        assert mails.addresses() == ["privacy@example.hk"]

        done = runner(secrets=secrets, variables={"POLICY_LEDGER_ID": name}).run("notify.yml", event)
        assert done["send"].result == "success", done["send"].printed
        assert done["alert"].result == "skipped"
        assert sorted(mails.addresses()) == ["ada@example.hk", "privacy@example.hk"]


def test_our_own_repository_checks_itself_with_the_toolkit_that_lies_in_it(runner: Made, tmp_path: Path) -> None:
    ours = Repo(tmp_path / "ours")
    for each in tracked():
        place = ours.path / each.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(each, place)
    ours.git("add", "--all")
    ours.git("commit", "--quiet", "-m", "As it stands")
    shutil.rmtree(tmp_path / "host.git")
    ours.git("clone", "--quiet", "--bare", str(ours.path), str(tmp_path / "host.git"))
    sha = ours.git("rev-parse", "HEAD")
    head = {"sha": sha, "ref": "main", "repo": {"full_name": "stranger/fork"}}
    event = {"pull_request": {"number": 1, "head": head, "base": {"sha": sha, "ref": "main"}}}

    done = runner(environment={"PIP_NO_BUILD_ISOLATION": "off"}).run("check.yml", event)

    assert done["check"].result == "success", done["check"].printed


GITLAB = {"CI_PIPELINE_URL": "https://host.example.com/pipelines/7", "CI_DEFAULT_BRANCH": "main"}


def gitlab(runner: Runner, job: str, repo: Repo, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the script of a GitLab job in a clone, line by line as its runner does."""
    said = parse((ROOT / ".github/gitlab-ci.yml").read_bytes())
    clone = runner.folder / job
    repo.git("clone", "--quiet", str(runner.origin), str(clone))
    if branch := environment.get("BRANCH"):
        subprocess.run(["git", "checkout", "--quiet", branch], cwd=clone, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=clone, capture_output=True, text=True, check=True)
    lines = [*said["default"]["before_script"], *said[job]["script"]]
    variables = said["variables"] | said[job].get("variables", {})
    env = {
        "PATH": f"{runner.python}:{os.environ['PATH']}",
        "HOME": str(runner.folder),
        "CI": "true",
        "CI_COMMIT_SHA": head.stdout.strip(),
        **variables,
        **GITLAB,
        **runner.environment,
        **environment,
    }
    done = _bash(lines, clone, env)
    status = "success" if done.returncode == 0 else "failed"
    _bash(said[job].get("after_script", []), clone, env | {"CI_JOB_STATUS": status})
    return done


def _bash(lines: list[str], folder: Path, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = ["bash", "-eo", "pipefail", "-c", "\n".join(lines)]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_gitlabs_steps_do_the_same(policies: Repo, runner: Made) -> None:
    propose(policies)
    made = runner()
    checked = gitlab(made, "check", policies, BRANCH="change", CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
    assert checked.returncode == 0, checked.stderr
    assert "ready to merge" in (made.folder / "check/policy-report.md").read_text(encoding="utf-8")

    policies.git("switch", "--quiet", "main")
    idle = gitlab(runner(), "pages", policies)
    assert (idle.returncode, "Legal has not adopted the text yet." in idle.stdout) == (1, True)

    adopt(policies)
    made = runner()
    published = gitlab(made, "pages", policies)
    assert published.returncode == 0, published.stderr
    assert (made.folder / "pages/public/1.0.0/index.html").is_file()

    refused = gitlab(runner(), "send", policies, POLICY_LEDGER="sqlite:///x.db", POLICY_PLAN="a")
    assert (refused.returncode, "names no server's database" in refused.stdout) == (1, True)


def test_gitlab_proves_the_live_page_and_writes_to_the_contact_where_it_lies(policies: Repo, runner: Made) -> None:
    at(policies, "http://127.0.0.1:9/")
    adopt(policies)
    made = runner()
    with MailServer() as mails:
        proved = gitlab(made, "prove", policies, POLICY_SMTP_URL=mails.url, PATIENCE="1")

    assert proved.returncode == 3
    assert mails.addresses() == ["privacy@example.hk"]


FIVE_LINES = """\
on: pull_request
permissions: {}
jobs:
  check:
    runs-on: ubuntu-24.04
    permissions: { contents: read }
    timeout-minutes: 5
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        with: { fetch-depth: 0, persist-credentials: false, ref: "${{ github.event.pull_request.head.sha }}" }
      - uses: ./.github/actions/policy
        with: { base: origin/main }
"""


def test_the_action_alone_checks_a_pull_request(policies: Repo, runner: Made) -> None:
    policies.write(FIVE_LINES, ".github/workflows/five.yml")
    push(policies)

    right = runner().run("five.yml", propose(policies))
    policies.git("switch", "--quiet", "main")
    wrong = runner().run("five.yml", propose(policies, summary=False))

    assert (right["check"].result, wrong["check"].result) == ("success", "failure")
    assert "title=summary-missing" in wrong["check"].printed
    assert "not ready to merge" in wrong["check"].summary
