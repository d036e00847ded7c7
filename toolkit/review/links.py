"""Whether a text's links lead anywhere: to a heading of its own, to a page of the site, to a mail address. Pure.

No other server is asked: a check must not depend on it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from toolkit.addresses import mail_address
from toolkit.policy.document import Document
from toolkit.review.findings import Finding, Rule
from toolkit.review.source import Source

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Pages:
    """The pages a site will have: their addresses, each with the anchors on it (None where they are not known).

    `site` is the site's own address and `home` that of the policy whose text is looked at.
    """

    site: str
    home: str
    anchors: Mapping[str, Collection[str] | None]


def check_links(document: Document, source: Source, pages: Pages) -> Iterator[Finding]:
    """Yield each link that leads nowhere."""
    for clause in document.clauses:
        for link in clause.links:
            if what := _dead(link.target, document, pages):
                yield Finding(
                    rule=Rule.DEAD_LINK,
                    path=source.path,
                    line=source.line_with(f"]({link.target}") if link.target else source.line_of(link.text),
                    what=f"the link “{link.text}” leads nowhere: {what}.",
                    mend="Correct the address, or take the link out.",
                )


def _dead(target: str, document: Document, pages: Pages) -> str:
    """Say what is wrong with a link's target; empty where nothing is, or nobody can know."""
    if not target:
        return "it has no address"
    if target.startswith("#"):
        return "" if unquote(target[1:]) in _anchors(document) else f"there is no heading '{target}'"
    if target.casefold().startswith("mailto:"):
        address = unquote(urlsplit(target).path)
        return "" if mail_address(address) else f"'{address}' is no mail address"
    address, anchor = urldefrag(urljoin(f"{pages.site}{pages.home}", target))
    if not address.startswith(pages.site):
        return "it names no host" if _SCHEME.match(target) and not urlsplit(target).netloc and _is_web(target) else ""
    return _dead_page(address.removeprefix(pages.site), anchor, pages)


def _is_web(target: str) -> bool:
    return target.casefold().startswith(("http:", "https:"))


def _dead_page(page: str, anchor: str, pages: Pages) -> str:
    known = page if page in pages.anchors else f"{page}/"
    if known not in pages.anchors:
        return f"the site has no page '{page}'"
    anchors = pages.anchors[known]
    if anchor and anchors is not None and unquote(anchor) not in anchors:
        return f"the page '{page}' has no heading '#{anchor}'"
    return ""


def _anchors(document: Document) -> frozenset[str]:
    return frozenset(clause.anchor for clause in document.clauses if clause.anchor)
