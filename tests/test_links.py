"""A link holds a delivery and a day, is signed, and can be told from every other text."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import SettingsError
from toolkit.links import Expired, Forged, LinkKeys, parse_keys

OLD, NEW = "o" * 40, "n" * 40
REF = "0123456789abcdef" * 2
DAY = date(2026, 12, 31)
REFS = st.text(string.ascii_letters + string.digits + "-_", min_size=8, max_size=64)


@given(REFS, st.dates(date(1970, 1, 2), date(2999, 1, 1)), st.integers(0, 400))
def test_what_was_signed_is_read_until_its_last_day(ref: str, last: date, before: int) -> None:
    token = LinkKeys(keys=(NEW,)).sign(ref, expires_on=last)
    assert LinkKeys(keys=(NEW,)).read(token, on=max(date(1970, 1, 1), last - timedelta(days=before))) == ref
    with pytest.raises(Expired):
        LinkKeys(keys=(NEW,)).read(token, on=last + timedelta(days=1))


def test_an_older_key_opens_what_it_signed_and_the_newest_signs() -> None:
    before, after = LinkKeys(keys=(OLD,)), LinkKeys(keys=(NEW, OLD))
    assert after.read(before.sign(REF, expires_on=DAY), on=DAY) == REF
    with pytest.raises(Forged):
        before.read(after.sign(REF, expires_on=DAY), on=DAY)


@given(st.data())
def test_a_token_with_any_other_sign_in_it_is_none(data: st.DataObject) -> None:
    token = LinkKeys(keys=(NEW,)).sign(REF, expires_on=DAY)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(exclude_characters=token[at]))
    with pytest.raises(Forged):
        LinkKeys(keys=(NEW,)).read(token[:at] + other + token[at + 1 :], on=DAY)


@given(st.text())
def test_any_other_text_is_none(text: str) -> None:
    with pytest.raises(Forged):
        LinkKeys(keys=(NEW, OLD)).read(text, on=DAY)


def test_a_token_needs_no_escaping_and_shows_neither_key_nor_account() -> None:
    keys = LinkKeys(keys=(NEW,))
    token = keys.sign(REF, expires_on=DAY)
    assert set(token) <= set(string.ascii_letters + string.digits + "-_.")
    assert len(token) < 130
    assert NEW not in repr(keys)


def test_keys_are_read_newest_first() -> None:
    keys = parse_keys(f" {NEW},\n{OLD} ", where="POLICY_LINK_KEYS")
    assert keys == LinkKeys(keys=(NEW, OLD))
    assert parse_keys(" , ", where="") is None


def test_a_key_that_could_be_guessed_is_refused_without_being_repeated() -> None:
    with pytest.raises(SettingsError, match="shorter than 32") as caught:
        parse_keys(f"{NEW},secret", where="POLICY_LINK_KEYS")
    assert "secret" not in str(caught.value)
