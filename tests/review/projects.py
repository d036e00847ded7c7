"""A repository with the toolkit's settings, and a branch in it, as a pull request has them."""

from datetime import UTC, datetime
from pathlib import Path

from tests.cli.conftest import SETTINGS
from tests.repositories import Repo, policy_text
from toolkit.clock import Clock
from toolkit.review.check import check
from toolkit.review.findings import Finding
from toolkit.review.passage import Checked
from toolkit.workspace import Workspace

TODAY = datetime(2026, 12, 1, 2, tzinfo=UTC)
LONGER = "We keep your data for 5 years.\n"


def begin(folder: Path, *, settings: str = SETTINGS) -> Repo:
    """Make a repository with the settings, and no policy yet."""
    repo = Repo(folder)
    repo.write(settings, "pyproject.toml")
    repo.write("/build/\n", ".gitignore")
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "Set up")
    return repo


def second(body: str = LONGER, **changes: str) -> str:
    """Return the text of a proper 2.0.0, published on the day of the tests."""
    said = {
        "number": "2.0.0",
        "published": "2026-12-01",
        "effective": "2026-12-31",
        "declared": "material",
        "summary": "- We keep your data for 5 years (before: 3 years).",
    }
    return policy_text(body, **(said | changes))


def on_branch(repo: Repo, name: str = "change") -> None:
    repo.git("switch", "--quiet", "--create", name)


def workspace(repo: Repo, *, now: datetime = TODAY, **environment: str) -> Workspace:
    return Workspace(folder=repo.path, environment=environment, clock=Clock(began=now, rehearsal=True))


def look(repo: Repo, *, now: datetime = TODAY, base: str = "main") -> tuple[Checked, ...]:
    work = workspace(repo, now=now)
    try:
        return check(work, base=base)
    finally:
        work.close()


def findings(repo: Repo, *, now: datetime = TODAY, base: str = "main") -> list[Finding]:
    return [finding for each in look(repo, now=now, base=base) for finding in each.findings]


def rules(repo: Repo, *, now: datetime = TODAY, base: str = "main") -> list[str]:
    return [str(finding.rule) for finding in findings(repo, now=now, base=base)]
