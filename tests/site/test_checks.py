"""What publishing refuses, and how it says so."""

from datetime import date
from pathlib import Path

import pytest

from tests.repositories import Repo, policy_text
from tests.site.sites import BEFORE, FIRST, SETTINGS, pages
from toolkit.errors import HistoryError, SiteError

LATE = date(2026, 12, 10)


def published(folder: Path, body: str) -> None:
    repo = Repo(folder)
    repo.write(SETTINGS, "pyproject.toml")
    repo.commit(policy_text(f"Words.\n\n{body}\n"))
    pages(repo, BEFORE)


def landed_on(folder: Path, day: str) -> Repo:
    repo = Repo(folder)
    repo.write(SETTINGS, "pyproject.toml")
    repo.commit(policy_text(FIRST))
    text = policy_text("New.\n", number="2.0.0", published="2026-12-01", effective="2026-12-31", declared="material")
    repo.commit(text, at=f"{day}T09:00:00+08:00")
    return repo


def test_a_version_that_landed_late_after_its_published_date_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="published on 2026-12-01, but landed on 2026-12-04") as refused:
        pages(landed_on(tmp_path, "2026-12-04"), LATE)
    assert refused.value.where.startswith("policy/privacy.md at ")
    assert refused.value.mend


def test_two_days_late_is_in_time(tmp_path: Path) -> None:
    assert "2.0.0/" in pages(landed_on(tmp_path, "2026-12-03"), LATE)


def test_a_late_version_can_be_mended_by_putting_the_text_before_it_back(tmp_path: Path) -> None:
    repo = landed_on(tmp_path, "2026-12-04")
    repo.commit(policy_text(FIRST), at="2026-12-05T09:00:00+08:00")
    again = {"published": "2026-12-06", "effective": "2026-12-31", "declared": "material"}
    repo.commit(policy_text("New.\n", number="2.0.1", **again), at="2026-12-06T09:00:00+08:00")
    found = pages(repo, LATE)
    assert "2.0.1/" in found
    assert "2.0.0/" not in found


def test_the_first_version_may_be_older_than_its_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write(SETTINGS, "pyproject.toml")
    repo.commit(policy_text(published="2019-05-01"))
    assert pages(repo, BEFORE)[""].number == "1.0.0"


@pytest.mark.parametrize(
    "body", ["<b>loud</b>", "A word <i onclick=x>here</i>.", "<script>x</script>", "<!-- a note -->"]
)
def test_raw_html_is_refused_with_file_and_line(tmp_path: Path, body: str) -> None:
    with pytest.raises(SiteError, match="holds raw HTML") as refused:
        published(tmp_path, body)
    assert refused.value.where == "policy/privacy.md:11"


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#10;script:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_could_run_or_read_something_is_refused(tmp_path: Path, target: str) -> None:
    with pytest.raises(SiteError, match="a link that is no web address"):
        published(tmp_path, f"[here]({target})")


@pytest.mark.parametrize(
    "target",
    [
        "https://example.hk/",
        "http://example.hk",
        "mailto:a@example.hk",
        "tel:+85212345678",
        "#1",
        "terms/",
        "/x",
    ],
)
def test_ordinary_links_are_published(tmp_path: Path, target: str) -> None:
    published(tmp_path, f"[here]({target})")


def test_a_picture_is_refused_for_it_would_ask_another_server(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="shows a picture"):
        published(tmp_path, "![us](https://cdn.example.com/us.png)")
