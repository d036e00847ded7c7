"""The demo, and the package as it is installed elsewhere."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def demo(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "toolkit", "demo", "demo"],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_demo_plays_the_whole_loop_and_prints_the_same_every_day(tmp_path: Path) -> None:
    first, second = (demo(tmp_path) for _ in range(2))

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert (tmp_path / "demo" / "build" / "site" / "2.0.0" / "index.html").exists()
    assert (tmp_path / "demo" / "build" / "ledger.db").exists()
    assert len(list((tmp_path / "demo" / "build" / "outbox").rglob("*.eml"))) > 900


def test_the_demo_refuses_a_folder_that_holds_something_else(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.txt").write_text("years of work")

    done = demo(tmp_path)

    assert done.returncode == 2
    assert "holds something else" in done.stderr
    assert (tmp_path / "demo" / "thesis.txt").exists()


def test_the_wheel_brings_its_templates_and_its_look(tmp_path: Path) -> None:
    """Built, unpacked outside the repository, and played there: nothing is taken from the source tree."""
    python = [sys.executable, "-m"]
    build = [*python, "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    install = [*python, "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(installed), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    (tmp_path / "elsewhere").mkdir()

    where = subprocess.run(
        [sys.executable, "-c", "import toolkit; print(toolkit.__file__)"],
        env=os.environ | {"PYTHONPATH": str(installed)}, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    done = demo(tmp_path / "elsewhere", PYTHONPATH=str(installed))

    assert str(installed) in where.stdout
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "elsewhere" / "demo" / "build" / "site" / "index.html").exists()
