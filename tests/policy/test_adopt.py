"""An existing policy becomes Markdown, and no word of it is lost."""

import os
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DocumentError, Misuse
from toolkit.policy.adopt import Adopted, adopt
from toolkit.policy.adopt.plain import read_plain
from toolkit.policy.document import parse_document
from toolkit.policy.words import words

HERE = Path(__file__).parent / "adopt"
TODAY = date(2026, 12, 1)
HTML = """\
<html><head><title>Notice</title><style>p {}</style></head><body>
<nav>Home Products</nav>
<main><h1>Privacy Notice</h1>
<p>We keep data for <b>3 years</b>. We sell <em>nothing</em>: see <a href="https://example.hk/more">more</a>.</p>
<h2>1. Data</h2>
<ul><li>Name<ul><li>First name</li></ul></li><li>a_b * c &lt;d&gt;</li></ul>
<table><tr><th>What</th><th>How long</th></tr><tr><td>Logs</td><td>12 months</td></tr></table>
<ol><li>Write.</li><li>Wait.</li></ol>
<blockquote><p>Note: 1. is no list.</p></blockquote>
<p>Line one<br>Line two</p>
<script>alert("no word of ours")</script></main>
<footer>All rights reserved</footer></body></html>
"""


def adopted(tmp_path: Path, source: bytes, name: str) -> Adopted:
    file = tmp_path / name
    file.write_bytes(source)
    return adopt(file, today=TODAY)


def body(adopted: Adopted) -> str:
    return adopted.text.split("\n---\n\n", 1)[1]


def test_plain_text_gets_its_headings_lists_notes_and_address(tmp_path: Path) -> None:
    found = adopted(tmp_path, (HERE / "hosting.txt").read_bytes(), "hosting.txt")

    assert body(found) == (HERE / "hosting.md").read_text(encoding="utf-8")
    assert (found.title, found.published) == ("Hosting Privacy Notice", date(2024, 3, 5))
    assert any("Last updated" in note for note in found.notes)


def test_the_lines_of_an_address_stay_lines_on_the_page(tmp_path: Path) -> None:
    found = adopted(tmp_path, (HERE / "hosting.txt").read_bytes(), "hosting.txt")

    shown = [clause.text for clause in parse_document(found.text, name="x").clauses]
    assert shown[shown.index("5. Contact") + 1 :][:5] == [
        "Example Hosting Ltd",
        "Room 12, 3/F., Example Tower",
        "1 Example Road, Hong Kong",
        "Email: privacy@example.hk",
        "Website: https://example.hk/",
    ]


def test_the_head_releases_a_first_version(tmp_path: Path) -> None:
    found = adopted(tmp_path, b'The "Notice"\n\nWe keep it.\n', "notice.txt")

    front = parse_document(found.text, name="x", released=True).front
    assert front is not None
    assert (front.title, str(front.number), front.declared, front.published) == (
        'The "Notice"',
        "1.0.0",
        "initial",
        TODAY,
    )


