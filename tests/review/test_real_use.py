"""A policy's life in a real repository: what the log, the check and the site say at each turn, through every merge."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SETTINGS
from tests.repositories import Repo, policy_text
from tests.review.projects import begin, findings
from tests.review.test_check import policy

FIRST = policy_text("## Keeping\n\nWe keep your data for 3 years.\n")
PENDING = "2027-01-31"


def second(body: str = "## Keeping\n\nWe keep your data for 5 years.\n", **changes: str) -> str:
    said = {
        "number": "2.0.0",
        "published": "2026-12-01",
        "effective": PENDING,
        "declared": "material",
        "summary": "- We keep your data for 5 years (before: 3 years).",
    }
    return policy_text(body, **(said | changes))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = begin(tmp_path / "project", settings=SETTINGS)
    repo.commit(FIRST)
    return repo


def log(repo: Repo, *, on: str = "2026-12-02") -> dict[str, str]:
    """Return each version's state on a day."""
    said = json.loads(policy(repo.path, "log", "--json", POLICY_NOW=f"{on}T12:00:00+08:00").stdout)
    return {each["number"]: each["state"] for each in said["versions"]}


def deeds(repo: Repo) -> list[str]:
    said = json.loads(policy(repo.path, "log", "--json", POLICY_NOW="2026-12-02T12:00:00+08:00").stdout)
    return [each["deed"] for each in reversed(said["revisions"])]


def site(repo: Repo, *, on: str = "2026-12-02") -> dict[str, str]:
    """Publish, and return the state of each version as the site shows it; raise what publishing says."""
    done = policy(repo.path, "publish", "--json", POLICY_NOW=f"{on}T12:00:00+08:00")
    if done.returncode:
        raise AssertionError(done.stderr)
    return {each["number"]: each["state"] for each in json.loads(done.stdout)["versions"]}


def check(repo: Repo, *, base: str = "main") -> list[str]:
    return sorted({str(finding.rule) for finding in findings(repo, base=base)})


def branch(repo: Repo, *texts: str) -> None:
    """Begin a branch on main and commit some texts to it."""
    repo.git("switch", "--quiet", "--force-create", "change", "main")
    for text in texts:
        repo.commit(text, at="2026-12-01T10:00:00+08:00")


def merge(repo: Repo, way: str) -> None:
    repo.git("switch", "--quiet", "main")
    at = "2026-12-01T11:00:00+08:00"
    match way:
        case "squash":
            repo.git("merge", "--quiet", "--squash", "change")
            repo.git("commit", "--quiet", "-m", "Change (#1)", at=at)
        case "merge":
            repo.git("merge", "--quiet", "--no-ff", "-m", "Merge #1", "change", at=at)
        case "rebase":
            repo.git("switch", "--quiet", "change")
            repo.git("rebase", "--quiet", "main", at=at)
            repo.git("switch", "--quiet", "main")
            repo.git("merge", "--quiet", "--ff-only", "change")


@pytest.mark.parametrize("way", ["squash", "merge", "rebase"])
def test_a_branch_that_the_check_accepts_gives_the_same_version_by_every_merge(repo: Repo, way: str) -> None:
    words_first = FIRST.replace("3 years", "5 years")
    branch(repo, words_first, second())
    assert check(repo) == []

    merge(repo, way)

    assert log(repo) == {"2.0.0": "pending", "1.0.0": "in force"}
    assert check(repo, base="HEAD") == []
    assert site(repo) == {"2.0.0": "pending", "1.0.0": "in force"}
    assert site(repo, on=PENDING) == {"2.0.0": "in force", "1.0.0": "superseded"}


@pytest.mark.parametrize(("way", "kept"), [("squash", True), ("merge", True), ("rebase", False)])
def test_an_unfinished_text_is_released_by_a_rebase_merge_and_the_check_says_so(
    repo: Repo, way: str, kept: bool
) -> None:
    branch(repo, second("## Keeping\n\nWe keep your data for 9 years.\n"), second())
    assert check(repo) == ["rebase-unfinished"]

    merge(repo, way)

    assert (deeds(repo)[-1] == "release") is kept
    if kept:
        assert site(repo) == {"2.0.0": "pending", "1.0.0": "in force"}
    else:
        with pytest.raises(AssertionError, match=r"two texts carry number 2\.0\.0"):
            site(repo)


