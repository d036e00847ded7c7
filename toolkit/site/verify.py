"""Whether a live page says what it must: fetched as a reader fetches it, and compared word by word.

What is expected is made from git alone, so that whoever distrusts the server can run this from a clone.
"""

import time
from collections.abc import Callable, Iterator
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
_OK = 200
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """One page, looked at: its address, `problem` where it could not be read, and how its words differ."""

    url: str
    page: Page
    problem: str = ""
    redline: Redline | None = None

    @property
    def is_true(self) -> bool:
        return not self.problem and self.redline is not None and self.redline.is_empty


def verify_pages(
    url: str, pages: Iterator[Page], *, wait: float = 0, sleep: Callable[[float], None] = time.sleep
) -> tuple[Checkup, ...]:
    """Fetch each page below `url` and compare it. What differs is fetched again for `wait` seconds: hosts take a while.

    Raises `Misuse` for an address that is none of the web.
    """
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise Misuse(f"'{url}' is no web address.", mend="Write it like https://kvm.hk/privacy/.")
    base = url if url.endswith("/") else f"{url}/"
    until, pause = time.monotonic() + wait, 1.0
    wanted = tuple(pages)
    with urllib3.PoolManager(timeout=_TIMEOUT, retries=urllib3.Retry(3, redirect=3, backoff_factor=0.2)) as pool:
        found = {page.address: _check(pool, urljoin(base, page.address), page) for page in wanted}
        while not all(each.is_true for each in found.values()) and time.monotonic() + pause < until:
            sleep(pause)
            pause = min(pause * 2, 30.0)
            for each in [each for each in found.values() if not each.is_true]:
                found[each.page.address] = _check(pool, each.url, each.page)
    return tuple(found[page.address] for page in wanted)


def _check(pool: urllib3.PoolManager, url: str, page: Page) -> Checkup:
    try:
        html = _fetch(pool, url)
    except _Unread as error:
        return Checkup(url=url, page=page, problem=str(error))
    live = _document(_article(html), url)
    if not live.clauses:
        return Checkup(url=url, page=page, problem="it holds no text of ours")
    return Checkup(url=url, page=page, redline=compare(_document(page.html, "what git says"), live))


class _Unread(Exception):  # noqa: N818 - told to nobody but `_check`
    pass


def _fetch(pool: urllib3.PoolManager, url: str) -> str:
    headers = {"Cache-Control": "no-cache", "User-Agent": "policy-verify"}
    try:
        answer = pool.request("GET", url, headers=headers, preload_content=False)
        try:
            data = answer.read(_LARGEST + 1, decode_content=True)
        finally:
            answer.release_conn()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _Unread(f"it cannot be fetched: {_cause(error)}") from None
    if answer.status != _OK:
        raise _Unread(f"the server answers {answer.status}")
    if len(data) > _LARGEST:
        raise _Unread("it is larger than any page of ours")
    return data.decode("utf-8", errors="replace")


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
