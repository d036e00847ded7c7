"""How a policy comes in, and how it is looked at before it goes out: `init`, `adopt` and `preview`."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.repositories import Repo
from tests.review.test_check import policy

OLD = b"Terms\n\n1. Paying\n\nYou pay within 14 days.\n\n  - by card\n  - by bank\n"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Give a repository that `policy init` laid out."""
    folder = tmp_path / "policies"
    said = ("--service", 'Ann & "Ben" $x', "--url", "https://example.hk/legal", "--contact", "privacy@example.hk")
    done = policy(tmp_path, "init", str(folder), *said, "--time-zone", "Asia/Hong_Kong", POLICY_NOW="")
    assert done.returncode == 0, done.stderr
    return folder


def test_a_new_repository_builds_and_passes_its_check_at_once(fresh: Path) -> None:
    checked = policy(fresh, "check", POLICY_NOW="")
    published = policy(fresh, "publish", POLICY_NOW="")

    assert (checked.returncode, checked.stdout) == (0, "Checked: privacy. Nothing is wrong.\n")
    assert published.returncode == 0, published.stderr
    page = (fresh / "build/site/index.html").read_text(encoding="utf-8")
    assert "Ann &amp; &quot;Ben&quot; $x" in page or 'Ann &amp; "Ben" $x' in page
    done = subprocess.run(
        ["git", "status", "--porcelain", "--branch"], cwd=fresh, capture_output=True, text=True, check=True
    )
    assert done.stdout == "## main\n"


def test_a_new_repository_has_all_that_it_needs_of_its_own(fresh: Path) -> None:
    wanted = ["policy/privacy.md", "notices/en/notice.txt", "site/pages/policy.html", "mkdocs.yml", "pyproject.toml"]

    assert [name for name in wanted if not (fresh / name).is_file()] == []


def test_mkdocs_builds_a_new_repository_alone(fresh: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=fresh, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_a_new_repository_may_begin_with_the_policy_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_bytes(OLD)
    done = policy(tmp_path, "init", "policies", "--adopt", "old.txt")

    assert done.returncode == 0, done.stderr
    assert "## 1. Paying" in (tmp_path / "policies/policy/privacy.md").read_text(encoding="utf-8")
    assert policy(tmp_path / "policies", "check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--contact", "nobody"), "is not an e-mail address"),
        (("--time-zone", "Mars/Base"), "is not a time zone"),
        (("--url", "example.hk"), "must be a web address"),
    ],
)
def test_wrong_settings_lay_out_nothing(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = policy(tmp_path, "init", "policies", *arguments)

    assert (done.returncode, said in done.stderr) == (2, True)
    assert not (tmp_path / "policies").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    assert policy(tmp_path, "init", ".").returncode == 2
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_adopting_writes_over_nothing_unless_told_to(run: Run, project: Repo) -> None:
    project.write("mine", "mine.md")
    (project.path / "old.txt").write_bytes(OLD)

    assert run("adopt", "old.txt", "-o", "mine.md").returncode == 2
    assert (project.path / "mine.md").read_text(encoding="utf-8") == "mine"
    done = run("adopt", "old.txt", "-o", "mine.md", "--force")
    assert "2 headings, 2 list items, 12 words: the same before and after." in done.stdout


@contextmanager
def previewing(project: Repo) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with (project.path / "preview.log").open("wb") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "toolkit", "preview", "--port", str(port)],
            cwd=project.path,
            stdout=said,
            stderr=said,
        )
    try:
        yield port
    finally:
        server.terminate()
        server.wait()


def page(port: int, path: str, *, until: str) -> str:
    """Return a page once it holds some words; live reload takes a moment."""
    text = ""
    for _ in range(300):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", f"/privacy/{path}")
            text = connection.getresponse().read().decode()
            connection.close()
        except OSError:
            text = ""
        if until in text:
            return text
        time.sleep(0.1)
    raise AssertionError(f"never saw {until!r}")


def test_the_preview_compares_the_working_text_with_the_version_in_force_and_follows_it(project: Repo) -> None:
    file = project.path / "policy" / "privacy.md"
    file.write_text(file.read_text().replace("5 years.", "7 years."))
    with previewing(project) as port:
        home = page(port, "2.0.0/", until="7 years")
        assert "Preview of the working text" in home
        assert 'href="changes/"' in home
        changes = page(port, "2.0.0/changes/", until="<ins")
        assert '<del class="pr-del">3</del><ins class="pr-ins">7</ins>' in changes

        file.write_text(file.read_text().replace("7 years.", "8 years."))
        page(port, "2.0.0/", until="8 years")


def test_a_preview_outside_a_project_is_a_misuse(tmp_path: Path) -> None:
    assert policy(tmp_path, "preview").returncode == 2
