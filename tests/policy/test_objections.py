"""A released version never vanishes or changes silently, and every way out leads out."""

from datetime import UTC, date, datetime

import pytest

from tests.policy.test_history import LONGER, SECOND, deeds, history, pending, second
from tests.policy.test_history import repo as repo  # noqa: PLC0414 - its fixtures
from tests.policy.test_history import settings as settings  # noqa: PLC0414
from tests.repositories import Repo, policy_text
from toolkit.errors import HistoryError
from toolkit.policy.classes import Number
from toolkit.policy.objections import find_objections, refuse_objectionable, refuse_unreleased
from toolkit.policy.version import Deed, History


def said(found: History) -> list[str]:
    return [str(objection) for objection in find_objections(found)]


def numbers(found: History) -> list[str]:
    return [str(version.number) for version in found.versions]


def third() -> str:
    return second(number="2.0.1", body="We keep your data for 6 years.\n", published="2026-12-02")


def swapped(repo: Repo) -> str:
    """Let a colleague, who has a commit of their own, pull on main and push: the line now leads past the releases."""
    repo.commit(policy_text())
    repo.git("branch", "colleague")
    repo.commit(second(), at="2026-12-01T10:00:00+08:00")
    repo.commit(third(), at="2026-12-02T10:00:00+08:00")
    repo.git("switch", "--quiet", "colleague")
    repo.commit("Notes.\n", path="notes.md", at="2026-12-01T11:00:00+08:00")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge main", "main", at="2026-12-02T11:00:00+08:00")
    repo.git("branch", "--force", "main")
    repo.git("switch", "--quiet", "main")
    return repo.git("rev-parse", "HEAD")


def test_a_number_behind_the_second_parent_of_a_merge_is_noticed(repo: Repo) -> None:
    merge = swapped(repo)
    found = history(repo)

    assert numbers(found) == ["1.0.0", "2.0.1"]
    (objection,) = said(found)
    assert "version 2.0.0 of 'privacy' is not on the line of the main branch any more" in objection
    assert f"behind the second parent of the merge {merge[:10]}" in objection
    with pytest.raises(HistoryError):
        refuse_objectionable(found)


def test_merging_again_the_other_way_round_brings_it_back(repo: Repo) -> None:
    merge = swapped(repo)
    repo.git("branch", "aside", f"{merge}^1")
    repo.git("reset", "--quiet", "--hard", f"{merge}^2")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge", "aside", at="2026-12-02T12:00:00+08:00")

    assert numbers(history(repo)) == ["1.0.0", "2.0.0", "2.0.1"]
    assert said(history(repo)) == []


