"""Version + changes + templates -> Variant: the mail to readers of one language and version. Pure."""

from dataclasses import dataclass, fields
from datetime import date

from css_inline import CSSInliner, InlineError

from toolkit.addresses import mail_address
from toolkit.changes.materiality import Verdict
from toolkit.changes.redline import Redline
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Variant
from toolkit.notices import limits, tags
from toolkit.notices.excerpts import MOST, Excerpt, choose_changes, excerpt
from toolkit.notices.templates import HTML, SUBJECT, TEXT, Templates
from toolkit.policy.classes import Class
from toolkit.policy.version import Version


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """Who writes, about which service. `site_url` is where the policy's pages are and ends with a slash."""

    service: str
    site_url: str
    sender: str
    contact: str


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """One version that the reader does not know yet: its number, its date written out, its summary."""

    version: str
    effective: str
    summary: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The names a template may use, beside `account`, `name` and `email`, which are the account's own."""

    language: str
    service: str
    contact: str
    title: str
    version: str
    since: str
    published: str
    effective: str
    binding: bool
    news: tuple[News, ...]
    topics: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    more: int
    policy_link: str
    changes_link: str
    history_link: str


def compose(templates: Templates, facts: Facts) -> Variant:
    """Write the mail that says these facts in one language.

    Raises `NoticeError` naming file and line where a template or a text cannot make a lawful, safe mail.
    """
    subject = _subject(templates, facts)
    return Variant(
        language=templates.language,
        since=facts.since,
        subject=subject,
        text=_text(templates, facts, subject),
        html=_html(templates, facts, subject),
    )


def find_facts(
    *,
    publisher: Publisher,
    templates: Templates,
    version: Version,
    since: str,
    news: tuple[Version, ...],
    redline: Redline,
    verdict: Verdict,
    on: date,
) -> Facts:
    """Return what a notice of `version` says to readers who know the version `since`.

    `news` is every version after `since` up to the announced one; redline and verdict are between those two.
    `on` is the day it is planned: a version that binds already is announced in other words.
    """
    changes = choose_changes(redline, verdict)
    wording = templates.wording
    facts = Facts(
        language=templates.language,
        service=publisher.service,
        contact=_contact(publisher),
        title=version.title,
        version=str(version.number),
        since=since,
        published=wording.write_date(version.published),
        effective=wording.write_date(version.effective),
        binding=version.effective <= on,
        news=_news(templates, version, news),
        topics=tuple(wording.topics[topic] for topic in verdict.topics),
        excerpts=tuple(excerpt(change, wording) for change in changes[:MOST]),
        more=len(changes[MOST:]),
        policy_link=f"{publisher.site_url}{version.number}/",
        changes_link=f"{publisher.site_url}{version.number}/changes/",
        history_link=f"{publisher.site_url}history/",
    )
    limits.refuse_tags(repr(facts), where=version.document.name)
    return facts


def _news(templates: Templates, version: Version, news: tuple[Version, ...]) -> tuple[News, ...]:
    """Return the summaries, the most serious version first and of equals the newest, editorial ones left out."""
    if not version.summary:
        raise NoticeError(
            f"version {version.number} has no summary, and a notice must say in plain words what changed.",
            where=f"{version.document.name}:1",
            mend="Write it in the front matter below 'summary: |'; a new sentence begins with '- '.",
        )
    telling = (each for each in news if each.declared > Class.EDITORIAL)
    ranked = sorted(telling, key=lambda each: (each.declared, each.number), reverse=True)
    return tuple(
        News(
            version=str(each.number),
            effective=templates.wording.write_date(each.effective),
            summary=each.summary,
        )
        for each in ranked
        if each.summary
    )


def _contact(publisher: Publisher) -> str:
    contact = mail_address(publisher.contact)
    if not contact:
        raise NoticeError(
            "a notice must say whom to write to, and 'contact' is not an e-mail address.",
            where="pyproject.toml",
            mend='Set it in [tool.policy]: contact = "privacy@example.com".',
        )
    return contact


def _subject(templates: Templates, facts: Facts) -> str:
    subject = " ".join(templates.render(SUBJECT, _names(facts, tags.TEXT)).split())
    limits.refuse_tags(subject, where=templates.where(SUBJECT))
    if not subject:
        raise NoticeError("the subject is empty.", where=templates.where(SUBJECT))
    return subject


def _text(templates: Templates, facts: Facts, subject: str) -> str:
    where = templates.where(TEXT)
    rendered = templates.render(TEXT, _names(facts, tags.TEXT) | {"subject": subject})
    text = limits.wrap_text(rendered.strip()) + "\n"
    limits.refuse_unknown_tags(text, where=where)
    limits.refuse_long_lines(text, where=where)
    return text


def _html(templates: Templates, facts: Facts, subject: str) -> str:
    where = templates.where(HTML)
    rendered = templates.render(HTML, _names(facts, tags.HTML) | {"subject": subject})
    limits.refuse_foreign(rendered, where=where)
    html = limits.fold_html(_inline(rendered.strip(), where), where=where) + "\n"
    limits.refuse_unknown_tags(html, where=where)
    limits.refuse_long_lines(html, where=where)
    limits.refuse_large(html, where=where)
    return html


def _inline(html: str, where: str) -> str:
    """Put the style sheet's rules into the elements; the sheet itself stays, for the dark scheme."""
    try:
        return CSSInliner(keep_style_tags=True, load_remote_stylesheets=False).inline(html)
    except InlineError as error:
        raise NoticeError(f"the styles cannot be read: {error}.", where=where) from None


def _names(facts: Facts, form: str) -> dict[str, object]:
    """Return the names a template sees, with the account's tags in one form."""
    own = {field: tags.tag(field, form) for field in tags.FIELDS}
    return {field.name: getattr(facts, field.name) for field in fields(facts)} | own
