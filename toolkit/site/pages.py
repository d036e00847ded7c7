"""Histories -> the pages of the site, as values, knowing nothing of MkDocs. Pure.

What a page says is written in the templates of `site/pages/`. They escape every text by themselves; only the
policy's own HTML and the redline's, both made by us, go in as they are.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from toolkit.changes.alignment import Op
from toolkit.changes.redline import compare
from toolkit.changes.render.html import Href, fragment, legend
from toolkit.changes.wording import Wording
from toolkit.config import Settings
from toolkit.errors import SiteError
from toolkit.policy.version import History, Status, Version
from toolkit.site.checks import leads_away, refuse_unsafe
from toolkit.site.outline import Heading, outline
from toolkit.site.postings import Posting, post

HISTORY = "history/"
RESERVED = frozenset(("assets", "history", "search"))
"""Folders of the site that no policy may be named after."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_TITLE = re.compile(r"\s*<h1\b[^>]*>.*?</h1>\s*", re.DOTALL)
_RELATIVE_LINK = re.compile(r'(<a href=")(?![a-z][a-z0-9+.-]*:|[#/&])', re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page without the theme around it: plain text `title` and `description`, `html` the whole body.

    `address` and `canonical` are paths below the site's address; "" is the root. A page that is not
    `indexable` asks search engines to pass it by and stays out of the site's own search and map. `listed`
    pages are the navigation. `policy`, `number` and `status` say which version a page shows the text of.
    """

    address: str
    canonical: str
    title: str
    description: str
    html: str = field(repr=False)
    language: str
    updated_on: date
    headings: tuple[Heading, ...] = ()
    indexable: bool = False
    listed: bool = False
    policy: str = ""
    number: str = ""
    status: Status | None = None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """For a preview: the version that a number's page of changes compares with, whatever its neighbour is."""

    policy: str
    number: str
    before: Version


def make_pages(
    histories: Sequence[History],
    *,
    on: date,
    settings: Settings,
    templates: Environment,
    wording: Wording,
    comparisons: Sequence[Comparison] = (),
) -> tuple[Page, ...]:
    """Return every page of the site on a day. The home policy lives at the root, others below their name.

    Raises `SiteError` where nothing is announced on that day or a text may not be published.
    """
    pages: list[Page] = []
    for history in histories:
        home = _home(history.policy, settings)
        postings = tuple(_compared(posting, comparisons) for posting in post(history, on=on, home=home))
        for posting in postings:
            refuse_unsafe(posting.version)
        if any(posting.status is not Status.WITHDRAWN for posting in postings):
            pages += _Writer(postings, settings, templates, wording).pages()
        elif not home:
            raise _nothing(history, on)
    if settings.home not in {history.policy for history in histories}:
        raise SiteError(
            f"there is no policy '{settings.home}' to publish.",
            mend=f"Commit {settings.policies}/{settings.home}.md, or name another as 'home' in [tool.policy].",
        )
    return tuple(pages)


def _compared(posting: Posting, comparisons: Sequence[Comparison]) -> Posting:
    mine = (posting.version.policy, posting.number)
    found = next((each.before for each in comparisons if (each.policy, each.number) == mine), None)
    return replace(posting, previous=found) if found else posting


def relative(address: str, to: str) -> str:
    """Return the link from one page of the site to another, for both are addresses below its root."""
    return "../" * address.count("/") + to or "./"


class _Writer:
    """Writes the pages of one policy."""

    def __init__(
        self, postings: tuple[Posting, ...], settings: Settings, templates: Environment, wording: Wording
    ) -> None:
        self._postings = postings
        self._settings = settings
        self._templates = templates
        self._wording = wording
        self._current = _current(postings)
        self._home = self._current.home

    def pages(self) -> Iterator[Page]:
        yield self._text(self._current, self._home)
        yield self._history()
        for posting in self._postings:
            yield self._text(posting, posting.address)
            if posting.previous:
                yield self._redline(posting, posting.previous)

    def _text(self, posting: Posting, address: str) -> Page:
        version = posting.version
        current, say = address == self._home, self._wording.say
        return Page(
            address=address,
            canonical=self._home,
            title=version.title if current else say("site.text.title", policy=version.title, number=posting.number),
            description=say(
                "site.text.description",
                policy=version.title,
                number=posting.number,
                date=self._wording.write_date(version.published),
            ),
            html=self._body(posting, address),
            language=self._settings.language,
            updated_on=_changed_on(self._postings) if current else version.published,
            headings=outline(version.shown),
            indexable=current,
            listed=current,
            policy=version.policy,
            number=posting.number,
            status=posting.status,
        )

    def _body(self, posting: Posting, address: str) -> str:
        title, text = _take_title(posting.version.shown.html)
        return self._render(
            "policy.html",
            address,
            posting=posting,
            title=_ours(title),
            text=_ours(_rebase(text, address, self._home)),
        )

    def _history(self) -> Page:
        policy, say = self._current.version.title, self._wording.say
        title = say("site.history.title", policy=policy)
        address = f"{self._home}{HISTORY}"
        return Page(
            address=address,
            canonical=address,
            title=title,
            description=say("site.history.description", policy=policy),
            html=self._render("history.html", address, heading=title),
            language=self._settings.language,
            updated_on=_changed_on(self._postings),
            headings=tuple(
                Heading(level=2, anchor=f"version-{posting.number}", text=say("site.version", number=posting.number))
                for posting in self._postings
            ),
            indexable=True,
            listed=True,
        )

    def _redline(self, posting: Posting, previous: Version) -> Page:
        version, say = posting.version, self._wording.say
        title = say("site.redline.title", policy=version.title, number=posting.number)
        href = _redline_href(posting, previous)
        redline = _ours(fragment(compare(previous.shown, version.shown), self._wording, href=href))
        return Page(
            address=posting.changes,
            canonical=posting.changes,
            title=title,
            description=say("site.redline.description", before=previous.number, number=posting.number),
            html=self._render(
                "redline.html",
                posting.changes,
                posting=posting,
                heading=title,
                redline=redline,
                legend=_ours(legend(self._wording)),
            ),
            language=self._settings.language,
            updated_on=version.published,
        )

    def _render(self, template: str, address: str, **values: object) -> str:
        return self._templates.get_template(template).render(
            postings=self._postings,
            pending=[posting for posting in reversed(self._postings) if posting.status is Status.PENDING],
            now=self._current,
            home=self._home,
            history=f"{self._home}{HISTORY}",
            site_url=self._settings.site_url,
            link=_linker(address),
            say=self._wording.say_html,
            **values,
        )


def _linker(address: str) -> Callable[[str], str]:
    return lambda to: relative(address, to)


def _current(postings: Sequence[Posting]) -> Posting:
    """Return what the policy's home shows: the version in force, else the first that will be."""
    in_force = [posting for posting in postings if posting.status is Status.IN_FORCE]
    pending = [posting for posting in postings if posting.status is Status.PENDING]
    return (in_force or pending[::-1])[0]


def _changed_on(postings: Sequence[Posting]) -> date:
    """Return the last day on which what the public reads about a policy became another."""
    days = [posting.version.published for posting in postings]
    for posting in postings:
        if posting.status is Status.IN_FORCE:
            days.append(posting.version.effective)
        elif posting.status is Status.WITHDRAWN and posting.version.withdrawn_on:
            days.append(posting.version.withdrawn_on)
    return max(days)


def _ours(html: str) -> Markup:
    """Mark HTML as made by us: from Markdown whose raw HTML is refused, or by the redline's renderer."""
    return Markup(html)  # noqa: S704


def _take_title(html: str) -> tuple[str, str]:
    """Part a text from the title it opens with; ours stands above the dates, and one page has one."""
    found = _TITLE.match(html)
    end = found.end() if found else 0
    return html[:end].strip(), html[end:]


def _rebase(html: str, address: str, home: str) -> str:
    """Let the text's relative links lead from a permanent address where they lead from the policy's home."""
    return _RELATIVE_LINK.sub(rf"\g<1>{_up(address, home)}", html)


def _up(address: str, home: str) -> str:
    return "../" * (address.count("/") - home.count("/"))


def _redline_href(posting: Posting, previous: Version) -> Href:
    """Let a redline's links lead on: one within the text to the version that has it, a relative one from its home."""
    up = _up(posting.changes, posting.home)

    def href(target: str, op: Op) -> str:
        if target.startswith("#"):
            number = previous.number if op is Op.DELETE else posting.number
            return f"{up}{number}/{target}"
        if leads_away(target) or target.startswith(("/", "&")):
            return target
        return f"{up}{target}"

    return href


def _home(policy: str, settings: Settings) -> str:
    if policy in RESERVED or not _NAME.fullmatch(policy):
        raise SiteError(
            f"a policy cannot be named '{policy}': its name is its address.",
            mend="Name the file with small letters, digits and hyphens, and not assets, history or search.",
        )
    return settings.path_of(policy)


def _nothing(history: History, on: date) -> SiteError:
    dates = [version.published for version in history.versions]
    first = f" The first is published on {min(dates)}." if dates else ""
    return SiteError(
        f"no version of '{history.policy}' is announced on {on}.{first}",
        where=history.landings[-1].revision.path if history.landings else "",
        mend="Publish on a later day, or give the text a front matter with its number and dates.",
    )
