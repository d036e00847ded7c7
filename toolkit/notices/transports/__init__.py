"""Ways out: one file per way, one Protocol for all. Pure; the files beside this one are not.

What every transport promises, whatever it speaks:

- It knows deliveries by their references and by nothing else, and keeps nothing of an account.
- `ready` finds out, before anything is claimed, what would stop every mail: a missing key, a server that is not there.
- `preflight` asks the other side about the words of one mail, as far as it answers such questions.
- `pack` hands nothing over. It decides what one call carries, and never puts two mails to one address into a parcel.
  All mails carry the Date that it is given.
- `hand_over` is the one call. It answers for every delivery of the parcel: `accepted`, `refused` for good, `unknown`
  where the mail may have left, `pending` where it certainly did not and may be offered again. It may say how long to
  wait before the next call; waiting is the loop's. What it raises leaves every delivery of the parcel to `ask`.
- `ask` tells what it certainly knows about deliveries of which nobody heard the answer, and nothing about the others.
  A folder that never served a plan knows nothing of it, though nothing of it is there. What was heard in a call that
  was broken off is told once, to whoever asks next.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from toolkit.ledger.entries import Claimed, Mail, Notice, Outcome, Variant
from toolkit.ledger.states import State


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """What one call hands over, ready to go: each recipient's own mail, in order.

    `refused` are the outcomes of those that have no address to hand over to; their mails are empty.
    """

    notice: Notice
    variant: Variant
    mails: tuple[Mail, ...]
    refused: tuple[Outcome, ...] = ()

    @property
    def leaving(self) -> tuple[Mail, ...]:
        """The mails that there is an address for."""
        refused = {outcome.ref for outcome in self.refused}
        return tuple(mail for mail in self.mails if mail.ref not in refused)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a call gave: an outcome for every delivery of the parcel, and how many seconds to wait before the next.

    `suspects` are the references of those whose refusal may be about us, and not about them.
    """

    outcomes: tuple[Outcome, ...]
    retry_after: float | None = None
    suspects: frozenset[str] = frozenset()


class Transport(Protocol):
    """A way out. A plan is made for one `name` and `host`, and goes out by no other.

    `batch` is the most deliveries of one claim.
    """

    @property
    def name(self) -> str: ...

    @property
    def host(self) -> str: ...

    @property
    def batch(self) -> int: ...

    def ready(self) -> None:
        """Raise `NoticeError` where nothing can be handed over at all. Hands nothing over."""

    def preflight(self, notice: Notice, variant: Variant) -> None:
        """Raise `NoticeError` where mails with these words would not be taken. Hands nothing over."""

    def pack(
        self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
    ) -> tuple[Parcel, ...]:
        """Make ready what goes to these accounts. Every delivery is in one parcel, and in one only."""

    def hand_over(self, parcel: Parcel) -> Answer:
        """Hand a parcel over and return what became of each of its deliveries."""

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:
        """Return what is certain about deliveries that were handed over without an answer."""

    def close(self) -> None:
        """End what stays open between two calls."""


def refused(ref: str, why: str) -> Outcome:
    return Outcome(ref=ref, state=State.REFUSED, text=why)
