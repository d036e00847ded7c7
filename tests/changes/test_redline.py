"""The redline: exact both ways, and each clause named for what happened to it."""

import json
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sealed import first_version
from tests.vocabulary import ENGLISH, ENGLISH_RULES
from toolkit.changes.alignment import Op, align
from toolkit.changes.materiality import judge
from toolkit.changes.redline import Aspect, Change, Redline, compare
from toolkit.changes.render import html, markdown, sides, terminal
from toolkit.changes.render import json as as_json
from toolkit.changes.render.words import label
from toolkit.policy.document import Document, parse_document

CLAUSES = st.sampled_from(
    [
        "We keep your data for 3 years.", "We keep your data for 5 years.", "We never sell your data.",
        "We sell your data.", "You may object at any time.", "你可以隨時反對。", "我們不會出售你的資料。",
        "Write to dpo@example.hk, please.", "- names", "- names and addresses", "- bills", "## 1. Keeping",
        "## 2. Keeping", "## 2. Selling", "| A | B |\n|---|---|\n| 1 | 2 |", "It’s “yours”.", "It's \"yours\".",
        "[here](https://a.example/)", "[here](https://b.example/)", "مرحبا بالعالم", "\u202eabc\u202c",
        "See [here](https://a.example/) and here.", "See here and [here](https://a.example/).", "- a\n    - names",
        "We *never* sell your data. We keep your data for 3 years.", "### 1. Keeping", "![](a.png)", "> names",
        "| B | A |\n|---|---|\n| 1 | 2 |", '[here](https://a.example/ "all of it")', "**names**", "1. names",
    ]
)  # fmt: skip
TEXTS = st.lists(CLAUSES, max_size=12).map("\n\n".join)
# Texts that differ in little, so that many are sealed alike.
FEW = st.sampled_from(
    [
        "We keep. ", "We sell. ", "[a](b) ", "[a b](c) ", "\n\n", "\n- ", "\n\n## ", "*it* ", "![](p) ", "\n    - ",
        "\n\n        ",
    ]
)  # fmt: skip
NEAR = st.lists(FEW, max_size=7).map("".join)
CELLS = st.lists(st.sampled_from(["", "x", "y", "x<br>y", "x y"]), min_size=6, max_size=6)
TABLES = CELLS.map(lambda c: f"|A|B|C|\n|-|-|-|\n|{c[0]}|{c[1]}|{c[2]}|\n|{c[3]}|{c[4]}|{c[5]}|")
NESTED = st.sampled_from(["- a", "- b", "    - a", "    - b", "    - a b", "\n        b", "\n        a"])
LISTS = st.lists(NESTED, max_size=6).map(lambda items: "- top\n" + "\n".join(items))


def parse(text: str) -> Document:
    return parse_document(text, name="policy.md")


def redline(old: str, new: str) -> Redline:
    return compare(parse(old), parse(new))


def rejected(found: Redline) -> str:
    """Return the text with every change rejected: the parts of a clause, one after the other, are the clause."""
    olds: dict[int, list[str]] = {}
    for change in found.changes:
        if change.old_at is not None:
            olds.setdefault(change.old_at, []).append(_text(change, Op.INSERT))
    return "\n".join(" ".join(olds[at]) for at in sorted(olds))


def accepted(found: Redline) -> str:
    """Return the text with every change accepted."""
    news: dict[int, list[str]] = {}
    for change in found.changes:
        if change.new_at is not None:
            news.setdefault(change.new_at, []).append(_text(change, Op.DELETE))
    assert list(news) == sorted(news)
    return "\n".join(" ".join(parts) for parts in news.values())


def _text(change: Change, but: Op) -> str:
    return "".join(run.text for run in change.runs if run.op is not but)


def told(change: Change) -> str:
    """Return a change's place and aspects in one line: `moved words links`."""
    return " ".join([change.place, *(aspect for aspect in Aspect if aspect in change.aspects)])


def told_all(old: str, new: str) -> list[str]:
    return [told(change) for change in redline(old, new).changes]


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


