"""A real git repository for the tests, with every date and identity given."""

import os
import subprocess
from pathlib import Path


class Repo:
    """A repository in a folder of its own. Commits are made at the instants the test names."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, at: str = "2026-11-23T10:00:00+08:00") -> str:
        """Run git here, as a made-up person at a given instant, and return what it prints."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.path),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Legal",
            "GIT_AUTHOR_EMAIL": "legal@example.hk",
            "GIT_COMMITTER_NAME": "Legal",
            "GIT_COMMITTER_EMAIL": "legal@example.hk",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": at,
        }
        done = subprocess.run(["git", *arguments], cwd=self.path, env=environment, capture_output=True, check=True)
        return done.stdout.decode(errors="replace").strip()

    def write(self, text: str, path: str = "policy/privacy.md") -> Path:
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def commit(
        self,
        text: str,
        *,
        at: str = "2026-11-23T10:00:00+08:00",
        path: str = "policy/privacy.md",
        message: str = "Change the policy",
    ) -> str:
        """Write a file, commit it, and return the commit."""
        self.write(text, path)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message, at=at)
        return self.git("rev-parse", "HEAD")


def policy_text(
    body: str = "We keep your data for 3 years.\n",
    *,
    number: str = "1.0.0",
    published: str = "2026-11-23",
    effective: str = "",
    declared: str = "initial",
    summary: str = "",
    title: str = "Privacy Policy",
) -> str:
    """Return a policy file with our front matter."""
    lines = [
        "---",
        f"title: {title}",
        f"version: {number}",
        f"published: {published}",
        f"effective: {effective or published}",
        f"class: {declared}",
    ]
    if summary:
        lines += ["summary: |", *(f"  {line}" for line in summary.splitlines())]
    return "\n".join([*lines, "---", "", body])
