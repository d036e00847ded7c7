"""Who decided what is kept with the version, and shown."""

import json
from pathlib import Path

import pytest

from tests.repositories import Repo, policy_text
from tests.review.projects import begin, second
from tests.review.test_check import policy

APPROVED = "Approved-by: Ada Wong <ada@example.hk>"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = begin(tmp_path / "project")
    repo.commit(policy_text())
    return repo


def decisions(repo: Repo) -> list[dict[str, object]]:
    done = policy(repo.path, "log", "--decisions", "--json")
    found: list[dict[str, object]] = json.loads(done.stdout)["decisions"]
    return found


def test_the_approval_stands_in_the_commit(repo: Repo) -> None:
    repo.commit(second(), message=f"Keep data longer\n\n{APPROVED}\nReviewed-by: Ben Chan <ben@example.hk>")

    newest = decisions(repo)[0]

    assert newest["approved_by"] == ["Ada Wong <ada@example.hk>", "Ben Chan <ben@example.hk>"]
    assert (newest["proposed"], newest["declared"], newest["kept_in"]) == ("material", "material", "commit")


def test_the_approval_of_a_merged_branch_is_found(repo: Repo) -> None:
    repo.git("switch", "--quiet", "--create", "change")
    repo.commit(second(), message=f"Keep data longer\n\n{APPROVED}")
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge", "change")

    assert decisions(repo)[0]["approved_by"] == ["Ada Wong <ada@example.hk>"]


def test_a_version_that_nobody_approved_says_so(repo: Repo) -> None:
    assert "nobody named" in policy(repo.path, "log", "--decisions").stdout


def test_a_tag_keeps_the_decision_as_it_was_on_the_day_of_publishing(repo: Repo) -> None:
    lower = second(declared="minor", number="1.1.0", effective="2026-12-01")
    lower = lower.replace("class: minor\n", "class: minor\nreason: It was 5 years from the start.\n")
    repo.commit(lower, at="2026-12-01T09:00:00+08:00", message=f"Correct the period\n\n{APPROVED}")
    assert policy(repo.path, "publish", "--tag").returncode == 0

    # The rules are the project's own from now on, and know nothing: they would propose less.
    own = (Path(__file__).parents[2] / "toolkit/changes/rules/en.toml").read_text(encoding="utf-8")
    repo.write(own.partition("[rule.")[0] + '[rule.none]\nwhy = "Never."\nwords = ["xyzzy"]\n', "rules/en.toml")

    newest = decisions(repo)[0]
    assert newest["kept_in"] == "tag"
    assert newest["proposed"] == "material"
    assert newest["approved_by"] == ["Ada Wong <ada@example.hk>"]
    assert repo.git("for-each-ref", "--format=%(objecttype)", "refs/tags/privacy/1.1.0") == "tag"
    assert "Policy-Reason: It was 5 years from the start." in repo.git("tag", "-n20", "-l", "privacy/1.1.0")
    assert policy(repo.path, "log").returncode == 0
