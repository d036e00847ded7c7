"""Word documents as tests look at them: through LibreOffice, and as the words that a reader sees."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from toolkit.policy.words import words

_PYTHON = Path("/usr/bin/python3")
_SIGNS = {qn("w:br"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "\u2011"}


def office(jobs: list[tuple[Path, str, Path]]) -> None:
    """Have LibreOffice accept, reject, keep or edit documents. Without it a newcomer's run is skipped, and CI fails."""
    if not shutil.which("soffice"):
        assert os.environ.get("CI") != "true", "LibreOffice is missing: .ci/run installs it."
        pytest.skip("LibreOffice is not here: apt-get install libreoffice-writer python3-uno")
    said = json.dumps([[str(file), what, str(out)] for file, what, out in jobs])
    done = subprocess.run(
        [str(_PYTHON), str(Path(__file__).with_name("office.py"))],
        input=said,
        text=True,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def words_of(file: Path) -> list[str]:
    """Return the words of a document in order, its tables too; what is struck is none of them."""
    return words("\n".join(_text(paragraph) for paragraph in Document(str(file)).element.body.iter(qn("w:p"))))


def _text(paragraph: object) -> str:
    kinds = (qn("w:t"), *_SIGNS)
    return "".join(_SIGNS.get(each.tag, each.text or "") for each in paragraph.iter(*kinds))  # type: ignore[attr-defined]
