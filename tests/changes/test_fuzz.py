"""Any bytes: a document that is read comes back exactly from its redline, and nothing takes long or breaks."""

import random
import time

import pytest

from tests.changes.test_redline import accepted, rejected
from tests.vocabulary import ENGLISH, ENGLISH_RULES
from toolkit.changes.materiality import judge
from toolkit.changes.redline import compare
from toolkit.changes.render import html, markdown, sides, terminal
from toolkit.errors import DocumentError
from toolkit.policy.document import parse_document

_SECONDS = 20
_PIECES = [
    b"We never sell your data. ", b"\n\n", b"\n- ", b"\n    - ", b"\n1. ", b"## ", b"|", b"\n|-|-|\n", b"**", b"_",
    b"`", b"```\n", b"[", b"](", b")", b"<", b"</p>", b"<div>", b"&amp;", b"&#0;", b"\\", b"\xff", b"\xe2\x80\xae",
    b"\x01", b"\t",
    b"\r\n", b"![", b"{: .x}", b">", b"---\n", b"+++\n", b"[a]: b\n", b"\xc2\xad", b"3 years", b"mailto:a@b.example",
    b"\xef\xbb\xbf", "你可以".encode(), "مرحبا".encode(),
]  # fmt: skip
_ENDLESS = ["[" * 20_000, "![" * 20_000, "[a](" * 20_000, "[a][" * 20_000, "<a " * 20_000, "<!--" * 9_000]


def test_no_bytes_break_the_reader_the_redline_the_verdict_or_a_format() -> None:
    chance, ends, read = random.Random(18), time.monotonic() + _SECONDS, 0  # noqa: S311 - no secret
    while time.monotonic() < ends:
        texts = [b"".join(chance.choices(_PIECES, k=chance.randrange(60))) for _ in "ab"]
        try:
            old, new = (parse_document(text, name="fuzz") for text in texts)
        except DocumentError:
            continue
        found = compare(old, new)
        assert (rejected(found), accepted(found)) == (old.text, new.text), texts
        assert found.is_empty is (old.digest == new.digest), texts
        judge(found, ENGLISH_RULES)
        for shown in (terminal.render, markdown.render, html.fragment):
            shown(found, ENGLISH)
        sides.page(found, ENGLISH, title="fuzz")
        read += 1
    assert read > 100


@pytest.mark.parametrize("text", _ENDLESS, ids=["[", "![", "[a](", "[a][", "<a", "<!--"])
def test_brackets_that_would_keep_the_reader_busy_are_refused(text: str) -> None:
    with pytest.raises(DocumentError, match="stand open at once"):
        parse_document(text, name="endless")


def test_a_text_that_is_no_policy_by_its_length_is_refused() -> None:
    with pytest.raises(DocumentError, match="no policy has more than"):
        parse_document("word " * 500_000, name="endless")


def test_links_and_brackets_of_a_long_list_are_read() -> None:
    text = "\n".join(f"- [item {at}](https://a.example/{at}) [x] (y) <b>z</b>" for at in range(1000))

    assert len(parse_document(text, name="list").clauses) == 1000
