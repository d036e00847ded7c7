"""What a refusal advises, followed to the letter: it ends with a published site and the right people told."""

import json

from tests.cli.conftest import SECOND, Run
from tests.cli.test_sending import ADA, BEN, bring_in
from tests.repositories import Repo, policy_text

THIRD = SECOND.replace("version: 2.0.0", "version: 3.0.0").replace("5 years", "7 years")


def third(published: str, effective: str) -> str:
    return THIRD.replace("2026-12-01", published).replace("2026-12-31", effective)


def told(project: Repo, run: Run, version: str) -> int:
    """Publish, and announce the newest version; return how many accounts were told of it."""
    assert run("publish").returncode == 0
    assert (project.path / "build" / "site" / version / "index.html").exists()
    bring_in(project, run, ADA, BEN)
    planned = json.loads(run("notify", "plan", "--json").stdout)
    assert planned["version"] == version
    assert run("notify", "send", "--plan", planned["hash"]).returncode == 0
    return int(planned["audience"])


def test_a_pull_request_merged_long_after_its_dates_is_committed_again_with_true_ones(project: Repo, run: Run) -> None:
    project.commit(third("2026-11-25", "2027-01-15"), at="2026-12-08T10:00:00+08:00")
    refused = run("publish")
    assert refused.returncode == 3
    assert "Commit it again with 'published' on the day it lands" in refused.stderr

    project.commit(third("2026-12-09", "2027-01-15"), at="2026-12-09T10:00:00+08:00")
    assert told(project, run, "3.0.0") == 2


def test_a_commit_by_a_clock_years_ahead_is_named_and_its_version_told(project: Repo, run: Run) -> None:
    project.commit(third("2026-12-09", "2027-01-15"), at="2033-12-09T10:00:00+08:00")
    named = run("publish")
    assert named.returncode == 0
    assert "is dated 2033-12-09, which lies ahead; it counts as landed on 2026-12-10" in named.stderr

    project.commit("Notes.\n", path="notes.md", at="2026-12-09T11:00:00+08:00")
    assert "it counts as landed on 2026-12-09" in run("log").stderr
    assert told(project, run, "3.0.0") == 2


def test_a_policy_renamed_and_rewritten_at_once_is_reverted_renamed_and_rewritten(project: Repo, run: Run) -> None:
    project.git("mv", "policy/privacy.md", "policy/notice.md")
    other = "## What we do\n\nNothing here was said in that way before, from the first word to the last.\n"
    front = third("2026-12-09", "2027-01-15").partition("## Keeping")[0]
    commit = project.commit(front + other, path="policy/notice.md", at="2026-12-09T10:00:00+08:00")
    for command in (("publish",), ("notify", "plan", "--document", "notice")):
        refused = run(*command)
        assert refused.returncode == 3
        assert f"git revert {commit[:10]}" in refused.stderr

    project.git("revert", "--no-edit", commit[:10], at="2026-12-09T11:00:00+08:00")
    project.git("mv", "policy/privacy.md", "policy/notice.md")
    project.write((project.path / "pyproject.toml").read_text() + 'home = "notice"\n', "pyproject.toml")
    project.git("add", "--all")
    project.git("commit", "--quiet", "-m", "Rename", at="2026-12-09T12:00:00+08:00")
    project.commit(front + other, path="policy/notice.md", at="2026-12-09T13:00:00+08:00")
    assert run("publish").returncode == 0
    bring_in(project, run, ADA)
    planned = json.loads(run("notify", "plan", "--document", "notice", "--json").stdout)
    assert (planned["version"], planned["audience"]) == ("3.0.0", 1)


def test_a_swapped_merge_is_merged_the_other_way_round(project: Repo, run: Run) -> None:
    assert run("publish").returncode == 0
    project.git("branch", "colleague", "HEAD~1")
    project.commit(third("2026-12-02", "2027-01-15"), at="2026-12-02T10:00:00+08:00")
    project.git("switch", "--quiet", "colleague")
    project.commit("Notes.\n", path="notes.md", at="2026-12-01T11:00:00+08:00")
    project.git("merge", "--quiet", "--no-ff", "-m", "Merge main", "main", at="2026-12-02T11:00:00+08:00")
    project.git("branch", "--force", "main")
    project.git("switch", "--quiet", "main")
    merge = project.git("rev-parse", "HEAD")[:10]
    refused = run("publish")
    assert refused.returncode == 3
    assert f"'git reset --hard {merge}^2'" in refused.stderr
    assert run("notify", "plan").returncode == 3

    project.git("branch", "aside", f"{merge}^1")
    project.git("reset", "--quiet", "--hard", f"{merge}^2")
    project.git("merge", "--quiet", "--no-ff", "-m", "Merge", "aside", at="2026-12-02T12:00:00+08:00")
    assert told(project, run, "3.0.0") == 2
    assert (project.path / "build" / "site" / "2.0.0" / "index.html").exists()


def test_a_reviewed_text_is_given_a_number_of_its_own(project: Repo, run: Run) -> None:
    draft = third("2026-12-09", "2027-01-15")
    project.commit(draft.replace("7 years", "9 years"), at="2026-12-09T10:00:00+08:00")
    project.commit(draft, at="2026-12-09T10:00:00+08:00")
    for command in (("publish",), ("notify", "plan")):
        assert run(*command).returncode == 3

    project.commit(draft.replace("version: 3.0.0", "version: 4.0.0"), at="2026-12-09T11:00:00+08:00")
    assert told(project, run, "4.0.0") == 2


def test_a_policy_whose_first_class_is_wrong_is_corrected(project: Repo, run: Run) -> None:
    first = policy_text(published="2026-12-09", declared="minor")
    project.commit(first, path="policy/terms.md", at="2026-12-09T10:00:00+08:00")
    refused = run("publish")
    assert refused.returncode == 3
    assert "the first version must be 'initial'" in refused.stderr

    project.commit(first.replace("minor", "initial"), path="policy/terms.md", at="2026-12-09T11:00:00+08:00")
    assert run("publish").returncode == 0
    assert json.loads(run("log", "--document", "terms", "--json").stdout)["versions"][0]["number"] == "1.0.0"
