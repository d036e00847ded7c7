"""Version + changes + templates -> Variant: the mail to readers of one language and version. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from css_inline import CSSInliner, InlineError

from toolkit.addresses import mail_address
from toolkit.changes.topics import Topic
from toolkit.changes.wording import Wording
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Variant
from toolkit.notices import limits, tags
from toolkit.notices.excerpts import MOST, choose_changes, excerpt
from toolkit.notices.facts import Difference, Facts, Publisher, Step, TakenBack
from toolkit.notices.templates import HTML, SUBJECT, TEXT, Templates
from toolkit.policy.classes import Asking, Class
from toolkit.policy.version import Version

_ASKED = (Asking.PORTAL.value, Asking.REPLY.value)


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
    since: Version,
    differences: Sequence[Difference],
    taken_back: Sequence[Version],
    on: date,
) -> Facts:
    """Return what a notice of `version` says to readers for whom it compares with the version `since`.

    `differences` are those of every version announced after `since`, each with the version before it; `taken_back` the
    versions withdrawn since. `on` is the day it is planned: a version that binds already is announced in other words.
    """
    _refuse_no_summary(version)
    writer = StepWriter(publisher=publisher, wording=templates.wording, on=on)
    telling = [each for each in differences if each.version.number <= version.number and _tells(each.version)]
    wording = templates.wording
    excepted = [
        each for each in differences if each.consent_to == each.version and each.version.number < version.number
    ]
    facts = Facts(
        language=templates.language,
        service=publisher.service,
        contact=_contact(publisher),
        title=version.title,
        version=str(version.number),
        since=str(since.number),
        published=wording.write_date(version.published),
        effective=wording.write_date(version.effective),
        starts=wording.write_date(_first_to_come(telling, on) or version.effective),
        binding=version.effective <= on,
        steps=writer.steps(telling),
        others=tuple(writer.step(each, most=0) for each in differences if each not in telling),
        withdrawn=tuple(
            TakenBack(version=str(each.number), withdrawn=wording.write_date(each.withdrawn_on))
            for each in taken_back
            if each.withdrawn_on
        ),
        topics=_topics([each for each in telling if each.version.declared is Class.MATERIAL], wording),
        consent_topics=_topics([each for each in telling if each.version.declared is Class.CONSENT], wording),
        excepted=tuple(str(each.version.number) for each in excepted),
        asked=any(each.asking in _ASKED for each in excepted),
        policy_link=f"{publisher.site_url}{version.number}/",
        history_link=f"{publisher.site_url}history/",
        personal=publisher.personal,
    )
    limits.refuse_tags(repr(facts), where=version.document.name)
    return facts


@dataclass(frozen=True, kw_only=True, slots=True)
class StepWriter:
    """Writes what a version changes, to readers who hear of it on a day."""

    publisher: Publisher
    wording: Wording
    on: date

    def steps(self, telling: Sequence[Difference]) -> tuple[Step, ...]:
        """Write the steps that have something to tell, in their order.

        The excerpts of all together are few, and each step has one; the most serious step gets the rest first.
        """
        room, found = MOST, {}
        ranked = sorted(telling, key=lambda each: (-each.version.declared.rank, each.version.number))
        for at, difference in enumerate(ranked):
            later = len(ranked) - at - 1
            step = self.step(difference, most=max(1, room - later))
            room -= len(step.excerpts)
            found[difference.version.number] = step
        return tuple(found[each.version.number] for each in telling)

    def step(self, difference: Difference, *, most: int) -> Step:
        version, ends = difference.version, difference.ends
        write = self.wording.write_date
        changes = choose_changes(difference.redline, difference.verdict)
        return Step(
            version=str(version.number),
            before=str(difference.before.number),
            published=write(version.published),
            effective=write(version.effective),
            ends=write(ends) if ends else "",
            postponed=_first_announced(version, self.wording),
            binding=version.effective <= self.on,
            over=bool(ends and ends <= self.on),
            never=_is_never_alone(difference),
            consent=difference.consent_to is not None,
            asking=difference.asking,
            tells=version.declared.tells,
            kind=self.wording.say(f"class.{version.declared}"),
            summary=version.summary,
            excerpts=tuple(excerpt(change, self.wording) for change in changes[:most]),
            more=len(changes[most:]),
            changes_link=f"{self.publisher.site_url}{version.number}/changes/",
        )


def _tells(version: Version) -> bool:
    """Whether a mail shows what a version changes: one that is announced always, a minor one if it has a summary."""
    return version.announceable or (version.declared is Class.MINOR and bool(version.summary))


def _first_announced(version: Version, wording: Wording) -> str:
    """Return the day from which a version was to apply when it was published, if it is another one now."""
    public = (each.was for each in version.postponements if each.landed_on >= version.published)
    first = next(public, None)
    return wording.write_date(first) if first else ""


def _is_never_alone(difference: Difference) -> bool:
    return difference.ends is not None and difference.ends <= difference.version.effective


def _first_to_come(telling: Sequence[Difference], on: date) -> date | None:
    coming = (each.version.effective for each in telling if not _is_never_alone(each))
    return min((day for day in coming if day > on), default=None)


def _topics(differences: Sequence[Difference], wording: Wording) -> tuple[str, ...]:
    """Return what changes concern, in the rubric's order."""
    found = {topic for each in differences for topic in each.verdict.topics}
    return tuple(wording.topics[topic] for topic in Topic if topic in found)


def _refuse_no_summary(version: Version) -> None:
    if not version.summary:
        raise NoticeError(
            f"version {version.number} has no summary, and a notice must say in plain words what changed.",
            where=f"{version.document.name}:1",
            mend="Write it in the front matter below 'summary: |'; a new sentence begins with '- '.",
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
    limits.refuse_large(text, limits.LARGEST_TEXT, where=where)
    return text


def _html(templates: Templates, facts: Facts, subject: str) -> str:
    where = templates.where(HTML)
    rendered = templates.render(HTML, _names(facts, tags.HTML) | {"subject": subject})
    limits.refuse_foreign(rendered, where=where)
    html = limits.fold_html(_inline(rendered.strip(), where), where=where) + "\n"
    limits.refuse_unknown_tags(html, where=where)
    limits.refuse_long_lines(html, where=where)
    limits.refuse_large(html, limits.LARGEST_HTML, where=where)
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