@given(TEXTS, TEXTS)
def test_a_comparison_is_empty_exactly_where_the_digests_are_equal(old: str, new: str) -> None:
    found = redline(old, new)

    assert found.is_empty is (found.old.digest == found.new.digest)


@settings(max_examples=500)
@given(NEAR, NEAR)
def test_a_comparison_of_near_texts_is_empty_exactly_where_the_digests_are_equal(old: str, new: str) -> None:
    found = redline(old, new)

    assert found.is_empty is (found.old.digest == found.new.digest)
    assert (rejected(found), accepted(found)) == (found.old.text, found.new.text)


@settings(max_examples=300)
@given(st.tuples(TABLES, TABLES) | st.tuples(LISTS, LISTS))
def test_a_comparison_of_tables_and_lists_is_empty_exactly_where_the_digests_are_equal(texts: tuple[str, str]) -> None:
    found = redline(*texts)

    assert found.is_empty is (found.old.digest == found.new.digest)
    for change in found.changed:
        assert label(change, ENGLISH) or any(run.op is not Op.KEEP for run in change.runs)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("One is here.", "One is here.", ["same"]),
        ("We keep data 3 years.", "We keep data 5 years.", ["same words"]),
        ("First stays.", "First stays.\n\nSecond is new here.", ["same", "added words"]),
        ("First stays.\n\nSecond goes away.", "First stays.", ["same", "removed words"]),
        ("## 7. Rights", "## 8. Rights", ["same number"]),
        ("## 7. Rights", "## 8. Rights and duties", ["same words number"]),
        ("## A note", "## The note", ["same words"]),
        ("## 7. [Rights](a.md)", "## 8. [Rights](b.md)", ["same links number"]),
        ("[here](https://a.example)", "[here](https://b.example)", ["same links"]),
        ("Write [here](mailto:a@b.example) now.", "Write [here](mailto:c@b.example) soon.", ["same words links"]),
        ("[here](a.md), not here", "here, not [here](a.md)", ["same links"]),
        ('[here](a.md "one")', '[here](a.md "two")', ["same links"]),
        ("It’s ours to keep.", "It's ours to keep.", ["same form"]),
        ("We *never* sell.", "We never sell.", ["same form"]),
        ("A plain line.", "- A plain line.", ["same form"]),
        ("- A plain line.", "1. A plain line.", ["same form"]),
        ("One here. Two there.", "One here.\n\nTwo there.", ["same form", "same form"]),
        ("One here.\n\nTwo there.", "One here. Two there.", ["same form", "same form"]),
        ("- we never:\n    - sell", "- we never:\n- sell", ["same", "same depth form"]),
        ("## Rights", "### Rights", ["same depth"]),
        ("|A|B|\n|-|-|\n|yes| |", "|A|B|\n|-|-|\n| |yes|", ["same", "same", "same column"]),
        (
            "Alpha stands first in here.\n\nBravo comes second in line.\n\nCharlie ends it all now.",
            "Bravo comes second in line.\n\nCharlie ends it all now.\n\nAlpha stands first in here.",
            ["same", "same", "moved"],
        ),
        (
            "Write to [us](mailto:a@b.example) about it.\n\nBravo comes second in line.\n\nCharlie ends it all now.",
            "Bravo comes second in line.\n\nCharlie ends it all now.\n\nWrite to [us](mailto:c@b.example) about that.",
            ["same", "same", "moved words links"],
        ),
    ],
)
def test_each_clause_is_named_for_its_place_and_every_aspect(old: str, new: str, expected: list[str]) -> None:
    assert told_all(old, new) == expected


def test_a_paragraph_that_is_parted_elsewhere_is_form_though_another_is_reworded() -> None:
    old = "We keep data 3 years.\n\nOne here stands long. Two there stands long."
    new = "We keep data 5 years.\n\nOne here stands long.\n\nTwo there stands long."

    assert told_all(old, new) == ["same words", "same form", "same form"]


def test_a_heading_in_capitals_or_with_another_number_is_the_same_heading() -> None:
    assert told_all("## HOW WE KEEP DATA", "## How we keep data") == ["same words"]
    assert told_all("## 1. Definitions", "## Definitions") == ["same number"]


