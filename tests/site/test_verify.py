"""A live page is fetched from a real server and compared with what git says applies."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.providers.web import serve
from tests.repositories import Repo
from tests.review.test_check import policy
from tests.site.sites import FAR, project, three_versions
from toolkit.site.pages import Page
from toolkit.site.publish import build_pages
from toolkit.site.reading import open_policies
from toolkit.site.verify import verify_pages

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


@pytest.fixture(scope="module")
def home(repo: Repo) -> list[tuple[Page, str]]:
    """Give the page in force on that day, as it is built."""
    settled = project(repo)
    with open_policies(settled, now=FAR) as policies:
        return [
            each for each in build_pages(settled, policies, on=date(2026, 12, 25)) if each[0].listed and each[0].number
        ]


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
        (lambda html: html.replace("</article>", "</i><p>We sell it.</p></article>"), "We sell it."),
        (lambda html: html.replace("<article", "<article hidden"), "hidden"),
        (lambda html: html.replace("</article>", "</article><p>We sell it.</p>"), "We sell it."),
        (lambda html: html.replace("</head>", "<style>article p{display:none}</style></head>"), "display:none"),
        (lambda html: html.replace("for 3 years", "for <del>3 years</del>"), "<del>"),
        (lambda html: html.replace("</body>", "<script>document.body.innerHTML='x'</script></body>"), "innerHTML"),
    ],
)
def test_a_page_that_lies_is_found_with_what_differs(
    served: tuple[str, Path], home: list[tuple[Page, str]], edit: Callable[[str], str], shown: str
) -> None:
    change(served[1], edit)

    (checkup,) = verify_pages(served[0], home)

    assert not checkup.is_true
    assert checkup.redline is not None
    changes = [each for each in checkup.redline.changed if each.is_sealed]
    words = " ".join(f"{each.before} {each.after} {each.clause.links}" for each in changes)
    assert shown in words + " ".join(checkup.difference)


def test_what_differs_is_printed_and_the_exit_code_is_3(repo: Repo, served: tuple[str, Path]) -> None:
    change(served[1], lambda html: html.replace("for 3 years", "for 9 years"))
    wrong = policy(repo.path, "verify", served[0], POLICY_NOW=NOW)
    change(served[1], lambda html: html.replace("for 9 years", "for <del>3 years</del>"))
    hidden = policy(repo.path, "verify", served[0], POLICY_NOW=NOW)

    assert (wrong.returncode, hidden.returncode) == (3, 3)
    assert f"{served[0]} does not say privacy 1.0.0" in wrong.stdout
    assert "does not say what applies on 2026-12-25" in wrong.stderr
    assert "has the words of privacy 1.0.0, but is not the page that is built from git" in hidden.stdout


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


def test_a_page_that_leads_elsewhere_is_not_followed(repo: Repo, served: tuple[str, Path]) -> None:
    done = policy(repo.path, "verify", f"{served[0]}1.0.0", POLICY_NOW=NOW)
    there = policy(repo.path, "verify", served[0], "--all", POLICY_NOW=NOW)

    assert (done.returncode, there.returncode) == (3, 0)


def test_the_page_of_a_day_is_the_same_on_the_next_while_nothing_changes(repo: Repo, served: tuple[str, Path]) -> None:
    assert policy(repo.path, "verify", served[0], POLICY_NOW="2026-12-27T10:00:00+08:00").returncode == 0


@pytest.mark.parametrize("url", ["kvm.hk", "file:///etc/passwd", "https:///"])
def test_what_is_no_web_address_is_a_misuse(repo: Repo, url: str) -> None:
    assert policy(repo.path, "verify", url, POLICY_NOW=NOW).returncode == 2
