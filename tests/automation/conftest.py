"""A host with a repository that `policy init` laid out, and a runner that installs the toolkit from wheels."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.automation.runner import Runner
from tests.repositories import Repo

ROOT = Path(__file__).parents[2]
OURS = ("toolkit", "kvm_policy_toolkit", "_kvm_policy_toolkit", "_editable_impl", "__editable__")
NOW = "2026-12-01T10:00:00+08:00"


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the toolkit as it is distributed."""
    folder = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an interpreter that has pip and what the toolkit needs, and not the toolkit: the first job installs it."""
    folder = tmp_path_factory.mktemp("runner") / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = Path(sysconfig.get_path("purelib"))
    own = Path(
        subprocess.run(
            [folder / "bin/python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
            capture_output=True, text=True, check=True,
        ).stdout.strip()
    )  # fmt: skip
    for each in packages.iterdir():
        if not each.name.startswith(OURS):
            (own / each.name).symlink_to(each)
    return folder / "bin"


@pytest.fixture
def policies(tmp_path: Path) -> Repo:
    """Lay out a repository with `policy init`, and give it a host that it is pushed to."""
    folder = tmp_path / "policies"
    subprocess.run(
        [sys.executable, "-m", "toolkit", "init", str(folder), "--service", "Example", "--url",
         "https://example.hk/privacy/", "--contact", "privacy@example.hk", "--time-zone", "Asia/Hong_Kong"],
        env=os.environ | {"POLICY_NOW": "2026-11-23T10:00:00+08:00", "GIT_COMMITTER_DATE": "2026-11-23T10:00:00+08:00"},
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    repo = Repo(folder)
    repo.git("clone", "--quiet", "--bare", str(folder), str(tmp_path / "host.git"))
    repo.git("remote", "add", "origin", str(tmp_path / "host.git"))
    return repo


@pytest.fixture
def runner(tmp_path: Path, wheels: Path, python: Path, policies: Repo) -> Callable[..., Runner]:
    """Give a way to make a runner, with secrets, variables and what its machine adds to the environment."""

    def made(**given: dict[str, str]) -> Runner:
        environment = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "POLICY_NOW": NOW}
        return Runner(
            origin=tmp_path / "host.git",
            folder=tmp_path / f"run-{len(list(tmp_path.iterdir()))}",
            python=python,
            environment=environment | given.get("environment", {}),
            secrets=given.get("secrets", {}),
            variables=given.get("variables", {}),
        )

    return made