def test_a_row_is_moved_and_added_as_one() -> None:
    head, rows = (
        "| Who | What | Where |\n|---|---|---|",
        ["| Acme | mail | US |", "| Bolt | ads | UK |", "| Core | logs | DE |"],
    )
    new = [rows[2], rows[0], "| Dash | chat | FR |", rows[1]]
    found = redline("\n".join([head, *rows]), "\n".join([head, *new]))

    assert {change.clause.text for change in found.changed if change.place == "moved"} == {"Core", "logs", "DE"}
    assert [change.clause.text for change in found.changed if change.place == "added"] == ["Dash", "chat", "FR"]
    assert not [change for change in found.changed if change.place == "removed"]


def test_a_short_clause_between_the_same_neighbours_is_the_same_clause() -> None:
    old, new = "We log.\n\nAlways.\n\nWe read.", "We log.\n\nNever.\n\nWe read."

    assert told_all(old, new) == ["same", "same words", "same"]


SENTENCES = [
    "We keep the name that you gave to us.",
    "Nobody here reads the mail that you send.",
    "Ask us for a copy whenever you like to.",
]


def test_words_of_a_paragraph_that_is_split_are_moved_and_not_struck() -> None:
    one = " ".join(SENTENCES)
    found = redline(f"{one}\n\nThe end.", f"{SENTENCES[0]} It is short.\n\n{SENTENCES[1]} {SENTENCES[2]}\n\nThe end.")
    runs = [run for change in found.changed for run in change.runs]

    assert {run.moved for run in runs if run.op is Op.DELETE and run.moved} == {
        run.moved for run in runs if run.op is Op.INSERT and run.moved
    }
    assert not [run.text for run in runs if run.op is Op.DELETE and not run.moved and run.text.strip()]
    assert (rejected(found), accepted(found)) == (found.old.text, found.new.text)


@given(st.lists(st.sampled_from(SENTENCES), max_size=5), st.lists(st.sampled_from([*SENTENCES, "\n\n"]), max_size=7))
def test_every_number_of_a_move_stands_on_both_sides(old: list[str], new: list[str]) -> None:
    found = redline(" ".join(old), " ".join(new))
    runs = [run for change in found.changes for run in change.runs if run.moved]

    gone, come = ([run.moved for run in runs if run.op is op] for op in (Op.DELETE, Op.INSERT))
    assert sorted(gone) == sorted(come) == sorted(set(gone))
    assert (rejected(found), accepted(found)) == (found.old.text, found.new.text)


def test_every_format_marks_what_moved() -> None:
    found = redline(" ".join([*SENTENCES, "Calm."]), f"{SENTENCES[0]} {SENTENCES[1]}\n\n{SENTENCES[2]}")

    for shown in (terminal.render(found, ENGLISH), markdown.render(found, ENGLISH)):
        assert "⇢" in shown and "⇠" in shown  # noqa: PT018 - of each shown
    assert "pr-went" in html.fragment(found, ENGLISH)
    assert '"moved": 1' in as_json.render(found, judge(found, ENGLISH_RULES))


def test_a_new_section_in_between_renumbers_the_headings_after_it() -> None:
    old = "## 1. Data\n\nWe collect names.\n\n## 2. Rights\n\nYou may object.\n"
    new = "## 1. Data\n\nWe collect names.\n\n## 2. Cookies\n\nWe set none at all.\n\n## 3. Rights\n\nYou may object.\n"

    assert told_all(old, new) == ["same", "same", "added words", "added words", "same number", "same"]


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
    balance.feed(html.page(redline(old, new), ENGLISH, title="a → b"))
    balance.close()

    assert balance.open == []


@given(TEXTS, TEXTS)
def test_two_columns_are_well_formed_and_hold_both_texts(old: str, new: str) -> None:
    found = redline(old, new)
    balance = Balance()
    balance.feed(sides.page(found, ENGLISH, title="a → b"))
    balance.close()

    assert balance.open == []


