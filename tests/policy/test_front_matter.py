"""What legal writes at the head of a file, and what they are told when it is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.repositories import policy_text
from toolkit.errors import DocumentError
from toolkit.policy.classes import Class, Number
from toolkit.policy.front_matter import FrontMatter, parse_front_matter, split


def parse(text: str) -> FrontMatter:
    head = split(text).head
    assert head is not None
    return parse_front_matter(head, name="privacy.md")


def test_every_key_is_read() -> None:
    front = parse(
        "---\ntitle: Privacy Policy\nversion: 2.0.0\npublished: 2026-12-01        # the page's date\n"
        "effective: 2026-12-31\nclass: material\nsummary: |\n  - We keep data for 5 years (before: 3 years).\n"
        '  - A second: with a colon,\n    on two lines.\nreason: ""\n---\nText\n'
    )

    assert front == FrontMatter(
        title="Privacy Policy",
        number=Number(2, 0, 0),
        published=date(2026, 12, 1),
        effective=date(2026, 12, 31),
        declared=Class.MATERIAL,
        summary=("We keep data for 5 years (before: 3 years).", "A second: with a colon, on two lines."),
        reason="",
    )


@pytest.mark.parametrize("change", ["\ufeff{}", "{}"])
def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(change: str) -> None:
    text = policy_text(summary="- One.")

    assert parse(change.format(text).replace("\n", "\r\n")) == parse(text)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("version: 1.0", "'1.0' is not a version number"),
        ("version: 01.0.0", "'01.0.0' is not a version number"),
        ("published: 2026-13-01", "'2026-13-01' is not a date"),
        ("published: yesterday", "'yesterday' is not a date"),
        ("class: huge", "'huge' is not a class"),
        ("title: [a, b]", "'title' must be one text"),
        ("version: {a: b}", "'version' must be one text"),
        ("reason: - a", "cannot be read"),
        ("published: *nobody", "cannot be read"),
        ("colour: red", "'colour' is not a key"),
        ("summary: We changed: much", "a colon stands inside"),
        ('title: "open', "not closed"),
        ("just words", "not 'key: value'"),
        ("title: Again", "'title' stands twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(line: str, said: str) -> None:
    key = line.partition(":")[0]
    lines = [old for old in policy_text().splitlines() if not old.startswith(f"{key}:") or line == "title: Again"]
    lines.insert(4, line)

    with pytest.raises(DocumentError, match=said) as caught:
        parse("\n".join(lines))

    assert caught.value.where == "privacy.md:5"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("'It''s yours'", "It's yours"),
        ('"It\\u2019s yours"', "It’s yours"),
        (">\n  Our\n  policy", "Our policy"),
        ("1.10", "1.10"),
        ("yes", "yes"),
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_a_text_is_what_yaml_says_and_stays_a_text(written: str, title: str) -> None:
    assert parse(policy_text(title=written)).title == title


@pytest.mark.parametrize(
    "summary",
    [
        "summary:\n  - One sentence.\n  - A second,\n    on two lines.",
        "summary:\n- One sentence.\n- 'A second, on two lines.'",
        "summary: [One sentence., 'A second, on two lines.']",
        "summary: |\n  - One sentence.\n  - A second,\n    on two lines.",
    ],
)
def test_a_summary_is_a_list_or_a_text_with_a_dash_before_each_sentence(summary: str) -> None:
    text = policy_text().replace("\n---\n", f"\n{summary}\n---\n", 1)

    assert parse(text).summary == ("One sentence.", "A second, on two lines.")


@pytest.mark.parametrize("nothing", ["", "null", "~", "Null"])
def test_a_value_that_yaml_calls_null_is_none(nothing: str) -> None:
    text = policy_text().replace("\n---\n", f"\nsummary: {nothing}\nreason: {nothing}\n---\n", 1)
    assert (parse(text).summary, parse(text).reason) == ((), "")
    with pytest.raises(DocumentError, match="lacks 'title'"):
        parse(policy_text(title=nothing))


def test_a_title_that_a_program_wrote_is_read_as_it_is_meant() -> None:
    assert parse(policy_text(title='"\\uD83D\\uDE00 Policy"')).title == "😀 Policy"
    assert parse(policy_text(title="'null'")).title == "null"


@pytest.mark.parametrize(
    ("title", "said"),
    [('"\\UFFFFFFFF"', "stands for no character"), ('"a\\0b"', "'title' holds a control character")],
)
def test_an_escape_that_is_no_character_is_refused(title: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        parse(policy_text(title=title))


def test_a_line_break_from_a_word_processor_does_not_count_as_a_line() -> None:
    with pytest.raises(DocumentError, match="is not a class") as caught:
        parse(policy_text(title="Privacy\u2028Policy", declared="huge"))
    assert caught.value.where == "privacy.md:6"


def test_a_key_that_is_no_text_is_refused() -> None:
    with pytest.raises(DocumentError, match="not 'key: value'"):
        parse(policy_text().replace("title:", "? [a]\n: b\ntitle:"))


def test_front_matter_of_a_hundred_thousand_brackets_is_refused() -> None:
    with pytest.raises(DocumentError, match="nested too deeply"):
        parse(f"---\ntitle: {'[' * 100_000}\n---\n")


@pytest.mark.parametrize("key", ["title", "version", "published", "effective", "class"])
def test_a_missing_key_is_named(key: str) -> None:
    text = "\n".join(line for line in policy_text().splitlines() if not line.startswith(f"{key}:"))

    with pytest.raises(DocumentError, match=f"lacks '{key}'"):
        parse(text)


def test_effective_is_never_before_published() -> None:
    with pytest.raises(DocumentError, match="earlier than 'published'"):
        parse(policy_text(published="2026-12-01", effective="2026-11-30"))


def test_classes_compare_by_weight_and_not_by_the_alphabet() -> None:
    assert max(Class.MINOR, Class.MATERIAL) is Class.MATERIAL
    assert sorted(Class) == [Class.INITIAL, Class.EDITORIAL, Class.MINOR, Class.MATERIAL, Class.CONSENT]
    assert not Class.MATERIAL < Class.MINOR
    assert Class.MATERIAL >= Class.MATERIAL >= Class.MINOR


def test_numbers_compare_as_numbers() -> None:
    assert Number.parse("10.0.0") > Number.parse("9.9.9")


@given(st.text())
def test_any_text_is_split_or_left_whole_and_read_or_refused(text: str) -> None:
    head = split(text).head
    if head is None:
        return
    try:
        front = parse_front_matter(head, name="x")
    except DocumentError:
        return
    assert front.title