def test_a_revert_before_effect_withdraws_and_after_it_needs_a_number(repo: Repo) -> None:
    branch(repo, second())
    merge(repo, "squash")
    assert site(repo) == {"2.0.0": "pending", "1.0.0": "in force"}

    repo.git("switch", "--quiet", "--create", "revert")
    repo.git("revert", "--no-edit", "HEAD", at="2026-12-01T12:00:00+08:00")
    assert check(repo) == ["version-withdrawn"]

    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--ff-only", "revert")
    assert log(repo) == {"2.0.0": "withdrawn", "1.0.0": "in force"}
    assert site(repo) == {"2.0.0": "withdrawn", "1.0.0": "in force"}
    assert site(repo, on=PENDING) == {"2.0.0": "withdrawn", "1.0.0": "in force"}


def test_a_revert_once_in_force_is_no_version_and_the_check_stops_it(repo: Repo) -> None:
    branch(repo, second(published="2026-11-24", effective="2026-11-25"))
    repo.git("switch", "--quiet", "main")
    repo.commit(second(published="2026-11-24", effective="2026-11-25"), at="2026-11-24T10:00:00+08:00")

    branch(repo, FIRST)

    assert check(repo) == ["released-touched"]


def test_a_hotfix_lands_while_a_version_is_pending_and_the_pending_one_follows_with_it(repo: Repo) -> None:
    branch(repo, second())
    merge(repo, "squash")
    fixed = policy_text(
        "## Keeping\n\nWe keep your data for three years.\n",
        number="1.0.1",
        published="2026-12-01",
        declared="editorial",
    ).replace("class: editorial\n", "class: editorial\nreason: It says the same in other words.\n")
    branch(repo, fixed)
    assert check(repo) == []
    merge(repo, "squash")
    assert log(repo) == {"2.0.0": "pending", "1.0.1": "in force", "1.0.0": "superseded"}

    body = "## Keeping\n\nWe keep your data for five years.\n"
    again = second(body, number="2.0.1", declared="editorial", summary="- The hotfix is in it.")
    again = again.replace("class: editorial\n", "class: editorial\nreason: It says the same in other words.\n")
    branch(repo, again)
    assert check(repo) == []
    merge(repo, "squash")

    assert log(repo) == {"2.0.1": "pending", "2.0.0": "pending", "1.0.1": "in force", "1.0.0": "superseded"}
    assert site(repo, on=PENDING)["2.0.1"] == "in force"


def test_two_versions_may_be_pending_and_take_effect_one_after_the_other(repo: Repo) -> None:
    branch(repo, second())
    merge(repo, "squash")
    third = second(
        "## Keeping\n\nWe keep your data for 7 years.\n", number="3.0.0", effective="2027-03-01", summary="- 7 years."
    )
    branch(repo, third)
    assert check(repo) == []
    merge(repo, "merge")

    assert log(repo) == {"3.0.0": "pending", "2.0.0": "pending", "1.0.0": "in force"}
    assert site(repo, on="2027-02-01") == {"3.0.0": "pending", "2.0.0": "in force", "1.0.0": "superseded"}
    assert site(repo, on="2027-03-01")["3.0.0"] == "in force"


def test_a_postponement_lands_under_the_same_number(repo: Repo) -> None:
    branch(repo, second())
    merge(repo, "squash")
    branch(repo, second(effective="2027-02-28"))
    assert check(repo) == []

    merge(repo, "rebase")

    assert deeds(repo)[-1] == "postponement"
    assert site(repo, on=PENDING) == {"2.0.0": "pending", "1.0.0": "in force"}
    assert site(repo, on="2027-02-28")["2.0.0"] == "in force"


def test_a_scheduled_version_shows_nowhere_before_its_day(repo: Repo) -> None:
    branch(repo, second(published="2026-12-20"))
    assert check(repo) == []
    merge(repo, "squash")

    assert log(repo) == {"2.0.0": "scheduled", "1.0.0": "in force"}
    assert site(repo) == {"1.0.0": "in force"}
    assert "2.0.0" not in (repo.path / "build/site/history/index.html").read_text(encoding="utf-8")
    assert site(repo, on="2026-12-20") == {"2.0.0": "pending", "1.0.0": "in force"}


