"""Back from Word: the Markdown changes where the document was edited, and nowhere else."""

import difflib
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.review.test_check import policy
from tests.sealed import first_version
from tests.word.documents import office
from toolkit.changes.redline import compare
from toolkit.changes.render.docx import Signed, render
from toolkit.errors import DocumentError
from toolkit.policy.adopt.tracked import read_edited
from toolkit.policy.document import parse_document
from toolkit.review.onto import Onto, put_onto, with_line_ends

SIGNED = Signed(author="Legal", at=datetime(2026, 12, 1, 9, tzinfo=UTC))
POLICY = """---
title: Policy
---

# Policy

We keep **names** for 3 years.
See [us](https://a.example/names) for *more* of it.

## Data

- **names** that you gave
- bills
    - old bills

| Who | What |
|-----|------|
| Acme | [mail](https://m.example/) |
| Bolt | ads |

Nobody `reads` the mail\\_box that you have.
"""


def word(old: str, new: str) -> bytes:
    return render(compare(parse_document(old, name="old"), parse_document(new, name="new")), SIGNED)


def back(source: str, document: bytes) -> Onto:
    return put_onto(source, read_edited(document, "edited.docx"), name="policy.md")


def lines_of(old: str, new: str) -> list[str]:
    """Return the lines that differ, `-` before those that are gone and `+` before those that came."""
    found = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in list(found)[2:] if not line.startswith("@@")]


@pytest.mark.parametrize("text", [POLICY, first_version()])
def test_a_document_that_nobody_edited_changes_no_byte(text: str) -> None:
    assert back(text, word(text, text)).text == text


@pytest.mark.parametrize(
    ("was", "becomes", "lines"),
    [
        ("3 years", "5 years", ["-We keep **names** for 3 years.", "+We keep **names** for 5 years."]),
        ("- bills\n", "- bills\n- letters\n", ["+- letters"]),
        ("- bills\n    - old bills\n", "- bills\n", ["-    - old bills"]),
        ("| Bolt | ads |\n", "", ["-| Bolt | ads |"]),
        ("| Bolt | ads |\n", "| Bolt | ads |\n| Core | logs |\n", ["+| Core | logs |"]),
        ("| Bolt | ads |", "| Bolt | ads and calls |", ["-| Bolt | ads |", "+| Bolt | ads and calls |"]),
        ("## Data", "## Data and more", ["-## Data", "+## Data and more"]),
        ("more* of it.", "more* of it. It is new.", ["+It is new."]),
        ("## Data\n\n", "## Data\n\nA paragraph is new. It has two sentences.\n\n",
         ["+A paragraph is new.", "+It has two sentences.", "+"]),
        ("that you gave", "that you *gave*", []),
        ("bills\n    ", "a_b [c] \\* d\n    ", ["-- bills", "+- a\\_b \\[c\\] \\* d"]),
    ],
)  # fmt: skip
def test_an_edit_touches_only_what_was_edited(was: str, becomes: str, lines: list[str]) -> None:
    assert was in POLICY
    found = back(POLICY, word(POLICY, POLICY.replace(was, becomes)))

    assert lines_of(POLICY, found.text) == lines


def test_a_clause_that_moves_takes_its_links_and_emphasis_along() -> None:
    cut = "We keep **names** for 3 years.\nSee [us](https://a.example/names) for *more* of it.\n\n"
    moved = POLICY.replace(cut, "").replace("- **names**", f"{cut}- **names**")
    found = back(POLICY, word(POLICY, moved)).text

    assert "We keep **names** for 3 years.\nSee [us](https://a.example/names) for *more* of it.\n" in found
    assert found.index("## Data") < found.index("We keep **names**")


