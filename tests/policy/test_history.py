"""The history rules, each on a real repository, by a reader with plain and with hostile settings."""

import os
import subprocess
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repo, policy_text
from toolkit.config import Settings
from toolkit.errors import DocumentError, HistoryError, RepositoryError
from toolkit.policy.classes import Number
from toolkit.policy.folder import PolicyFolder
from toolkit.policy.landing import LandingRules
from toolkit.policy.repository import PolicyRepository
from toolkit.policy.version import Deed, History, Status

ZONE = Settings(time_zone="Asia/Hong_Kong").zone
FIRST, SECOND = Number.parse("1.0.0"), Number.parse("2.0.0")
LONGER = "We keep your data for 5 years.\n"


HOSTILE = {
    "log.diffMerges": "remerge",
    "log.showRoot": "false",
    "log.showSignature": "true",
    "log.follow": "true",
    "log.decorate": "full",
    "log.date": "relative",
    "format.pretty": "%s",
    "format.notes": "*",
    "diff.orderFile": ".git/HEAD",
    "diff.renames": "copies",
    "diff.external": "false",
    "diff.relative": "true",
    "diff.noprefix": "true",
    "diff.ignoreSubmodules": "all",
    "color.ui": "always",
    "core.quotePath": "true",
    "core.abbrev": "4",
    "core.pager": "false",
    "core.commentChar": "o",
    "i18n.logOutputEncoding": "UTF-16",
    "status.relativePaths": "true",
    "status.showUntrackedFiles": "no",
}
"""What a user, a machine or a repository may set, and must change nothing about what is law."""


