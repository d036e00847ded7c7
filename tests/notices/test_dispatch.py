import random
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.notices.world import TODAY, World, account, accounts
from toolkit.errors import LedgerError, NoticeError
from toolkit.ledger.entries import Claimed, Notice, Outcome, Report, Variant
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.sending import Sending
from toolkit.ledger.states import State
from toolkit.notices.dispatch import LEASE, send
from toolkit.notices.ending import is_finished, progress_of
from toolkit.notices.pace import PATIENCE, Pace
from toolkit.notices.transports import Answer, Parcel
from toolkit.notices.transports.outbox import Outbox

ROOT = Path(__file__).parents[2]


@dataclass
class Faulty:
    """A transport on top of a real outbox: `fault` runs in the middle of a call, with the number of the call."""

    outbox: Outbox
    fault: Callable[[int], None]
    batch: int = 10
    knows: bool = True
    calls: list[tuple[str, ...]] = field(default_factory=list)
    name: str = "outbox"
    host: str = "build/outbox"

    def ready(self) -> None:
        self.outbox.ready()

    def close(self) -> None:
        self.outbox.close()

    def preflight(self, notice: Notice, variant: Variant) -> None:
        self.outbox.preflight(notice, variant)

    def pack(
        self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
    ) -> tuple[Parcel, ...]:
        return self.outbox.pack(notice, variant, claimed, dated_at=dated_at)

    def hand_over(self, parcel: Parcel) -> Answer:
        self.called(parcel)
        half = len(parcel.mails) // 2
        self.outbox.hand_over(replace(parcel, mails=parcel.mails[:half], refused=()))
        self.fault(len(self.calls))
        return self.outbox.hand_over(parcel)

    def called(self, parcel: Parcel) -> tuple[str, ...]:
        """Note a call, and return the references in it."""
        self.calls.append(tuple(mail.ref for mail in parcel.mails))
        return self.calls[-1]

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:
        return self.outbox.ask(plan, refs) if self.knows else ()


def quiet(_call: int) -> None:
    pass


def interrupt(at: int) -> Callable[[int], None]:
    def fault(call: int) -> None:
        if call == at:
            raise KeyboardInterrupt

    return fault


def addressees(world: World) -> list[str]:
    mails = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in world.mails())
    return sorted(mail["To"].addresses[0].addr_spec for mail in mails)


def everyone(many: int) -> list[str]:
    return sorted(f"user{at}@example.com" for at in range(1, many + 1))


def test_everyone_of_the_audience_gets_one_mail(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(450))
    notice = world.announce().notice
    seen: list[tuple[int, int]] = []
    sent = world.send(notice, progress=lambda ended, audience: seen.append((ended, audience)))
    assert sent.finished
    assert sent.settled == 450
    assert addressees(world) == everyone(450)
    assert (seen[0], seen[-1]) == ((0, 450), (450, 450))
    assert seen == sorted(seen)
    assert progress_of(world.ledger.notices.counts(notice.plan)) == (450, 450)


def test_sending_again_sends_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(20))
    notice = world.announce().notice
    world.send(notice)
    transport = Faulty(world.outbox, quiet)
    sent = world.send(notice, transport)
    assert (sent.finished, sent.settled, transport.calls) == (True, 0, [])


@pytest.mark.parametrize("at", [1, 2, 5])
def test_an_interrupted_sender_stops_cleanly_and_the_next_run_completes(tmp_path: Path, at: int) -> None:
    world = World(tmp_path, accounts(45))
    notice = world.announce().notice
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, Faulty(world.outbox, interrupt(at)))
    states = world.states(notice.plan)
    assert set(states) <= {State.ACCEPTED, State.PENDING}
    assert states[State.ACCEPTED] == len(world.mails()) > 0
    assert world.send(notice, waits=False).finished
    assert addressees(world) == everyone(45)


