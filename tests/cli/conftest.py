"""A project as a user has it, and the command as a user runs it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repositories import Repo, policy_text

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SETTINGS = """\
[tool.policy]
service = "Kvmcloud"
site_url = "https://kvm.hk/privacy/"
time_zone = "Asia/Hong_Kong"
sender = "Kvmcloud Privacy <privacy-notice@kvm.hk>"
contact = "support@kvm.hk"
"""

FIRST = policy_text("## Keeping\n\nWe keep your data for 3 years.\n")
SECOND = policy_text(
    "## Keeping\n\nWe keep your data for 5 years.\n",
    number="2.0.0",
    published="2026-12-01",
    effective="2026-12-31",
    declared="material",
    summary="- We keep your data for 5 years (before: 3 years).",
)


@pytest.fixture
def project(tmp_path: Path) -> Repo:
    """Give a repository with 1.0.0 in force and 2.0.0 pending, and customers to import."""
    repo = Repo(tmp_path / "project")
    repo.write(SETTINGS, "pyproject.toml")
    repo.write("/build/\n/drafts/\n/*.csv\n/*.txt\n", ".gitignore")
    repo.commit(FIRST)
    repo.commit(SECOND, at="2026-12-01T10:00:00+08:00")
    repo.write(
        "id,email,name,language,created,closed,restricted\n"
        "10001,ada@example.hk,Ada Wong,en,2024-05-01,,no\n"
        '10002,chan@example.hk,"Chan, Tai Man",zh-Hant,2025-01-31,,no\n'
        "10003,old@example.hk,Old Customer,en,2020-01-01,2026-01-01,no\n",
        "customers.csv",
    )
    repo.write("Terms\n\n1. Paying\n\nYou pay within 14 days.\n", "old-terms.txt")
    repo.write("account,version,kind,at\n10002,1.0.0,confirmed,2026-11-24T09:00:00+08:00\n", "receipts.csv")
    return repo


@pytest.fixture
def run(project: Repo) -> Run:
    """Run `policy` in the project, on 10 December 2026."""

    def policy(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "toolkit", *arguments],
            cwd=project.path,
            env=os.environ | {"POLICY_NOW": "2026-12-10T09:00:00+08:00", "POLICY_LEDGER": ""} | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return policy
