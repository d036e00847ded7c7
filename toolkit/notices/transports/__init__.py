"""Ways out: one file per way, one Protocol for all. Pure; the files beside this one are not.

What every transport promises, whatever it speaks:

- `pack` hands nothing over. It decides what one call carries: an outbox and SMTP put one mail per
  account in a parcel; a provider that fills the tags in itself puts one body for up to a thousand accounts,
  and gives accounts that share an address different parcels.
- `hand_over` is the one call. It answers for every account of the parcel: `accepted`, `refused` for good,
  `unknown` where the mail may have left, `pending` where it certainly did not and may be offered again. What
  it raises leaves every account of the parcel to `ask`.
- `ask` tells what it certainly knows about accounts of which nobody heard the answer, and nothing about the
  others. A folder that never served a plan knows nothing of it, though nothing of it is there.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Protocol

from toolkit.ledger.entries import Claimed, Notice, Outcome, Variant


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """What one call hands over, ready to go.

    `accounts` is in order; `bodies` is one mail each, or one body for them all.
    `refused` are the outcomes of the accounts that have no address to hand over to.
    """

    plan: str
    accounts: tuple[str, ...]
    bodies: tuple[bytes, ...] = field(repr=False)
    refused: tuple[Outcome, ...] = ()

    @property
    def body_digest(self) -> str:
        """The SHA-256, in hex, of the bodies one after the other."""
        digest = hashlib.sha256()
        for body in self.bodies:
            digest.update(body)
        return digest.hexdigest()

    @property
    def everyone(self) -> tuple[str, ...]:
        """The accounts that the attempt is about."""
        return (*self.accounts, *(outcome.account for outcome in self.refused))


class Transport(Protocol):
    """A way out. A plan is made for one `name` and `host`, and goes out by no other.

    `batch` is the most deliveries of one claim. `reply_to` is where answers go; a plan's hash covers it.
    """

    @property
    def name(self) -> str: ...

    @property
    def host(self) -> str: ...

    @property
    def reply_to(self) -> str: ...

    @property
    def batch(self) -> int: ...

    def pack(self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...]) -> tuple[Parcel, ...]:
        """Make ready what goes to these accounts. Every account is in one parcel, and in one only."""

    def hand_over(self, parcel: Parcel) -> tuple[Outcome, ...]:
        """Hand a parcel over and return what became of each of its accounts."""

    def ask(self, notice: Notice, accounts: tuple[str, ...]) -> tuple[Outcome, ...]:
        """Return what is certain about accounts that were handed over without an answer."""
