"""The verdict on small cases. A lawyer adds one by adding a file to `cases/`."""

import tomllib
from pathlib import Path

import pytest

from tests.vocabulary import ENGLISH_RULES
from toolkit.changes.materiality import Verdict, judge
from toolkit.changes.redline import compare
from toolkit.changes.rules import Plain, parse_rules
from toolkit.changes.vocabulary import RULES, find_rules
from toolkit.errors import SettingsError
from toolkit.policy.classes import Class
from toolkit.policy.document import parse_document

WHY = "[why]\n" + "".join(f"{plain} = 'x'\n" for plain in Plain)
CALM = (
    f"{WHY}[furniture]\nwords = ['menu']\nowners = ['c']\nlabels = ['updated']\ndates = ['may']\nsmall = ['on']\n"
    "[pointing]\nwords = ['it']\n"
)
PAIRS = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8"))
CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.stem))
def test_the_verdict_is_what_a_lawyer_expects(case: Path) -> None:
    said = tomllib.loads(case.read_text(encoding="utf-8"))
    old, new = (parse_document(said[side], name=side) for side in ("before", "after"))

    found = compare(old, new)
    verdict = judge(found, find_rules(said["language"], [RULES]) if "language" in said else ENGLISH_RULES)

    assert verdict.proposed == said["class"]
    assert set(said.get("topics", [])) <= set(verdict.topics)
    assert said.get("certainty", verdict.certainty) == verdict.certainty
    if "direction" in said:
        assert said["direction"] in {reason.direction for reason in verdict.telling}
    if "place" in said:
        first = found.changed[0]
        assert (first.place, {*first.aspects}) == (said["place"], {*said["aspects"]})


def test_half_of_the_cases_are_one_word_that_turns_a_promise_round() -> None:
    silent = [case for case in CASES if case.stem.startswith(("silent-no-", "an-opposite-"))]

    assert len(CASES) >= 100
    assert len(silent) >= 50


def test_there_are_thirty_cases_in_traditional_chinese() -> None:
    assert len([case for case in CASES if case.stem.startswith("zh-")]) >= 30


def test_there_are_cases_for_every_class() -> None:
    classes = {tomllib.loads(case.read_text(encoding="utf-8"))["class"] for case in CASES}

    assert {"editorial", "minor", "material"} <= classes


def test_a_reason_names_rule_clause_topic_and_words() -> None:
    old = parse_document("## Keeping\n\nWe keep data for 3 years.", name="old")
    new = parse_document("## Keeping\n\nWe keep data for 5 years.", name="new")

    (reason,) = judge(compare(old, new), ENGLISH_RULES).reasons

    assert (reason.rule, reason.topic, reason.text) == ("retention-period", "retention", "3, 5")
    assert reason.change.clause.place == "Keeping"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{CALM}[rule.a]\ntopic = 'nothing'\nwhy = ''\nwords = ['a']", "rule 'a': 'nothing' is none of"),
        (f"{CALM}[rule.a]\nwhy = ''\nwords = ['(']", "rule 'a': its words are no regular"),
        (f"{CALM}[rule.a]\nwhy = ''\nwords = 'sell'", "rule 'a': words must be a list"),
        (f"{CALM}[rule.a]\nwhy = ''\nwords = []", "rule 'a': words must be a list"),
        (f"{CALM}[rule.a]\nwhy = ''\nwords = ['a']\ncontex = ['b']", "rule 'a': 'contex' is no key"),
        (f"{CALM}[rule.a]\nwords = ['a']", "rule 'a': 'why' is missing"),
        (
            f"{CALM.removeprefix(WHY)}[rule.a]\nwhy = 'x'\nwords = ['a']",
            "'why' is missing. Begin with a copy",
        ),
        (
            CALM.replace("'menu'", "'('") + "[rule.a]\nwhy = ''\nwords = ['a']",
            "its words are no regular expressions",
        ),
        ("rule = 3", "cannot be read"),
        ("not toml", "cannot be read"),
    ],
)
def test_a_broken_rule_is_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_rules(text, language="en", where="en.toml")


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("organise", "organize"), ("Organisational", "Organizational"), ("colour", "color"),
        ("licence", "license"), ("centre", "center"), ("cancelled", "canceled"), ("e-mail", "email"),
        ("behavioural", "behavioral"), ("analyse", "analyze"),
        ("catalogue", "catalog"), ("judgement", "judgment"), ("seperate", "separate"), ("recieve", "receive"),
    ],
)  # fmt: skip
def test_a_word_written_otherwise_is_the_same_word(was: str, becomes: str) -> None:
    assert ENGLISH_RULES.spelling.is_respelling(was, becomes)
    assert ENGLISH_RULES.spelling.is_respelling(becomes, was)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("explicit", "implicit"), ("adopt", "adapt"), ("may", "must"), ("four", "for"), ("filed", "filled"),
        ("there", "three"),
        ("Stripe", "Stripa"), ("costumer", "customer"), ("10", "100"), ("opted", "unopted"), ("careful", "careless"),
    ],
)  # fmt: skip
def test_another_word_is_no_spelling(was: str, becomes: str) -> None:
    assert not ENGLISH_RULES.spelling.is_respelling(was, becomes)
    assert not ENGLISH_RULES.spelling.is_respelling(becomes, was)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("enabled", "disabled"),
        ("onsite", "offsite"),
        ("opt-in", "opt-out"),
        ("employees", "employers"),
        ("Inside", "outside"),
        ("un-redacted", "redacted"),
        ("ex-employees", "employees"),
        ("use", "misuse"),
        ("attached", "detached"),
        ("increase", "decrease"),
        ("permitted", "prohibited"),
        ("optional", "mandatory"),
        ("with", "without"),
    ],
)
def test_an_affix_that_turns_a_word_round_makes_an_opposite(was: str, becomes: str) -> None:
    assert ENGLISH_RULES.spelling.are_opposites(was, becomes)
    assert ENGLISH_RULES.spelling.are_opposites(becomes, was)