def test_a_sender_that_is_asked_to_stop_stops_when_nothing_is_under_way(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(45))
    notice = world.announce().notice
    transport = Faulty(world.outbox, quiet, knows=False)

    def stop_after_two_calls() -> None:
        if len(transport.calls) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.send(notice, transport, stop_if_asked=stop_after_two_calls)
    assert world.states(notice.plan) == {State.ACCEPTED: 20, State.PENDING: 25}
    assert world.send(notice, waits=False).finished


def test_what_an_interrupted_sender_cannot_know_is_unknown_and_not_sent_again(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(45))
    notice = world.announce().notice
    transport = Faulty(world.outbox, interrupt(2), knows=False)
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, transport)
    doubtful = set(transport.calls[1])
    again = Faulty(world.outbox, quiet, knows=False)
    sent = world.send(notice, again)
    assert not sent.finished
    assert world.states(notice.plan) == {State.ACCEPTED: 35, State.UNKNOWN: 10}
    assert not doubtful & {account for call in again.calls for account in call}


def test_an_interrupt_before_anything_has_begun_gives_the_claim_back(tmp_path: Path) -> None:
    @dataclass
    class Impatient(Faulty):
        def pack(self, *_: object, **__: object) -> tuple[Parcel, ...]:
            raise KeyboardInterrupt

    world = World(tmp_path, accounts(20))
    notice = world.announce().notice
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, Impatient(world.outbox, quiet))
    assert world.states(notice.plan) == {State.PENDING: 20}
    assert not world.ledger.sending.unknown(notice.plan)


def test_a_killed_sender_is_taken_up_by_the_next_with_nobody_missed_and_nobody_twice(tmp_path: Path) -> None:
    many = 3_000
    world = World(tmp_path, accounts(many))
    notice = world.announce().notice
    chance = random.Random(4)  # noqa: S311 - moments to kill at, no secret
    kills = 0
    for _ in range(3):
        before = len(world.mails())
        with _sender(tmp_path, notice.plan) as process:
            goal = before + chance.randrange(50, 700)
            while process.poll() is None and len(world.mails()) < goal:
                time.sleep(0.005)
            kills += process.poll() is None
            process.kill()
        world.clock.wait(60)
        world.ledger.sending.recover(notice.plan)
    assert kills == 3
    assert len(world.mails()) < many
    assert world.send(notice).finished
    assert addressees(world) == everyone(many)
    assert len(world.mails()) == many


