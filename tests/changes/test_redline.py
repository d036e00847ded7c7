"""The redline: exact both ways, and each clause named for what happened to it."""

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.changes.alignment import Op, align
from toolkit.changes.materiality import judge
from toolkit.changes.redline import Kind, Redline, compare
from toolkit.changes.render import html, markdown, terminal
from toolkit.changes.render import json as as_json
from toolkit.changes.rules import read_rules
from toolkit.policy.document import Document, parse_document

CLAUSES = st.sampled_from(
    [
        "We keep your data for 3 years.", "We keep your data for 5 years.", "We never sell your data.",
        "We sell your data.", "You may object at any time.", "你可以隨時反對。", "我們不會出售你的資料。",
        "Write to dpo@example.hk, please.", "- names", "- names and addresses", "- bills", "## 1. Keeping",
        "## 2. Keeping", "## 2. Selling", "| A | B |\n|---|---|\n| 1 | 2 |", "It’s “yours”.", "It's \"yours\".",
        "[here](https://a.example/)", "[here](https://b.example/)", "مرحبا بالعالم", "\u202eabc\u202c",
    ]
)  # fmt: skip
TEXTS = st.lists(CLAUSES, max_size=12).map("\n\n".join)


def parse(text: str) -> Document:
    return parse_document(text, name="policy.md")


def redline(old: str, new: str) -> Redline:
    return compare(parse(old), parse(new))


def rejected(found: Redline) -> str:
    """Return the text with every change rejected."""
    olds = sorted((change for change in found.changes if change.old), key=lambda change: change.old_at or 0)
    return "\n".join("".join(run.text for run in change.runs if run.op is not Op.INSERT) for change in olds)


def accepted(found: Redline) -> str:
    """Return the text with every change accepted."""
    news = (change for change in found.changes if change.new)
    return "\n".join("".join(run.text for run in change.runs if run.op is not Op.DELETE) for change in news)


def kinds(old: str, new: str) -> list[Kind]:
    return [change.kind for change in redline(old, new).changes]


@given(TEXTS, TEXTS)
def test_rejecting_gives_the_old_text_and_accepting_the_new(old: str, new: str) -> None:
    found = redline(old, new)

    assert rejected(found) == found.old.text
    assert accepted(found) == found.new.text


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_come_back_exactly(old: str, new: str) -> None:
    found = redline(old.replace("\0", ""), new.replace("\0", ""))

    assert rejected(found) == found.old.text
    assert accepted(found) == found.new.text


@given(TEXTS)
def test_a_text_against_itself_has_no_change(text: str) -> None:
    assert redline(text, text).changed == ()


def test_words_are_marked_and_the_rest_is_kept() -> None:
    assert [(run.op, run.text) for run in align("We keep data for 3 years.", "We keep all data for 5 years.")] == [
        (Op.KEEP, "We keep "),
        (Op.INSERT, "all "),
        (Op.KEEP, "data for "),
        (Op.DELETE, "3"),
        (Op.INSERT, "5"),
        (Op.KEEP, " years."),
    ]


def test_chinese_needs_no_spaces_to_be_compared_by_word() -> None:
    runs = align("我們保留資料三年。", "我們保留資料五年。")

    assert [(run.op, run.text) for run in runs if run.op is not Op.KEEP] == [(Op.DELETE, "三"), (Op.INSERT, "五")]


def test_small_edits_a_short_word_apart_are_joined() -> None:
    runs = align("we may share it with partners of Acme", "we will give it to friends of Acme")

    assert sum(run.op is not Op.KEEP for run in runs) <= 4


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("One is here.", "One is here.", [Kind.UNCHANGED]),
        ("We keep data 3 years.", "We keep data 5 years.", [Kind.REWORDED]),
        ("First stays.", "First stays.\n\nSecond is new here.", [Kind.UNCHANGED, Kind.ADDED]),
        ("First stays.\n\nSecond goes away.", "First stays.", [Kind.UNCHANGED, Kind.REMOVED]),
        ("## 7. Rights", "## 8. Rights", [Kind.RENUMBERED]),
        ("## 7. Rights", "## 8. Rights and duties", [Kind.REWORDED]),
        ("[here](https://a.example)", "[here](https://b.example)", [Kind.RELINKED]),
        ("It’s ours to keep.", "It's ours to keep.", [Kind.FORMATTED]),
        ("A plain line.", "- A plain line.", [Kind.FORMATTED]),
        (
            "Alpha stands first in here.\n\nBravo comes second in line.\n\nCharlie ends it all now.",
            "Bravo comes second in line.\n\nCharlie ends it all now.\n\nAlpha stands first in here.",
            [Kind.UNCHANGED, Kind.UNCHANGED, Kind.MOVED],
        ),
    ],
)
def test_each_clause_is_named_for_what_happened_to_it(old: str, new: str, expected: list[Kind]) -> None:
    assert kinds(old, new) == expected


