"""The one loop that sends: claim, pack, begin, hand over, settle. It can be killed anywhere and run again.

It owns all waiting: the rate, the pause that a transport asks for, the back-off (see `pace.py`).

An attempt is written before anything is handed over. What a killed sender held comes back when its lease runs
out: pending where nothing had begun, unknown where something may have left. Unknown is settled by what the
transport certainly knows, else it stays unknown; it is never sent again on a guess.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from toolkit.errors import LedgerError
from toolkit.ledger.entries import Attempt, Claimed, ClaimLost, Count, Notice, Outcome, Report, Variant
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import LEFT, State
from toolkit.notices.ending import UNENDED, given_up, is_finished, progress_of
from toolkit.notices.heartbeat import BEATS, Heartbeat
from toolkit.notices.pace import Pace
from toolkit.notices.plan import refuse_other
from toolkit.notices.settling import Settler, of_everyone
from toolkit.notices.suspicion import Suspicion
from toolkit.notices.transports import Parcel, Transport

LEASE = timedelta(seconds=30)
"""How long a claim holds. A killed sender's deliveries wait as long before another takes them up."""

_PAUSE = 1.0
_PATIENCE = 5
_DOUBTS = 3  # unknown mails that make a call doubtful, though it took others
_LEASES = 2  # that a run waits for others, without anything to do itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """How a notice stands after a run. `settled` is how many deliveries this run ended."""

    counts: tuple[Count, ...]
    settled: int

    @property
    def finished(self) -> bool:
        return is_finished(self.counts)


def take_up(ledger: Ledger, notice: Notice, transport: Transport | None) -> bool:
    """Settle what stopped senders left: leases that ran out, and answers that nobody heard. Return whether it is over.

    Nothing is handed over, so this may be done whatever became of the plan. Without a transport nobody is asked.
    """
    ledger.sending.recover(notice.plan)
    if transport and (transport.name, transport.host) == (notice.transport, notice.host):
        _ask_about_unknown(ledger, notice, transport)
    return is_finished(ledger.notices.counts(notice.plan))


def _ask_about_unknown(ledger: Ledger, notice: Notice, transport: Transport) -> None:
    for attempt in ledger.sending.unknown(notice.plan):
        if known := transport.ask(notice.plan, attempt.refs):
            ledger.sending.record_report(_settler(ledger, transport).report(attempt, known))


def _settler(ledger: Ledger, transport: Transport, wait: Callable[[float], None] | None = None) -> Settler:
    def record(report: Report, token: str) -> None:
        ledger.sending.record_report(report, token=token)

    return Settler(source=transport.name, record=record, wait=wait)


