"""`mkdocs build` and `mkdocs serve` by themselves, as real processes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.repositories import Repo, policy_text
from tests.site.sites import ANNOUNCED, SECOND, build, three_versions, tree, with_look


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = three_versions(tmp_path / "project")
    with_look(repo, day=ANNOUNCED)
    return repo


def environment() -> dict[str, str]:
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def mkdocs(repo: Repo, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=repo.path, env=environment(), capture_output=True, text=True, check=False)


def test_mkdocs_build_alone_gives_the_same_site(repo: Repo, tmp_path: Path) -> None:
    done = mkdocs(repo, "build", "--strict")
    assert done.returncode == 0, done.stderr
    published = build(repo, on=ANNOUNCED, to=tmp_path / "published")
    assert tree(repo.path / "build" / "site") == tree(Path(published.to))


def test_mkdocs_build_shows_the_last_commit_and_says_what_it_leaves_out(repo: Repo) -> None:
    repo.write(policy_text("Unfinished.\n"))
    done = mkdocs(repo, "build")
    assert "Not committed, so not shown: policy/privacy.md" in done.stderr
    assert "Unfinished" not in (repo.path / "build" / "site" / "index.html").read_text()


def test_an_error_of_ours_is_one_line_without_a_traceback(repo: Repo) -> None:
    loud = "A <b>loud</b> word.\n"
    dates = {"published": "2026-12-20", "effective": "2026-12-31"}
    repo.commit(policy_text(loud, number="2.0.1", declared="material", **dates))
    done = mkdocs(repo, "build")
    assert done.returncode == 1
    assert "policy/privacy.md:9: version 2.0.1 holds raw HTML: <b> Say it in Markdown" in done.stderr
    assert "Traceback" not in done.stderr


def test_mkdocs_refuses_to_build_into_the_look(repo: Repo) -> None:
    before = tree(repo.path / "site")
    done = mkdocs(repo, "build", "--site-dir", "site")
    assert done.returncode == 1
    assert "MkDocs empties it" in done.stderr
    assert tree(repo.path / "site") == before


def test_mkdocs_refuses_an_address_that_is_not_ours(repo: Repo) -> None:
    file = repo.path / "mkdocs.yml"
    file.write_text(file.read_text().replace("https://example.hk/", "https://example.com/"))
    assert "Write the same address in both" in mkdocs(repo, "build").stderr


@contextmanager
def serving(repo: Repo) -> Iterator[HTTPConnection]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-livereload", "-a", f"127.0.0.1:{port}"]
    with (repo.path / "serve.log").open("wb") as said:
        server = subprocess.Popen(command, cwd=repo.path, env=environment(), stdout=said, stderr=said)
    try:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        _await(connection)
        yield connection
    finally:
        connection.close()
        server.terminate()
        server.wait()


def _await(connection: HTTPConnection) -> None:
    for _ in range(150):
        try:
            connection.connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("mkdocs serve never answered.")


def served(repo: Repo, path: str) -> str:
    with serving(repo) as connection:
        connection.request("GET", f"/privacy/{path}")
        answer = connection.getresponse()
        return answer.read().decode()


def test_mkdocs_serve_shows_an_edit_that_has_no_number_yet(repo: Repo) -> None:
    third = {"number": "3.0.0", "published": "2027-02-01", "effective": "2027-03-01", "declared": "material"}
    repo.write(policy_text(f"{SECOND}\nWords just typed.\n", **third))
    page = served(repo, "3.0.0/")
    assert "Words just typed." in page
    assert "Preview of the working text" in page


def test_mkdocs_serve_shows_a_number_that_is_not_committed(repo: Repo) -> None:
    fourth = {"number": "4.0.0", "published": "2027-05-01", "effective": "2027-06-01", "declared": "material"}
    repo.write(policy_text(f"{SECOND}\nWords of the fourth.\n", **fourth))
    page = served(repo, "4.0.0/")
    assert "Words of the fourth." in page
    assert "as on 1 May 2027" in page
