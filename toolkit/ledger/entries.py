"""What the ledger holds: who was told, who has seen. Pure.

Told is not delivered, delivered is not opened, opened is not seen. Nothing implies the next.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from toolkit.errors import LedgerError
from toolkit.ledger.states import State


class ClaimLost(LedgerError):  # noqa: N818 - a race that was lost, and no fault
    """A sender does not hold a delivery any more: its lease ran out, or the account changed since the claim."""


class DecisionKind(StrEnum):
    """What was decided about a notice as a whole."""

    ANNOUNCED = "announced"  # or wanted again
    SUPERSEDED = "superseded"  # by another notice of the same version, before it had begun
    CANCELLED = "cancelled"  # by a person
    PAUSED = "paused"  # by a person: it still stands, and nothing of it is claimed
    RESUMED = "resumed"

    @property
    def ends(self) -> bool:
        """Whether nothing more of the notice is to be sent, whatever time passes."""
        return self in (DecisionKind.SUPERSEDED, DecisionKind.CANCELLED)


class SkipReason(StrEnum):
    """Why a delivery is skipped when it is claimed, though its account was told to be told when it was planned."""

    ERASED = "account erased"
    CLOSED = "account closed"
    RESTRICTED = "restricted"
    NO_ADDRESS = "no usable address"
    TOLD = "already told"
    TOLD_LATER = "told of a later version"
    LATER_UNKNOWN = "handed over a later version, answer unknown"


class ReceiptKind(StrEnum):
    """What kind of evidence a receipt is, weakest first."""

    VISITED = "visited"
    SHOWN = "shown"  # in the product; whether it was read, nobody knows
    SIGNED_UP = "signed up"
    CONFIRMED = "confirmed"
    ACKNOWLEDGED = "acknowledged"

    @property
    def seen(self) -> bool:
        """Whether it took a deliberate act. Mail scanners follow links, and what is shown may go unread."""
        return self not in (ReceiptKind.VISITED, ReceiptKind.SHOWN)


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
    """One rendering of a notice: for readers of one language, compared with one version.

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
class Decision:
    """What was decided about a notice last. `successor` is the plan that supersedes it, where one does."""

    kind: DecisionKind
    happened_at: datetime
    successor: str = ""


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

    The reference is opaque and random: Message-ID, file name and a provider's argument name the delivery by it. `key`
    is the ledger's own number of the account, in whose order a variant's deliveries are claimed. `link` leads to the
    account's own page, where the mail has one; the sender signs it.
    """

    ref: str
    account: Account
    variant: int
    key: int
    link: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Personalization:
    """What was filled in for one recipient. With the variant and the evidence it gives the exact mail again.

    `address` is as the mail server was given it; the others as the mail shows them. `link` leads to the account's own
    page; empty where the mail has none.
    """

    address: str
    account: str
    name: str
    email: str
    link: str = field(default="", repr=False)


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
    """Evidence that an account saw a version. `source` says who recorded it: sign-up, portal, link.

    `shown` is the digest of the words that were shown, `ref` the delivery whose link was used; empty where nobody said.
    """

    account: str
    policy: str
    version: str
    kind: ReceiptKind
    happened_at: datetime
    language: str = ""
    source: str = ""
    shown: str = ""
    ref: str = ""


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
class Where:
    """One delivery of a notice: whose it is, empty once that was erased, and what was heard of it last."""

    account: str
    ref: str
    text: str


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
