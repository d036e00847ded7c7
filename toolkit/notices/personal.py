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
from toolkit.notices.compose import StepWriter
from toolkit.notices.facts import Difference, Publisher, Step
from toolkit.notices.templates import LINK, PAGE, PAGE_CSS, Templates
from toolkit.policy.classes import Asking, Class
from toolkit.policy.version import History, Version

_EXCERPTS = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A consent that the page asks for, in the words that are recorded with the answer. `said` is the newest answer.

    `version` is the one that needs it, empty for a `purpose`; of `purpose` the name, empty for a version.
    """

    version: str
    purpose: str
    words: str
    said: str = ""
    said_on: str = ""

    @property
    def given(self) -> bool:
        return self.said == ConsentKind.GIVEN.value


@dataclass(frozen=True, kw_only=True)
class Personal:
    """The names that a page's template may use.

    `steps` are the versions above the one last seen, those first that customers must be told of. `seen_on` is empty
    where nothing was ever seen: `since` is then what the account is assumed to know. `confirmed_on` is when this very
    version was confirmed, empty if it was not. `redline` compares `since` with `version`, word by word.
    """

    language: str
    service: str
    contact: str
    title: str
    version: str
    digest: str
    since: str
    seen_on: str
    confirmed_on: str
    steps: tuple[Step, ...]
    asked: tuple[Asked, ...]
    objected_on: tuple[str, ...]
    redline: Markup
    legend: Markup
    policy_link: str
    history_link: str


def find_asked(
    history: History, wording: Wording, *, said: Sequence[Consent], on: date, date_of: Callable[[datetime], date]
) -> tuple[Asked, ...]:
    """Return the consents that are asked for on a day: those of versions that ask in the portal, and of purposes.

    `date_of` gives the day of an instant in the policy's time zone.
    """
    newest = {each.about: each for each in said}

    def ask(version: str, purpose: str, words: str) -> Asked:
        answer = newest.get((version, purpose))
        if answer is None:
            return Asked(version=version, purpose=purpose, words=words)
        said_on = wording.write_date(date_of(answer.happened_at))
        return Asked(version=version, purpose=purpose, words=words, said=answer.kind.value, said_on=said_on)

    asking = [v for v in history.announced(on) if v.declared is Class.CONSENT and v.front.asking is Asking.PORTAL]
    of_versions = (
        ask(str(each.number), "", wording.say("consent.version", number=each.number, policy=each.title))
        for each in asking
    )
    return (*of_versions, *(ask("", purpose, words) for purpose, words in wording.purposes.items()))


def order_steps(
    publisher: Publisher, wording: Wording, differences: Sequence[Difference], *, on: date
) -> tuple[Step, ...]:
    """Write the versions that a person has not seen: first those that customers must be told of, the newest first."""
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
