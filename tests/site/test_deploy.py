"""How a built site goes live: a link that is switched at once, a site that is kept, a branch that a host serves."""

import threading
from pathlib import Path

import pytest

from tests.repositories import Repo
from tests.site.sites import ANNOUNCED, BEFORE, CHANGED, build, three_versions, tree
from toolkit.errors import HistoryError, SiteError
from toolkit.policy.repository import PolicyRepository
from toolkit.site.deploy import ServedBranch, served_folder
from toolkit.site.publish import Published, publish
from toolkit.site.reading import open_policies
from toolkit.site.record import FILE


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return three_versions(tmp_path_factory.mktemp("project"))


def test_the_folder_is_a_link_that_leads_to_the_newest_release(repo: Repo, tmp_path: Path) -> None:
    to = tmp_path / "site"
    build(repo, on=BEFORE, to=to)
    first = to.readlink()
    build(repo, on=ANNOUNCED, to=to)

    assert to.is_symlink()
    assert (first, to.readlink()) == (Path(".site.releases/1"), Path(".site.releases/2"))
    assert not (tmp_path / ".site.releases/1/2.0.0").exists()
    assert (to / "2.0.0").is_dir()


def test_a_reader_sees_a_whole_site_at_every_moment(repo: Repo, tmp_path: Path) -> None:
    to = tmp_path / "site"
    build(repo, on=BEFORE, to=to)
    seen, done = [], threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append((to / "index.html").is_file())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for on in (ANNOUNCED, CHANGED, ANNOUNCED):
            build(repo, on=on, to=to)
    finally:
        done.set()
        reader.join()

    assert len(seen) > 1000
    assert all(seen)


def test_the_site_before_is_served_again_after_a_rollback_and_only_one_is_kept(repo: Repo, tmp_path: Path) -> None:
    to = tmp_path / "site"
    for on in (BEFORE, ANNOUNCED, CHANGED):
        build(repo, on=on, to=to)
    assert sorted(each.name for each in (tmp_path / ".site.releases").iterdir() if each.is_dir()) == ["2", "3"]

    served_folder(to).roll_back()
    assert to.readlink().name == "2"
    with pytest.raises(SiteError, match="no earlier site"):
        served_folder(to).roll_back()

    build(repo, on=CHANGED, to=to)
    assert to.readlink().name == "4"


def test_after_a_rollback_a_version_that_was_shown_may_still_not_get_lost(repo: Repo, tmp_path: Path) -> None:
    clone = Repo(tmp_path / "project")
    clone.git("pull", "--quiet", str(repo.path), "main")
    to = tmp_path / "site"
    build(clone, on=BEFORE, to=to)
    build(clone, on=ANNOUNCED, to=to)
    served_folder(to).roll_back()
    assert not (to / "2.0.0").exists()

    clone.git("reset", "--quiet", "--hard", "HEAD~2")
    with pytest.raises(HistoryError, match=r"version 2\.0\.0 of 'privacy' was published"):
        build(clone, on=BEFORE, to=to)


def test_a_folder_of_an_earlier_toolkit_becomes_the_first_release(repo: Repo, tmp_path: Path) -> None:
    to = tmp_path / "site"
    build(repo, on=BEFORE, to=to)
    plain = tmp_path / "plain"
    to.resolve().rename(plain)
    before = tree(plain)

    build(repo, on=ANNOUNCED, to=plain)

    assert plain.is_symlink()
    assert tree(tmp_path / ".plain.releases" / "1") == before


