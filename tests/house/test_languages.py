"""One definition of a language tag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.languages import parse_tag, shorter_tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en_US", "en-US"),
        ("zh-hant", "zh-Hant"),
        ("zh_TW", "zh-TW"),
        ("ZH-HANT-hk", "zh-Hant-HK"),
        ("es-419", "es-419"),
        ("de-1996", "de-1996"),
        ("sl-Rozaj", "sl-rozaj"),
        ("zh-yue-HK", "zh-yue-HK"),
        ("de-DE-u-co-phonebk", "de-DE-u-co-phonebk"),
        ("en-x-Priv", "en-x-priv"),
    ],
)
def test_a_tag_is_read_in_any_case_and_with_either_mark(text: str, tag: str) -> None:
    assert parse_tag(text) == tag


@pytest.mark.parametrize("text", ["", "e", "english", "portuguese-br", "en-", "-en", "en-x", "en-u", "zh-Hant-Hant"])
def test_anything_else_is_no_tag(text: str) -> None:
    with pytest.raises(ValueError, match="is not a language"):
        parse_tag(text)


@given(st.from_regex(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_][A-Za-z]{2})?", fullmatch=True))
def test_a_tag_that_was_read_reads_the_same_again(text: str) -> None:
    assert parse_tag(parse_tag(text)) == parse_tag(text)


def test_a_tag_is_served_by_its_shorter_beginnings() -> None:
    assert shorter_tags("zh-Hant-HK") == ("zh-Hant-HK", "zh-Hant", "zh")