def test_a_push_that_overwrites_the_main_branch_is_found_by_the_check_and_by_the_site(repo: Repo) -> None:
    branch(repo, second())
    merge(repo, "squash")
    assert site(repo) == {"2.0.0": "pending", "1.0.0": "in force"}
    before = repo.git("rev-parse", "HEAD")

    repo.git("reset", "--quiet", "--hard", "HEAD^")
    repo.commit(FIRST.replace("We keep", "We always keep"), at="2026-12-01T12:00:00+08:00")

    assert check(repo, base=before) == ["branch-behind"]
    with pytest.raises(AssertionError, match=r"version 2\.0\.0 of 'privacy' was published, and is not in the history"):
        site(repo)


def test_a_merge_the_wrong_way_round_is_found_before_it_is_pushed(repo: Repo) -> None:
    branch(repo, second())
    merge(repo, "squash")
    third = "## Keeping\n\nWe keep your data for 7 years.\n"
    branch(repo, second(third, number="3.0.0", effective="2027-03-01", summary="- 7 years."))
    merge(repo, "squash")
    repo.git("branch", "--force", "landed", "main")
    repo.git("switch", "--quiet", "--force-create", "mine", "main~2")
    repo.commit("Notes\n", path="notes.txt")
    repo.git("merge", "--quiet", "--no-edit", "landed")
    repo.git("branch", "--force", "main", "mine")
    repo.git("switch", "--quiet", "main")

    assert check(repo, base="HEAD") == []  # against itself there is nothing to see
    repo.git("update-ref", "refs/remotes/origin/main", "landed")
    assert check(repo, base="origin/main") == ["version-lost"]


def test_a_branch_that_took_in_tagged_versions_may_land(repo: Repo) -> None:
    branch(repo, FIRST.replace("3 years", "5 years"))
    repo.git("switch", "--quiet", "main")
    fixed = FIRST.replace("We keep", "We always keep").replace("1.0.0", "1.0.1").replace("initial", "editorial")
    repo.commit(fixed.replace("class: editorial\n", "class: editorial\nreason: It says the same.\n"),
                at="2026-11-24T10:00:00+08:00")  # fmt: skip
    assert policy(repo.path, "publish", "--tag", POLICY_NOW="2026-11-24T12:00:00+08:00").returncode == 0
    repo.git("switch", "--quiet", "change")
    assert check(repo) == ["branch-behind"]

    repo.git("merge", "--quiet", "--no-edit", "-X", "ours", "main")
    repo.commit(second(), at="2026-12-01T10:00:00+08:00")
    assert check(repo) == []


def test_a_version_is_not_public_before_the_one_whose_words_it_holds(repo: Repo) -> None:
    branch(repo, second(published="2026-12-20"))
    merge(repo, "squash")
    branch(repo, second("## Keeping\n\nWe keep your data for 7 years.\n", number="3.0.0", summary="- 7 years."))

    assert check(repo) == ["history-broken"]


def test_a_number_that_the_branch_gave_up_is_found(repo: Repo) -> None:
    branch(repo, second(number="1.1.0", declared="minor", effective="2026-12-01"), second())

    assert check(repo) == ["rebase-unfinished"]


def test_what_a_branch_merged_into_itself_counts_as_its_own_commits(repo: Repo) -> None:
    branch(repo)
    repo.git("switch", "--quiet", "--create", "sub")
    repo.commit(second("## Keeping\n\nWe keep your data for 9 years.\n"), at="2026-12-01T10:00:00+08:00")
    repo.commit(second(), at="2026-12-01T10:01:00+08:00")
    repo.git("switch", "--quiet", "change")
    repo.git("merge", "--quiet", "--no-ff", "--no-edit", "sub")

    assert check(repo) == ["rebase-unfinished"]


def test_which_branch_is_the_main_one_is_asked_where_nobody_can_know(repo: Repo, tmp_path: Path) -> None:
    repo.git("branch", "--move", "main", "trunk")
    assert policy(repo.path, "check").returncode == 0
    repo.git("switch", "--quiet", "--create", "change")
    asked = policy(repo.path, "check")
    assert (asked.returncode, "which branch is the main one" in asked.stderr) == (2, True)

    empty = Repo(tmp_path / "empty")
    for command in ("check", "bump"):
        empty.write(FIRST)
        done = policy(empty.path, command)
        assert (done.returncode, "there is no commit yet" in done.stderr) == (3, True)