@pytest.fixture(params=["plain", "hostile"])
def settings(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Set what git allows in the user's configuration and in the environment. `read_history` adds the repository's."""
    if request.param == "hostile":
        user = tmp_path / "gitconfig"
        for name, value in HOSTILE.items():
            set_git(user, name, value)
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(user))
        monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
        monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
        monkeypatch.setenv("GIT_CONFIG_KEY_0", "log.diffMerges")
        monkeypatch.setenv("GIT_CONFIG_VALUE_0", "off")
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "another"))
        monkeypatch.setenv("POLICY_TEST_HOSTILE", "yes")
    return str(request.param)


def set_git(file: Path, name: str, value: str) -> None:
    subprocess.run(["git", "config", "--file", file, name, value], check=True, env={"PATH": os.environ["PATH"]})


@pytest.fixture
def repo(tmp_path: Path, settings: str) -> Repo:
    return Repo(tmp_path / "policies")


def read_history(folder: Path, path: str, *, now: datetime | None = None, **rules: Any) -> History:
    if os.environ.get("POLICY_TEST_HOSTILE") and (folder / ".git" / "config").exists():
        for name, value in HOSTILE.items():
            set_git(folder / ".git" / "config", name, value)
        (folder / ".git" / "info").mkdir(exist_ok=True)
        (folder / ".git" / "info" / "attributes").write_text("* diff=odd -text\n")
    with closing(PolicyRepository(folder, zone=ZONE, rules=LandingRules(**rules), now=now)) as repository:
        return repository.history(path)


def history(repo: Repo, **given: Any) -> History:
    return read_history(repo.path, "policy/privacy.md", **given)


def second(**changes: str) -> str:
    said = {"number": "2.0.0", "published": "2026-12-01", "effective": "2026-12-31", "declared": "material"} | changes
    return policy_text(said.pop("body", LONGER), **said)


def pending(repo: Repo) -> None:
    """Release 1.0.0, then 2.0.0 to bind from the last day of the year."""
    repo.commit(policy_text())
    repo.commit(second(), at="2026-12-01T10:00:00+08:00")


def deeds(repo: Repo) -> list[Deed]:
    return [landing.deed for landing in history(repo).landings]


def test_a_version_keeps_the_words_of_the_first_revision_that_carries_its_number(repo: Repo) -> None:
    first = repo.commit(policy_text())
    edit = repo.commit(policy_text(LONGER))

    found = history(repo)

    assert found.versions[0].commit == first
    assert found.versions[0].shown.text == "We keep your data for 3 years."
    assert [(each.deed, each.revision.commit) for each in found.landings] == [
        (Deed.RELEASE, first),
        (Deed.UNRELEASED_EDIT, edit),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Privacy Notice"},
        {"published": "2026-11-24", "effective": "2026-11-24"},
        {"declared": "minor"},
        {"summary": "- Another summary."},
        {"body": "We keep your data for [3 years](https://example.com/).\n"},
        {"body": "## Keeping\n\nWe keep your data for 3 years.\n"},
    ],
)
def test_words_links_headings_and_what_legal_declared_are_sealed(repo: Repo, change: dict[str, str]) -> None:
    repo.commit(policy_text())
    repo.commit(policy_text(**({"body": "We keep your data for 3 years.\n"} | change)))

    assert deeds(repo) == [Deed.RELEASE, Deed.UNRELEASED_EDIT]


@pytest.mark.parametrize(
    "body",
    [
        "We keep *your data* for **3 years**.\n",
        "We keep your data\nfor 3 years.\n",
        "- We keep your data for 3 years.\n",
        "We keep your data\r\nfor 3 years.\r\n",
    ],
)
def test_formatting_needs_no_number_moves_no_date_and_is_shown(repo: Repo, body: str) -> None:
    first = repo.commit(policy_text())
    repo.commit(policy_text(body), at="2026-12-05T10:00:00+08:00")

    found = history(repo)

    assert [landing.deed for landing in found.landings] == [Deed.RELEASE, Deed.FORMATTING]
    assert found.versions[0].commit == first
    assert found.versions[0].published == date(2026, 11, 23)
    assert found.versions[0].shown is not found.versions[0].document


def test_a_version_is_scheduled_then_pending_then_in_force_and_the_one_before_is_superseded(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.commit(second(), at="2026-11-25T10:00:00+08:00")
    found = history(repo)
    one, two = found.versions

    states = [
        (found.status(one, day), found.status(two, day))
        for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 30), date(2026, 12, 31))
    ]

    assert states == [
        (Status.IN_FORCE, Status.SCHEDULED),
        (Status.IN_FORCE, Status.PENDING),
        (Status.IN_FORCE, Status.PENDING),
        (Status.SUPERSEDED, Status.IN_FORCE),
    ]
    assert found.announced(date(2026, 11, 30)) == (one,)
    assert [found.pending(day) for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31))] == [
        (),
        (two,),
        (),
    ]


def test_effective_may_move_later_as_a_postponement(repo: Repo) -> None:
    pending(repo)
    moved = repo.commit(second(effective="2027-01-31"), at="2026-12-10T10:00:00+08:00")

    two = history(repo).version(SECOND)

    assert two.effective == date(2027, 1, 31)
    assert [(p.commit, p.was, p.becomes) for p in two.postponements] == [(moved, date(2026, 12, 31), date(2027, 1, 31))]


@pytest.mark.parametrize(
    ("effective", "at"),
    [("2026-12-15", "2026-12-10T10:00:00+08:00"), ("2027-03-01", "2027-01-10T10:00:00+08:00")],
)
def test_effective_never_moves_earlier_nor_once_it_binds(repo: Repo, effective: str, at: str) -> None:
    pending(repo)
    repo.commit(second(effective=effective), at=at)

    found = history(repo)

    assert found.version(SECOND).effective == date(2026, 12, 31)
    assert found.landings[-1].deed is Deed.UNRELEASED_EDIT


def test_a_hotfix_may_land_while_a_later_version_is_pending(repo: Repo) -> None:
    pending(repo)
    fix = policy_text(
        "We keep your data for three years.\n", number="1.0.1", published="2026-12-05", declared="editorial"
    )
    repo.commit(fix, at="2026-12-05T10:00:00+08:00")
    repo.commit(
        second(body="We keep your data for five years.\n", number="2.0.1", published="2026-12-06"),
        at="2026-12-06T10:00:00+08:00",
    )

    found = history(repo)

    assert [str(version.number) for version in found.versions] == ["1.0.0", "1.0.1", "2.0.0", "2.0.1"]
    assert str(found.in_force(date(2026, 12, 30)).number) == "1.0.1"  # type: ignore[union-attr]
    assert str(found.in_force(date(2026, 12, 31)).number) == "2.0.1"  # type: ignore[union-attr]


def test_restoring_the_earlier_version_withdraws_the_pending_one(repo: Repo) -> None:
    pending(repo)
    repo.commit(policy_text(), at="2026-12-10T10:00:00+08:00")

    found = history(repo)
    two = found.version(SECOND)

    assert found.landings[-1].deed is Deed.WITHDRAWAL
    assert found.status(two, date(2026, 12, 9)) is Status.PENDING
    assert found.status(two, date(2026, 12, 10)) is Status.WITHDRAWN
    assert found.in_force(date(2027, 2, 1)) == found.version(FIRST)


def test_going_back_from_a_version_in_force_needs_a_new_number(repo: Repo) -> None:
    pending(repo)
    repo.commit(policy_text(), at="2027-01-10T10:00:00+08:00")

    found = history(repo)

    assert found.landings[-1].deed is Deed.UNRELEASED_EDIT
    assert found.in_force(date(2027, 1, 11)) == found.version(SECOND)


def test_a_number_that_comes_back_with_other_words_is_an_error(repo: Repo) -> None:
    pending(repo)
    repo.commit(policy_text("We keep nothing.\n"), at="2026-12-10T10:00:00+08:00")

    with pytest.raises(HistoryError, match=r"1\.0\.0.*comes back with other words"):
        history(repo)


def test_numbers_rise_in_order_of_effect(repo: Repo) -> None:
    pending(repo)
    late = policy_text(
        "We keep less.\n", number="1.1.0", published="2026-12-05", effective="2027-02-01", declared="minor"
    )
    repo.commit(late, at="2026-12-05T10:00:00+08:00")

    with pytest.raises(HistoryError, match="order of effect"):
        history(repo)


def test_only_what_landed_on_the_first_parent_line_counts(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.git("switch", "--quiet", "-c", "draft")
    repo.commit(second(body="A first try.\n"), at="2026-11-28T10:00:00+08:00")
    repo.commit(second(), at="2026-11-29T10:00:00+08:00")
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Release 2.0.0", "draft", at="2026-12-01T10:00:00+08:00")

    found = history(repo)

    assert deeds(repo) == [Deed.RELEASE, Deed.RELEASE]
    assert found.version(SECOND).document.text == LONGER.strip()
    assert found.version(SECOND).landed_on == date(2026, 12, 1)


def test_squash_merge_and_rebase_give_the_same_versions(tmp_path: Path, settings: str) -> None:
    digests = set()
    for way in ("squash", "merge", "rebase"):
        repo = Repo(tmp_path / way)
        repo.commit(policy_text())
        repo.git("switch", "--quiet", "-c", "draft")
        repo.commit(second(), at="2026-11-29T10:00:00+08:00")
        repo.git("switch", "--quiet", "main")
        if way == "squash":
            repo.git("merge", "--quiet", "--squash", "draft")
            repo.git("commit", "--quiet", "-m", "Release", at="2026-12-01T10:00:00+08:00")
        else:
            flag = "--no-ff" if way == "merge" else "--ff-only"
            repo.git("merge", "--quiet", flag, "-m", "Release", "draft", at="2026-12-01T10:00:00+08:00")
        digests.add(tuple(version.digest for version in history(repo).versions))

    assert len(digests) == 1


def test_a_renamed_file_keeps_its_history(repo: Repo) -> None:
    repo.commit(policy_text(), path="privacy.md")
    (repo.path / "policy").mkdir()
    repo.git("mv", "privacy.md", "policy/privacy.md")
    repo.git("commit", "--quiet", "-m", "Move the policy", at="2026-11-25T10:00:00+08:00")
    repo.commit(second(), at="2026-12-01T10:00:00+08:00")

    assert deeds(repo) == [Deed.RELEASE, Deed.FORMATTING, Deed.RELEASE]


def test_a_copied_file_does_not_inherit_a_history(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.commit(policy_text(), path="policy/terms.md", at="2026-12-01T10:00:00+08:00")

    terms = read_history(repo.path, "policy/terms.md")

    assert [landing.deed for landing in terms.landings] == [Deed.RELEASE]


def test_a_shallow_clone_is_an_error(repo: Repo, tmp_path: Path) -> None:
    pending(repo)
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.path}", str(tmp_path / "shallow"))

    with pytest.raises(HistoryError, match="shallow clone"):
        read_history(tmp_path / "shallow", "policy/privacy.md")


def test_a_tag_that_seals_the_same_words_is_silent_and_another_is_an_error(repo: Repo) -> None:
    pending(repo)
    repo.git("tag", "privacy/2.0.0")
    assert history(repo).versions

    repo.commit(second(body="Other words.\n"), at="2026-12-10T10:00:00+08:00")
    repo.git("tag", "--force", "privacy/2.0.0")

    with pytest.raises(HistoryError, match=r"tag privacy/2\.0\.0 seals other words"):
        history(repo)


def test_an_unreadable_date_stops_until_it_is_mended_and_no_longer(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.commit(second(published="1 December"), at="2026-12-01T10:00:00+08:00")
    with pytest.raises(DocumentError, match=r"privacy\.md:4: '1 December' is not a date"):
        history(repo)

    repo.commit(second(), at="2026-12-01T11:00:00+08:00")

    assert deeds(repo) == [Deed.RELEASE, Deed.REFUSED, Deed.RELEASE]


def test_what_stood_before_the_first_front_matter_is_a_draft(repo: Repo) -> None:
    repo.commit("We keep your data.\n")
    repo.commit(policy_text())

    assert deeds(repo) == [Deed.DRAFT, Deed.RELEASE]


def test_a_version_that_landed_late_is_refused_and_the_first_is_exempt(repo: Repo) -> None:
    repo.commit(policy_text(published="2020-01-01"))
    repo.commit(second(), at="2026-12-04T10:00:00+08:00")

    assert deeds(repo) == [Deed.RELEASE, Deed.RELEASE]
    with pytest.raises(HistoryError, match="published on 2026-12-01, but landed on 2026-12-04"):
        history(repo, late_days=2)
    assert history(repo, late_days=3).versions


def test_a_landing_is_dated_in_the_policys_own_time_zone(repo: Repo) -> None:
    repo.commit(policy_text(), at="2026-11-22T17:30:00+00:00")

    assert history(repo).versions[0].landed_on == date(2026, 11, 23)


def test_only_the_first_version_is_initial(repo: Repo) -> None:
    repo.commit(policy_text())
    repo.commit(second(declared="initial"), at="2026-12-01T10:00:00+08:00")

    with pytest.raises(HistoryError, match=r"only the first version is 'initial'"):
        history(repo)


def test_a_refused_revision_stops_only_while_it_is_the_newest(repo: Repo) -> None:
    pending(repo)
    repo.commit(policy_text("We keep nothing.\n"), at="2026-12-10T10:00:00+08:00")
    repo.commit(second(number="2.0.1", published="2026-12-11"), at="2026-12-11T10:00:00+08:00")

    found = history(repo)

    assert [landing.deed for landing in found.landings][-2:] == [Deed.REFUSED, Deed.RELEASE]
    assert found.version(FIRST).document.text == "We keep your data for 3 years."


def test_a_withdrawn_version_never_comes_back_under_its_number(repo: Repo) -> None:
    pending(repo)
    repo.commit(policy_text(), at="2026-12-10T10:00:00+08:00")
    repo.commit(second(), at="2027-02-20T10:00:00+08:00")

    with pytest.raises(HistoryError, match=r"2\.0\.0 was withdrawn on 2026-12-10"):
        history(repo)


def test_a_commit_dated_back_cannot_undo_what_binds(repo: Repo) -> None:
    pending(repo)
    repo.commit(second(body=f"**{LONGER.strip()}**\n"), at="2027-01-05T10:00:00+08:00")
    repo.commit(policy_text(), at="2026-12-02T10:00:00+08:00")

    assert history(repo).landings[-1].deed is Deed.UNRELEASED_EDIT


def test_a_subject_cannot_pass_for_a_date_or_a_commit(repo: Repo) -> None:
    commit = repo.commit(policy_text(), message=f"nice\x1f\x1e{'d' * 40}\x1f1000000000\x1fold")

    (landing,) = history(repo).landings

    assert (landing.revision.commit, landing.revision.landed_on) == (commit, date(2026, 11, 23))


def test_replaced_objects_and_grafts_change_nothing(repo: Repo) -> None:
    pending(repo)
    blob = repo.git("rev-parse", "HEAD:policy/privacy.md")
    repo.write(second(body="We keep your data for 50 years.\n"), "other.md")
    repo.git("replace", blob, repo.git("hash-object", "-w", "other.md"))
    (repo.path / ".git" / "info").mkdir(exist_ok=True)
    (repo.path / ".git" / "info" / "grafts").write_text(repo.git("rev-parse", "HEAD") + "\n")

    found = history(repo)

    assert [version.document.text for version in found.versions] == ["We keep your data for 3 years.", LONGER.strip()]


def test_no_monitor_that_a_repository_names_is_run(repo: Repo, tmp_path: Path) -> None:
    pending(repo)
    repo.write(policy_text(LONGER))
    ran = tmp_path / "ran"
    set_git(repo.path / ".git" / "config", "core.fsmonitor", f"touch {ran}; cat")

    with closing(PolicyRepository(repo.path, zone=ZONE)) as repository:
        repository.history("policy/privacy.md")
        assert repository.dirty("policy") == ("policy/privacy.md",)

    assert not ran.exists()


def test_folders_that_the_user_trusts_stay_trusted(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on build servers, where another user owns the folder."""
    pending(repo)
    user = tmp_path / "trusting"
    set_git(user, "safe.directory", str(repo.path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(user))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    assert deeds(repo) == [Deed.RELEASE, Deed.RELEASE]


def test_a_link_in_a_policys_place_is_no_policy(repo: Repo) -> None:
    pending(repo)
    (repo.path / "policy" / "privacy.md").unlink()
    (repo.path / "policy" / "privacy.md").symlink_to("elsewhere.md")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "Link", at="2026-12-10T10:00:00+08:00")

    with pytest.raises(HistoryError, match="a link or a submodule"):
        history(repo)


def test_a_star_in_a_name_is_a_star(repo: Repo) -> None:
    pending(repo)

    with pytest.raises(RepositoryError, match=r"no commit holds the file 'policy/\*\.md'"):
        read_history(repo.path, "policy/*.md")


def test_a_repository_without_a_commit_says_so(repo: Repo) -> None:
    with pytest.raises(RepositoryError, match="there is no commit 'HEAD' yet"):
        history(repo)


def test_what_a_reason_said_is_sealed(repo: Repo) -> None:
    text = policy_text(declared="initial").replace("class: initial", "class: initial\nreason: one")
    repo.commit(text)
    repo.commit(text.replace("reason: one", "reason: two"))

    assert deeds(repo) == [Deed.RELEASE, Deed.UNRELEASED_EDIT]


def test_who_came_before_the_first_version_is_taken_to_know_it(repo: Repo) -> None:
    pending(repo)
    found = history(repo)

    days = (date(2019, 1, 1), date(2026, 11, 26), date(2026, 12, 30), date(2026, 12, 31))
    assert [found.assumed(day).number for day in days] == [FIRST, FIRST, FIRST, SECOND]


def test_a_history_without_a_version_assumes_nothing() -> None:
    with pytest.raises(HistoryError, match="'privacy' has no version yet"):
        History(policy="privacy", versions=(), landings=()).assumed(date(2026, 12, 1))


def test_a_folder_of_policies_may_be_a_link_inside_its_repository(repo: Repo) -> None:
    repo.commit(policy_text(), path="legal/texts/privacy.md")
    (repo.path / "policy").symlink_to("legal/texts")

    with PolicyFolder.open(repo.path, "policy") as policies:
        assert policies.names == ("privacy",)
        assert [version.number for version in policies.history("privacy").versions] == [FIRST]


def test_a_folder_that_leads_out_of_its_repository_is_refused_in_a_sentence(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (repo.path / "policy").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(RepositoryError, match="the policies lie outside the git repository"):
        PolicyFolder.open(repo.path, "policy")


def test_a_history_is_read_once(repo: Repo) -> None:
    pending(repo)

    with PolicyFolder.open(repo.path, "policy") as policies:
        assert policies.history("privacy") is policies.history("privacy")


def test_the_commit_at_head_is_read_from_a_branch_from_packed_references_and_from_none(repo: Repo) -> None:
    commit = repo.commit(policy_text())
    for deed in (("branch", "x"), ("pack-refs", "--all"), ("checkout", "--quiet", "--detach")):
        repo.git(*deed)
        with closing(PolicyRepository(repo.path, zone=ZONE)) as repository:
            assert repository.head() == commit
