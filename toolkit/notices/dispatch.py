"""The one loop that sends: claim, pack, begin, hand over, settle. It can be killed anywhere and run again.

An attempt is written before anything is handed over. What a killed sender held comes back when its lease runs
out: pending where nothing had begun, unknown where something may have left. Unknown is settled by what the
transport certainly knows, else it stays unknown; it is never sent again on a guess.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from toolkit.errors import NoticeError
from toolkit.ledger.entries import OPEN, Attempt, Claimed, ClaimLost, Count, Notice, Outcome, State
from toolkit.ledger.ledger import Ledger
from toolkit.notices.plan import hash_plan
from toolkit.notices.transports import Parcel, Transport

LEASE = timedelta(seconds=30)
"""How long a claim holds. A killed sender's deliveries wait as long before another takes them up."""

_PAUSE = 1.0
_PATIENCE = 5
_LEASES = 2  # that a run waits for others, without anything to do itself
_UNENDED = OPEN | {State.UNKNOWN}


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """How a notice stands after a run. `settled` is how many deliveries this run ended."""

    counts: tuple[Count, ...]
    settled: int

    @property
    def finished(self) -> bool:
        return is_finished(self.counts)


def is_finished(counts: tuple[Count, ...]) -> bool:
    """Tell whether every delivery of an audience has ended: none pending, claimed or unknown."""
    return not any(count.deliveries for count in counts if count.state in _UNENDED)


def progress_of(counts: tuple[Count, ...]) -> tuple[int, int]:
    """Return how many deliveries have ended, and how many there are."""
    ended = sum(count.deliveries for count in counts if count.state not in _UNENDED)
    return ended, sum(count.deliveries for count in counts)


def send(
    ledger: Ledger,
    notice: Notice,
    transport: Transport,
    *,
    clock: Callable[[], datetime],
    token: Callable[[], str],
    progress: Callable[[int, int], None],
    wait: Callable[[float], None] | None = None,
    waiting: Callable[[int], None] = lambda _held: None,
    lease: timedelta = LEASE,
) -> Sent:
    """Send what is pending of a notice until nothing is left to claim.

    `token` makes a new text that nobody guesses, for each claim. `progress` is told how many deliveries have
    ended, and of how many. With `wait` (seconds to sleep) a run stays until what another, perhaps killed, sender
    holds has ended or come back, two leases at most; without, it leaves that to a later run. `waiting` is told
    once, when that begins, how many deliveries others hold.

    Raises `NoticeError` where the transport is not the plan's, or takes nothing. On `KeyboardInterrupt`, as on
    any error, it gives back what it claimed, settles what is known of what it had begun, and raises it on.
    """
    _refuse_other(notice, transport)
    run = _Run(ledger, notice, transport, clock=clock, token=token, progress=progress, waiting=waiting, lease=lease)
    run.recover()
    while run.send_one_claim() or (wait is not None and run.wait_for_others(wait)):
        pass
    run.ask_about_unknown()
    return Sent(counts=ledger.counts(notice.plan), settled=run.settled)


def _refuse_other(notice: Notice, transport: Transport) -> None:
    if (transport.name, transport.host) != (notice.transport, notice.host):
        raise NoticeError(
            f"the notice was planned for {notice.transport} at '{notice.host}',"
            f" not for {transport.name} at '{transport.host}'.",
            where=notice.plan[:12],
            mend="Plan it again for this way, or send it by the other.",
        )
    if hash_plan(notice, reply_to=transport.reply_to) != notice.plan:
        raise NoticeError(
            "the notice is not the one this hash was made for: its words or the contact changed since.",
            where=notice.plan[:12],
            mend="Plan it again.",
        )


