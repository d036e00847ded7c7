"""What was published never gets lost or changes unseen, and nothing that is not ours is ever replaced."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.repositories import Repo, policy_text
from tests.site.sites import ANNOUNCED, BEFORE, FAR, SECOND, SETTINGS, build, project, three_versions, with_look
from tests.site.test_mkdocs import mkdocs
from toolkit.errors import HistoryError, SiteError
from toolkit.site.reading import open_policies
from toolkit.site.record import FILE


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return three_versions(tmp_path / "project")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "www"


def numbers(site: Path) -> list[str]:
    return [each["number"] for each in json.loads((site / FILE).read_text())["versions"]]


def test_a_site_records_what_it_shows_and_what_it_ever_showed(repo: Repo, site: Path) -> None:
    build(repo, on=ANNOUNCED, to=site)
    assert numbers(site) == ["1.0.0", "2.0.0"]
    build(repo, on=BEFORE, to=site)
    assert not (site / "2.0.0").exists()
    assert numbers(site) == ["1.0.0", "2.0.0"]


def test_a_published_version_that_is_gone_from_the_history_stops_publishing(repo: Repo, site: Path) -> None:
    build(repo, on=ANNOUNCED, to=site)
    before = (site / "2.0.0" / "index.html").read_bytes()
    whole = repo.git("rev-parse", "HEAD")
    repo.git("reset", "--quiet", "--hard", "HEAD~2")

    with pytest.raises(HistoryError, match=r"version 2\.0\.0 of 'privacy' was published, and is not in the history"):
        build(repo, on=ANNOUNCED, to=site)
    assert (site / "2.0.0" / "index.html").read_bytes() == before

    repo.git("reset", "--quiet", "--hard", whole)
    build(repo, on=ANNOUNCED, to=site)


def test_a_published_version_whose_words_become_others_stops_publishing(repo: Repo, site: Path) -> None:
    build(repo, on=ANNOUNCED, to=site)
    repo.git("reset", "--quiet", "--hard", "HEAD~2")
    other = {"number": "2.0.0", "published": "2026-12-01", "effective": "2026-12-31", "declared": "material"}
    repo.commit(policy_text("Other words.\n", **other), at="2026-12-01T09:00:00+08:00")

    with pytest.raises(HistoryError, match=r"version 2\.0\.0 of 'privacy' was published with other words"):
        build(repo, on=ANNOUNCED, to=site)


def test_a_deleted_policy_that_was_published_stops_publishing(repo: Repo, site: Path) -> None:
    repo.commit(policy_text(published="2026-12-02"), path="policy/terms.md", at="2026-12-02T09:00:00+08:00")
    build(repo, on=ANNOUNCED, to=site)
    repo.git("rm", "--quiet", "policy/terms.md")
    repo.git("commit", "--quiet", "-m", "Delete", at="2026-12-21T09:00:00+08:00")

    with pytest.raises(HistoryError, match=r"version 1\.0\.0 of 'terms' was published"):
        build(repo, on=ANNOUNCED, to=site)

    repo.git("revert", "--no-edit", "HEAD", at="2026-12-21T10:00:00+08:00")
    build(repo, on=ANNOUNCED, to=site)
    assert (site / "terms" / "index.html").exists()


def test_a_policy_that_is_gone_is_named_and_one_that_was_renamed_is_not(repo: Repo) -> None:
    for name in ("terms", "cookies"):
        repo.commit(policy_text(published="2026-12-02"), path=f"policy/{name}.md", at="2026-12-02T09:00:00+08:00")
    repo.git("mv", "policy/cookies.md", "policy/tracking.md")
    repo.git("commit", "--quiet", "-m", "Rename", at="2026-12-21T08:00:00+08:00")
    repo.git("rm", "--quiet", "policy/terms.md")
    repo.git("commit", "--quiet", "-m", "Delete", at="2026-12-21T09:00:00+08:00")

    with open_policies(project(repo), now=FAR) as policies:
        assert policies.deleted() == (("terms", repo.git("rev-parse", "HEAD")),)


def test_a_home_that_is_gone_says_how_to_bring_it_back(repo: Repo, site: Path) -> None:
    repo.git("rm", "--quiet", "policy/privacy.md")
    repo.git("commit", "--quiet", "-m", "Delete", at="2026-12-21T09:00:00+08:00")
    with pytest.raises(HistoryError, match=r"'privacy' was deleted by commit .*'git revert"):
        build(repo, on=ANNOUNCED, to=site)


@pytest.mark.parametrize("foreign", ["sitemap.xml", "shop/orders.html", ".git/HEAD", "CNAME"])
def test_a_folder_that_is_not_ours_is_never_replaced(repo: Repo, site: Path, foreign: str) -> None:
    (site / foreign).parent.mkdir(parents=True, exist_ok=True)
    (site / foreign).write_text("years of work")
    with pytest.raises(SiteError, match="holds other things"):
        build(repo, on=ANNOUNCED, to=site)
    assert (site / foreign).read_text() == "years of work"


@pytest.mark.parametrize("foreign", ["CNAME", ".git/HEAD", "shop/orders.html"])
def test_a_file_that_somebody_put_into_our_site_is_not_lost(repo: Repo, site: Path, foreign: str) -> None:
    build(repo, on=BEFORE, to=site)
    (site / foreign).parent.mkdir(parents=True, exist_ok=True)
    (site / foreign).write_text("years of work")
    with pytest.raises(SiteError, match=f"'{foreign}' does not belong to the site"):
        build(repo, on=ANNOUNCED, to=site)
    assert (site / foreign).read_text() == "years of work"

    (site / foreign).rename(site.parent / "kept")
    build(repo, on=ANNOUNCED, to=site)


def test_a_record_that_cannot_be_read_stops_publishing(repo: Repo, site: Path) -> None:
    build(repo, on=BEFORE, to=site)
    for said in ("[]", "{}", '{"format": "other"}', "\x00"):
        (site / FILE).write_text(said)
        with pytest.raises(SiteError, match="the record of what was published cannot be read"):
            build(repo, on=ANNOUNCED, to=site)


def test_mkdocs_build_keeps_the_same_record(tmp_path: Path) -> None:
    repo = three_versions(tmp_path / "project")
    with_look(repo, day=ANNOUNCED)
    site = repo.path / "build" / "site"
    assert mkdocs(repo, "build").returncode == 0
    assert numbers(site) == ["1.0.0", "2.0.0"]
    build(repo, on=ANNOUNCED, to=site)

    repo.git("reset", "--quiet", "--hard", "HEAD~2")
    done = mkdocs(repo, "build")
    assert done.returncode != 0
    assert "version 2.0.0 of 'privacy' was published" in done.stderr
    assert (site / "2.0.0" / "index.html").exists()


def drafted(folder: Path) -> Repo:
    """Land a draft and the reviewed text under one number, as 'rebase and merge' lands them."""
    repo = Repo(folder)
    repo.write(SETTINGS, "pyproject.toml")
    repo.commit(policy_text(SECOND.replace("5", "3")))
    version = {"number": "2.0.0", "published": "2026-12-01", "effective": "2026-12-31", "declared": "material"}
    repo.commit(policy_text("A draft.\n", **version), at="2026-12-01T09:00:00+08:00")
    repo.commit(policy_text(SECOND, **version), at="2026-12-01T09:00:00+08:00")
    return repo


def test_two_texts_under_one_number_are_not_published_until_it_is_said_which(tmp_path: Path, site: Path) -> None:
    repo = drafted(tmp_path / "project")
    with pytest.raises(HistoryError, match=r"two texts carry number 2\.0\.0") as refused:
        build(repo, on=ANNOUNCED, to=site)
    assert "--sealed" in refused.value.mend
    assert not site.exists()


def test_the_text_released_first_is_published_where_that_is_said(tmp_path: Path, site: Path) -> None:
    repo = drafted(tmp_path / "project")
    build(repo, on=ANNOUNCED, to=site, sealed=True)
    assert "A draft." in (site / "2.0.0" / "index.html").read_text()
    build(repo, on=date(2026, 12, 26), to=site)  # once it is published, it is clear


def test_a_draft_that_is_named_in_the_settings_is_passed_over(tmp_path: Path, site: Path) -> None:
    repo = drafted(tmp_path / "project")
    draft = repo.git("rev-parse", "HEAD~1")[:10]
    repo.write(f'{SETTINGS}drafts = ["{draft}"]\n', "pyproject.toml")
    build(repo, on=ANNOUNCED, to=site)
    assert "A draft." not in (site / "2.0.0" / "index.html").read_text()
    assert "for 5 years" in (site / "2.0.0" / "index.html").read_text()


def test_the_text_that_stands_there_is_published_under_a_number_of_its_own(tmp_path: Path, site: Path) -> None:
    repo = drafted(tmp_path / "project")
    version = {"number": "2.0.1", "published": "2026-12-02", "effective": "2026-12-31", "declared": "editorial"}
    repo.commit(policy_text(SECOND, **version), at="2026-12-02T09:00:00+08:00")
    build(repo, on=ANNOUNCED, to=site)
    assert "for 5 years" in (site / "2.0.1" / "index.html").read_text()
