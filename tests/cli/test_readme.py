"""What the README says runs."""

import re
import shlex
from pathlib import Path

from tests.cli.conftest import Run
from tests.providers.web import serve
from tests.repositories import Repo

README = Path(__file__).parents[2] / "README.md"


def commands() -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", README.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    shell = (block for language, block in blocks if not language)
    found = [line for block in shell for line in block.splitlines() if line.startswith("policy ")]
    assert len(found) > 10
    return found


def test_every_command_of_the_readme_runs_in_its_order(run: Run, project: Repo) -> None:
    names = {"HASH": "", "REFERENCE": ""}
    with serve(project.path / "build" / "site") as address:
        names["https://kvm.hk/privacy/"] = address
        for command in commands():
            said = command
            for name, value in names.items():
                said = said.replace(name, value)
            done = run(*shlex.split(said)[1:])

            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
            if found := re.search(r"--plan ([0-9a-f]+)", done.stdout):
                names["HASH"] = found[1]
            if mail := re.search(r"^  mail +([0-9a-f]+)$", done.stdout, flags=re.MULTILINE):
                names["REFERENCE"] = mail[1]


def test_the_readme_shows_every_command(run: Run) -> None:
    shown = README.read_text(encoding="utf-8")
    listed = re.findall(r"^  (\w+)  +\S", run("--help").stdout.partition("Commands:")[2], flags=re.MULTILINE)

    assert listed
    assert [name for name in listed if f"policy {name}" not in shown and name != "demo"] == []