def test_a_page_gives_its_main_part(tmp_path: Path) -> None:
    found = adopted(tmp_path, HTML.encode(), "notice.html")

    text = body(found)
    assert text.startswith(
        "# Privacy Notice\n\nWe keep data for **3 years**.\nWe sell *nothing*: see [more](https://example.hk/more).\n"
    )
    assert "| Logs | 12 months |" in text
    assert "Products" not in text
    assert "alert" not in text
    assert (found.headings, found.items) == (2, 5)
    assert any("words around" in note for note in found.notes)


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Privacy Notice", 0)
    document.add_heading("1. Data", 1)
    paragraph = document.add_paragraph("We keep data for ")
    paragraph.add_run("3 years").bold = True
    paragraph.add_run(". We sell * nothing.")
    document.add_paragraph("Name", style="List Bullet")
    document.add_paragraph("Address", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Logs", "12 months"
    document.sections[0].footer.paragraphs[0].text = "Confidential"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_document_is_read(tmp_path: Path) -> None:
    found = adopted(tmp_path, word_file(), "notice.docx")

    text = body(found)
    assert text.startswith("# Privacy Notice\n\n## 1. Data\n")
    assert "We keep data for **3 years**." in text
    assert found.items == 2
    assert found.notes == ("Headers and footers were left out.",)


def test_an_item_goes_on_in_its_indented_lines(tmp_path: Path) -> None:
    text = b"We keep:\n\n- data of companies that are bound\n  not to use it otherwise\n"
    text += b"- Complaints in Hong Kong\n  Privacy Office\n"

    assert "- data of companies that are bound not to use it otherwise\n" in body(adopted(tmp_path, text, "n.txt"))
    assert adopted(tmp_path, text, "n.txt").headings == 0


def test_a_raised_sign_stays_apart_and_hidden_parts_are_left_out_and_named(tmp_path: Path) -> None:
    page = b"<p>Within 30<sup>1</sup> days, 10<sup>6</sup> times.</p>"
    page += b"<p style='display: none'>Draft.</p><ul><li>A<li>B</ul>"
    found = adopted(tmp_path, page, "n.html")

    assert "Within 30^1 days, 10^6 times." in found.text.replace("\\", "")
    assert "Draft" not in found.text
    assert found.items == 2
    assert len(found.notes) == 2


def test_a_line_break_in_word_parts_two_words(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Example Ltd")
    paragraph.add_run().add_break()
    paragraph.add_run("12 Example Road")
    out = BytesIO()
    document.save(out)

    assert "Example Ltd  \n12 Example Road" in adopted(tmp_path, out.getvalue(), "n.docx").text


@pytest.mark.parametrize(
    ("source", "name", "said"),
    [
        (b"<p>We <del>sell</del> keep it.</p>", "notice.html", "struck through"),
        (b"<table><tr><td rowspan=2>Mail<td>1</tr><tr><td>2</tr></table>", "notice.html", "several rows"),
        (b"<div>" * 3000 + b"x", "notice.html", "nested too deeply|no words"),
        (b"PK\x03\x04broken", "notice.docx", "cannot be read"),
        (b"\x00\x01\x02", "notice.txt", "no plain text"),
        (b"<html><body></body></html>", "notice.html", "no words"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, source: bytes, name: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        adopted(tmp_path, source, name)


def test_another_kind_of_file_is_a_misuse(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="no kind of file"):
        adopted(tmp_path, b"%PDF", "notice.pdf")


def test_windows_text_is_read_and_said_to_be_so(tmp_path: Path) -> None:
    found = adopted(tmp_path, "We keep “it” — caf\u00e9.\n".encode("cp1252"), "notice.txt")

    assert "“it” — café" in found.text
    assert any("Windows" in note for note in found.notes)


def test_the_clients_own_text_where_it_is_at_hand(tmp_path: Path) -> None:
    """The seed where `POLICY_CORPUS` names it; the same shape in our own words always."""
    seed = Path(os.environ.get("POLICY_CORPUS", ""), "seed", "privacy-policy.txt")
    source = seed.read_bytes() if seed.is_file() else (HERE / "hosting.txt").read_bytes()
    least = (34, 26) if seed.is_file() else (11, 6)

    found = adopted(tmp_path, source, "seed.txt")

    assert found.headings >= least[0]
    assert found.items >= least[1]
    before = [word for word in words(source.decode()) if word not in ("1", "2") or seed.is_file()]
    after = [
        word for word in words(parse_document(found.text, name="x").text) if word not in ("1", "2") or seed.is_file()
    ]
    assert before == after


_SIGNS = st.text(st.sampled_from(list("aB1 2.):;,\n\n•-*_#>`|~+=[]()<>&\\'\"“é中")), max_size=120)


@given(_SIGNS)
def test_no_sign_of_markdowns_makes_plain_text_lose_a_word(text: str) -> None:
    reading = read_plain(text.encode(), "any.txt")

    assert words(parse_document(reading.markdown, name="x").text) == words(reading.visible)


@given(_SIGNS)
def test_what_is_proved_is_the_whole_original(text: str) -> None:
    reading = read_plain(text.encode(), "any.txt")

    counted = re.sub(r"(?m)^\s*\d{1,2}[.)]\s+", "", reading.visible)
    assert words(re.sub(r"(?m)^\s*\d{1,2}[.)]\s+", "", text)) == words(counted)
