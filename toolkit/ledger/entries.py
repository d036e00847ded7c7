"""What the ledger holds: who was told, who has seen; and the delivery's state machine. Pure.

Told is not delivered, delivered is not opened, opened is not seen. Nothing implies the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from toolkit.errors import LedgerError


class ClaimLost(LedgerError):  # noqa: N818 - a race that was lost, and no fault
    """A sender does not hold a delivery any more: its lease ran out, or the account changed since the claim."""


class State(StrEnum):
    """Where one delivery stands."""

    PENDING = "pending"  # planned; nobody is at it
    CLAIMED = "claimed"  # a sender holds it, until its lease runs out
    ACCEPTED = "accepted"  # the mail server took it
    REFUSED = "refused"  # the mail server said no, for good
    UNKNOWN = "unknown"  # handed over, but nobody heard the answer
    DELIVERED = "delivered"  # the provider reports it in the mailbox's server
    BOUNCED = "bounced"  # the provider reports that it came back
    DROPPED = "dropped"  # the provider accepted it, then did not send it
    SKIPPED = "skipped"  # closed, erased or restricted since the plan was made
    CANCELLED = "cancelled"  # a person ended the notice before this one went out


LEFT = frozenset({State.ACCEPTED, State.DELIVERED, State.BOUNCED, State.DROPPED})
"""What can be heard later of a mail that was thought not to have left, and did."""

MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.CLAIMED, State.CANCELLED}) | LEFT,
    # A provider's event may be heard before the transport's own answer.
    State.CLAIMED: frozenset(
        {State.PENDING, State.ACCEPTED, State.REFUSED, State.UNKNOWN, State.SKIPPED, State.CANCELLED}
        | {State.DELIVERED, State.BOUNCED, State.DROPPED}
    ),
    State.ACCEPTED: frozenset({State.DELIVERED, State.BOUNCED, State.DROPPED}),
    # Pending again only when the mail server certainly has nothing.
    State.UNKNOWN: frozenset(
        {State.PENDING, State.ACCEPTED, State.REFUSED, State.DELIVERED, State.BOUNCED, State.DROPPED}
    ),
    State.DELIVERED: frozenset({State.BOUNCED}),
    State.REFUSED: frozenset(),
    State.BOUNCED: frozenset(),
    State.DROPPED: frozenset(),
    State.SKIPPED: LEFT,
    State.CANCELLED: LEFT,
}

TOLD = frozenset({State.ACCEPTED, State.DELIVERED})
"""Accepted by a mail server, and not later bounced or dropped."""

ANSWERS = frozenset({State.ACCEPTED, State.REFUSED, State.UNKNOWN, State.PENDING})
"""What a transport may answer. `pending` says that the mail server certainly has nothing."""

OPEN = frozenset({State.PENDING, State.CLAIMED})
"""A notice is finished when none of its deliveries is in one of these."""


def move(was: State, becomes: State) -> State:
    """Return `becomes`. Raises `LedgerError` where no delivery may go that way."""
    if becomes not in MOVES[was]:
        raise LedgerError(f"a delivery that is {was} cannot become {becomes}.")
    return becomes


def follow(was: State, heard: State) -> State:
    """Return where a delivery is once a state was heard of it. What cannot follow changes nothing."""
    return heard if heard in MOVES[was] else was


def evident(said: Iterable[State]) -> State:
    """Return where a delivery is by what was heard of its attempt, in order. What cannot follow changes nothing."""
    found = State.UNKNOWN
    for state in said:
        if state is not State.PENDING:
            found = follow(found, state)
    return found


class ReceiptKind(StrEnum):
    """What kind of evidence a receipt is, weakest first."""

    VISITED = "visited"
    SIGNED_UP = "signed up"
    CONFIRMED = "confirmed"
    ACKNOWLEDGED = "acknowledged"

    @property
    def seen(self) -> bool:
        """Whether it took a deliberate act. A visit does not: mail scanners follow links."""
        return self is not ReceiptKind.VISITED


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """A customer's account as the client's own system has it. `language` is a BCP 47 tag."""

    id: str
    email: str
    name: str
    language: str
    created: date
    closed: date | None = None
    restricted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """One rendering of a notice: for readers of one language who last knew one version.

    `since` is that version's number. The texts hold closed tags where the account's own values go.
    """

    language: str
    since: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One announcement of one version. `plan` is the hash that sending needs; digests are SHA-256 hex.

    `effective` is the day the mails name, from which the version binds. `audience` is how many accounts are told.
    `sender` is whom the mails come from, `reply_to` where answers go.
    """

    plan: str
    policy: str
    version: str
    version_digest: str
    effective: date
    audience: int
    audience_digest: str
    sender: str
    reply_to: str
    transport: str
    host: str
    planned_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """One account of a notice's audience, as it was when planned.

    `though_closed`: the notice is for this account even when it is closed by the time of the claim.
    """

    account: str
    variant: int  # the place among the notice's variants
    though_closed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A delivery that a sender holds: its reference, the account as it is now, and its variant.

    The reference is opaque and random: Message-ID, file name and a provider's argument name the delivery by it.
    """

    ref: str
    account: Account
    variant: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Personalization:
    """What was filled in for one recipient. With the variant and the evidence it gives the exact mail again.

    `address` is as the mail server was given it; the others as the mail shows them.
    """

    address: str
    account: str
    name: str
    email: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """One recipient's own mail, ready to be handed over: `body` is its exact bytes."""

    ref: str
    body: bytes = field(repr=False)
    filled: Personalization


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """One call to a transport, written before it is made. `dated_at` is the Date that its mails carry."""

    id: int
    plan: str
    transport: str
    host: str
    started_at: datetime
    dated_at: datetime
    refs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What was heard of one delivery. `attempt` is the call it is about; without one, the newest.

    `happened_at` is when it happened, where that was said; else when it was heard.
    """

    ref: str
    state: State
    text: str = ""
    provider_id: str = ""
    happened_at: datetime | None = None
    attempt: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """One thing heard: a transport's answer, a provider's post, a person's decision.

    `source` says from whom; `raw` is what was heard, byte by byte, where it is worth keeping: evidence has a salted
    commitment to it, and the bytes are erasable.
    """

    source: str
    outcomes: tuple[Outcome, ...]
    raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedOver:
    """All that one mail is rebuilt from, and what evidence says of it: a commitment to its exact bytes.

    `filled` and `salt` are None once the account was erased: what was sent can then no longer be shown.
    """

    notice: Notice
    variant: Variant
    ref: str
    dated_at: datetime
    commitment: str
    filled: Personalization | None = None
    salt: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """Evidence that an account saw a version. `source` says who recorded it: sign-up, portal, link."""

    account: str
    policy: str
    version: str
    kind: ReceiptKind
    happened_at: datetime
    language: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where one account is with one policy: the versions last told and last seen, with when and how.

    `ref` is the reference of the delivery that told it.

    Without any receipt the account stands at the version that `History.assumed` names for the day it was created;
    that is never counted as seen.
    """

    account: Account
    told: str = ""
    told_at: datetime | None = None
    delivery: State | None = None
    ref: str = ""
    seen: str = ""
    seen_at: datetime | None = None
    evidence: ReceiptKind | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An account that a notice may concern. `delivery`: its state in a begun notice of the same version.

    `key` is the ledger's own number of the account, which tells nothing outside it.
    """

    standing: Standing
    delivery: State | None = None
    key: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """What an import did to the accounts."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many deliveries of a notice are in one state."""

    state: State
    deliveries: int