def test_two_columns_show_what_is_gone_on_the_left_and_what_is_new_on_the_right() -> None:
    shown = sides.page(redline("We keep it 3 years.", "We keep it 5 years."), ENGLISH, title="a → b")

    left, right = shown.split("<td>")[1:]
    assert ">3</del>" in left
    assert "<ins" not in left
    assert ">5</ins>" in right
    assert "<del" not in right


def test_a_removed_item_stays_in_its_list() -> None:
    shown = html.fragment(redline("- names\n- bills\n- addresses\n", "- names\n- addresses\n"), ENGLISH)

    assert shown.count("<ul>") == 1
    assert '<del class="pr-del">bills</del>' in shown


def test_no_format_lets_the_policys_text_become_markup() -> None:
    found = redline("Calm words.", "Calm words `<script>alert(1)</script>` and \x1b[31m red **bold**.")

    assert "<script>" not in html.page(found, ENGLISH, title="<script>")
    assert "\\<script\\>" in markdown.render(found, ENGLISH)
    assert "\x1b" not in terminal.render(found, ENGLISH)


def test_every_format_reads_without_colour() -> None:
    found = redline("We keep data for 3 years.", "We keep data for 5 years.")

    assert "[-3-]{+5+} years" in terminal.render(found, ENGLISH)
    assert "<del>3</del> <ins>5</ins> years" in markdown.render(found, ENGLISH)
    assert '<del class="pr-del">3</del><ins class="pr-ins">5</ins> years' in html.fragment(found, ENGLISH)


def test_unchanged_clauses_are_folded_with_a_count() -> None:
    calm = "\n\n".join(f"Clause number {number} stays." for number in range(12))
    found = redline(calm, f"{calm}\n\nOne is new.")

    assert "<summary>12 unchanged clauses</summary>" in html.fragment(found, ENGLISH)
    assert "… 12 unchanged clauses" in terminal.render(found, ENGLISH)


def test_json_holds_the_verdict_and_every_change() -> None:
    found = redline("## Keeping\n\nWe keep data for 3 years.", "## Keeping\n\nWe keep data for 5 years.")

    said = json.loads(as_json.render(found, judge(found, ENGLISH_RULES)))

    assert said["proposed"] == "material"
    assert said["topics"] == ["retention"]
    assert said["reasons"][0]["clause"] == "Keeping"
    (change,) = said["changes"]
    assert (change["place"], change["aspects"], change["clause"]) == ("same", ["words"], "Keeping")
    assert (change["before"]["text"], change["after"]["text"]) == (
        "We keep data for 3 years.",
        "We keep data for 5 years.",
    )
    assert [run["op"] for run in said["changes"][0]["runs"]] == ["keep", "delete", "insert", "keep"]


def test_a_heading_that_becomes_a_paragraph_is_called_so() -> None:
    assert "(No longer a heading) Rights" in terminal.render(redline("# Rights", "Rights"), ENGLISH)
    assert "(Now a heading) Rights" in terminal.render(redline("Rights", "# Rights"), ENGLISH)


def test_a_cell_that_goes_to_another_row_is_shown() -> None:
    old = "|A|B|C|\n|-|-|-|\n|x|y| |\n| | |z|"
    shown = terminal.render(redline(old, old.replace("|x|y| |\n| | |z|", "|x| | |\n| |y|z|")), ENGLISH)

    assert "Begins or ends another row or cell" in shown


def test_markdown_marks_what_begins_with_a_comma_or_stands_in_a_chinese_sentence() -> None:
    commas = redline("We share data, including health data, with Acme.", "We share data with Acme.")
    chinese = redline("我們收集資料並保存。", "我們收集資料（包括健康資料）並保存。")

    assert "data<del>, including health data,</del> with" in markdown.render(commas, ENGLISH)
    assert "<ins>（包括健康資料）</ins>" in markdown.render(chinese, ENGLISH)


