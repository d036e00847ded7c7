"""A live page is fetched from a real server and compared with what git says applies."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.providers.web import serve
from tests.repositories import Repo
from tests.review.test_check import policy
from tests.site.sites import three_versions

NOW = "2026-12-25T10:00:00+08:00"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    repo = three_versions(tmp_path_factory.mktemp("project"))
    assert policy(repo.path, "publish", POLICY_NOW=NOW).returncode == 0
    return repo


@pytest.fixture
def served(tmp_path: Path, repo: Repo) -> Iterator[tuple[str, Path]]:
    """Serve a copy of the site; yield its address and its folder."""
    folder = tmp_path / "served"
    shutil.copytree(repo.path / "build" / "site", folder)
    with serve(folder) as address:
        yield address, folder


def change(folder: Path, edit: Callable[[str], str], page: str = "index.html") -> None:
    file = folder / page
    before = file.read_text(encoding="utf-8")
    assert edit(before) != before
    file.write_text(edit(before), encoding="utf-8")


def test_a_true_page_is_proved_word_for_word(repo: Repo, served: tuple[str, Path]) -> None:
    done = policy(repo.path, "verify", served[0], POLICY_NOW=NOW)

    assert (done.returncode, done.stdout) == (0, f"{served[0]} says privacy 1.0.0, word for word.\n")


def test_every_page_is_proved_on_request(repo: Repo, served: tuple[str, Path]) -> None:
    said = json.loads(policy(repo.path, "verify", served[0], "--all", "--json", POLICY_NOW=NOW).stdout)

    assert said["true"]
    assert len(said["pages"]) == 5


@pytest.mark.parametrize(
    ("edit", "shown"),
    [
        (lambda html: html.replace("for 3 years", "for 9 years"), "9"),
        (lambda html: html.replace("mailto:privacy@example.hk", "mailto:other@example.hk"), "other@example.hk"),
        (lambda html: html.replace("<footer", "<p>We sell your data.</p><footer"), "We sell your data."),
        (lambda html: html.replace("23 November 2026", "24 November 2026"), "24"),
        (lambda html: html.replace("This page says what we do.", ""), "This page says what we do."),
    ],
)
def test_a_page_that_lies_is_named_with_what_differs(
    repo: Repo, served: tuple[str, Path], edit: Callable[[str], str], shown: str
) -> None:
    change(served[1], edit)

    done = policy(repo.path, "verify", served[0], POLICY_NOW=NOW)

    assert done.returncode == 3
    assert f"{served[0]} does not say privacy 1.0.0" in done.stdout
    assert shown in done.stdout
    assert "does not say what applies on 2026-12-25" in done.stderr


def test_a_page_of_yesterday_lies_once_the_next_version_is_in_force(repo: Repo, served: tuple[str, Path]) -> None:
    done = policy(repo.path, "verify", served[0], POLICY_NOW="2026-12-31T00:00:01+08:00")

    assert done.returncode == 3
    assert "does not say privacy 2.0.0" in done.stdout


def test_a_change_of_a_page_that_is_not_in_force_shows_with_all(repo: Repo, served: tuple[str, Path]) -> None:
    change(served[1], lambda html: html.replace("for 5 years", "for 6 years"), "2.0.0/index.html")

    assert policy(repo.path, "verify", served[0], POLICY_NOW=NOW).returncode == 0
    assert policy(repo.path, "verify", served[0], "--all", POLICY_NOW=NOW).returncode == 3


def test_a_page_that_is_not_there_is_said_to_be_so(repo: Repo, served: tuple[str, Path]) -> None:
    done = policy(repo.path, "verify", f"{served[0]}nowhere/", POLICY_NOW=NOW)
    assert (done.returncode, "the server answers 404" in done.stdout) == (3, True)

    closed = policy(repo.path, "verify", "http://127.0.0.1:9/", POLICY_NOW=NOW)
    assert (closed.returncode, "it cannot be fetched" in closed.stdout) == (3, True)


def test_a_page_that_is_late_is_waited_for(repo: Repo, served: tuple[str, Path]) -> None:
    late = served[1] / "index.html"
    right = late.read_text(encoding="utf-8")
    change(served[1], lambda html: html.replace("for 3 years", "for 9 years"))
    timer = threading.Timer(1.5, lambda: late.write_text(right, encoding="utf-8"))
    timer.start()
    try:
        assert policy(repo.path, "verify", served[0], "--wait", "60", POLICY_NOW=NOW).returncode == 0
    finally:
        timer.join()


@pytest.mark.parametrize("url", ["kvm.hk", "file:///etc/passwd", "https:///"])
def test_what_is_no_web_address_is_a_misuse(repo: Repo, url: str) -> None:
    assert policy(repo.path, "verify", url, POLICY_NOW=NOW).returncode == 2
