"""Legal changes the policy, and no test has to be changed for it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.house.test_directions import ROOT, tracked
from tests.repositories import Repo
from tests.sealed import first_version

READING = (
    "tests/test_policy_text.py",
    "tests/review/test_check.py::test_our_own_first_version_has_its_known_spots_and_no_others",
    "tests/changes/test_redline.py::test_every_pair_of_the_corpus_comes_back_exactly",
)
"""Where tests have to do with the policy of this repository."""


def test_a_longer_period_as_a_proper_version_fails_no_test_of_ours(tmp_path: Path) -> None:
    ours = Repo(tmp_path / "ours")
    for each in tracked():
        place = ours.path / each.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(each, place)
    ours.commit(first_version(), message="Put the policy in")
    text = first_version().replace("plus 3 years after termination", "plus 5 years after termination")
    text = text.replace("version: 1.0.0", "version: 2.0.0").replace("class: initial", "class: material")
    text = text.replace("published: 2026-11-23", "published: 2026-11-24")
    text = text.replace("effective: 2026-11-23", "effective: 2026-12-31")
    ours.commit(text, at="2026-11-24T10:00:00+08:00", message="Keep account data longer")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *READING],
        cwd=ours.path, env=os.environ | {"PYTHONPATH": str(ours.path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-3000:]
