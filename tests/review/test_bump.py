"""`policy bump` writes the head of a file, and no other byte of it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.repositories import Repo, policy_text
from tests.review.projects import LONGER, begin, on_branch, rules
from tests.review.test_check import policy
from toolkit.errors import DocumentError
from toolkit.policy.classes import Class, Number
from toolkit.policy.document import parse_document
from toolkit.review.bump import Head, write_head

HEAD = Head(
    number=Number(2, 0, 0),
    declared=Class.MATERIAL,
    published=date(2026, 12, 1),
    effective=date(2026, 12, 31),
    summary=("We keep it: for 5 years.", "# and 'more' \"of it\""),
    reason="",
    asking=None,
    verdict=None,
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = begin(tmp_path / "project")
    repo.commit(policy_text("## Keeping\n\nWe keep your data for 3 years.\n"))
    on_branch(repo)
    return repo


def test_the_proposed_head_passes_the_check(repo: Repo) -> None:
    repo.write(policy_text("## Keeping\n\nWe keep your data for 5 years.\n"))

    done = policy(repo.path, "bump")

    assert done.returncode == 0
    assert "version    2.0.0" in done.stdout
    assert "effective  2027-01-03" in done.stdout
    assert (
        "- “Keeping”: We keep your data for 5 years. (before: We keep your data for 3 years.)"
        in (repo.path / "policy/privacy.md").read_text()
    )
    assert rules(repo) == []


def test_a_dry_run_writes_nothing(repo: Repo) -> None:
    file = repo.write(policy_text(LONGER))
    before = file.read_bytes()

    assert "Nothing was written." in policy(repo.path, "bump", "--dry-run").stdout
    assert file.read_bytes() == before


def test_a_lower_class_asks_for_a_reason_and_keeps_it(repo: Repo) -> None:
    repo.write(policy_text("## Keeping\n\nWe keep your data for 5 years.\n"))

    assert "say why with --reason" in policy(repo.path, "bump", "--class", "minor", "--dry-run").stderr
    policy(repo.path, "bump", "--class", "minor", "--reason", 'The text was "wrong": it was 5.')

    front = parse_document((repo.path / "policy/privacy.md").read_bytes(), name="x", released=True).front
    assert front is not None
    assert (str(front.number), front.reason) == ("1.1.0", 'The text was "wrong": it was 5.')
    assert rules(repo) == []


def test_what_legal_wrote_for_this_version_is_kept(repo: Repo) -> None:
    repo.write(policy_text("## Keeping\n\nWe keep your data for 5 years.\n", summary="- Five years, not three."))

    policy(repo.path, "bump")

    assert "- Five years, not three." in (repo.path / "policy/privacy.md").read_text()


def test_a_text_that_says_the_same_needs_no_number(repo: Repo) -> None:
    done = policy(repo.path, "bump")

    assert (done.returncode, "needs no new number" in done.stdout) == (0, True)


def test_a_withdrawn_number_is_not_proposed_again(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    first = (repo.path / "policy/privacy.md").read_text()
    repo.commit(first.replace("1.0.0", "2.0.0").replace("initial", "material").replace("3 years", "4 years")
                .replace("effective: 2026-11-23", "effective: 2027-01-31"))  # fmt: skip
    repo.commit(first)
    repo.write(first.replace("3 years", "5 years"))

    assert "version    3.0.0" in policy(repo.path, "bump", "--dry-run").stdout


def test_a_hotfix_follows_the_version_it_mends(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    first = (repo.path / "policy/privacy.md").read_text()
    repo.commit(first.replace("1.0.0", "2.0.0").replace("initial", "material").replace("3 years", "4 years")
                .replace("effective: 2026-11-23", "effective: 2027-01-31"))  # fmt: skip
    repo.write(first.replace("We keep", "We always keep"))

    done = policy(repo.path, "bump", "--after", "1.0.0", "--class", "editorial", "--reason", "A word was missing.")

    assert "version    1.0.1" in done.stdout
    assert rules(repo, base="HEAD") == []


def test_a_first_text_without_a_head_gets_one(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project")
    repo.write("# Privacy Notice\n\nWe keep it.\n")

    done = policy(repo.path, "bump")

    text = (repo.path / "policy/privacy.md").read_text()
    assert done.returncode == 0
    assert text.startswith("---\ntitle: Privacy Notice\nversion: 1.0.0\n")
    assert text.endswith("---\n\n# Privacy Notice\n\nWe keep it.\n")
    assert rules(repo) == []


@pytest.mark.parametrize("wrong", [("--class", "huge"), ("--published", "soon"), ("--after", "two")])
def test_wrong_input_is_a_misuse_and_changes_nothing(repo: Repo, wrong: tuple[str, str]) -> None:
    file = repo.write(policy_text(LONGER))
    before = file.read_bytes()

    assert policy(repo.path, "bump", *wrong).returncode == 2
    assert file.read_bytes() == before


@given(
    body=st.text(st.characters(codec="utf-8", exclude_characters="\r\x00")),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
)
def test_no_byte_of_the_body_changes(body: str, end: str, mark: str) -> None:
    head = [
        "---",
        "title: It  # ours",
        "version: 1.0.0   # raise me",
        "summary:",
        "- old",
        "# mine",
        "class: minor",
        "---",
    ]
    text = mark + end.join([*head, ""]) + body

    written = write_head(text, HEAD, title="It")

    assert written.endswith(f"---{end}{body}")
    assert written.startswith(f"{mark}---{end}title: It  # ours{end}version: 2.0.0   # raise me{end}")
    assert f"{end}# mine{end}class: material{end}" in written
    assert "- old" not in written.removesuffix(body)
    assert write_head(written, HEAD, title="It") == written


def test_the_written_head_reads_as_what_was_meant() -> None:
    front = parse_document(write_head("We keep it.\n", HEAD, title="Privacy"), name="x", released=True).front

    assert front is not None
    assert (front.number, front.declared, front.published, front.effective, front.summary) == (
        HEAD.number,
        HEAD.declared,
        HEAD.published,
        HEAD.effective,
        HEAD.summary,
    )


def test_what_legal_declared_and_chose_for_this_version_is_kept(repo: Repo) -> None:
    text = policy_text("## Keeping\n\nWe always keep your data for 3 years.\n")
    repo.write(text)
    policy(repo.path, "bump", "--class", "material", "--published", "2026-12-10", "--effective", "2027-02-28")

    again = policy(repo.path, "bump")

    for line in ("version    2.0.0", "class      material", "published  2026-12-10", "effective  2027-02-28"):
        assert line in again.stdout


@pytest.mark.parametrize("head", ["  version: 1.0.0\n  class: initial\n", 'reason: "abc\n\nclass: odd"\n'])
def test_a_head_in_another_form_is_refused_and_nothing_written(head: str) -> None:
    with pytest.raises(DocumentError, match="cannot be changed by machine"):
        write_head(f"---\n{head}---\n\nWe keep it.\n", HEAD, title="It")