def test_a_link_of_somebody_elses_is_followed_and_not_replaced(repo: Repo, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    build(repo, on=BEFORE, to=link)

    assert link.readlink() == tmp_path / "real"
    assert (tmp_path / "real").readlink() == Path(".real.releases/1")


@pytest.fixture
def origin(repo: Repo, tmp_path: Path) -> Path:
    """Give a bare repository, as a host has it, and return it."""
    bare = tmp_path / "origin.git"
    repo.git("clone", "--quiet", "--bare", str(repo.path), str(bare))
    return bare


def clone_of(origin: Path, folder: Path) -> Repo:
    clone = Repo(folder)
    clone.git("remote", "add", "origin", str(origin))
    clone.git("fetch", "--quiet", "origin")
    clone.git("reset", "--quiet", "--hard", "origin/main")
    return clone


def to_branch(repo: Repo, *, push: bool = False, day: str = "announced") -> Published:
    from tests.site.sites import FAR, project

    on = {"before": BEFORE, "announced": ANNOUNCED, "changed": CHANGED}[day]
    settled = project(repo)
    with open_policies(settled, now=FAR) as policies:
        to = ServedBranch(repository=policies.repository, branch="pages", push=push)
        return publish(settled, policies, on=on, to=to)


def test_a_branch_gets_the_site_and_nothing_leaves_without_push(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path / "clone")

    done = to_branch(clone)

    files = clone.git("ls-tree", "-r", "--name-only", "pages").splitlines()
    assert done.changed
    assert {"index.html", "2.0.0/index.html", FILE, ".nojekyll"} <= set(files)
    assert clone.git("branch", "--show-current") == "main"
    assert clone.git("status", "--porcelain") == ""
    assert clone.git("ls-remote", "--heads", "origin", "pages") == ""


def test_the_same_site_makes_no_commit(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path / "clone")
    to_branch(clone)
    before = clone.git("rev-parse", "pages")

    assert not to_branch(clone).changed
    assert clone.git("rev-parse", "pages") == before


def test_the_next_machine_goes_on_from_the_pushed_branch_and_knows_what_was_shown(origin: Path, tmp_path: Path) -> None:
    first = clone_of(origin, tmp_path / "first")
    to_branch(first, push=True)

    second = clone_of(origin, tmp_path / "second")
    to_branch(second, push=True, day="changed")
    assert second.git("rev-list", "--count", "pages") == "2"

    third = clone_of(origin, tmp_path / "third")
    third.git("reset", "--quiet", "--hard", "HEAD~2")
    with pytest.raises(HistoryError, match=r"version 2\.0\.0 of 'privacy' was published"):
        to_branch(third)


def test_a_branch_with_other_files_is_left_alone(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path / "clone")
    clone.git("branch", "pages", "main")

    with pytest.raises(SiteError, match="does not belong to the site"):
        to_branch(clone)


def test_the_hosts_own_name_of_the_site_outlives_publishing(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path / "clone")
    to_branch(clone)
    clone.git("switch", "--quiet", "pages")
    clone.write("kvm.example.hk\n", "CNAME")
    clone.git("add", "CNAME")
    clone.git("commit", "--quiet", "-m", "Name the host")
    clone.git("switch", "--quiet", "main")

    to_branch(clone, day="changed")

    assert clone.git("show", "pages:CNAME") == "kvm.example.hk"


def test_a_refused_push_says_so(origin: Path, tmp_path: Path) -> None:
    first, second = (clone_of(origin, tmp_path / name) for name in ("first", "second"))
    to_branch(first, push=True)

    with pytest.raises(SiteError, match="git push failed"):
        to_branch(second, push=True, day="changed")


def test_the_repository_is_read_without_a_checkout_of_the_branch(origin: Path, tmp_path: Path) -> None:
    clone = clone_of(origin, tmp_path / "clone")
    to_branch(clone)
    repository = PolicyRepository(clone.path)
    try:
        assert FILE in repository.files("pages")
        assert ServedBranch(repository=repository, branch="pages").record().digests
    finally:
        repository.close()


def test_going_back_swallows_no_folder_that_is_not_ours(repo: Repo, tmp_path: Path) -> None:
    to = tmp_path / "site"
    build(repo, on=BEFORE, to=to)
    to.unlink()
    to.mkdir()
    (to / "thesis.txt").write_text("years of work", encoding="utf-8")

    with pytest.raises(SiteError, match="holds other things"):
        served_folder(to).roll_back()
    assert (to / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_branch_may_have_a_folders_name_and_keeps_what_was_not_pushed(origin: Path, tmp_path: Path) -> None:
    from tests.site.sites import FAR, project

    clone = clone_of(origin, tmp_path / "clone")
    clone.write("x", "pages/x.txt")
    to_branch(clone, push=True, day="before")
    clone.git("fetch", "--quiet", "origin")
    to_branch(clone)
    assert to_branch(clone, day="changed").changed

    assert clone.git("rev-list", "--count", "refs/heads/pages") == "3"
    with open_policies(project(clone), now=FAR) as policies:
        digests = ServedBranch(repository=policies.repository, branch="pages").record().digests
    assert ("privacy", "2.0.0") in digests