def _sender(folder: Path, plan: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.notices.sending", str(folder), plan], cwd=ROOT)


def test_a_run_that_waits_takes_up_what_a_killed_sender_holds(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(20))
    notice = world.announce().notice
    world.ledger.sending.claim(notice.plan, size=7, lease=LEASE, token="killed", on=TODAY)
    assert not world.send(notice, waits=False).finished
    assert world.send(notice).finished
    assert addressees(world) == everyone(20)


def test_two_senders_at_once_send_each_mail_once(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(1_000))
    notice = world.announce().notice
    senders = [_sender(tmp_path, notice.plan) for _ in range(2)]
    assert [process.wait(timeout=60) for process in senders] == [0, 0]
    assert world.states(notice.plan) == {State.ACCEPTED: 1_000}
    assert len(world.mails()) == 1_000


def test_an_account_that_changes_between_claim_and_attempt_is_claimed_again(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice

    @dataclass
    class Interfering(Faulty):
        def pack(
            self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
        ) -> tuple[Parcel, ...]:
            parcels = super().pack(notice, variant, claimed, dated_at=dated_at)
            world.ledger.accounts.record([account(4, email="new@example.com")])
            return parcels

    assert world.send(notice, Interfering(world.outbox, quiet)).finished
    assert "new@example.com" in addressees(world)
    assert "user4@example.com" not in addressees(world)
    assert len(world.mails()) == 30


def test_an_address_that_went_bad_since_the_plan_is_skipped(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(3))
    notice = world.announce().notice
    world.ledger.accounts.record([account(1, email="gone")])
    assert world.send(notice).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 2, State.SKIPPED: 1}


def test_accounts_that_share_an_address_get_a_mail_each(tmp_path: Path) -> None:
    world = World(tmp_path, [account(at, email="one@example.com") for at in (1, 2)])
    assert world.send(world.announce().notice).finished
    assert addressees(world) == ["one@example.com"] * 2


@pytest.mark.parametrize("change", [{"name": "smtp"}, {"host": "elsewhere"}])
def test_a_plan_goes_out_by_no_other_way_than_its_own(tmp_path: Path, change: dict[str, str]) -> None:
    world = World(tmp_path, accounts(3))
    notice = world.announce().notice
    with pytest.raises(NoticeError, match=r"planned for outbox at 'build/outbox', not for"):
        world.send(notice, replace(world.outbox, **change))  # type: ignore[arg-type]
    assert world.states(notice.plan) == {State.PENDING: 3}


def test_a_notice_whose_words_changed_since_its_plan_is_not_sent(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(3))
    notice = world.announce().notice
    with pytest.raises(NoticeError, match="not the one this hash was made for"):
        world.send(replace(notice, reply_to="other@kvm.hk"))
    with world.ledger._database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER variants_refuses_UPDATE")
        connection.exec_driver_sql("UPDATE variants SET text = 'Buy now'")
    with pytest.raises(NoticeError, match="not the one this hash was made for"):
        world.send(notice)
    assert not world.mails()


@dataclass
class Closed(Faulty):
    """Takes nothing, so many times; `asks` is how many seconds it wants to be left alone."""

    times: int = 1_000
    asks: float | None = None

    def hand_over(self, parcel: Parcel) -> Answer:
        refs = self.called(parcel)
        if len(self.calls) > self.times:
            return self.outbox.hand_over(parcel)
        nothing = tuple(Outcome(ref=ref, state=State.PENDING, text="429") for ref in refs)
        return Answer(outcomes=nothing, retry_after=self.asks)


def test_a_transport_that_takes_nothing_stops_a_run_that_cannot_wait(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice
    transport = Closed(world.outbox, quiet)
    with pytest.raises(NoticeError, match="outbox took nothing: 429"):
        world.send(notice, transport, waits=False)
    assert len(transport.calls) == 1
    assert world.states(notice.plan) == {State.PENDING: 30}


def test_a_transport_that_goes_on_taking_nothing_stops_the_run_with_nothing_lost(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice
    transport = Closed(world.outbox, quiet)
    with pytest.raises(NoticeError, match="outbox took nothing: 429"):
        world.send(notice, transport)
    assert len(transport.calls) == PATIENCE
    assert world.states(notice.plan) == {State.PENDING: 30}


def test_a_transport_that_says_wait_is_waited_for_and_the_run_goes_on(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice
    before = world.clock.now
    assert world.send(notice, Closed(world.outbox, quiet, times=2, asks=40)).finished
    assert world.clock.now - before > timedelta(seconds=80)
    assert addressees(world) == everyone(30)


def test_a_run_keeps_its_rate(tmp_path: Path) -> None:
    world = World(tmp_path, [account(at) for at in range(1, 31)])
    notice = world.announce().notice
    before = world.clock.now
    sent = send(
        world.ledger,
        notice,
        Faulty(world.outbox, quiet),
        clock=world.clock,
        token=lambda: secrets.token_hex(4),
        today=lambda: TODAY,
        progress=lambda _ended, _audience: None,
        pace=Pace(rate=2.0, wait=world.clock.wait, steady=world.clock.seconds),
    )
    assert sent.finished
    # Fifteen calls, each of a second's worth: all but the first wait a second.
    assert timedelta(seconds=14) <= world.clock.now - before < timedelta(seconds=15)


def test_a_call_that_takes_longer_than_the_lease_loses_nothing(tmp_path: Path) -> None:
    """On the real clock: another run recovers in the meantime, and finds a holder that lives."""
    world = World(tmp_path, [account(at) for at in range(1, 6)])
    plan = world.announce().notice.plan

    @dataclass
    class Slow(Faulty):
        def hand_over(self, parcel: Parcel) -> Answer:
            refs = self.called(parcel)
            time.sleep(0.9)
            with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as other:
                other.sending.recover(plan)
                states = {count.state: count.deliveries for count in other.notices.counts(plan)}
            assert states[State.CLAIMED] == len(refs) == 5
            return self.outbox.hand_over(parcel)

    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        sent = send(
            ledger,
            ledger.notices.find(plan),
            Slow(world.outbox, quiet),
            clock=lambda: datetime.now(UTC),
            token=lambda: "mine",
            today=lambda: TODAY,
            progress=lambda _ended, _audience: None,
            pace=Pace(),
            lease=timedelta(seconds=0.3),
        )
    assert sent.finished


def test_a_claim_that_never_holds_ends_the_run_instead_of_turning_for_ever(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice

    @dataclass
    class Unlucky(Faulty):
        def pack(
            self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
        ) -> tuple[Parcel, ...]:
            world.clock.wait(3_600)
            return super().pack(notice, variant, claimed, dated_at=dated_at)

    with pytest.raises(LedgerError, match="does not hold"):
        world.send(notice, Unlucky(world.outbox, quiet))
    assert not world.mails()


def test_an_account_erased_after_a_crash_is_still_settled_by_its_reference(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(6))
    notice = world.announce().notice
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, Faulty(world.outbox, interrupt(1), knows=False))
    world.ledger.accounts.erase("c00001")
    world.send(notice)
    states = world.states(notice.plan)
    assert sum(states.values()) == 6
    assert set(states) <= {State.ACCEPTED, State.SKIPPED}


def test_finished_means_that_every_delivery_has_ended(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(3))
    notice = world.announce().notice
    assert not is_finished(world.ledger.notices.counts(notice.plan))
    world.send(notice)
    assert is_finished(world.ledger.notices.counts(notice.plan))


def test_waiting_for_another_sender_is_told_once_and_ends(tmp_path: Path) -> None:
    """The other sender is alive: it claims again and again, and never comes to an end."""
    world = World(tmp_path, [account(at) for at in range(1, 21)])
    notice = world.announce().notice

    def hold() -> None:
        world.ledger.sending.claim(notice.plan, size=20, lease=LEASE, token="other", on=TODAY)

    def wait(seconds: float) -> None:
        world.clock.wait(seconds)
        pauses.append(seconds)
        world.ledger.sending.release(notice.plan, token="other")
        hold()

    pauses: list[float] = []
    held: list[tuple[int, float]] = []
    hold()
    sent = send(
        world.ledger,
        notice,
        world.outbox,
        clock=world.clock,
        token=lambda: "mine",
        today=lambda: TODAY,
        progress=lambda _ended, _audience: None,
        pace=Pace(wait=wait),
        waiting=lambda *said: held.append(said),
    )
    longest = 2 * LEASE.total_seconds()
    assert (sent.finished, held, sum(pauses)) == (False, [(20, longest)], longest)


def test_a_claim_from_a_clock_that_ran_far_ahead_is_taken_up(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(20))
    notice = world.announce().notice
    now = world.clock.now
    world.clock.now = now + timedelta(days=400)
    world.ledger.sending.claim(notice.plan, size=7, lease=LEASE, token="ahead", on=TODAY)
    world.clock.now = now
    held: list[tuple[int, float]] = []
    assert world.send(notice, waiting=lambda *said: held.append(said)).finished
    assert held == []


def test_a_ledger_that_refuses_is_not_taken_for_a_lost_claim(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice

    @dataclass
    class Doubling(Faulty):
        def pack(
            self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
        ) -> tuple[Parcel, ...]:
            self.calls.append(())
            (parcel,) = super().pack(notice, variant, claimed, dated_at=dated_at)
            return (replace(parcel, mails=parcel.mails * 2),)

    transport = Doubling(world.outbox, quiet)
    with pytest.raises(LedgerError, match="each of them once"):
        world.send(notice, transport)
    assert len(transport.calls) == 1
    assert world.states(notice.plan) == {State.PENDING: 30}


def test_a_transport_that_says_nothing_twice_stops_the_run_and_leaves_unknown_behind(tmp_path: Path) -> None:
    @dataclass
    class Silent(Faulty):
        def hand_over(self, parcel: Parcel) -> Answer:
            self.called(parcel)
            return Answer(outcomes=())

    world = World(tmp_path, [account(at) for at in range(1, 31)])
    notice = world.announce().notice
    with pytest.raises(NoticeError, match="nobody knows what outbox took: no answer"):
        world.send(notice, Silent(world.outbox, quiet, knows=False))
    assert world.states(notice.plan) == {State.UNKNOWN: 20, State.PENDING: 10}


def test_what_is_left_in_doubt_is_asked_about_at_once(tmp_path: Path) -> None:
    @dataclass
    class Mumbling(Faulty):
        def hand_over(self, parcel: Parcel) -> Answer:
            self.outbox.hand_over(parcel)
            return Answer(outcomes=tuple(Outcome(ref=mail.ref, state=State.UNKNOWN) for mail in parcel.mails))

    world = World(tmp_path, accounts(6))
    notice = world.announce().notice
    assert world.send(notice, Mumbling(world.outbox, quiet)).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 6}


def test_another_folder_of_the_same_name_does_not_make_anybody_get_two(tmp_path: Path) -> None:
    """An outbox on another machine knows nothing of what the first one wrote."""
    world = World(tmp_path, [account(at) for at in range(1, 7)])
    notice = world.announce().notice
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, Faulty(world.outbox, interrupt(1), knows=False))
    elsewhere = replace(world.outbox, folder=tmp_path / "elsewhere")
    assert not world.send(notice, elsewhere).finished
    assert world.states(notice.plan) == {State.UNKNOWN: 6}
    assert not list(elsewhere.folder.rglob("*.eml"))
    assert world.send(notice).finished
    assert addressees(world) == everyone(6)


def test_an_answer_that_comes_after_another_run_took_over_is_still_known(tmp_path: Path) -> None:
    """The sender was frozen: its lease ran out, and what it began was given back as certainly not sent."""
    world = World(tmp_path, [account(1)])
    notice = world.announce().notice

    @dataclass
    class Frozen(Faulty):
        def hand_over(self, parcel: Parcel) -> Answer:
            answer = self.outbox.hand_over(parcel)
            if not self.calls:
                (ref,) = self.called(parcel)
                world.clock.wait(3_600)
                world.ledger.sending.recover(notice.plan)
                (attempt,) = world.ledger.sending.unknown(notice.plan)
                said = (Outcome(ref=ref, state=State.PENDING, attempt=attempt.id),)
                world.ledger.sending.record_report(Report(source="outbox", outcomes=said))
                assert world.states(notice.plan) == {State.PENDING: 1}
            return answer

    transport = Frozen(world.outbox, quiet)
    assert world.send(notice, transport).finished
    assert len(transport.calls) == 1
    assert world.states(notice.plan) == {State.ACCEPTED: 1}


class Interrupted:
    """The real way to record, of which the first call is stopped before it is done."""

    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._stopped = False

    def __getattr__(self, name: str) -> object:
        return getattr(self._sending, name)

    def record_report(self, report: Report, *, token: str = "") -> None:
        if not self._stopped:
            self._stopped = True
            raise KeyboardInterrupt
        self._sending.record_report(report, token=token)


def test_what_was_heard_is_written_though_the_run_is_stopped_just_then(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(10))
    notice = world.announce().notice
    world.ledger.sending = Interrupted(world.ledger.sending)  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, Faulty(world.outbox, quiet, knows=False))
    states = world.states(notice.plan)
    assert State.UNKNOWN not in states
    assert states[State.ACCEPTED] == len(world.mails())