def test_comments_become_notes_and_a_new_link_is_named() -> None:
    document = Document(BytesIO(word(POLICY, POLICY)))
    first = document.paragraphs[1]
    document.add_comment(first.runs, text="Is that lawful?", author="Counsel", initials="C")
    document.part.relate_to(
        "https://new.example/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    stream = BytesIO()
    document.save(stream)

    found = back(POLICY, stream.getvalue())

    assert found.text == POLICY
    assert "Comment by Counsel at “We keep names for 3 years. See us for more of it.”: Is that lawful?" in found.notes
    assert any("https://new.example/ was added in Word" in each for each in found.notes)


def test_an_edit_that_cannot_be_made_is_refused_by_its_words() -> None:
    document = Document()
    document.add_paragraph("Nothing of it is left.")
    stream = BytesIO()
    document.save(stream)

    with pytest.raises(DocumentError, match="cannot be made here without touching what was not edited"):
        back("&#65;pples are kept for a year.\n", stream.getvalue())


def test_what_is_no_word_document_is_refused() -> None:
    with pytest.raises(DocumentError, match="the Word document cannot be read"):
        read_edited(b"no zip", "edited.docx")


PARTS = st.sampled_from(
    ["We keep **names** long.", "Ask [us](https://a.example/) now.", "- names", "- bills", "## Data", "No. Ever.",
     "    - old ones", "A_b and *c*.", "1. first", "你可以隨時反對。"]
)  # fmt: skip
TEXTS = st.lists(PARTS, min_size=1, max_size=7).map(lambda parts: "\n\n".join(parts) + "\n")


@settings(max_examples=150)
@given(TEXTS, TEXTS)
def test_whatever_is_edited_the_words_are_those_of_word_or_nothing_is_written(old: str, new: str) -> None:
    document = word(old, new)
    try:
        found = back(old, document)
    except DocumentError:
        return
    mine, theirs = (
        [clause.words for clause in clauses if clause.text]
        for clauses in (parse_document(found.text, name="found").clauses, read_edited(document, "x").clauses)
    )
    assert " ".join(mine) == " ".join(theirs)


def test_the_command_edits_the_file_and_a_document_that_libreoffice_saved_is_taken(tmp_path: Path) -> None:
    file, exported, kept, edited = (tmp_path / name for name in ("p.md", "p.docx", "kept.docx", "edited.docx"))
    text = first_version()
    file.write_text(text, encoding="utf-8")
    assert policy(tmp_path, "diff", "--format", "docx", "-o", str(exported), str(file), str(file)).returncode == 0
    office([(exported, "keep", kept), (exported, "edit:3 years=9 years", edited)])

    said = policy(tmp_path, "adopt", str(kept), "--onto", str(file))
    assert "nothing to write" in said.stdout
    assert file.read_text(encoding="utf-8") == text

    said = policy(tmp_path, "adopt", str(edited), "--onto", str(file), "--dry-run")
    assert said.stdout.startswith("Would edit")
    assert file.read_text(encoding="utf-8") == text

    said = policy(tmp_path, "adopt", str(edited), "--onto", str(file))
    assert said.stdout.startswith("Edited")
    assert file.read_text(encoding="utf-8") == text.replace("3 years", "9 years")


def rewritten(document: bytes, part: str, was: str, becomes: str) -> bytes:
    """Return a document with one text exchanged in one of its parts."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.namelist():
            content = old.read(entry).decode("utf-8", errors="surrogateescape")
            if entry == part:
                assert was in content
                content = content.replace(was, becomes, 1)
            new.writestr(entry, content.encode("utf-8", errors="surrogateescape"))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("<w:document ", '<!DOCTYPE x [<!ENTITY e "b">]><w:document ', "DOCTYPE"),
        ("<w:body><w:p>", '<w:body><w:p><w:r><w:footnoteReference w:id="2"/></w:r>', "footnotes"),
        ("<w:body><w:p>", "<w:body><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>", "hidden text"),
        ("<w:body><w:p>", "<w:body><w:customXml/><w:p>", "customXml"),
    ],
)
def test_what_would_get_lost_in_silence_is_refused(was: str, becomes: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        read_edited(rewritten(word(POLICY, POLICY), "word/document.xml", was, becomes), "edited.docx")


def test_empty_cells_keep_their_columns() -> None:
    table = "# T\n\n| A | B | C |\n|---|---|---|\n| x |  | z |\n|  | y |  |\n"

    assert back(table, word(table, table)).text == table
    assert [cell.text for cell in Document(BytesIO(word(table, table))).tables[0].rows[1].cells] == ["x", "", "z"]


def test_a_paragraph_that_is_split_keeps_its_links_and_code() -> None:
    one = "We delete it soon. See the [other page](https://a.example/) for `code` here.\n"
    found = back(one, word(one, one.replace(" See", "\n\nSee")))

    assert found.text.endswith("\n\nSee the [other page](https://a.example/) for `code` here.\n")


def test_a_paragraph_behind_code_stands_outside_of_it() -> None:
    code = "Text.\n\n```\ncode words\n```\n\nThe end.\n"
    found = back(code, word(code, code.replace("The end.", "It is new here.\n\nThe end.")))

    assert "```\n\nIt is new here.\n" in found.text


def test_each_line_keeps_its_own_end() -> None:
    source = "One ten.\r\n\r\nTwo.\n\nThree.\n"
    plain = source.replace("\r\n", "\n")

    assert with_line_ends(plain, source) == source
    assert with_line_ends(plain.replace("ten", "nine"), source) == "One nine.\n\r\nTwo.\n\nThree.\n"
