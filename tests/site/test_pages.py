"""What the pages say, on which day. No MkDocs here."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.repositories import Repo, policy_text
from tests.site.sites import (
    ANNOUNCED,
    BEFORE,
    CHANGED,
    FAR,
    FIRST,
    SCHEDULED_WORD,
    SETTINGS,
    Reader,
    pages,
    project,
    three_versions,
)
from tests.vocabulary import ENGLISH
from toolkit.errors import SiteError
from toolkit.policy.version import Status
from toolkit.site.pages import Page, make_pages, relative
from toolkit.site.reading import open_policies, templates


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return three_versions(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def announced(repo: Repo) -> dict[str, Page]:
    return pages(repo, ANNOUNCED)


def single(folder: Path, body: str = FIRST, **front: str) -> Repo:
    repo = Repo(folder)
    repo.write(SETTINGS, "pyproject.toml")
    repo.commit(policy_text(body, **front))
    return repo


def test_the_root_says_version_last_updated_and_effective_date(repo: Repo) -> None:
    text = Reader(pages(repo, CHANGED)[""].html).text
    assert "Privacy Policy Version 2.0.0 Last Updated 1 December 2026 In force from 31 December 2026" in text


def test_the_root_says_in_plain_words_what_changed_last_and_links_to_redline_and_history(repo: Repo) -> None:
    page = Reader(pages(repo, CHANGED)[""].html)
    assert "What changed in version 2.0.0 We keep account data for 5 years (before: 3)." in page.text
    assert page.text.index("What changed") < page.text.index("1. Data we keep")
    assert {"2.0.0/changes/", "history/"} <= set(page.links())


def test_a_pending_version_is_announced_on_the_page_in_force(announced: dict[str, Page]) -> None:
    page = Reader(announced[""].html)
    assert announced[""].number == "1.0.0"
    assert "A new version takes effect on 31 December 2026." in page.text
    assert {"2.0.0/", "2.0.0/changes/"} <= set(page.links())


def test_a_pending_version_has_its_permanent_address_from_the_day_it_is_published(repo: Repo) -> None:
    assert "2.0.0/" not in pages(repo, date(2026, 11, 30))
    page = pages(repo, date(2026, 12, 1))["2.0.0/"]
    assert page.status is Status.PENDING
    assert "This version takes effect on 31 December 2026. Until then version 1.0.0 applies." in Reader(page.html).text


def test_on_its_effective_date_a_version_takes_the_root(repo: Repo) -> None:
    assert pages(repo, date(2026, 12, 30))[""].number == "1.0.0"
    assert pages(repo, date(2026, 12, 31))[""].number == "2.0.0"


def test_a_superseded_version_says_so_and_leads_to_the_current_one(repo: Repo) -> None:
    page = pages(repo, CHANGED)["1.0.0/"]
    read = Reader(page.html)
    assert "This version is no longer in force. Version 2.0.0 applies today." in read.text
    assert "In force from 23 November 2026 to 30 December 2026" in read.text
    assert "../" in read.links()
    assert (page.indexable, page.canonical) == (False, "")


def test_only_the_current_text_and_the_history_are_for_search_engines(announced: dict[str, Page]) -> None:
    assert {page.address for page in announced.values() if page.indexable} == {"", "history/"}


def test_a_scheduled_version_is_on_no_page(announced: dict[str, Page]) -> None:
    assert not any("3.0.0" in address for address in announced)
    assert not any(SCHEDULED_WORD in page.html or "3.0.0" in page.html for page in announced.values())


def test_a_scheduled_neighbour_does_not_show_in_a_redline(tmp_path: Path) -> None:
    repo = single(tmp_path)
    pending = {"published": "2026-12-01", "effective": "2026-12-31", "declared": "material"}
    repo.commit(policy_text("We keep it for 5 years.\n", number="2.0.0", **pending), at="2026-12-01T09:00:00+08:00")
    fix = policy_text("The hotfix.\n", number="1.0.1", published="2026-12-10", declared="editorial")
    repo.commit(fix, at="2026-12-04T09:00:00+08:00")
    assert "hotfix" not in pages(repo, date(2026, 12, 5))["2.0.0/changes/"].html
    assert "hotfix" in pages(repo, date(2026, 12, 10))["2.0.0/changes/"].html


def withdrawing(folder: Path, *, published: str) -> Repo:
    repo = single(folder)
    pending = {"published": published, "effective": "2026-12-31", "declared": "material"}
    repo.commit(policy_text("Other words.\n", number="2.0.0", **pending), at="2026-12-01T09:00:00+08:00")
    repo.commit(policy_text(FIRST), at="2026-12-05T09:00:00+08:00")
    return repo


def test_a_withdrawn_version_keeps_its_address_with_a_clear_mark(tmp_path: Path) -> None:
    found = pages(withdrawing(tmp_path, published="2026-12-01"), ANNOUNCED)
    assert "withdrawn on 5 December 2026 and never came into force" in Reader(found["2.0.0/"].html).text
    assert not found["2.0.0/"].indexable
    assert "A new version" not in found[""].html
    assert "Withdrawn" in Reader(found["history/"].html).text


def test_a_version_withdrawn_before_its_published_date_was_never_public(tmp_path: Path) -> None:
    found = pages(withdrawing(tmp_path, published="2026-12-10"), ANNOUNCED)
    assert set(found) == {"", "history/", "1.0.0/"}


def test_a_policy_that_does_not_bind_yet_says_so(tmp_path: Path) -> None:
    page = pages(single(tmp_path, effective="2026-12-31"), BEFORE)[""]
    assert page.status is Status.PENDING
    assert "This version takes effect on 31 December 2026." in Reader(page.html).text


def test_a_day_without_any_announced_version_is_refused(repo: Repo) -> None:
    with pytest.raises(SiteError, match="no version of 'privacy' is announced on 2026-11-22") as refused:
        pages(repo, date(2026, 11, 22))
    assert "The first is published on 2026-11-23" in str(refused.value)


def test_the_history_is_newest_first_with_kind_dates_state_and_links(repo: Repo) -> None:
    page = pages(repo, CHANGED)["history/"]
    text = Reader(page.html).text
    assert [heading.text for heading in page.headings] == ["Version 2.0.0", "Version 1.0.0"]
    assert (
        "Version 2.0.0 In force Published 1 December 2026 Applies In force from 31 December 2026"
        " Kind of change Material: we tell our customers" in text
    )
    assert "Version 1.0.0 Superseded" in text
    assert {"../2.0.0/", "../2.0.0/changes/", "../1.0.0/", "../"} == set(Reader(page.html).links())


def test_a_postponement_is_told_in_the_history(tmp_path: Path) -> None:
    repo = single(tmp_path)
    front = {"number": "2.0.0", "published": "2026-12-01", "declared": "material"}
    repo.commit(policy_text("New.\n", effective="2026-12-31", **front), at="2026-12-01T09:00:00+08:00")
    repo.commit(policy_text("New.\n", effective="2027-01-31", **front), at="2026-12-10T09:00:00+08:00")
    text = Reader(pages(repo, ANNOUNCED)["history/"].html).text
    assert "On 10 December 2026 its start moved from 31 December 2026 to 31 January 2027." in text


def test_a_redline_shows_the_words_with_text_and_marks(repo: Repo) -> None:
    html = pages(repo, CHANGED)["2.0.0/changes/"].html
    assert "<ins" in html
    assert "<del" in html
    assert "From version 1.0.0 (23 November 2026) to version 2.0.0 (1 December 2026)" in Reader(html).text


def test_a_title_or_summary_with_a_script_is_text(tmp_path: Path) -> None:
    repo = single(tmp_path, title="</title><script>alert(1)</script>", summary="- <img src=x onerror=alert(1)>")
    for page in pages(repo, BEFORE).values():
        read = Reader(page.html)
        assert not read.all("script")
        assert not read.all("img")
        assert "<script>alert(1)</script>" in read.text


def test_a_relative_link_leads_to_one_place_from_every_version(announced: dict[str, Page]) -> None:
    assert "register/" in Reader(announced[""].html).links()
    assert "../register/" in Reader(announced["1.0.0/"].html).links()


def test_a_text_that_opens_with_its_own_title_shows_one(tmp_path: Path) -> None:
    page = pages(single(tmp_path, f"# Privacy Policy\n\n{FIRST}"), BEFORE)[""]
    assert len(Reader(page.html).all("h1")) == 1
    assert Reader(page.html).text.startswith("Privacy Policy Version 1.0.0")


def test_the_headings_hang_in_a_tree(announced: dict[str, Page]) -> None:
    (heading,) = announced[""].headings
    assert (heading.text, heading.anchor) == ("1. Data we keep", "1-data-we-keep")
    assert [below.text for below in heading.below] == ["1.1 Your rights"]


def test_other_policies_live_below_their_name(tmp_path: Path) -> None:
    repo = single(tmp_path)
    repo.commit(policy_text("Pay.\n", title="Terms"), path="policy/terms.md")
    repo.commit("# Cookies, a draft without front matter\n", path="policy/cookies.md")
    found = pages(repo, BEFORE)
    assert set(found) == {"", "history/", "1.0.0/", "terms/", "terms/history/", "terms/1.0.0/"}
    assert found["terms/1.0.0/"].canonical == "terms/"


@pytest.mark.parametrize("name", ["history", "search", "assets", "Terms"])
def test_a_policy_whose_name_cannot_be_an_address_is_refused(tmp_path: Path, name: str) -> None:
    repo = single(tmp_path)
    repo.commit(policy_text("Pay.\n"), path=f"policy/{name}.md")
    with pytest.raises(SiteError, match=f"cannot be named '{name}'"):
        pages(repo, BEFORE)


@pytest.mark.parametrize(
    ("address", "to", "link"),
    [
        ("", "", "./"),
        ("", "history/", "history/"),
        ("2.0.0/", "", "../"),
        ("terms/2.0.0/", "terms/", "../../terms/"),
    ],
)
def test_links_are_relative(address: str, to: str, link: str) -> None:
    assert relative(address, to) == link


def test_no_word_of_a_page_comes_from_a_template_or_from_code(repo: Repo) -> None:
    """A second language's pages must not speak English: every phrase is replaced by a sign, and no letter is left."""
    marked = replace(ENGLISH, phrases=dict.fromkeys(ENGLISH.phrases, "§"))
    settled = project(repo)
    with open_policies(settled, now=FAR) as policies:
        histories = [policies.history(name) for name in policies.names]
    look = templates(settled.folder("site/pages"), marked)
    made = make_pages(histories, on=CHANGED, settings=settled.settings, templates=look, wording=marked)
    said = {text for page in made for text in _furniture(page.html)}
    assert {text for text in said if re.search(r"[A-Za-z]{2}", text)} == set()


def _furniture(html: str) -> Iterator[str]:
    """Give the texts of a page outside of the policy's own words, its summary, dates, numbers and addresses."""
    shown = re.sub(r'<div class="pr-text.*?</div>\s*(?=<footer|\Z)', "", html, flags=re.DOTALL)
    own = r"""<time\b.*?</time>|<ul class="pr-summary">.*?</ul>|<code>.*?</code>|>https?://[^<]*<|<h1\b.*?</h1>"""
    shown = re.sub(own, "", shown, flags=re.DOTALL)
    yield from (text.strip() for text in re.sub(r"<[^>]*>", "\n", shown).splitlines())
    yield from re.findall(r'aria-label="([^"]*)"', shown)
