"""Markdown to clauses: what a reader sees, and what counts as the same words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DocumentError
from toolkit.policy.clauses import Block
from toolkit.policy.document import Document, parse_document


def parse(text: str) -> Document:
    return parse_document(text, name="privacy.md")


def test_headings_paragraphs_items_and_cells_are_clauses_with_their_place() -> None:
    document = parse(
        "# Policy\n\n## Keeping\n\nWe keep:\n- names\n- addresses\n\n| Data | Years |\n|-|-|\n| Bills | 7 |\n"
    )

    assert [(clause.block, clause.text) for clause in document.clauses] == [
        (Block.HEADING, "Policy"),
        (Block.HEADING, "Keeping"),
        (Block.PARAGRAPH, "We keep:"),
        (Block.ITEM, "names"),
        (Block.ITEM, "addresses"),
        (Block.CELL, "Data"),
        (Block.CELL, "Years"),
        (Block.CELL, "Bills"),
        (Block.CELL, "7"),
    ]
    assert document.clauses[3].path == ("Policy", "Keeping")
    assert document.clauses[3].anchor == "keeping"


def test_a_list_right_below_its_sentence_is_a_list_as_in_the_web_editor() -> None:
    assert [clause.block for clause in parse("We keep:\n- names\n- bills\n").clauses] == [
        Block.PARAGRAPH,
        Block.ITEM,
        Block.ITEM,
    ]


def test_links_and_pictures_are_kept_with_their_targets() -> None:
    (clause,) = parse("Write to [us](mailto:dpo@example.hk), ![seal](seal.png).").clauses

    assert [(link.text, link.target) for link in clause.links] == [
        ("us", "mailto:dpo@example.hk"),
        ("seal", "seal.png"),
    ]
    assert clause.text == "Write to us, seal."


def test_comments_and_scripts_are_no_words_and_typed_html_is_noted() -> None:
    document = parse("<!-- hidden -->\n\nSeen.\n\n<script>alert(1)</script>\n\n<div>Also seen.</div>\n")

    assert document.text == "Seen.\nAlso seen."
    assert len(document.raw_html) == 3


def test_fenced_code_is_not_typed_html() -> None:
    document = parse("```\n<b>code</b>\n```\n\nText.\n")

    assert document.raw_html == ()
    assert document.clauses[0].text == "<b>code</b>"


def test_a_fence_brings_no_class_and_no_id_into_the_page() -> None:
    document = parse("``` { .md-overlay #search }\ncode\n```\n\n```python\nmore\n```\n")

    assert "md-overlay" not in document.html
    assert "search" not in document.html
    assert [clause.text for clause in document.clauses] == ["code", "more"]


def test_a_tables_cell_is_named_by_its_row() -> None:
    document = parse("## Keeping\n\n| Data | Kept |\n|-|-|\n| Usage logs | 12 months |\n")

    assert document.clauses[-1].place == "Keeping > Usage logs"


def test_an_address_in_angle_brackets_is_read_as_it_is_seen() -> None:
    (clause,) = parse("Write to <dpo@example.hk>.").clauses

    assert clause.text == "Write to dpo@example.hk."
    assert clause.links[0].target == "mailto:dpo@example.hk"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It's “ours”.", 'It\'s "ours".'),
        ("A\nline.", "A line."),
        ("**Bold** words.", "Bold words."),
        ("* item", "- item"),
        ("One.\n\nTwo.", "One. Two."),
        ("- a\n    - b\n\n        c\n", "- a\n    - b c\n"),
        ("|A|B|\n|-|-|\n|x|y<br>z|", "|A|B|\n|-|-|\n|x|y z|"),
    ],
)
def test_formatting_and_typographic_marks_do_not_change_the_digest(one: str, other: str) -> None:
    assert parse(one).digest == parse(other).digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3 years", "5 years"),
        ("[a](https://a.example)", "[a](https://b.example)"),
        ("## A", "### A"),
        ("A, B", "A B"),
        ("a b", "ab"),
        ("[click here](x.md), not here", "click here, not [here](x.md)"),
        ('[a](x.md "nothing")', '[a](x.md "everything")'),
        ("[a b](x.md)", "[a](x.md) b"),
        ("|Data|Shared|Kept|\n|-|-|-|\n|Mail| |yes|", "|Data|Shared|Kept|\n|-|-|-|\n|Mail|yes| |"),
        ("- We never:\n    - sell\n- share", "- We never:\n    - sell\n    - share"),
        ("- a\n    - b\n    - c", "- a\n    - b c"),
        ("|A|B|C|\n|-|-|-|\n|x|y| |\n| | |z|", "|A|B|C|\n|-|-|-|\n|x| | |\n| |y|z|"),
        ("[a](mailto:a@kvm\u2010hk.com)", "[a](mailto:a@kvm-hk.com)"),
        ("[a](x\u200by.md)", "[a](xy.md)"),
    ],
)
def test_words_links_and_heading_levels_change_the_digest(one: str, other: str) -> None:
    assert parse(one).digest != parse(other).digest


GOLDEN = """\
# Title

We “keep” *your* [data](https://example.hk/ "all of it") for 3 years.

- a
    - nested
- b

| Data | Kept |
|------|------|
| Logs | 12 months |

## 保留

我們保留資料三年。 ![seal](seal.png)
"""


def test_the_digest_of_a_known_text_never_changes() -> None:
    document = parse(GOLDEN)

    assert document.digest == "words-1:9067b290d324af6afe659a3a9aef0fc167771b810a27b58e03a97fe4a509643d"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"caf\xe9", "not UTF-8"),
        (b"one\ntwo\0", "privacy.md:2: a NUL byte"),
        ("\n".join("    " * depth + "- a" for depth in range(400)), "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(source: str | bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        parse_document(source, name="privacy.md")


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = parse(text)
    except DocumentError:
        return
    assert document.text == "\n".join(clause.text for clause in document.clauses)


def test_a_picture_inside_a_link_lies_inside_it() -> None:
    (clause,) = parse("[![Logo](logo.png)](https://a.example)").clauses

    assert [link.target for link in clause.links] == ["https://a.example", "logo.png"]


def test_a_line_below_words_inside_a_fence_makes_no_heading() -> None:
    (clause,) = parse("```\nfoo\n---\n```\n").clauses

    assert (clause.block, clause.text) == (Block.CODE, "foo ---")
