"""One change, played through with what a web editor can do: edit a file, open a pull request, read the comment.

Nothing but the comment tells what to do next.
"""

import re
from pathlib import Path

from tests.repositories import Repo, policy_text
from tests.review.projects import begin
from tests.review.test_check import policy

CUSTOMERS = "id,email,name,language,created,closed,restricted\n1,ada@example.hk,Ada Wong,en,2025-01-31,,no\n"


def comment(repo: Repo) -> str:
    """Return the comment that the workflow writes under the pull request."""
    return policy(repo.path, "check", "--base", "main", "--format", "markdown").stdout


def save(repo: Repo, text: str) -> None:
    """Press 'Commit changes' in the web editor."""
    repo.commit(text, at="2026-12-01T10:00:00+08:00", message="Update privacy.md")


def test_the_comment_alone_leads_from_the_first_edit_to_the_published_version(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project")
    repo.commit(policy_text("## Keeping\n\nWe keep your data for 3 years.\n"))
    (tmp_path / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    policy(repo.path, "accounts", "import", str(tmp_path / "customers.csv"))
    file = repo.path / "policy/privacy.md"
    repo.git("switch", "--quiet", "--create", "lawyer-patch-1")

    # The lawyer changes the one word that matters, and opens a pull request.
    save(repo, file.read_text().replace("3 years", "5 years"))
    first = comment(repo)
    assert "not ready to merge" in first
    assert re.search(r"1\. \*\*Line 11\*\* of `policy/privacy.md`: words or links changed", first)
    assert "Open `policy/privacy.md` in this branch with the pencil" in first
    assert "It looks **material**." in first

    # They put the lines of the comment in the place of the head.
    head = re.search(r"```yaml\n(---\n.*?\n---)\n```", first, flags=re.DOTALL)
    assert head
    save(repo, re.sub(r"\A---\n.*?\n---", lambda _: head[1], file.read_text(), flags=re.DOTALL))
    second = comment(repo)
    assert "version 2.0.0 is ready to merge" in second
    assert "| Class | declared material, proposed material |" in second
    assert "2026\\-12\\-31 \\(30 days of notice" in second
    assert "<del>3</del> <ins>5</ins>" in second
    assert "1 account would be told." in second
    assert "change to our Privacy Policy from 3 January 2027" in second

    # They hurry: ten days of notice. The comment says which line, and what to write.
    save(repo, file.read_text().replace("effective: 2027-01-03", "effective: 2026-12-11"))
    third = comment(repo)
    assert "not ready to merge" in third
    assert "**Line 5** of `policy/privacy.md`: 2026\\-12\\-11 leaves customers 10 of 30 days of notice" in third
    assert "Write 'effective: 2026\\-12\\-31' or a later day" in third

    # They follow it, a second person approves, and it is squashed.
    save(repo, file.read_text().replace("effective: 2026-12-11", "effective: 2026-12-31"))
    assert "3. That releases the version and seals its words." in comment(repo)
    repo.git("switch", "--quiet", "main")
    repo.git("merge", "--quiet", "--squash", "lawyer-patch-1")
    message = "Keep data for 5 years (#1)\n\nApproved-by: Ben Chan <ben@example.hk>"
    repo.git("commit", "--quiet", "-m", message, at="2026-12-01T11:00:00+08:00")

    assert policy(repo.path, "publish").returncode == 0
    assert (repo.path / "build/site/2.0.0/index.html").is_file()
    assert "Ben Chan <ben@example.hk>" in policy(repo.path, "log", "--decisions").stdout


def test_a_change_of_emphasis_alone_says_that_nobody_is_told(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project")
    repo.commit(policy_text("We keep your data for 3 years.\n"))
    repo.git("switch", "--quiet", "--create", "lawyer-patch-2")
    save(repo, policy_text("We keep your data for *3 years*.\n"))

    assert "Merge it when you are content: it releases no version, and nobody is told." in comment(repo)