def test_a_number_that_was_only_a_draft_of_a_branch_is_named_as_one(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.git("switch", "--quiet", "-c", "draft")
    draft = repo.commit(second(number="1.0.1", declared="editorial"), at="2026-11-29T10:00:00+08:00")
    repo.commit(second(), at="2026-11-30T10:00:00+08:00")
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Release", "draft", at="2026-12-01T10:00:00+08:00")

    (objection,) = said(history(repo))
    assert f'drafts = ["{draft[:10]}"]' in objection
    assert said(history(repo, drafts=(draft[:10],))) == []
    assert numbers(history(repo)) == ["1.0.0", "2.0.0"]


def test_several_commits_of_a_branch_under_one_number_are_no_matter(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.git("switch", "--quiet", "-c", "draft")
    repo.commit(second(body="A first try.\n"), at="2026-11-29T10:00:00+08:00")
    repo.commit(second(), at="2026-11-30T10:00:00+08:00")
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Release", "draft", at="2026-12-01T10:00:00+08:00")

    assert said(history(repo)) == []


def test_a_tag_of_a_version_that_is_gone_stops_the_reading(repo: Repo) -> None:
    pending(repo)
    repo.git("tag", "privacy/2.0.0")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")

    with pytest.raises(HistoryError, match=r"the tag privacy/2\.0\.0 says that version 2\.0\.0 was published"):
        history(repo)


def test_a_deleted_policy_is_announced_no_more_and_a_revert_brings_it_back(repo: Repo) -> None:
    pending(repo)
    repo.git("rm", "--quiet", "policy/privacy.md")
    repo.git("commit", "--quiet", "-m", "Delete", at="2026-12-05T10:00:00+08:00")
    removal = repo.git("rev-parse", "--short=10", "HEAD")

    (objection,) = said(history(repo))
    assert f"'privacy' was deleted by commit {removal}, and is announced no more" in objection

    repo.git("revert", "--no-edit", removal, at="2026-12-05T11:00:00+08:00")
    assert said(history(repo)) == []
    assert numbers(history(repo)) == ["1.0.0", "2.0.0"]


def test_a_draft_that_shares_its_number_with_the_reviewed_text_is_not_taken_for_it(repo: Repo) -> None:
    repo.commit(policy_text())
    draft = repo.commit(second(body="A draft.\n"), at="2026-12-01T10:00:00+08:00")
    repo.commit(second(), at="2026-12-01T10:00:00+08:00")

    with pytest.raises(HistoryError, match=r"two texts carry number 2\.0\.0"):
        refuse_unreleased(history(repo), SECOND)
    refuse_unreleased(history(repo), Number.parse("1.0.0"))

    found = history(repo, drafts=(draft[:7],))
    refuse_unreleased(found, SECOND)
    assert found.version(SECOND).document.text == LONGER.strip()


def test_a_version_that_landed_late_is_committed_again_with_true_dates(repo: Repo) -> None:
    """As where a pull request was merged after its 'effective' date."""
    repo.commit(policy_text())
    repo.commit(second(), at="2027-02-01T10:00:00+08:00")
    with pytest.raises(HistoryError, match="Commit it again with 'published' on the day it lands"):
        history(repo, late_days=2)

    repo.commit(second(published="2027-02-02", effective="2027-03-05"), at="2027-02-02T10:00:00+08:00")

    found = history(repo, late_days=2)
    assert [str(found.version(SECOND).published), str(found.version(SECOND).effective)] == ["2027-02-02", "2027-03-05"]
    assert [landing.deed for landing in found.landings] == [Deed.RELEASE, Deed.REFUSED, Deed.RELEASE]


NOW = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)


def test_a_clock_that_ran_ahead_does_not_date_a_landing_and_is_named(repo: Repo) -> None:
    repo.commit(policy_text())
    odd = repo.commit(policy_text("We keep your data for **3 years**.\n"), at="2031-01-01T10:00:00+08:00")
    repo.commit(second(), at="2026-12-01T10:00:00+08:00")

    found = history(repo, now=NOW, late_days=2)

    assert found.version(SECOND).landed_on == date(2026, 12, 1)
    (trouble,) = found.troubles
    assert f"commit {odd[:10]} is dated 2031-01-01, which lies ahead; it counts as landed on 2026-12-01" in trouble


def test_a_release_by_a_clock_that_ran_ahead_counts_as_of_now_until_another_commit_dates_it(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.commit(second(), at="2031-01-01T10:00:00+08:00")
    assert history(repo, now=NOW).version(SECOND).landed_on == date(2026, 12, 10)

    repo.commit("Notes.\n", path="notes.md", at="2026-12-02T10:00:00+08:00")
    assert history(repo, now=NOW, late_days=2).version(SECOND).landed_on == date(2026, 12, 2)


def test_a_version_by_a_clock_that_ran_ahead_is_not_late_for_that(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.commit(second(published="2026-11-24"), at="2031-01-01T10:00:00+08:00")
    repo.commit("Notes.\n", path="notes.md", at="2026-12-09T10:00:00+08:00")

    assert numbers(history(repo, now=NOW, late_days=2)) == ["1.0.0", "2.0.0"]


def test_a_refused_version_that_nobody_mended_is_not_forgotten(repo: Repo) -> None:
    repo.commit(policy_text())
    late = repo.commit(second(), at="2026-12-09T10:00:00+08:00")
    repo.commit(policy_text(), at="2026-12-09T11:00:00+08:00")

    (landing,) = history(repo, late_days=2).never_released
    assert (landing.revision.commit, landing.number) == (late, SECOND)

    repo.commit(second(published="2026-12-10"), at="2026-12-10T11:00:00+08:00")
    assert history(repo, late_days=2).never_released == ()


def renamed_and_rewritten(repo: Repo, declared: str = "material") -> str:
    repo.commit(policy_text(), path="policy/privacy-policy.md")
    (repo.path / "policy" / "privacy-policy.md").unlink()
    rewritten = "Nothing of this was said before.\n\nIt is another text altogether, from its first word to its last.\n"
    return repo.commit(second(body=rewritten, declared=declared, title="Notice"), at="2026-12-01T10:00:00+08:00")


def test_a_file_renamed_and_rewritten_at_once_is_not_begun_anew(repo: Repo) -> None:
    commit = renamed_and_rewritten(repo)

    with pytest.raises(HistoryError, match=r"took 'policy/privacy-policy\.md' with version 1\.0\.0 away") as refused:
        history(repo)
    assert f"git revert {commit[:10]}" in refused.value.mend
    assert "Correct 'class'" not in str(refused.value)

    repo.commit(second(declared="initial"), at="2026-12-01T11:00:00+08:00")
    with pytest.raises(HistoryError, match="took 'policy/privacy-policy"):
        history(repo)


def test_reverting_renaming_and_rewriting_one_after_the_other_leads_to_the_version(repo: Repo) -> None:
    commit = renamed_and_rewritten(repo)
    repo.git("revert", "--no-edit", commit, at="2026-12-01T11:00:00+08:00")
    repo.git("mv", "policy/privacy-policy.md", "policy/privacy.md")
    repo.git("commit", "--quiet", "-m", "Rename", at="2026-12-01T12:00:00+08:00")
    repo.commit(second(), at="2026-12-01T13:00:00+08:00")

    assert numbers(history(repo)) == ["1.0.0", "2.0.0"]
    assert history(repo).version(SECOND).declared.tells


def test_a_policy_of_its_own_may_begin_where_another_ends_and_that_is_said(repo: Repo) -> None:
    renamed_and_rewritten(repo, declared="initial")

    (trouble,) = history(repo).troubles
    assert "begins as a policy of its own" in trouble
    assert deeds(repo) == [Deed.RELEASE]
