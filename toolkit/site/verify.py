"""Whether a live page is the one that it must be: fetched as a reader fetches it, and compared sign by sign.

What is expected is made from git alone, so that whoever distrusts the server can run this from a clone.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import urllib3

from toolkit.changes.redline import Redline, compare
from toolkit.errors import Misuse
from toolkit.policy.document import Document
from toolkit.policy.reader import ClauseReader
from toolkit.site.pages import Page

_LARGEST = 5_000_000  # octets
_TIMEOUT = 20.0  # seconds, for connecting and for each piece of an answer
_LONGEST = 60.0  # seconds for a whole answer
_PIECE = 65_536
_OK = 200
_SHOWN = 90  # signs of a difference
_READER = "Mozilla/5.0 (compatible)"
"""What a fetch calls itself: a server should not know that it is looked at."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """One page, looked at: its address, and `problem` where it could not be read.

    `redline` compares the words of its article with those expected. `difference` is the first place, expected and
    served, where the HTML is another; empty for a page that is as it was built.
    """

    url: str
    page: Page
    problem: str = ""
    redline: Redline | None = None
    difference: tuple[str, ...] = ()

    @property
    def is_true(self) -> bool:
        """Whether the page is the one that is built from git, but for white space."""
        return not self.problem and self.redline is not None and not self.difference


def verify_pages(
    url: str, pages: Sequence[tuple[Page, str]], *, wait: float = 0, sleep: Callable[[float], None] = time.sleep
) -> tuple[Checkup, ...]:
    """Fetch each page below `url` and compare it with its HTML. What differs is fetched again for `wait` seconds.

    The whole HTML is compared: words can be hidden, struck out or put beside the text without changing it.
    Raises `Misuse` for an address that is none of the web.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Misuse(f"'{url}' is no web address.", mend="Write it like https://kvm.hk/privacy/.")
    base = url if url.endswith("/") else f"{url}/"
    until, pause = time.monotonic() + wait, 1.0
    with urllib3.PoolManager(timeout=_TIMEOUT, retries=urllib3.Retry(3, redirect=0, backoff_factor=0.2)) as pool:
        found = {page.address: _check(pool, urljoin(base, page.address), page, html) for page, html in pages}
        while not all(each.is_true for each in found.values()) and time.monotonic() + pause < until:
            sleep(pause)
            pause = min(pause * 2, 30.0)
            for page, html in pages:
                if not found[page.address].is_true:
                    found[page.address] = _check(pool, urljoin(base, page.address), page, html)
    return tuple(found[page.address] for page, _ in pages)


def _check(pool: urllib3.PoolManager, url: str, page: Page, expected: str) -> Checkup:
    try:
        served = _fetch(pool, url)
    except _Unread as error:
        return Checkup(url=url, page=page, problem=str(error))
    redline = compare(_document(_article(expected), "what git says"), _document(_article(served), url))
    return Checkup(url=url, page=page, redline=redline, difference=_difference(expected, served))


def _difference(expected: str, served: str) -> tuple[str, ...]:
    """Return what stands at the first place where two pages are not the same, white space aside."""
    one, other = " ".join(expected.split()), " ".join(served.split())
    if one == other:
        return ()
    at = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
    start = max(0, at - _SHOWN // 3)
    return one[start : start + _SHOWN], other[start : start + _SHOWN]


class _Unread(Exception):  # noqa: N818 - told to nobody but `_check`
    pass


def _fetch(pool: urllib3.PoolManager, url: str) -> str:
    headers = {"Cache-Control": "no-cache", "User-Agent": _READER}
    try:
        answer = pool.request("GET", url, headers=headers, preload_content=False, redirect=False)
        try:
            data = _read(answer)
        finally:
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _Unread(f"it cannot be fetched: {_cause(error)}") from None
    if answer.status != _OK:
        leads = answer.headers.get("Location", "")
        raise _Unread(f"the server answers {answer.status}" + (f" and leads to {leads}" if leads else ""))
    return data.decode("utf-8", errors="replace")


def _read(answer: urllib3.BaseHTTPResponse) -> bytes:
    """Read an answer, within bounds of size and time."""
    data, until = b"", time.monotonic() + _LONGEST
    for piece in answer.stream(_PIECE, decode_content=True):
        data += piece
        if len(data) > _LARGEST:
            raise _Unread("it is larger than any page of ours")
        if time.monotonic() > until:
            raise _Unread(f"its answer is not over after {_LONGEST:.0f} seconds")
    return data


def _cause(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    return str(reason).rpartition(": ")[2] or type(reason).__name__


def _document(html: str, name: str) -> Document:
    reader = ClauseReader()
    reader.feed(html)
    reader.close()
    return Document(name=name, clauses=tuple(reader.clauses), html=html)


def _article(html: str) -> str:
    reader = _ArticleReader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _ArticleReader(HTMLParser):
    """Keeps the HTML within the page's `article`, as it is served."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self._depth:
            self.parts.append(self.get_starttag_text() or "")
        if tag == "article" or (self._depth and tag not in _VOID):
            self._depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if self._depth:
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            self._depth -= 1
            if self._depth:
                self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        if self._depth:
            self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        if self._depth:
            self.parts.append(f"&#{name};")
