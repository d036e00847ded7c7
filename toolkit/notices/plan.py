"""Who will be told what: made before anything is sent, and pinned by one hash. Pure.

The audience is read twice: once for its digest and for the variants it needs, once more to be announced. So
it may be of any size, and the memory stays flat.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import Any

from toolkit.changes.materiality import judge
from toolkit.changes.redline import compare
from toolkit.changes.rules import Rules
from toolkit.changes.topics import Topic
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Account, Candidate, Notice, Planned, Variant
from toolkit.notices.audience import Membership, find_memberships, refuse_unannounceable
from toolkit.notices.compose import compose, find_facts
from toolkit.notices.facts import Difference, Publisher
from toolkit.notices.mime import sender_address
from toolkit.notices.survey import Share, Survey, choose_language
from toolkit.notices.templates import Templates
from toolkit.notices.transports import Transport
from toolkit.policy.classes import Number
from toolkit.policy.version import History, Version

_OF_CLOSED = frozenset({Topic.RETENTION, Topic.SHARING, Topic.PURPOSE, Topic.TRANSFER})
"""What changes for somebody whose account is closed: how long data is held, who gets it, for what, and where."""

__all__ = ["Plan", "Share", "Writer", "hash_plan", "make_plan", "refuse_other", "rewrite", "told_versions"]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A notice that can be announced, with its mails: `told` and `left_out` by reason, `readers` by variant.

    `versions` are those that any of its mails tells of. `planned` yields the audience for the ledger to announce in one
    transaction, and raises `NoticeError` where the accounts changed since the plan was made.
    """

    notice: Notice
    variants: tuple[Variant, ...]
    told: tuple[Share, ...]
    left_out: tuple[Share, ...]
    readers: tuple[int, ...]
    versions: tuple[Version, ...]
    planned: Callable[[], Iterator[Planned]] = field(repr=False, compare=False)

    @property
    def hash(self) -> str:
        """What sending needs. The same words for the same people by the same way have the same hash."""
        return self.notice.plan

    @property
    def audience(self) -> int:
        """How many accounts will be told."""
        return sum(self.readers)


def make_plan(
    *,
    publisher: Publisher,
    templates: Iterable[Templates],
    rules: Rules,
    history: History,
    number: Number,
    candidates: Callable[[], Iterable[Candidate]],
    transport: Transport,
    language: str,
    on: date,
    now: datetime,
    date_of: Callable[[datetime], date] = datetime.date,
    held_since: date | None = None,
) -> Plan:
    """Plan the notice of version `number`: in these templates, judged by these rules, sent by this transport.

    `candidates` is asked again for each pass, and gives the accounts in one fixed order. `language` is the
    governing one: readers of a language without templates get it. `date_of`, `held_since`: see `find_memberships`.
    Raises `NoticeError` for a version that is not
    announced, and where the mails cannot be written.
    """
    version = history.version(number)
    refuse_unannounceable(history, version, on)
    sender_address(publisher.sender)
    by_language = {each.language: each for each in templates}

    writer = Writer(publisher=publisher, templates=by_language, rules=rules, history=history, version=version, on=on)

    def waits(account: Account) -> bool:
        translation = history.translation(number, choose_language(account.language, by_language, language))
        return translation is not None and not translation.reviewed

    def memberships() -> Iterator[Membership]:
        return find_memberships(
            candidates(),
            history,
            version,
            on,
            date_of=date_of,
            held_since=held_since,
            concerns_closed=cache(writer.concerns_closed),
            waits=waits,
        )

    survey = Survey(by_language, language)
    for membership in memberships():
        survey.add(membership)
    ordered = sorted(survey.readers, key=lambda readers: (readers[0], Number.parse(readers[1])))
    variants = tuple(writer.write(*readers) for readers in ordered)
    notice = Notice(
        plan="",
        policy=version.policy,
        version=str(version.number),
        version_digest=version.digest,
        effective=version.effective,
        audience=sum(survey.readers.values()),
        audience_digest=survey.digest,
        sender=publisher.sender,
        reply_to=publisher.contact,
        transport=transport.name,
        host=transport.host,
        planned_at=now,
    )
    return Plan(
        notice=replace(notice, plan=hash_plan(notice, variants)),
        variants=variants,
        told=survey.shares(included=True),
        left_out=survey.shares(included=False),
        readers=tuple(survey.readers[readers] for readers in ordered),
        versions=told_versions(history, version, (since for _, since in ordered), on=on),
        planned=lambda: _planned(notice, variants, memberships(), Survey(by_language, language)),
    )