def send(
    ledger: Ledger,
    notice: Notice,
    transport: Transport,
    *,
    clock: Callable[[], datetime],
    token: Callable[[], str],
    today: Callable[[], date],
    progress: Callable[[int, int], None],
    pace: Pace,
    waiting: Callable[[int, float], None] = lambda _held, _seconds: None,
    withdrawn: frozenset[str] = frozenset(),
    public_at: datetime | None = None,
    still_true: Callable[[], None] = lambda: None,
    stop_if_asked: Callable[[], None] = lambda: None,
    hold: Callable[[float], None] | None = None,
    held_since: Callable[[date], date | None] = lambda _day: None,
    link: Callable[[str], str] = lambda _ref: "",
    lease: timedelta = LEASE,
) -> Sent:
    """Send what is pending of a notice until nothing is left to claim.

    `today` gives the day of sending in the policy's time zone: an account that is closed by then is skipped. `token`
    makes a new text that nobody guesses, for each claim. `progress` is told how many deliveries have ended, and of
    how many. Where `pace` can wait, a run stays until what another, perhaps killed, sender holds has ended or come
    back, two leases at most; else it leaves that to a later run. `waiting` is told once, when that begins, how many
    deliveries others hold, and how many seconds the run waits at most. `withdrawn` are the versions that are so, and
    `public_at` is when the notice's own became public: who was told of another later one since then is skipped.
    `still_true` is asked before each attempt, and raises where the mails may not leave any more; `stop_if_asked` raises
    where somebody wants the run to stop, when nothing is under way; `hold` sleeps while the ledger is away.
    `held_since` gives the day up to which the data of closed accounts is gone by a day of sending; `link` gives the
    address of a delivery's own page.

    Raises `NoticeError` where the transport is not the plan's, or takes nothing. On `KeyboardInterrupt`, as on
    any error, it gives back what it claimed, settles what is known of what it had begun, and raises it on.
    """
    variants, before = ledger.notices.variants(notice.plan), ledger.notices.counts(notice.plan)
    refuse_other(notice, variants, name=transport.name, host=transport.host)
    run = _Run(
        ledger=ledger,
        notice=notice,
        variants=variants,
        transport=transport,
        clock=clock,
        token=token,
        today=today,
        progress=progress,
        pace=pace,
        waiting=waiting,
        withdrawn=withdrawn,
        public_at=public_at,
        still_true=still_true,
        stop_if_asked=stop_if_asked,
        held_since=held_since,
        link=link,
        lease=lease,
        settler=_settler(ledger, transport, hold or pace.wait),
        suspicion=Suspicion(taken=any(count.deliveries for count in before if count.state in LEFT)),
    )
    run.recover()
    while run.send_one_claim() or run.wait_for_others():
        pass
    _ask_about_unknown(ledger, notice, transport)
    return Sent(counts=ledger.notices.counts(notice.plan), settled=run.settled)