def verdict(old: str, new: str) -> Verdict:
    return judge(compare(parse_document(old, name="old"), parse_document(new, name="new")), ENGLISH_RULES)


def pairs(kind: str) -> list[tuple[str, str]]:
    """Return the pairs of a kind, each both ways."""
    found = [(pair["before"], pair["after"]) for pair in PAIRS[kind]]
    return [*found, *((after, before) for before, after in found)]


@pytest.mark.parametrize(("old", "new"), pairs("matters"))
def test_what_may_matter_is_never_editorial(old: str, new: str) -> None:
    assert verdict(old, new).proposed > Class.EDITORIAL


@pytest.mark.parametrize(("old", "new"), pairs("opposite"))
def test_a_word_that_is_turned_round_is_material_wherever_it_stands(old: str, new: str) -> None:
    assert verdict(old, new).proposed is Class.MATERIAL


@pytest.mark.parametrize(("old", "new"), pairs("harmless"))
def test_what_says_nothing_else_is_editorial(old: str, new: str) -> None:
    assert verdict(old, new).proposed is Class.EDITORIAL


def test_a_promise_struck_under_one_heading_counts_though_it_stands_under_another() -> None:
    free, paid = "## Free plan\n\nWe never sell your data.", "## Paid plan\n\nWe never sell your data."
    assert verdict(f"{free}\n\n{paid}", f"## Free plan\n\nWe like you.\n\n{paid}").proposed is Class.MATERIAL


@pytest.mark.parametrize("mark", ["## {}\n\n", "{}:\n\n"])
def test_an_item_that_moves_from_under_a_denial_says_the_opposite(mark: str) -> None:
    never, give = mark.format("We never give out"), mark.format("We give out")
    item = "- Your full postal home address"
    found = verdict(f"{never}- a\n{item}\n\n{give}- b", f"{never}- a\n\n{give}- b\n{item}")
    assert found.proposed is Class.MATERIAL


def test_an_item_that_moves_from_within_a_denying_item_says_the_opposite() -> None:
    item = "    - Your full postal home"
    old = f"- We never pass on\n    - a\n{item}\n- We pass on\n    - b"
    new = f"- We never pass on\n    - a\n- We pass on\n    - b\n{item}"
    assert verdict(old, new).proposed is Class.MATERIAL


@pytest.mark.parametrize("lead", ["", "We collect:\n\n"])
def test_items_of_one_list_in_another_order_are_minor_however_short(lead: str) -> None:
    one, two = "- Email address", "- Phone number"
    assert verdict(f"{lead}{one}\n{two}", f"{lead}{two}\n{one}").proposed is Class.MINOR


def test_a_passage_that_moves_under_a_heading_that_was_only_renamed_is_minor() -> None:
    passages = ["We keep what you tell us.", "We read what you send us."]
    one, other = (f"## {{}}\n\n{passages[0]}\n\n{passages[1]}", f"## {{}}\n\n{passages[1]}\n\n{passages[0]}")
    assert verdict(one.format("1. Words"), other.format("2. Words")).proposed is Class.MINOR


def test_a_word_that_only_begins_like_an_opposite_is_none() -> None:
    assert not ENGLISH_RULES.spelling.are_opposites("to", "into")
    assert not ENGLISH_RULES.spelling.are_opposites("allow", "notice")
    assert ENGLISH_RULES.spelling.are_opposites("Inactive", "Active")


@pytest.mark.parametrize(
    ("old", "new"), [("légal", "illégal"), ("conserver", "conserve"), ("我們保留資料", "我們刪除資料")]
)
def test_a_language_without_rules_says_so_and_a_changed_word_is_never_editorial(old: str, new: str) -> None:
    rules = find_rules("xx", [RULES])
    verdict = judge(compare(parse_document(old, name="old"), parse_document(new, name="new")), rules)

    assert verdict.proposed == "minor"
    assert {reason.why for reason in verdict.reasons} == {rules.whys[Plain.LANGUAGE]}
