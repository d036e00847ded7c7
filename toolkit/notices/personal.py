"""A person's own page: what changed since they last saw the policy, and what they can do. Pure.

It says what the mails say, about every version above the one that was last seen; what customers must be told comes
first. It is written in the language of the person, from the templates beside the mails'.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from markupsafe import Markup

from toolkit.changes.redline import compare
from toolkit.changes.render.html import fragment, legend
from toolkit.changes.wording import Wording
from toolkit.errors import NoticeError
from toolkit.ledger.acts import Consent, ConsentKind
from toolkit.ledger.blanking import blank
from toolkit.notices.compose import StepWriter
from toolkit.notices.facts import Difference, Publisher, Step, TakenBack
from toolkit.notices.templates import LINK, PAGE, PAGE_CSS, Templates
from toolkit.policy.classes import Asking, Class
from toolkit.policy.version import History, Version

_EXCERPTS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A consent on the page, in the words that are recorded with the answer. `said` is the answer to just these words.

    `version` is the one that needs it, empty for a `purpose`; of `purpose` the name, empty for a version. Where it is
    not `open`, nobody asks for it any more: it was given once, and can only be withdrawn.
    """

    version: str
    purpose: str
    words: str
    said: str = ""
    said_on: str = ""
    open: bool = True

    @property
    def given(self) -> bool:
        return self.said == ConsentKind.GIVEN.value

    @property
    def shown(self) -> str:
        """A digest of the words: the answer says to which it is one."""
        return hashlib.sha256(self.words.encode()).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Personal:
    """The names that a page's template may use.

    `steps` are the versions above the one last seen, those first that customers must be told of; `coming` those that
    were seen and do not apply yet, or only with a consent. `seen` is the version last seen, `how` that is known, empty
    for none; `seen_withdrawn` is the day on which it was withdrawn. `since` is what the steps are compared with: that
    version, else what the account is assumed to know, which is the `first` there is for who came before it. `redline`
    compares `since` with `version`, word by word. `effective` is the day the page names for `version`, as 2026-12-31.
    `until` is the last day of the link.
    """

    language: str
    service: str
    contact: str
    title: str
    version: str
    digest: str
    effective: str
    since: str
    first: bool
    seen: str
    seen_on: str
    seen_withdrawn: str
    how: str
    up_to_date: bool
    steps: tuple[Step, ...]
    coming: tuple[Step, ...]
    withdrawn: tuple[TakenBack, ...]
    asked: tuple[Asked, ...]
    objected_on: tuple[str, ...]
    closed: bool
    answerable: bool
    redline: Markup
    legend: Markup
    policy_link: str
    history_link: str
    until: str


def find_asked(
    history: History,
    wording: Wording,
    *,
    said: Sequence[Consent],
    on: date,
    date_of: Callable[[datetime], date],
    closed: bool = False,
) -> tuple[Asked, ...]:
    """Return the consents that a page shows on a day: those that are asked for, and all that were given.

    Versions that ask in the portal are asked for, and purposes; of who closed the account nothing is. What was given
    to other words, or to what nobody asks any more, can be withdrawn all the same. `date_of` gives the day of an
    instant in the policy's time zone.
    """
    newest = {each.about: each for each in said}

    def ask(version: str, purpose: str, words: str) -> Asked:
        answer = newest.get((version, purpose))
        if answer is None or answer.words != blank(words):  # as the record keeps them
            return Asked(version=version, purpose=purpose, words=words)
        return _answered(answer, words, open_=True)

    def _answered(answer: Consent, words: str, *, open_: bool) -> Asked:
        version, purpose = answer.about
        said_on = wording.write_date(date_of(answer.happened_at))
        return Asked(version=version, purpose=purpose, words=words, said=answer.kind.value, said_on=said_on, open=open_)

    asking = [v for v in history.announced(on) if v.declared is Class.CONSENT and v.front.asking is Asking.PORTAL]
    of_versions = (
        ask(str(each.number), "", wording.say("consent.version", number=each.number, policy=each.title))
        for each in asking
    )
    asked = () if closed else (*of_versions, *(ask("", purpose, words) for purpose, words in wording.purposes.items()))
    shown = {(each.version, each.purpose, blank(each.words)) for each in asked}
    held = (
        _answered(each, each.words, open_=False)
        for each in said
        if each.kind is ConsentKind.GIVEN and (*each.about, each.words) not in shown
    )
    return (*held, *asked)


def order_steps(
    publisher: Publisher, wording: Wording, differences: Sequence[Difference], *, on: date
) -> tuple[Step, ...]:
    """Write what versions change: first those that customers must be told of, the newest first."""
    writer = StepWriter(publisher=publisher, wording=wording, on=on)
    ranked = sorted(differences, key=lambda each: each.version.number, reverse=True)
    ranked.sort(key=lambda each: -each.version.declared.rank)
    return tuple(writer.step(each, most=_EXCERPTS) for each in ranked)


def compare_words(before: Version, after: Version, wording: Wording) -> tuple[Markup, Markup]:
    """Return the comparison of two versions as HTML, and the sentence that says how to read it."""
    compared = fragment(compare(before.shown, after.shown), wording)
    return Markup(compared), Markup(legend(wording))  # noqa: S704 - of our own making, every text in it escaped


def write_page(templates: Templates, page: Personal) -> str:
    """Write a person's page. Raises `NoticeError` where the template is missing or cannot be rendered."""
    names = {each.name: getattr(page, each.name) for each in fields(page)}
    return _render(templates, PAGE, names)


def write_trouble(templates: Templates, kind: str, publisher: Publisher) -> str:
    """Write the friendly page for a link that leads nowhere any more: forged, expired, gone or changed."""
    names = {
        "kind": kind,
        "language": templates.language,
        "service": publisher.service,
        "contact": publisher.contact,
        "policy_link": publisher.site_url,
    }
    return _render(templates, LINK, names)


def style_source(templates: Templates) -> str:
    """Return what a page's Content-Security-Policy says of its style: the hash of just this sheet."""
    digest = hashlib.sha256(templates.sources[PAGE_CSS].encode()).digest()
    return f"'sha256-{b64encode(digest).decode()}'"


def refuse_without_page(templates: Templates) -> None:
    """Raise `NoticeError` where a language has no page."""
    for name in (PAGE, LINK, PAGE_CSS):
        if name not in templates.sources:
            raise NoticeError(
                f"the file '{name}' is missing: it is the page that the personal links lead to.",
                where=templates.folder,
                mend="Copy it from another language.",
            )


def _render(templates: Templates, name: str, names: Mapping[str, object]) -> str:
    refuse_without_page(templates)
    return templates.render(name, {**names, "style": Markup(templates.sources[PAGE_CSS])})  # noqa: S704 - our own sheet
