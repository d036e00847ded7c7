"""What people and the portal do, as values: consents, objections, keys. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from toolkit.errors import LedgerError
from toolkit.ledger.entries import Account, Receipt, ReceiptKind
from toolkit.ledger.states import State

LONGEST_OBJECTION = 10_000
"""Characters of an objection that are kept."""


class KeyReused(LedgerError):  # noqa: N818 - the caller's mistake, and no fault of the ledger
    """A caller named two different requests alike."""


class ConsentKind(StrEnum):
    """What was said about a consent. The newest counts."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Scope(StrEnum):
    """What a key of the portal allows."""

    READ = "read"
    RECORD = "record"


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """What one account said about a version that needs consent or, where one is named, about a purpose.

    `words` are those that the person was shown. `version` is the one that needs the consent; for a purpose the one that
    was in force. `ref` is the delivery whose link was used.
    """

    account: str
    policy: str
    version: str
    kind: ConsentKind
    words: str
    happened_at: datetime
    purpose: str = ""
    language: str = ""
    source: str = ""
    ref: str = ""

    @property
    def about(self) -> tuple[str, str]:
        """What it speaks of: a version, or a purpose whatever the version."""
        return ("", self.purpose) if self.purpose else (self.version, "")


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """What one account objects to, in its own words."""

    account: str
    policy: str
    version: str
    text: str = field(repr=False)
    happened_at: datetime
    language: str = ""
    source: str = ""
    ref: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An objection that nobody was told of yet, by its number."""

    number: int
    objection: Objection


@dataclass(frozen=True, kw_only=True, slots=True)
class Forwarded:
    """What became of an objection that was forwarded: which way, and what the other side answered."""

    transport: str
    host: str
    state: State
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Acts:
    """What is recorded together or not at all. Of `accounts`, those that are not known yet are brought in."""

    accounts: tuple[Account, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    consents: tuple[Consent, ...] = ()
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Once:
    """A request that counts once: who makes it, what they name it, and a digest of what it says."""

    caller: str
    key: str
    request: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """How many receipts, consents and objections are new. `again`: it was asked before, and this was the answer."""

    receipts: int = 0
    consents: int = 0
    objections: int = 0
    again: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Addressee:
    """Whom one delivery is for, and of which version of which policy it tells."""

    ref: str
    account: Account
    policy: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiKey:
    """A key of the portal, without the secret itself."""

    id: int
    name: str
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """What a provider posted and nobody applied yet: byte by byte as it came, with its signature."""

    number: int
    source: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What a provider reports later of one mail. `ref` is empty where it does not say which delivery it was.

    `message` begins with the id that the provider gave the request, `id` is the event's own; either may be empty.
    `happened_at` is None where the provider gives no time that can be.
    """

    ref: str
    state: State
    text: str = ""
    id: str = ""
    message: str = ""
    address: str = field(default="", repr=False)
    happened_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A post that was read: its events of mails, and how many of other kinds it has.

    `words` gives the words of an event by its place, for the few posts of which only some is kept.
    """

    events: tuple[Event, ...]
    ignored: int = 0
    words: Callable[[int], bytes] = field(default=lambda _place: b"null", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """What became of posts: how many, and of their events how many are new, known already, of no delivery, ignored."""

    posts: int = 0
    new: int = 0
    known: int = 0
    strange: int = 0
    ignored: int = 0

    def plus(self, other: "Applied") -> "Applied":
        return Applied(
            posts=self.posts + other.posts,
            new=self.new + other.new,
            known=self.known + other.known,
            strange=self.strange + other.strange,
            ignored=self.ignored + other.ignored,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Covered:
    """How many accounts of a language share one thing about a version: a state of its mail, or a kind of receipt.

    `day` is when it happened; None where nothing did yet.
    """

    what: str
    language: str
    day: date | None
    accounts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What is known of one account and one version: where its mail is, and the strongest evidence of having seen it.

    `told_at` is when the mail was handed over, `seen_at` when the evidence was made; None where there is none. A visit
    is evidence here, though the weakest, and is no proof of having seen.
    """

    version: str
    delivery: State | None = None
    told_at: datetime | None = None
    evidence: ReceiptKind | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unreached:
    """An account that the newest mail about a version did not reach, and what was said about it."""

    account: str
    version: str
    state: State
    text: str
    happened_at: datetime | None
    closed: bool
