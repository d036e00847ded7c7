"""One pass over an audience: counted by reason and by reader, and digested. Pure."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.errors import NoticeError
from toolkit.languages import parse_tag, shorter_tags
from toolkit.notices.audience import AudienceReason, Membership

Readers = tuple[str, str]
"""Whom one variant is for: the language of the templates, and the version that it compares with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How many accounts share one reason; `told` is the version told last, where that is the reason."""

    reason: AudienceReason
    told: str
    accounts: int

    def __str__(self) -> str:
        return f"{self.reason} {self.told}" if self.told else str(self.reason)


class Survey:
    """What one pass over the memberships finds, in memory that does not grow with them.

    `available` are the languages of the templates, `governing` the one for readers of any other.
    """

    def __init__(self, available: Iterable[str], governing: str) -> None:
        self.readers: Counter[Readers] = Counter()
        self._available = tuple(available)
        self._governing = governing
        self._shares: Counter[tuple[AudienceReason, str]] = Counter()
        self._digest = hashlib.sha256()

    def add(self, membership: Membership) -> Readers | None:
        """Count an account in. Return the readers it belongs to; None outside the audience."""
        told = membership.told if membership.reason is AudienceReason.TOLD_EARLIER else ""
        self._shares[membership.reason, told] += 1
        if not membership.included:
            return None
        readers = (choose_language(membership.account.language, self._available, self._governing), membership.since)
        self.readers[readers] += 1
        self._digest.update(json.dumps([membership.key, *readers, membership.though_closed]).encode())
        return readers

    @property
    def digest(self) -> str:
        """The audience's digest: SHA-256, in hex, of the accounts' keys with their readers, in their order.

        By keys and not by the client's ids, for it is evidence: an audience of one could be found out by trying.
        """
        return self._digest.hexdigest()

    def shares(self, *, included: bool) -> tuple[Share, ...]:
        """Return the reasons to be in, or to be out, in the order they are declared in."""
        order = list(AudienceReason)
        found = sorted(self._shares.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
        return tuple(
            Share(reason=reason, told=told, accounts=accounts)
            for (reason, told), accounts in found
            if reason.included is included
        )


def choose_language(wanted: str, available: Iterable[str], governing: str) -> str:
    """Return the best available language: the tag, else a shorter beginning of it, else the governing one."""
    known = {tag.casefold(): tag for tag in available}
    for tag in _tags(wanted):
        if tag.casefold() in known:
            return known[tag.casefold()]
    if governing.casefold() not in known:
        raise NoticeError(
            f"there are no templates of notices in the governing language '{governing}'.",
            mend=f"Make the folder notices/{governing}.",
        )
    return known[governing.casefold()]


def _tags(wanted: str) -> tuple[str, ...]:
    """Return what may serve a reader; nothing where an account's language is no language."""
    try:
        return shorter_tags(parse_tag(wanted))
    except ValueError:
        return ()
