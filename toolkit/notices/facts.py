"""What a notice says, as values: who writes, what differs, and the names that a template may use. Pure."""

from dataclasses import dataclass
from datetime import date

from toolkit.changes.materiality import Verdict
from toolkit.changes.redline import Redline
from toolkit.notices.excerpts import Excerpt
from toolkit.policy.version import Version


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """Who writes, about which service. `site_url` is where the policy's pages are and ends with a slash.

    `personal`: each mail has a link to a page of the account's own.
    """

    service: str
    site_url: str
    sender: str
    contact: str
    personal: bool = False


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A version that the reader does not know yet, compared with the one before it.

    `ends` is when another takes over, `consent_to` the version whose consent it needs, itself or another: see
    `History`.
    """

    version: Version
    before: Version
    redline: Redline
    verdict: Verdict
    ends: date | None = None
    consent_to: Version | None = None

    @property
    def asking(self) -> str:
        """How the consent is asked; empty where none is needed, or nobody said."""
        asking = self.consent_to.front.asking if self.consent_to else None
        return asking.value if asking else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A version on the way to the announced one: its dates written out, what changes with it and since which version.

    It has applied since `effective` if it is `binding`, and applied until `ends` if it is `over`; it is `never` alone
    in force where a later version begins no later. `postponed` is the day first announced for it, empty if that is
    still so. What needs `consent` does not apply by doing nothing; `asking` says how it is asked: portal, reply or
    none, empty where nobody said. `tells`: customers must be told of it.
    `kind` says its class in words. `excerpts` are the old words and the new; `more` changes are left to the
    comparison at `changes_link`, which is of the same two versions.
    """

    version: str
    before: str
    published: str
    effective: str
    ends: str
    postponed: str
    binding: bool
    over: bool
    never: bool
    consent: bool
    asking: str
    tells: bool
    kind: str
    summary: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    more: int
    changes_link: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenBack:
    """A version that the reader may have heard of, and that was withdrawn before it bound."""

    version: str
    withdrawn: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The names a template may use, beside `account`, `name`, `email` and `link`, which are the account's own.

    `link` leads to the account's own page; only where the mails are `personal` is there one.

    `steps` are the versions with something to tell, up to the announced one; of `others` only the kind is said. Both
    are in order of number. `topics` are what the material steps concern, `consent_topics` those that need consent.
    `excepted` are the versions below the announced one whose change it does not bring to who has not consented, and
    `asked` says that the consent to one of them is asked for. `starts` is the first day to come on which something
    applies, else the announced version's.
    """

    language: str
    service: str
    contact: str
    title: str
    version: str
    since: str
    published: str
    effective: str
    starts: str
    binding: bool
    steps: tuple[Step, ...]
    others: tuple[Step, ...]
    withdrawn: tuple[TakenBack, ...]
    topics: tuple[str, ...]
    consent_topics: tuple[str, ...]
    excepted: tuple[str, ...]
    asked: bool
    policy_link: str
    history_link: str
    personal: bool
