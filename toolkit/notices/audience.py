"""Who must be told of a version: for each account in or out, and the reason. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from toolkit.addresses import mail_address
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Account, Candidate, Notice, Standing, Variant
from toolkit.ledger.states import TOLD, State
from toolkit.policy.classes import Number
from toolkit.policy.version import History, Status, Version


class AudienceReason(StrEnum):
    """Why an account is in a notice's audience, or is not."""

    TOLD_EARLIER = "last told"  # of the version that stands in `Membership.told`
    NEVER_TOLD = "never told"
    STILL_HELD = "account closed, data still held"
    ALREADY_TOLD = "already told"
    TOLD_LATER = "told of a later version"
    SEEN = "has seen it"
    SIGNED_UP_UNDER_IT = "signed up under it"
    CLOSED = "account closed"
    RESTRICTED = "restricted"
    IN_ANOTHER_PLAN = "in another plan"
    ANSWER_UNKNOWN = "handed over, answer unknown"
    REFUSED = "refused by the mail server"
    BOUNCED = "bounced"
    NO_ADDRESS = "no usable address"
    WAITS_FOR_TRANSLATION = "waits for a translation"

    @property
    def included(self) -> bool:
        return self in (AudienceReason.TOLD_EARLIER, AudienceReason.NEVER_TOLD, AudienceReason.STILL_HELD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """Whether one account is in an audience, and why.

    `since` is the version that its mail compares with: see `History.basis`. `told` is the one it was last told of,
    empty for none. `key` is the ledger's own number of it. `though_closed`: it is told even if it is closed by then.
    """

    key: int
    account: Account
    since: str
    told: str
    reason: AudienceReason
    though_closed: bool = False

    @property
    def included(self) -> bool:
        return self.reason.included


_BY_DELIVERY = {
    State.PENDING: AudienceReason.IN_ANOTHER_PLAN,
    State.CLAIMED: AudienceReason.IN_ANOTHER_PLAN,
    State.UNKNOWN: AudienceReason.ANSWER_UNKNOWN,
    State.REFUSED: AudienceReason.REFUSED,
    State.BOUNCED: AudienceReason.BOUNCED,
    State.DROPPED: AudienceReason.BOUNCED,
}


def refuse_unannounceable(history: History, version: Version, on: date) -> None:
    """Raise `NoticeError` for a version that nobody may or need be told of on a day."""
    named = f"version {version.number} of '{version.policy}'"
    if not version.declared.tells:
        raise NoticeError(
            f"{named} is {version.declared}: nobody is told of such a version.",
            mend="Only a version that front matter declares material or consent is announced.",
        )
    if not version.announceable:
        raise NoticeError(
            f"{named} needs consent, and is not announced until front matter says how consent is asked.",
            mend="Release it under a new number with 'consent: portal', 'consent: reply' or 'consent: none'.",
        )
    status = history.status(version, on)
    ends = history.ends(version, on)
    if status is Status.PENDING and ends and ends <= version.effective:
        raise NoticeError(
            f"{named} never applies alone: a later version applies from {ends}.",
            mend="Announce the later one: its mails say what changes with each.",
        )
    if status in (Status.SCHEDULED, Status.WITHDRAWN) or (ends and ends <= on):
        raise NoticeError(
            f"{named} is {status} on {on}, and is not announced.",
            mend="A version is announced from the day it is published until a later material one binds.",
        )


def newest_to_tell(history: History, on: date) -> Version | None:
    """Return the newest version that customers can be told of on a day; the newest of any class if there is none.

    A version above it that is editorial, or does not say how its consent is asked, must not keep anybody from being
    told.
    """
    telling = [version for version in history.announced(on) if version.announceable]
    return telling[-1] if telling else history.newest(on)


def refuse_outdated(notice: Notice, history: History, *, planned_on: date, on: date) -> None:
    """Raise `NoticeError` where a plan says on a day of sending what is no longer so.

    Its version must still be there with the same words and the same effective date, and still be one to announce. What
    its mails call coming must not have come, nothing that they name may be withdrawn since, and no version that must
    be told may have become public.
    """
    named = f"version {notice.version} of '{notice.policy}'"
    found = [each for each in history.versions if str(each.number) == notice.version]
    if history.policy != notice.policy or not found:
        raise _outdated(notice, f"there is no {named} any more.", history, on)
    (version,) = found
    if version.digest != notice.version_digest:
        raise _outdated(notice, f"{named} has other words than the plan was made of.", history, on)
    if version.effective != notice.effective:
        what = f"{named} binds from {version.effective}; the mails say {notice.effective}."
        raise _outdated(notice, what, history, on)
    try:
        refuse_unannounceable(history, version, on)
    except NoticeError as error:
        raise _outdated(notice, error.what, history, on) from None
    for each in history.announced(on):
        if each.declared.tells and each not in history.announced(planned_on):
            what = f"the mails do not know of {each.number}, published on {each.published}."
            raise _outdated(notice, what, history, on)
    for each in history.announced(planned_on):
        if planned_on < each.effective <= on:
            what = f"the mails say that {each.number} will apply from {each.effective}: that day has come."
            raise _outdated(notice, what, history, on)
        if history.status(each, on) is Status.WITHDRAWN:
            what = f"the mails name {each.number}, which was withdrawn on {each.withdrawn_on}."
            raise _outdated(notice, what, history, on)


def refuse_rewritten(
    notice: Notice, stored: Sequence[Variant], written: Sequence[Variant], history: History, on: date
) -> None:
    """Raise `NoticeError` where the mails of a plan, written again as of its day, say something else."""
    if tuple(stored) != tuple(written):
        what = "the mails would be written otherwise now: a date, a version or a template changed."
        raise _outdated(notice, what, history, on)


def _outdated(notice: Notice, what: str, history: History, on: date) -> NoticeError:
    cancel = f"Cancel what is left of it ('policy notify cancel --plan {notice.plan[:12]}')"
    newest = newest_to_tell(history, on)
    more = newest is not None and newest.announceable
    then = (
        ", and plan again what is to be told now ('policy notify plan')." if more else ". Nothing else is to be told."
    )
    return NoticeError(what, where=notice.plan[:12], mend=f"{cancel}{then}")


def find_memberships(
    candidates: Iterable[Candidate],
    history: History,
    version: Version,
    on: date,
    *,
    date_of: Callable[[datetime], date] = datetime.date,
    held_since: date | None = None,
    concerns_closed: Callable[[str], bool] = lambda _since: False,
    waits: Callable[[Account], bool] = lambda _account: False,
) -> Iterator[Membership]:
    """Decide for each candidate, in the order given, whether it is told of `version` if planned on a day.

    What an account was told and has seen of a later version counts from the day on which this one was public: before, a
    mail about the later one could not name it. `date_of` gives the day of an instant in the policy's time zone.
    The data of who closed after `held_since` is still held; None where nobody's is. Such an account is told where the
    change since a version concerns it: `concerns_closed`. Who `waits` is told later, in its language.
    """
    audience = _Audience(
        history=history,
        version=version,
        on=on,
        withdrawn=withdrawn_numbers(history, on),
        date_of=date_of,
        held_since=held_since,
        concerns_closed=concerns_closed,
        waits=waits,
    )
    return (audience.membership(candidate) for candidate in candidates)


def withdrawn_numbers(history: History, on: date) -> frozenset[str]:
    """Return the versions that are withdrawn on a day: who was told of one knows nothing that binds."""
    return frozenset(str(v.number) for v in history.versions if history.status(v, on) is Status.WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class _Audience:
    """The audience of a version on a day."""

    history: History
    version: Version
    on: date
    withdrawn: frozenset[str]
    date_of: Callable[[datetime], date]
    held_since: date | None
    concerns_closed: Callable[[str], bool]
    waits: Callable[[Account], bool]
    _bases: dict[tuple[Number, date | None], str] = field(default_factory=dict)

    def membership(self, candidate: Candidate) -> Membership:
        standing = candidate.standing
        since = self._basis(standing)
        known = AudienceReason.TOLD_LATER if Number.parse(since) >= self.version.number else None
        fulfilled = self._fulfilled(candidate) or known
        though_closed = not fulfilled and self.held_since is not None and self.concerns_closed(since)
        return Membership(
            key=candidate.key,
            account=standing.account,
            since=since,
            told=standing.told,
            reason=fulfilled or self._barred(candidate, though_closed=though_closed) or self._included(standing),
            though_closed=though_closed,
        )

    def _basis(self, standing: Standing) -> str:
        """Return what the account's mail compares with: it knows what it has seen, else was told, else is assumed."""
        number, at = (standing.seen, standing.seen_at) if standing.seen else (standing.told, standing.told_at)
        known = Number.parse(number) if number else self.history.assumed(standing.account.created).number
        as_of = self.date_of(at) if number and at else None
        if (known, as_of) not in self._bases:
            self._bases[known, as_of] = str(self.history.basis(known, self.on, as_of=as_of).number)
        return self._bases[known, as_of]

    def _fulfilled(self, candidate: Candidate) -> AudienceReason | None:
        """Return why the account need not be told any more."""
        standing = candidate.standing
        if self._reaches(standing.told, standing.told_at):
            exactly = standing.told == str(self.version.number)
            return AudienceReason.ALREADY_TOLD if exactly else AudienceReason.TOLD_LATER
        if candidate.delivery in TOLD:
            return AudienceReason.ALREADY_TOLD
        if self._reaches(standing.seen, standing.seen_at):
            return AudienceReason.SEEN
        # Signed up before it bound, or before anybody could read it: the older version bound, so the change is owed.
        # And nobody signs up under a version that needs consent: it is asked of everybody.
        begins = max(self.version.effective, self.version.public_on)
        if standing.account.created >= begins and self.history.consent_to(self.version) is None:
            return AudienceReason.SIGNED_UP_UNDER_IT
        return None

    def _reaches(self, number: str, at: datetime | None) -> bool:
        """Tell whether a number, empty for none, is the version's, or that of a later one that counts at an instant."""
        if not number or number in self.withdrawn or Number.parse(number) < self.version.number:
            return False
        named = at is None or self.date_of(at) >= self.version.public_on
        return named or number == str(self.version.number)

    def _barred(self, candidate: Candidate, *, though_closed: bool) -> AudienceReason | None:
        """Return why the account cannot be told now."""
        account = candidate.standing.account
        if self._is_closed(account) and not (though_closed and self._is_held(account)):
            return AudienceReason.CLOSED
        if account.restricted:
            return AudienceReason.RESTRICTED
        if candidate.delivery in _BY_DELIVERY:
            return _BY_DELIVERY[candidate.delivery]
        if not mail_address(account.email):
            return AudienceReason.NO_ADDRESS
        return AudienceReason.WAITS_FOR_TRANSLATION if self.waits(account) else None

    def _included(self, standing: Standing) -> AudienceReason:
        if self._is_closed(standing.account):
            return AudienceReason.STILL_HELD
        return AudienceReason.TOLD_EARLIER if standing.told else AudienceReason.NEVER_TOLD

    def _is_closed(self, account: Account) -> bool:
        return account.closed is not None and account.closed <= self.on

    def _is_held(self, account: Account) -> bool:
        return account.closed is not None and self.held_since is not None and account.closed > self.held_since
