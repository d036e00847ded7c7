"""One definition of an address, and the quick answer is the library's."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.addresses import _parse_any, _parse_plain, mail_address, parse_address

PARTS = st.sampled_from([*"aZ09.-_+'@", "example", "com", "xn--", "local", "test", "a" * 30, "1", " ", "é", "..", "--"])
ADDRESSES = st.lists(PARTS, max_size=14).map("".join) | st.emails()


@given(ADDRESSES)
@example(f"{'a' * 65}@example.com")
@example(f"a@{'b' * 64}.com")
@example(f"{'a' * 64}@{'b.' * 95}com")
@example("a@b.test")
def test_the_quick_answer_is_the_librarys(text: str) -> None:
    if quick := _parse_plain(text):
        assert quick == _parse_any(text)


@pytest.mark.parametrize("text", ["ada@example.com", "Ada.L+x@Sub.Example.co.uk", "o'neil@example.hk"])
def test_everyday_addresses_take_the_quick_way(text: str) -> None:
    assert _parse_plain(text)


@pytest.mark.parametrize(
    ("given_text", "address"),
    [
        (" ada@example.com ", "ada@example.com"),
        ("Ada.L+x@Sub.Example.co.uk", "Ada.L+x@sub.example.co.uk"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@example", ""),
        ("a..b@example.com", ""),
        ("ada@example.com\r\nBcc: eve@example.com", ""),
        ("Ada <ada@example.com>", ""),
        ("陳@example.com", "陳@example.com"),
        ("陳@bücher.example", "陳@xn--bcher-kva.example"),
        ("a\u202eb@example.com", ""),
        ("@example.com", ""),
        ("ada@printer.local", ""),
        (f"{'x' * 65}@example.com", ""),
        ("", ""),
    ],
)
def test_only_one_plain_address_is_an_address(given_text: str, address: str) -> None:
    assert mail_address(given_text) == address


def test_what_is_no_address_says_why() -> None:
    with pytest.raises(ValueError, match="must have an @-sign"):
        parse_address("ada.example.com")