@dataclass(kw_only=True)
class _Run:
    """One run through one notice."""

    ledger: Ledger
    notice: Notice
    variants: Sequence[Variant]
    transport: Transport
    clock: Callable[[], datetime]
    token: Callable[[], str]
    today: Callable[[], date]
    progress: Callable[[int, int], None]
    pace: Pace
    waiting: Callable[[int, float], None]
    withdrawn: frozenset[str]
    public_at: datetime | None
    still_true: Callable[[], None]
    stop_if_asked: Callable[[], None]
    held_since: Callable[[date], date | None]
    link: Callable[[str], str]
    lease: timedelta
    settler: Settler
    suspicion: Suspicion
    settled: int = 0
    _ended: int = 0
    _audience: int = 0
    _waited: float = 0.0
    _lost: int = 0
    _past: Claimed | None = None
    _left_behind: bool = False
    _took_any: bool = False

    def recover(self) -> None:
        """Take up what others left: leases that ran out, and answers that nobody heard."""
        self.ledger.sending.recover(self.notice.plan)
        _ask_about_unknown(self.ledger, self.notice, self.transport)
        self._ended, self._audience = progress_of(self.ledger.notices.counts(self.notice.plan))
        self.progress(self._ended, self._audience)

    @property
    def _longest_wait(self) -> float:
        return _LEASES * self.lease.total_seconds()

    def wait_for_others(self) -> bool:
        """Wait a moment where a delivery is claimed: by another, for this run holds nothing between claims."""
        if self.pace.wait is None or self._waited >= self._longest_wait:
            return False
        counts = self.ledger.notices.counts(self.notice.plan)
        held = sum(count.deliveries for count in counts if count.state is State.CLAIMED)
        if not held:
            return False
        if not self._waited:
            self.waiting(held, self._longest_wait)
        self._waited += _PAUSE
        self.pace.wait(_PAUSE)
        self.recover()
        return True

    def send_one_claim(self) -> bool:
        """Claim one batch and hand it over. Return False where nothing is left to claim.

        A run goes through the audience in passes: what a server put off is offered again in the next one, after a
        pause, and not over and over while others wait.
        """
        if self._ended < self._audience:
            self.pace.ready()
        self.stop_if_asked()
        token = self.token()
        try:
            size = self.pace.most(self.transport.batch)
            claimed = self._claim(size, token)
            if claimed and not self._hand_over_all(claimed, token):
                self._left_behind = True
                self.ledger.sending.release(self.notice.plan, token=token)
        except BaseException:
            self._release(token)
            raise
        if not claimed:
            return self._begin_another_pass()
        self._past = claimed[-1]
        return True

    def _begin_another_pass(self) -> bool:
        """Go back to the beginning. Return False where nothing can be left there, or it is time to give up."""
        if self._past is None or (self._left_behind and not self.pace.between(took_any=self._took_any)):
            return False
        self._past, self._left_behind, self._took_any = None, False, False
        return True

    def _release(self, token: str) -> None:
        """Give back what was claimed, on the way out: what goes wrong with it must not hide why."""
        with suppress(LedgerError):
            self.ledger.sending.release(self.notice.plan, token=token)

    def _claim(self, size: int, token: str) -> tuple[Claimed, ...]:
        today = self.today()
        return self.ledger.sending.claim(
            self.notice.plan,
            size=size,
            lease=self.lease,
            token=token,
            on=today,
            withdrawn=self.withdrawn,
            public_at=self.public_at,
            held_since=self.held_since(today),
            past=self._past,
        )

    def _hand_over_all(self, claimed: tuple[Claimed, ...], token: str) -> bool:
        """Hand a claim over, parcel by parcel. Return False where the claim was lost on the way."""
        variant = self.variants[claimed[0].variant]
        dated_at = self.clock().astimezone(UTC).replace(microsecond=0)
        with Heartbeat(lambda: self._renew(token), every_s=self.lease.total_seconds() / BEATS):
            linked = tuple(replace(each, link=self.link(each.ref)) for each in claimed)
            for parcel in self.transport.pack(self.notice, variant, linked, dated_at=dated_at):
                self.pace.spend(len(parcel.mails))
                self.stop_if_asked()
                self.still_true()
                attempt = self._begin(parcel, token, dated_at)
                if attempt is None:
                    return False
                self._hand_over(parcel, attempt, token)
        return True

    def _renew(self, token: str) -> int:
        return self.ledger.sending.renew(self.notice.plan, lease=self.lease, token=token)

    def _begin(self, parcel: Parcel, token: str, dated_at: datetime) -> Attempt | None:
        """Write the attempt. None where the claim does not hold: an account changed, or the lease ran out."""
        try:
            attempt = self.ledger.sending.begin(
                self.notice.plan,
                token=token,
                transport=self.transport.name,
                host=self.transport.host,
                dated_at=dated_at,
                mails=parcel.mails,
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
            answer = self.transport.hand_over(parcel)
        except BaseException:
            self._settle(attempt, token, of_everyone(attempt, self._ask(attempt.refs)))
            raise
        outcomes = self.suspicion.judge(of_everyone(attempt, answer.outcomes), answer.suspects)
        if doubted := tuple(outcome.ref for outcome in outcomes if outcome.state is State.UNKNOWN):
            outcomes = of_everyone(attempt, (*outcomes, *self._ask(doubted)))
        self._settle(attempt, token, outcomes)
        states = Counter(outcome.state for outcome in outcomes)
        took_any = len(outcomes) > states[State.PENDING] + states[State.UNKNOWN]
        self._took_any |= took_any
        self._left_behind |= bool(states[State.PENDING])
        doubtful = states[State.UNKNOWN] >= (_DOUBTS if took_any else 1)
        if not self.pace.after(took_any=took_any, retry_after=answer.retry_after, doubtful=doubtful):
            raise given_up(self.transport.name, self.transport.host, outcomes, doubtful=doubtful)

    def _ask(self, refs: tuple[str, ...]) -> tuple[Outcome, ...]:
        return self.transport.ask(self.notice.plan, refs)

    def _settle(self, attempt: Attempt, token: str, outcomes: tuple[Outcome, ...]) -> None:
        if not self.settler.settle(attempt, token, outcomes):
            return
        ended = sum(outcome.state not in UNENDED for outcome in outcomes)
        self.settled += ended
        self._ended += ended
        self.progress(self._ended, self._audience)
