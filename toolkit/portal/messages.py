"""What the portal and the service say to each other. Pure.

One set of types for the service, the client and the published OpenAPI document. Instants are ISO 8601 with a time zone,
dates are the policy's own; languages are BCP 47 tags.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

MOST = 1_000
"""Accounts of one question, and receipts or consents of one request."""

UNKNOWN_ACCOUNT = "No account has this id."
"""What a `Problem` with status 404 says of an account, and not of a policy."""

_PART = "(0|[1-9][0-9]{0,5})"
_LINE = r"^[^\u0000-\u001f\u007f]*$"  # no control sign: no database and no mail takes all of them
_TEXT = r"^[^\u0000]*$"

AccountId = Annotated[
    str, Meta(min_length=1, max_length=255, pattern=_LINE, description="The account in the client's own system.")
]
Policy = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]*$", max_length=100, description="The policy's name: privacy.")]
Number = Annotated[str, Meta(pattern=rf"^{_PART}\.{_PART}\.{_PART}$", description="A version: 2.0.0.")]
Language = Annotated[str, Meta(max_length=35, pattern=_LINE, description="A BCP 47 tag: en, zh-Hant.")]
Digest = Annotated[
    str,
    Meta(max_length=100, pattern=_LINE, description="The digest of the version that was shown, as 'show' names it."),
]
Words = Annotated[
    str, Meta(min_length=1, max_length=1_000, pattern=_TEXT, description="The words the person was shown.")
]
Purpose = Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{0,39}$", description="A use of information, by its name.")]
Instant = Annotated[datetime, Meta(tz=True, description="When it happened; without it, now.")]


class Shown(StrEnum):
    """What the portal can say of an account and a version."""

    SHOWN = "shown"
    ACKNOWLEDGED = "acknowledged"
    SIGNED_UP = "signed up"


class Answer(StrEnum):
    """What a person says of a consent."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A version that the account has not seen. `changes` is the page that compares it with the one before.

    `class` is said as `kind`: editorial, minor, material or consent.
    """

    version: str
    kind: str
    published: date
    effective: date
    summary: tuple[str, ...]
    changes: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Show:
    """What the account must be shown: the steps from `since` to `version`, those that customers must be told of first.

    Send `digest` back with the receipt.
    """

    since: str
    version: str
    digest: str
    policy: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """The version seen last, and how that is known: signed up, confirmed or acknowledged."""

    version: str
    at: datetime
    evidence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """The version told last, when its mail was handed over, and what became of it: accepted or delivered."""

    version: str
    at: datetime | None
    delivery: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Consented:
    """The newest answer about a version's consent or, where it is named, a purpose's. Nothing said is no consent."""

    version: str
    purpose: str
    answer: Answer
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where one account is with one policy.

    `up_to_date`: nothing that customers must be told of is unseen; else `show` says what to show. `assumed` is the
    version that the account is taken to know while it has seen none.
    """

    account: str
    policy: str
    in_force: str
    newest: str
    up_to_date: bool
    seen: Seen | None
    told: Told | None
    assumed: str | None
    show: Show | None
    consents: tuple[Consented, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Standings:
    """The standings of the accounts that are known, and the others."""

    standings: tuple[Standing, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Asks for the standings of many accounts."""

    accounts: Annotated[tuple[AccountId, ...], Meta(min_length=1, max_length=MOST)]
    policy: Policy = "privacy"


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """An account was shown a version in the product, acknowledged it there, or signed up under it."""

    account: AccountId
    version: Number
    kind: Shown
    policy: Policy = "privacy"
    digest: Digest = ""
    language: Language = ""
    at: Instant | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipts:
    receipts: Annotated[tuple[Receipt, ...], Meta(min_length=1, max_length=MOST)]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignUp:
    """A new account signed up under a version. An account that is known already stays as it is."""

    account: AccountId
    version: Number
    email: Annotated[str, Meta(max_length=320, pattern=_LINE)] = ""
    name: Annotated[str, Meta(max_length=255, pattern=_LINE)] = ""
    policy: Policy = "privacy"
    digest: Digest = ""
    language: Language = ""
    at: Instant | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """A person's answer about a version that needs consent or, where one is named, a purpose; never both."""

    account: AccountId
    answer: Answer
    words: Words
    version: Number | None = None
    purpose: Purpose | None = None
    policy: Policy = "privacy"
    language: Language = ""
    at: Instant | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Consents:
    consents: Annotated[tuple[Consent, ...], Meta(min_length=1, max_length=MOST)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """How many were new. `again`: this request was answered before, and nothing was written now."""

    recorded: int
    again: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What went wrong, as RFC 9457 has it."""

    title: str
    status: int
    detail: str = ""