def hash_plan(notice: Notice, variants: Iterable[Variant]) -> str:
    """Return the hash of a plan: SHA-256, in hex, of everything that decides what is sent to whom.

    No clock and no chance goes into it.
    """
    said: list[Any] = [
        "plan-1",
        notice.policy,
        notice.version,
        notice.version_digest,
        notice.effective.isoformat(),
        [[each.language, each.since, each.subject, each.text, each.html] for each in variants],
        [notice.sender, notice.reply_to],
        [notice.transport, notice.host],
        [notice.audience, notice.audience_digest],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def told_versions(history: History, version: Version, sinces: Iterable[str], *, on: date) -> tuple[Version, ...]:
    """Return what customers must be told of in the mails of a version, which compare with the versions `sinces`."""
    basis = min(map(Number.parse, sinces), default=version.number)
    steps = (each for each in history.steps(basis, on) if each.number <= version.number and each.announceable)
    return tuple(steps) or (version,)


def refuse_other(notice: Notice, variants: Sequence[Variant], *, name: str, host: str) -> None:
    """Raise `NoticeError` where a transport is not the plan's, or a notice is not what its hash was made for."""
    if (name, host) != (notice.transport, notice.host):
        raise NoticeError(
            f"the notice was planned for {notice.transport} at '{notice.host}', not for {name} at '{host}'.",
            where=notice.plan[:12],
            mend="Plan it again for this way, or send it by the other.",
        )
    if hash_plan(notice, variants) != notice.plan:
        raise NoticeError(
            "the notice is not the one this hash was made for: its words changed since.",
            where=notice.plan[:12],
            mend="Plan it again.",
        )


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes a version's mails as they are on a day, in the templates of each language."""

    publisher: Publisher
    templates: Mapping[str, Templates]
    rules: Rules
    history: History
    version: Version
    on: date

    def write(self, language: str, since: str) -> Variant:
        """Write the mail to the readers of a language for whom it compares with the version `since`."""
        templates = self.templates[language]
        basis = self.history.version(Number.parse(since))
        facts = find_facts(
            publisher=self.publisher,
            templates=templates,
            version=self.version,
            since=basis,
            differences=self.differences(basis),
            taken_back=self.history.taken_back(basis.number, self.on),
            on=self.on,
        )
        return compose(templates, facts)

    def concerns_closed(self, since: str) -> bool:
        """Whether what the mail tells since a version concerns accounts that are closed, with data still held."""
        basis = self.history.version(Number.parse(since))
        telling = (each for each in self.differences(basis) if each.version.declared.tells)
        mine = (each for each in telling if each.version.number <= self.version.number)
        return any(each.consent_to == each.version or _OF_CLOSED & set(each.verdict.topics) for each in mine)

    def differences(self, basis: Version) -> tuple[Difference, ...]:
        """Compare each version with the one before it, as its page of changes does."""
        steps = self.history.steps(basis.number, self.on)
        return tuple(self._difference(before, version) for before, version in pairwise((basis, *steps)))

    def _difference(self, before: Version, version: Version) -> Difference:
        redline = compare(before.document, version.document)
        verdict, ends = judge(redline, self.rules), self.history.ends(version, self.on)
        consent_to = self.history.consent_to(version)
        return Difference(
            version=version, before=before, redline=redline, verdict=verdict, ends=ends, consent_to=consent_to
        )


def rewrite(stored: Sequence[Variant], writer: Writer) -> tuple[Variant, ...]:
    """Write the mails of a plan again. Those in a language that has no templates any more stay as they are."""
    return tuple(
        writer.write(each.language, each.since) if each.language in writer.templates else each for each in stored
    )


def _planned(
    notice: Notice, variants: Iterable[Variant], memberships: Iterator[Membership], survey: Survey
) -> Iterator[Planned]:
    """Yield the audience of a notice, and see at the end that it is the one that was planned."""
    variant_of = {(variant.language, variant.since): at for at, variant in enumerate(variants)}
    for membership in memberships:
        readers = survey.add(membership)
        if readers is None:
            continue
        if readers not in variant_of:
            raise _changed()
        yield Planned(
            account=membership.account.id, variant=variant_of[readers], though_closed=membership.though_closed
        )
    if survey.digest != notice.audience_digest:
        raise _changed()


def _changed() -> NoticeError:
    return NoticeError("the accounts changed while the notice was being planned.", mend="Plan it again.")
