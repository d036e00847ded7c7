"""What publishing refuses, so that a page never says, shows or asks for what it must not. Pure."""

import re
from html.parser import HTMLParser

from toolkit.errors import SiteError
from toolkit.policy.version import Version

SCHEMES = frozenset(("http", "https", "mailto", "tel"))
"""The schemes that a link may have. A link without one leads to a place on this site or page."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers drop these before they read the scheme, so `java\nscript:` runs.
_DROPPED = dict.fromkeys(range(0x21))


def leads_away(target: str) -> bool:
    """Whether a link names a scheme, and so leads neither to a place on this site nor on its own page."""
    return bool(_SCHEME.match(target.translate(_DROPPED)))


def refuse_unsafe(version: Version) -> None:
    """Raise `SiteError` for raw HTML, for a picture, and for a link to no web page, mail or telephone."""
    if version.shown.raw_html:
        piece = version.shown.raw_html[0].strip()
        raise SiteError(
            f"version {version.number} holds raw HTML: {_short(piece)}",
            where=_where(version, piece.split("\n")[0]),
            mend="Say it in Markdown; for a sign like < write &lt;.",
        )
    for tag, target in _references(version.shown.html):
        _refuse_reference(version, tag, target)


def _refuse_reference(version: Version, tag: str, target: str) -> None:
    if tag == "img":
        raise SiteError(
            f"version {version.number} shows a picture: {_short(target)}",
            where=_where(version, target),
            mend="Say it in words: no file beside the text is published, and the page asks no other server.",
        )
    scheme = _SCHEME.match(target.translate(_DROPPED))
    if scheme and scheme[1].lower() not in SCHEMES:
        raise SiteError(
            f"version {version.number} has a link that is no web address: {_short(target)}",
            where=_where(version, target),
            mend=f"Link with one of {', '.join(sorted(SCHEMES))}, or within the site.",
        )


class _ReferenceReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, value or "") for name, value in attrs if name in {"href", "src"}]


def _references(html: str) -> list[tuple[str, str]]:
    reader = _ReferenceReader()
    reader.feed(html)
    reader.close()
    return reader.found


def _where(version: Version, words: str) -> str:
    """Return file and line of words in a version's text, or the file alone where they stand otherwise."""
    path = version.revision.path
    lines = version.revision.source.decode("utf-8", errors="replace").splitlines()
    line = next((at for at, text in enumerate(lines, start=1) if words and words in text), 0)
    return f"{path}:{line}" if line else path


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