ASPECTS = {
    Aspect.LINKS: ("See [us](https://a.example).", "See [us](https://b.example).", "https://b.example"),
    Aspect.NUMBER: ("## 1. Rights", "## 2. Rights", "Renumbered"),
    Aspect.DEPTH: ("- a\n    - b", "- a\n- b", "Level changed from 2 to 1"),
    Aspect.COLUMN: ("|A|B|\n|-|-|\n|x| |", "|A|B|\n|-|-|\n| |x|", "Moved from column 1 to column 2"),
    Aspect.FORM: ("We *never* sell.", "We never sell.", "Formatting only"),
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_every_aspect_is_shown_by_every_format_and_weighed_but_for_the_form(aspect: Aspect) -> None:
    old, new, said = ASPECTS[aspect]
    found = redline(old, new)
    verdict = judge(found, ENGLISH_RULES)

    assert [change.aspects & {aspect} for change in found.changed] == [{aspect}]
    assert said in html.fragment(found, ENGLISH)
    assert said in terminal.render(found, ENGLISH)
    assert said.replace(".", "").replace("-", "") in markdown.render(found, ENGLISH).replace("\\", "").replace(".", "")
    assert json.loads(as_json.render(found, verdict))["changes"][0]["aspects"][0] == aspect
    assert bool(verdict.reasons) is (aspect is not Aspect.FORM)


def test_a_redline_in_html_keeps_links_and_emphasis_and_marks_words_inside_them() -> None:
    old = "We **never** sell to [our partners](https://a.example) or `bots`."
    new = "We **never** give to [our partners](https://b.example) or `bots`."
    shown = html.fragment(redline(old, new), ENGLISH)

    assert "<strong>never</strong>" in shown
    assert '<a href="https://b.example">our partners</a>' in shown
    assert "<code>bots</code>" in shown


def test_a_link_that_could_run_something_leads_nowhere() -> None:
    shown = html.fragment(redline("Old [a](javascript:x) words.", "New [a](JavaScript:x) words."), ENGLISH)

    assert "<a " not in shown


@pytest.mark.parametrize(
    "other", ["Other words stand here.", "Other [words]() stand here.", "[Old](MAILTO:a@b.example)"]
)
def test_an_address_that_comes_with_its_clause_is_material_unless_it_was_there(other: str) -> None:
    added = "You can reach somebody [here](mailto:a@b.example)."
    found = judge(redline(other, f"{other}\n\n{added}"), ENGLISH_RULES)
    known = judge(
        redline(f"[x](mailto:a@b.example)\n\n{other}", f"[x](mailto:a@b.example)\n\n{other}\n\n{added}"), ENGLISH_RULES
    )

    assert "contact-link" in {reason.rule for reason in found.reasons}
    assert "contact-link" not in {reason.rule for reason in known.reasons}


def test_an_address_that_changes_with_a_word_or_a_place_is_said_and_material() -> None:
    old = "Complain [here](mailto:a@example.hk) at any time.\n\nBravo comes second in line.\n\nCharlie ends it all."
    moved = "Bravo comes second in line.\n\nCharlie ends it all.\n\nComplain [here](mailto:b@example.hk) at any time."
    for new in (old.replace("any time", "all times").replace("a@", "b@"), moved):
        found = redline(old, new)
        verdict = judge(found, ENGLISH_RULES)

        assert (verdict.proposed, verdict.topics) == ("material", ("controller_contact",))
        assert "mailto:a@example.hk → mailto:b@example.hk" in terminal.render(found, ENGLISH, width=300)


def _corpus() -> list[Path]:
    folder = os.environ.get("POLICY_CORPUS", "")
    return sorted(Path(folder, "materiality", "pairs").glob("*.old.md")) if folder else []


def test_every_pair_of_the_corpus_comes_back_exactly() -> None:
    """Real pairs where `POLICY_CORPUS` names them; our own policy always."""
    own = first_version().encode()
    pairs = [(own, own.replace(b"3 years", b"5 years"))]
    pairs += [(old.read_bytes(), old.with_name(old.name.replace(".old.", ".new.")).read_bytes()) for old in _corpus()]

    for old, new in pairs:
        found = compare(parse_document(old, name="old"), parse_document(new, name="new"))
        assert (rejected(found), accepted(found)) == (found.old.text, found.new.text)