def test_a_new_section_in_between_renumbers_the_headings_after_it() -> None:
    old = "## 1. Data\n\nWe collect names.\n\n## 2. Rights\n\nYou may object.\n"
    new = "## 1. Data\n\nWe collect names.\n\n## 2. Cookies\n\nWe set none at all.\n\n## 3. Rights\n\nYou may object.\n"

    assert kinds(old, new) == [
        Kind.UNCHANGED,
        Kind.UNCHANGED,
        Kind.ADDED,
        Kind.ADDED,
        Kind.RENUMBERED,
        Kind.UNCHANGED,
    ]


class Balance(HTMLParser):
    """Fails where a closing tag does not fit the tag that is open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(TEXTS, TEXTS)
def test_html_is_well_formed(old: str, new: str) -> None:
    balance = Balance()
    balance.feed(html.page(redline(old, new), title="a → b"))
    balance.close()

    assert balance.open == []


def test_a_removed_item_stays_in_its_list() -> None:
    shown = html.fragment(redline("- names\n- bills\n- addresses\n", "- names\n- addresses\n"))

    assert shown.count("<ul>") == 1
    assert '<del class="pr-del">bills</del>' in shown


def test_no_format_lets_the_policys_text_become_markup() -> None:
    found = redline("Calm words.", "Calm words `<script>alert(1)</script>` and \x1b[31m red **bold**.")

    assert "<script>" not in html.page(found, title="<script>")
    assert "\\<script\\>" in markdown.render(found)
    assert "\x1b" not in terminal.render(found)


def test_every_format_reads_without_colour() -> None:
    found = redline("We keep data for 3 years.", "We keep data for 5 years.")

    assert "[-3-]{+5+} years" in terminal.render(found)
    assert "~~3~~ **5** years" in markdown.render(found)
    assert '<del class="pr-del">3</del><ins class="pr-ins">5</ins> years' in html.fragment(found)


def test_unchanged_clauses_are_folded_with_a_count() -> None:
    calm = "\n\n".join(f"Clause number {number} stays." for number in range(12))
    found = redline(calm, f"{calm}\n\nOne is new.")

    assert "<summary>12 unchanged clauses</summary>" in html.fragment(found)
    assert "… 12 unchanged clauses" in terminal.render(found)


def test_json_holds_the_verdict_and_every_change() -> None:
    found = redline("## Keeping\n\nWe keep data for 3 years.", "## Keeping\n\nWe keep data for 5 years.")

    said = json.loads(as_json.render(found, judge(found, read_rules())))

    assert said["proposed"] == "material"
    assert said["topics"] == ["retention"]
    assert said["reasons"][0]["clause"] == "Keeping"
    assert {key: said["changes"][0][key] for key in ("kind", "clause", "before", "after")} == {
        "kind": "reworded",
        "clause": "Keeping",
        "before": "We keep data for 3 years.",
        "after": "We keep data for 5 years.",
    }
    assert [run["op"] for run in said["changes"][0]["runs"]] == ["keep", "delete", "insert", "keep"]


def _corpus() -> list[Path]:
    folder = os.environ.get("POLICY_CORPUS", "")
    return sorted(Path(folder, "materiality", "pairs").glob("*.old.md")) if folder else []


def test_every_pair_of_the_corpus_comes_back_exactly() -> None:
    """Real pairs where `POLICY_CORPUS` names them; our own policy always."""
    own = Path(__file__).parents[2] / "policy" / "privacy.md"
    pairs = [(own.read_bytes(), own.read_bytes().replace(b"3 years", b"5 years"))]
    pairs += [(old.read_bytes(), old.with_name(old.name.replace(".old.", ".new.")).read_bytes()) for old in _corpus()]

    for old, new in pairs:
        found = compare(parse_document(old, name="old"), parse_document(new, name="new"))
        assert (rejected(found), accepted(found)) == (found.old.text, found.new.text)
