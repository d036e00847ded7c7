"""The built site: what MkDocs makes of our pages, and how it comes to lie where it is served from."""

import os
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from mkdocs.config import load_config

from tests.repositories import Repo, policy_text
from tests.site.sites import (
    ADDRESS,
    ANNOUNCED,
    CHANGED,
    ROOT,
    SCHEDULED_WORD,
    SECOND,
    Reader,
    build,
    three_versions,
    tree,
    with_look,
)
from toolkit.errors import SiteError
from toolkit.policy.document import parse_document
from toolkit.policy.version import Status
from toolkit.site.publish import Published


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return three_versions(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def published(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Build the site of a day on which 1.0.0 is in force, 2.0.0 pending and 3.0.0 scheduled."""
    repo.write("# Do not publish: a draft\n", "policy/notes.md")
    repo.write("secret", "policy/assets/stylesheets/secret.css")
    return build(repo, on=ANNOUNCED, to=tmp_path_factory.mktemp("build") / "site")


def html_pages(published: Published) -> dict[str, str]:
    return {name: text.decode() for name, text in tree(Path(published.to)).items() if name.endswith(".html")}


def test_publishing_says_what_was_published(published: Published) -> None:
    assert [(posted.number, posted.status) for posted in published.versions] == [
        ("2.0.0", Status.PENDING),
        ("1.0.0", Status.IN_FORCE),
    ]
    assert published.versions[0].address == f"{ADDRESS}2.0.0/"
    assert published.pages == len(html_pages(published)) - 1  # the page for what is not found
    assert "policy/notes.md" in published.dirty


def test_there_is_a_page_for_each_version_the_history_and_each_redline(published: Published) -> None:
    found = {
        "index.html",
        "history/index.html",
        "1.0.0/index.html",
        "2.0.0/index.html",
        "2.0.0/changes/index.html",
    }
    assert set(html_pages(published)) == found | {"404.html"}


def test_every_page_says_its_dates_title_and_language(published: Published) -> None:
    page = Reader((Path(published.to) / "index.html").read_text())
    assert "Last Updated 23 November 2026" in page.text
    assert "In force from 23 November 2026" in page.text
    assert page.all("html")[0]["lang"] == "en"
    assert "Privacy Policy - Kvmcloud Privacy" in page.text


def test_a_stray_file_in_the_policys_folder_is_never_published(published: Published) -> None:
    assert not any("notes" in name or "secret" in name for name in tree(Path(published.to)))
    assert "Do not publish" not in "".join(html_pages(published).values())


def test_a_scheduled_version_is_nowhere(published: Published) -> None:
    for name, content in tree(Path(published.to)).items():
        if Path(name).suffix in {".html", ".xml", ".json"}:
            assert SCHEDULED_WORD.encode() not in content, name
            assert b"3.0.0" not in content, name


def test_old_and_coming_versions_stay_out_of_search_and_map(published: Published) -> None:
    index = (Path(published.to) / "search" / "search_index.json").read_text()
    assert "for 3 years" in index
    assert "for 5 years.<" not in index
    assert '"location":"2.0.0' not in index
    addresses = re.findall("<loc>(.*?)</loc>", (Path(published.to) / "sitemap.xml").read_text())
    assert addresses == [ADDRESS, f"{ADDRESS}history/"]


def test_a_version_at_its_permanent_address_is_noindex_and_canonical_to_the_current(
    published: Published,
) -> None:
    page = Reader((Path(published.to) / "1.0.0" / "index.html").read_text())
    assert {"name": "robots", "content": "noindex"} in page.all("meta")
    assert [link["href"] for link in page.all("link") if link.get("rel") == "canonical"] == [ADDRESS]
    assert "noindex" not in (Path(published.to) / "index.html").read_text()


def test_no_page_asks_any_other_server_for_anything(published: Published) -> None:
    for name, html in html_pages(published).items():
        for tag, attributes in Reader(html).elements:
            asked = [attributes.get(key, "") for key in ("src", "srcset", "data", "poster", "action")]
            if tag == "link" and attributes.get("rel") != "canonical":
                asked.append(attributes["href"])
            assert not [target for target in asked if urlsplit(target).netloc], f"{name}: {tag} {attributes}"


def test_no_stylesheet_asks_any_other_server_for_anything(published: Published) -> None:
    for name, content in tree(Path(published.to)).items():
        if name.endswith(".css"):
            assert not re.search(rb"url\(\s*['\"]?(?:https?:)?//|@import", content), name


def test_nothing_names_who_made_the_page_or_measures_its_readers(published: Published) -> None:
    html = "".join(html_pages(published).values())
    assert 'name="generator"' not in html
    assert "Made with" not in html


def test_a_page_reads_whole_without_javascript(published: Published) -> None:
    text = Reader((Path(published.to) / "2.0.0" / "index.html").read_text()).text
    for clause in parse_document(SECOND, name="privacy.md").clauses:
        assert clause.text in text


def test_a_summary_with_a_script_is_shown_as_text(published: Published) -> None:
    for name, html in html_pages(published).items():
        assert "<script>alert(1)" not in html, name
    assert "A <script>alert(1)</script> & a sign." in Reader((Path(published.to) / "index.html").read_text()).text


def test_every_link_and_anchor_within_the_site_leads_somewhere(published: Published) -> None:
    for name, html in html_pages(published).items():
        page = Reader(html)
        anchors = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
        for link in page.links():
            target = urlsplit(link)
            if not target.scheme and "register" not in link and name != "404.html":
                place = (Path(published.to) / name).parent / target.path
                assert not target.path or (place / "index.html").exists(), f"{name}: {link}"
                assert target.path or target.fragment in anchors, f"{name}: {link}"


def test_the_same_commit_and_day_give_the_same_bytes(repo: Repo, published: Published, tmp_path: Path) -> None:
    again = build(repo, on=ANNOUNCED, to=tmp_path / "elsewhere" / "site")
    assert tree(Path(again.to)) == tree(Path(published.to))


def test_publishing_replaces_the_whole_site_and_leaves_nothing_else_beside_it(repo: Repo, tmp_path: Path) -> None:
    to = tmp_path / "site"
    build(repo, on=ANNOUNCED, to=to)
    assert not (to / "3.0.0").exists()
    build(repo, on=date(2027, 3, 5), to=to)
    assert (to / "3.0.0").exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == [".site.releases", "site"]
    assert sorted(file.name for file in (tmp_path / ".site.releases").iterdir() if file.is_dir()) == ["1", "2"]
    assert to.stat().st_mode & 0o777 == 0o755


def test_publishing_leaves_the_environment_as_it_was(repo: Repo, tmp_path: Path) -> None:
    before = dict(os.environ)
    build(repo, on=ANNOUNCED, to=tmp_path / "site")
    assert dict(os.environ) == before


@pytest.mark.parametrize("on", [date(2020, 1, 1), CHANGED])
def test_a_failed_build_leaves_the_standing_site_untouched(repo: Repo, tmp_path: Path, on: date) -> None:
    clone = Repo(tmp_path / "project")
    shutil.copytree(repo.path, clone.path, dirs_exist_ok=True)
    to = tmp_path / "build" / "site"
    build(clone, on=ANNOUNCED, to=to)
    before = tree(to)
    shutil.copytree(ROOT / "site", clone.path / "site")
    clone.write(
        "{% extends 'base.html' %}{% block content %}{{ broken.by.us }}{% endblock %}",
        "site/overrides/main.html",
    )
    with pytest.raises(SiteError):
        build(clone, on=on, to=to)
    assert tree(to) == before
    assert [file.name for file in (to.parent / ".site.releases").iterdir() if file.is_dir()] == ["1"]


def test_a_mistake_in_a_template_is_told_with_its_place(tmp_path: Path) -> None:
    repo = three_versions(tmp_path)
    shutil.copytree(ROOT / "site", repo.path / "site")
    repo.write("<p>\n{{ posting.nonsense }}", "site/pages/policy.html")
    with pytest.raises(SiteError, match="nonsense"):
        build(repo, on=ANNOUNCED, to=tmp_path / "build" / "site")


def test_a_wrong_configuration_is_told_with_its_file(tmp_path: Path) -> None:
    repo = three_versions(tmp_path)
    file = with_look(repo, day=ANNOUNCED)
    file.write_text(file.read_text().replace("  - policy:\n", "  - nonsense:\n"))
    with pytest.raises(SiteError, match="nonsense") as refused:
        build(repo, on=ANNOUNCED, to=tmp_path / "build" / "site")
    assert refused.value.where == str(file)


def test_without_our_plugin_nothing_is_published(tmp_path: Path) -> None:
    repo = three_versions(tmp_path)
    file = with_look(repo, day=ANNOUNCED)
    file.write_text(file.read_text().replace(f"  - policy:\n      day: {ANNOUNCED}\n", ""))
    with pytest.raises(SiteError, match="the plugin 'policy' is not named"):
        build(repo, on=ANNOUNCED, to=tmp_path / "build" / "site")


def test_a_folder_that_is_no_built_site_is_never_replaced(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(SiteError, match="holds other things than a site"):
        build(repo, on=ANNOUNCED, to=tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_a_build_never_touches_the_look(tmp_path: Path) -> None:
    repo = three_versions(tmp_path)
    with_look(repo, day=ANNOUNCED)
    before = tree(repo.path / "site")
    build(repo, on=ANNOUNCED, to=repo.path / "build" / "site")
    with pytest.raises(SiteError):
        build(repo, on=ANNOUNCED, to=repo.path / "site")
    assert tree(repo.path / "site") == before


def test_the_configuration_names_the_three_folders_and_no_fonts() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert Path(config.docs_dir) == ROOT / "policy"
    assert Path(config.site_dir) == ROOT / "build" / "site"
    assert Path(str(config.theme.custom_dir)) == ROOT / "site" / "overrides"
    assert config.theme["font"] is False


def test_git_never_ignores_the_look() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    assert "/build/" in ignored
    assert not [line for line in ignored if line.strip("/") == "site"]


def test_a_policy_of_one_version_has_no_redline(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit(policy_text())
    assert build(repo, on=ANNOUNCED, to=tmp_path / "build" / "site").pages == 3
