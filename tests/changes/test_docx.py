"""A redline in Word: tracked changes that a reader accepts or rejects, and nothing is lost either way."""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.xmlchemy import BaseOxmlElement
from hypothesis import given, settings

from tests.changes.test_redline import TEXTS
from tests.word.documents import office, words_of
from toolkit.changes.redline import Redline, compare
from toolkit.changes.render.docx import Signed, render
from toolkit.policy.document import parse_document
from toolkit.policy.words import words

SIGNED = Signed(author="Legal", at=datetime(2026, 12, 1, 9, tzinfo=UTC))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE, COME = (f"{W}del", f"{W}moveFrom"), (f"{W}ins", f"{W}moveTo")
TABLE = "| Who | What |\n|---|---|\n| Acme | mail |\n| Bolt | ads |"
OLD = f"""# Policy

## 1. Data

We keep **names** for 3 years. See [us](https://a.example/). Nobody here reads the mail that you send to us.

- names
- bills
    - old bills

{TABLE}

The last words stand at the end of it.

1. first
2. second
"""
NEW = f"""# Policy

The last words stand at the end of it.

## 2. Data

We keep **names** for 5 years. See [us](https://b.example/).

Nobody here reads the mail that you send to us. Not one.

- names
- letters
    - old bills

{TABLE.replace("| Acme | mail |", "| Core | logs |")}
| Acme | mail |

1. first
2. third
"""


def redline(old: str, new: str) -> Redline:
    return compare(parse_document(old, name="old"), parse_document(new, name="new"))


def body(found: Redline) -> BaseOxmlElement:
    found_body: BaseOxmlElement = Document(BytesIO(render(found, SIGNED))).element.body
    return found_body


def resolved(element: BaseOxmlElement, without: tuple[str, str]) -> list[str]:
    """Return the words that are left when all changes are accepted (or rejected), by the document's own XML."""
    return words("\n".join("".join(_texts(each, without)) for each in element.iter(f"{W}p")))


def _texts(element: BaseOxmlElement, without: tuple[str, str]) -> list[str]:
    if element.tag in without:
        return []
    own = [element.text or ""] if element.tag in {f"{W}t", f"{W}delText"} else []
    return [*own, *(text for child in element for text in _texts(child, without))]


def words_in(found: Redline, side: str) -> list[str]:
    document = found.old if side == "old" else found.new
    return [word for clause in document.clauses for word in words(clause.text)]


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), (OLD, OLD), ("", NEW), (OLD, "")])
def test_the_xml_holds_both_texts_word_for_word(old: str, new: str) -> None:
    found = redline(old, new)

    assert resolved(body(found), COME) == words_in(found, "old")
    assert resolved(body(found), GONE) == words_in(found, "new")


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_any_two_texts_stand_in_the_xml_word_for_word(old: str, new: str) -> None:
    found = redline(old, new)

    assert resolved(body(found), GONE) == words_in(found, "new")
    assert resolved(body(found), COME) == words_in(found, "old")


def test_each_change_names_its_author_and_its_time() -> None:
    marked = [each for each in body(redline(OLD, NEW)).iter() if each.tag in {*GONE, *COME}]

    assert {each.get(f"{W}author") for each in marked} == {"Legal"}
    assert {each.get(f"{W}date") for each in marked} == {"2026-12-01T09:00:00Z"}
    assert len({each.get(f"{W}id") for each in marked}) == len(marked)


def _range_names(found: BaseOxmlElement, kind: str) -> set[str | None]:
    return {each.get(f"{W}name") for each in found.iter(f"{W}{kind}RangeStart")}


def test_moved_words_have_two_ranges_of_one_name() -> None:
    found = body(redline(OLD, NEW))
    gone, come = (
        {each.get(f"{W}name") for each in found.iter(f"{W}{kind}RangeStart")} for kind in ("moveFrom", "moveTo")
    )

    assert gone
    assert gone == come


def test_headings_lists_tables_links_and_emphasis_are_words_own() -> None:
    document = Document(BytesIO(render(redline(OLD, NEW), SIGNED)))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}

    assert {"Heading 1", "Heading 2", "List Bullet", "List Bullet 2", "List Number"} <= styles
    assert [len(table.columns) for table in document.tables] == [2]
    assert "names" in {run.text for run in document.element.body.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None}
    assert "https://b.example/" in {relation.target_ref for relation in document.part.rels.values()}


def _corpus() -> list[Path]:
    folder = os.environ.get("POLICY_CORPUS", "")
    return sorted(Path(folder, "materiality", "pairs").glob("*.old.md"))[:12] if folder else []


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def test_libreoffice_accepts_and_rejects_word_for_word(tmp_path: Path) -> None:
    """Our own small policy, and real pairs where `POLICY_CORPUS` names them."""
    pairs = [("own", OLD, NEW), ("back", NEW, OLD)]
    pairs += [(each.name, _read(each), _read(Path(str(each).replace(".old.", ".new.")))) for each in _corpus()]
    found = {name: redline(old, new) for name, old, new in pairs}
    for name, each in found.items():
        (tmp_path / f"{name}.docx").write_bytes(render(each, SIGNED))

    jobs = [(name, what) for name in found for what in ("accept", "reject")]
    office([(tmp_path / f"{name}.docx", what, tmp_path / f"{name}.{what}.docx") for name, what in jobs])

    for name, each in found.items():
        assert words_of(tmp_path / f"{name}.accept.docx") == words_in(each, "new")
        assert words_of(tmp_path / f"{name}.reject.docx") == words_in(each, "old")


def test_signs_that_xml_has_no_place_for_do_no_harm() -> None:
    found = redline("Calm words.", "Calm \x0b words \x01 here \ufffe.")

    assert resolved(body(found), GONE) == ["Calm", "words", "here"]
