"""The house stands as it is drawn: directions of imports, places of files, sizes of modules."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
import yaml

ROOT = Path(__file__).parents[2]
LONGEST_MODULE = 320


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_imports_go_downwards() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


def pure_modules() -> list[str]:
    """Return the modules that say of themselves that they are pure."""
    said = {
        file: ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "" for file in tracked("toolkit/*.py")
    }
    pure = [
        file.relative_to(ROOT).with_suffix("") for file, docstring in said.items() if re.search(r"\bPure\b", docstring)
    ]
    return [".".join(path.parts).removesuffix(".__init__") for path in pure]


def test_what_says_it_is_pure_reaches_nothing_that_is_not() -> None:
    graph = grimp.build_graph("toolkit", include_external_packages=True, exclude_type_checking_imports=True)
    pure = pure_modules()
    touching = [name for name in TOUCHING if name in graph.modules]

    assert len(pure) > 40
    assert {"subprocess", "sqlalchemy", "git", "mkdocs"} <= set(touching)
    chains = {(module, name): graph.find_shortest_chain(module, name) for module in pure for name in touching}
    assert {pair: chain for pair, chain in chains.items() if chain} == {}


@pytest.mark.parametrize("room", ["changes", "policy", "notices"])
def test_a_room_that_thinks_names_its_doors(room: str) -> None:
    """What a room touches lies in a few files; all the others say that they are pure."""
    pure = set(pure_modules())
    modules = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in tracked(f"toolkit/{room}/*.py")
        if file.name != "__init__.py"
    }

    assert {name.removeprefix(f"toolkit.{room}.") for name in modules - pure} == DOORS[room]


DOORS = {
    "policy": {"plumbing", "renames", "repository", "folder", "tags", "branches"},
    "changes": {"vocabulary"},
    "notices": {
        "dispatch",
        "heartbeat",
        "pace",
        "templates",
        "transports.outbox",
        "transports.pooled",
        "transports.sendgrid",
        "transports.smtp",
        "transports.smtp_session",
    },
}
TOUCHING = (
    *("subprocess", "socket", "sqlite3", "sqlalchemy", "git", "mkdocs", "typer", "requests", "psycopg", "shutil"),
    *("smtplib", "ssl", "urllib3", "sendgrid", "python_http_client"),
)


def test_mkdocs_writes_where_nothing_of_ours_stands() -> None:
    said = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    assert (said["docs_dir"], said["site_dir"], said["theme"]["custom_dir"]) == (
        "policy",
        "build/site",
        "site/overrides",
    )


def test_gitignore_hides_what_is_built_and_never_the_site() -> None:
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").split()

    assert "/build/" in lines
    assert not [line for line in lines if line.strip("/") == "site"]


@pytest.mark.parametrize("folder", ["policy", "site", "notices"])
def test_what_others_edit_holds_no_python(folder: str) -> None:
    assert tracked(f"{folder}/*.py") == []


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {file.parent for file in tracked("tests/*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_a_module_is_read_in_one_sitting() -> None:
    modules = tracked("toolkit/*.py")
    lengths = {str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in modules}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_the_top_level_is_the_clients() -> None:
    allowed = {
        "policy", "toolkit", "site", "notices", "tests", "mkdocs.yml", "pyproject.toml", "README.md",
        ".github", ".ci", "Makefile", "CHANGELOG.md", "LICENSE", "constraints.txt", ".gitignore", ".gitattributes",
        ".pre-commit-hooks.yaml",
    }  # fmt: skip

    assert {file.relative_to(ROOT).parts[0] for file in tracked()} <= allowed


def test_pins_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]

    assert all(line.count("==") == 1 and "/" not in line and "@" not in line for line in pins)


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {name_of(each) for each in wanted}
    pinned = {name_of(line) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}

    assert names <= pinned


def name_of(requirement: str) -> str:
    end = next((at for at, sign in enumerate(requirement) if sign in "<>=!~[ ;"), len(requirement))
    return requirement[:end].lower().replace("_", "-")