class _Run:
    """One run through one notice."""

    def __init__(
        self,
        ledger: Ledger,
        notice: Notice,
        transport: Transport,
        *,
        clock: Callable[[], datetime],
        token: Callable[[], str],
        progress: Callable[[int, int], None],
        waiting: Callable[[int], None],
        lease: timedelta,
    ) -> None:
        self.settled = 0
        self._ledger = ledger
        self._notice = notice
        self._transport = transport
        self._clock = clock
        self._token = token
        self._progress = progress
        self._waiting = waiting
        self._waited = 0.0
        self._lease = lease
        self._ended = self._audience = 0
        self._lost = 0

    def recover(self) -> None:
        """Take up what others left: leases that ran out, and answers that nobody heard."""
        self._ledger.recover(self._notice.plan, now=self._clock())
        self.ask_about_unknown()
        self._ended, self._audience = progress_of(self._ledger.counts(self._notice.plan))
        self._progress(self._ended, self._audience)

    def ask_about_unknown(self) -> None:
        for attempt in self._ledger.unknown(self._notice.plan):
            known = self._ask(attempt)
            if known:
                self._ledger.resolve(attempt, outcomes=known, now=self._clock())

    def wait_for_others(self, wait: Callable[[float], None]) -> bool:
        """Wait a moment where a delivery is claimed: by another, for this run holds nothing between claims."""
        counts = self._ledger.counts(self._notice.plan)
        held = sum(count.deliveries for count in counts if count.state is State.CLAIMED)
        if not held or self._waited >= _LEASES * self._lease.total_seconds():
            return False
        if not self._waited:
            self._waiting(held)
        self._waited += _PAUSE
        wait(_PAUSE)
        self.recover()
        return True

    def send_one_claim(self) -> bool:
        """Claim one batch and hand it over. Return whether there was one."""
        token = self._token()
        try:
            claimed = self._claim(token)
            if claimed and not self._hand_over_all(claimed, token):
                self._ledger.release(self._notice.plan, token=token)
        except BaseException:
            self._ledger.release(self._notice.plan, token=token)
            raise
        return bool(claimed)

    def _claim(self, token: str) -> tuple[Claimed, ...]:
        return self._ledger.claim(
            self._notice.plan,
            size=self._transport.batch,
            lease=self._lease,
            now=self._clock(),
            token=token,
        )

    def _hand_over_all(self, claimed: tuple[Claimed, ...], token: str) -> bool:
        """Hand a claim over, parcel by parcel. Return False where the claim was lost on the way."""
        variant = self._notice.variants[claimed[0].variant]
        for parcel in self._transport.pack(self._notice, variant, claimed):
            attempt = self._begin(parcel, token)
            if attempt is None:
                return False
            self._hand_over(parcel, attempt, token)
        return True

    def _begin(self, parcel: Parcel, token: str) -> Attempt | None:
        """Write the attempt. None where the claim does not hold: an account changed, or the lease ran out."""
        try:
            attempt = self._ledger.begin(
                self._notice.plan,
                token=token,
                transport=self._transport.name,
                host=self._transport.host,
                body_digest=parcel.body_digest,
                accounts=parcel.everyone,
                now=self._clock(),
            )
        except ClaimLost:
            self._lost += 1
            if self._lost > _PATIENCE:
                raise
            return None
        self._lost = 0
        return attempt

    def _hand_over(self, parcel: Parcel, attempt: Attempt, token: str) -> None:
        try:
            answered = self._transport.hand_over(parcel)
        except BaseException:
            self._settle(attempt, token, _of_everyone(attempt, self._ask(attempt)))
            raise
        outcomes = _of_everyone(attempt, answered)
        self._settle(attempt, token, outcomes)
        if all(outcome.state is State.PENDING for outcome in outcomes):
            raise NoticeError(
                f"{self._transport.name} took nothing: {outcomes[0].answer}.",
                where=self._transport.host,
                mend="Send again later.",
            )

    def _ask(self, attempt: Attempt) -> tuple[Outcome, ...]:
        """Ask the transport about an attempt. An account erased since has no id to ask about."""
        return self._transport.ask(self._notice, tuple(filter(None, attempt.accounts)))

    def _settle(self, attempt: Attempt, token: str, outcomes: tuple[Outcome, ...]) -> None:
        self._ledger.settle(attempt, token=token, outcomes=outcomes, now=self._clock())
        ended = sum(outcome.state not in _UNENDED for outcome in outcomes)
        self.settled += ended
        self._ended += ended
        self._progress(self._ended, self._audience)


def _of_everyone(attempt: Attempt, known: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Return an outcome for every account of an attempt: what is known, and of the rest that it is unknown."""
    answered = {outcome.account: outcome for outcome in known}
    unheard = (Outcome(account=one, state=State.UNKNOWN, answer="no answer") for one in attempt.accounts)
    return tuple(answered.get(outcome.account, outcome) for outcome in unheard)
