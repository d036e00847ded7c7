from hypothesis import given
from hypothesis import strategies as st

from tests.notices.world import account
from toolkit.notices.tags import FIELDS, HTML, MARK, TAG, TEXT, WIDEST, clean, find_values, personalize, tag

EVERY_TAG = " ".join(tag(field, form) for field in FIELDS for form in (TEXT, HTML))
any_text = st.text(st.characters(), max_size=400) | st.sampled_from(["-pn.name.h-", "-pn.-pn.", "<b>&\"'", "a\r\nb"])


@given(name=any_text, email=any_text)
def test_no_value_breaks_a_line_or_widens_it_or_brings_a_tag(name: str, email: str) -> None:
    for value in find_values(personalize(account(name=name, email=email), "a@b.example")).values():
        assert len(value.encode()) <= WIDEST
        assert MARK not in value
        assert value.splitlines() == [value]


@given(name=any_text)
def test_after_filling_in_no_tag_remains(name: str) -> None:
    values = find_values(personalize(account(name=name), "a@b.example"))
    assert MARK not in TAG.sub(lambda match: values[match.group()], EVERY_TAG)


@given(name=any_text)
def test_a_value_in_html_holds_no_markup(name: str) -> None:
    value = find_values(personalize(account(name=name), "a@b.example"))[tag("name", HTML)]
    assert not set(value) & set("<>\"'")


def test_no_tag_is_part_of_another() -> None:
    every = EVERY_TAG.split()
    assert all(TAG.fullmatch(one) for one in every)
    assert not [one for one in every for other in every if one != other and one in other]


def test_a_plain_name_stays_as_it_is() -> None:
    assert clean("陳大文 O'Brien & Söhne, Ltd.") == "陳大文 O'Brien & Söhne, Ltd."


def test_a_missing_name_shows_as_a_dash() -> None:
    assert find_values(personalize(account(name=" \t"), "a@b.example"))[tag("name", TEXT)] == "–"


def test_signs_that_turn_the_reading_direction_are_left_out() -> None:
    assert clean("Ada\u202egnp.exe") == "Adagnp.exe"
