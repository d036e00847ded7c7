"""The house stands as it is drawn: directions of imports, places of files, sizes of modules."""

import subprocess
import sys
import tomllib
from pathlib import Path

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


def test_imports_go_downwards_and_what_thinks_touches_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr


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
