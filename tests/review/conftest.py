"""What the tests of the gate begin with."""

from pathlib import Path

import pytest

from tests.repositories import Repo, policy_text
from tests.review.projects import begin, on_branch


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository with 1.0.0 on main, and a branch."""
    repo = begin(tmp_path / "project")
    repo.commit(policy_text())
    on_branch(repo)
    return repo
