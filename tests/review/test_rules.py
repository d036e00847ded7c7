"""Each rule has a page, and the page's wrong and right example are its test."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.repositories import Repo
from tests.review.projects import begin, findings, on_branch
from toolkit.review.findings import Rule, Severity, has_errors
from toolkit.review.pages import read_page

_BLOCK = re.compile(r"^(`{3,})markdown (\w+) ?(\S*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    state: str
    path: str
    text: str


def blocks(rule: Rule) -> list[Block]:
    found = _BLOCK.findall(read_page(rule))
    return [Block(state, path or "policy/privacy.md", text) for _, state, path, text in found]


def lay(repo: Repo, rule: Rule, state: str) -> None:
    """Commit what stands before, then the example in a branch; each text of a file that comes again is a commit."""
    put(repo, [each for each in blocks(rule) if each.state == "before"])
    on_branch(repo)
    put(repo, [each for each in blocks(rule) if each.state == state])
    if state == "wrong" and (late := [each for each in blocks(rule) if each.state == "main"]):
        repo.git("switch", "--quiet", "main")
        put(repo, late)
        repo.git("switch", "--quiet", "change")


def put(repo: Repo, texts: list[Block]) -> None:
    seen: set[str] = set()
    for each in texts:
        if each.path in seen:
            save(repo)
            seen.clear()
        seen.add(each.path)
        if each.text.strip():
            repo.write(each.text, each.path)
        else:
            (repo.path / each.path).unlink()
    if texts:
        save(repo)


def save(repo: Repo) -> None:
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "Change the policy")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return begin(tmp_path / "project")


@pytest.mark.parametrize("rule", list(Rule))
def test_the_wrong_example_of_a_rule_breaks_it_and_no_other(repo: Repo, rule: Rule) -> None:
    lay(repo, rule, "wrong")

    found = findings(repo)

    assert {each.rule for each in found} == {rule}
    assert all(each.what.endswith(".") and each.mend.endswith(".") for each in found)
    lines = {each.path: (repo.path / each.path).read_text().count("\n") for each in found if each.line > 1}
    assert all(each.line <= lines.get(each.path, 1) for each in found)


@pytest.mark.parametrize("rule", list(Rule))
def test_the_right_example_of_a_rule_breaks_none(repo: Repo, rule: Rule) -> None:
    lay(repo, rule, "right")

    assert findings(repo) == []


@pytest.mark.parametrize("rule", list(Rule))
def test_a_page_begins_with_its_rule_and_says_when_it_is_a_warning(rule: Rule) -> None:
    page = read_page(rule)

    assert page.startswith(f"# {rule}: ")
    assert ("This is a warning" in page) is (rule.severity is Severity.WARNING)


def test_only_errors_keep_a_text_from_landing(repo: Repo) -> None:
    lay(repo, Rule.NOTICE_BY_POSTING, "wrong")

    assert findings(repo)
    assert not has_errors(findings(repo))
