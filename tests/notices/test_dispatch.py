import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.notices.world import World, account, accounts
from toolkit.errors import LedgerError, NoticeError
from toolkit.ledger.entries import Claimed, Notice, Outcome, State, Variant
from toolkit.notices.dispatch import LEASE, is_finished, progress_of, send
from toolkit.notices.transports import Parcel
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
    reply_to: str = "support@kvm.hk"

    def pack(self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...]) -> tuple[Parcel, ...]:
        return self.outbox.pack(notice, variant, claimed)

    def hand_over(self, parcel: Parcel) -> tuple[Outcome, ...]:
        self.calls.append(parcel.accounts)
        half = len(parcel.accounts) // 2
        self.outbox.hand_over(replace(parcel, accounts=parcel.accounts[:half], bodies=parcel.bodies[:half]))
        self.fault(len(self.calls))
        return self.outbox.hand_over(parcel)

    def ask(self, notice: Notice, accounts: tuple[str, ...]) -> tuple[Outcome, ...]:
        return self.outbox.ask(notice, accounts) if self.knows else ()


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
    assert progress_of(world.ledger.counts(notice.plan)) == (450, 450)


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
        def pack(self, *_: object) -> tuple[Parcel, ...]:
            raise KeyboardInterrupt

    world = World(tmp_path, accounts(20))
    notice = world.announce().notice
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, Impatient(world.outbox, quiet))
    assert world.states(notice.plan) == {State.PENDING: 20}
    assert not world.ledger.unknown(notice.plan)


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
        world.ledger.recover(notice.plan, now=world.clock())
    assert kills == 3
    assert len(world.mails()) < many
    assert world.send(notice).finished
    assert addressees(world) == everyone(many)
    (index,) = world.outbox.folder.rglob("index.csv")
    listed = [line.split(",")[0] for line in index.read_text().splitlines()[1:]]
    assert sorted(listed) == [f"c{at:05d}" for at in range(1, many + 1)]


def _sender(folder: Path, plan: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.notices.sending", str(folder), plan], cwd=ROOT)


def test_a_run_that_waits_takes_up_what_a_killed_sender_holds(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(20))
    notice = world.announce().notice
    world.ledger.claim(notice.plan, size=7, lease=LEASE, now=world.clock(), token="killed")
    assert not world.send(notice, waits=False).finished
    assert world.send(notice).finished
    assert addressees(world) == everyone(20)


def test_two_senders_at_once_send_each_mail_once(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(1_000))
    notice = world.announce().notice
    senders = [_sender(tmp_path, notice.plan) for _ in range(2)]
    assert [process.wait(timeout=60) for process in senders] == [0, 0]
    assert world.states(notice.plan) == {State.ACCEPTED: 1_000}
    (index,) = world.outbox.folder.rglob("index.csv")
    assert len(index.read_text().splitlines()) == len(world.mails()) + 1 == 1_001


def test_an_account_that_changes_between_claim_and_attempt_is_claimed_again(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice

    @dataclass
    class Interfering(Faulty):
        def pack(self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...]) -> tuple[Parcel, ...]:
            parcels = super().pack(notice, variant, claimed)
            world.ledger.record_accounts([account(4, email="new@example.com")])
            return parcels

    assert world.send(notice, Interfering(world.outbox, quiet)).finished
    assert "new@example.com" in addressees(world)
    assert "user4@example.com" not in addressees(world)
    assert len(world.mails()) == 30


def test_an_address_that_went_bad_since_the_plan_is_refused_and_recorded(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(3))
    notice = world.announce().notice
    world.ledger.record_accounts([account(1, email="gone")])
    assert world.send(notice).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 2, State.REFUSED: 1}


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


def test_a_notice_whose_words_or_contact_changed_since_its_plan_is_not_sent(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(3))
    notice = world.announce().notice
    with pytest.raises(NoticeError, match="not the one this hash was made for"):
        world.send(notice, replace(world.outbox, reply_to="other@kvm.hk"))
    forged = replace(notice, variants=(replace(notice.variants[0], text="Buy now"), *notice.variants[1:]))
    with pytest.raises(NoticeError, match="not the one this hash was made for"):
        world.send(forged)
    assert not world.mails()


def test_a_transport_that_takes_nothing_stops_the_run(tmp_path: Path) -> None:
    @dataclass
    class Closed(Faulty):
        def hand_over(self, parcel: Parcel) -> tuple[Outcome, ...]:
            self.calls.append(parcel.accounts)
            return tuple(Outcome(account=one, state=State.PENDING, answer="429") for one in parcel.accounts)

    world = World(tmp_path, accounts(30))
    notice = world.announce().notice
    transport = Closed(world.outbox, quiet)
    with pytest.raises(NoticeError, match="outbox took nothing: 429"):
        world.send(notice, transport)
    assert len(transport.calls) == 1
    assert world.states(notice.plan) == {State.PENDING: 30}


def test_a_claim_that_never_holds_ends_the_run_instead_of_turning_for_ever(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice

    @dataclass
    class Unlucky(Faulty):
        def pack(self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...]) -> tuple[Parcel, ...]:
            world.clock.wait(3_600)
            return super().pack(notice, variant, claimed)

    with pytest.raises(LedgerError, match="does not hold"):
        world.send(notice, Unlucky(world.outbox, quiet))
    assert not world.mails()


def test_an_account_erased_after_a_crash_leaves_the_others_to_be_taken_up(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(6))
    notice = world.announce().notice
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, Faulty(world.outbox, interrupt(1), knows=False))
    doubtful = world.ledger.unknown(notice.plan)[0].accounts
    world.ledger.erase(doubtful[-1])
    world.send(notice)
    assert world.states(notice.plan)[State.ACCEPTED] == 5


def test_finished_means_that_every_delivery_has_ended(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(3))
    notice = world.announce().notice
    assert not is_finished(world.ledger.counts(notice.plan))
    world.send(notice)
    assert is_finished(world.ledger.counts(notice.plan))


def test_waiting_for_another_sender_is_told_once_and_ends(tmp_path: Path) -> None:
    """The other sender is alive: it claims again and again, and never comes to an end."""
    world = World(tmp_path, [account(at) for at in range(1, 21)])
    notice = world.announce().notice

    def hold() -> None:
        world.ledger.claim(notice.plan, size=20, lease=LEASE, now=world.clock(), token="other")

    def wait(seconds: float) -> None:
        world.clock.wait(seconds)
        pauses.append(seconds)
        world.ledger.release(notice.plan, token="other")
        hold()

    pauses: list[float] = []
    held: list[int] = []
    hold()
    sent = send(
        world.ledger,
        notice,
        world.outbox,
        clock=world.clock,
        token=lambda: "mine",
        progress=lambda _ended, _audience: None,
        wait=wait,
        waiting=held.append,
    )
    assert (sent.finished, held, sum(pauses)) == (False, [20], 2 * LEASE.total_seconds())


def test_a_claim_from_a_clock_that_ran_far_ahead_is_taken_up(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(20))
    notice = world.announce().notice
    ahead = world.clock() + timedelta(days=400)
    world.ledger.claim(notice.plan, size=7, lease=LEASE, now=ahead, token="ahead")
    held: list[int] = []
    assert world.send(notice, waiting=held.append).finished
    assert held == []


def test_a_ledger_that_refuses_is_not_taken_for_a_lost_claim(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(30))
    notice = world.announce().notice

    @dataclass
    class Doubling(Faulty):
        def pack(self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...]) -> tuple[Parcel, ...]:
            self.calls.append(())
            (parcel,) = super().pack(notice, variant, claimed)
            return (replace(parcel, accounts=parcel.accounts * 2),)

    transport = Doubling(world.outbox, quiet)
    with pytest.raises(LedgerError, match="each of them once"):
        world.send(notice, transport)
    assert len(transport.calls) == 1
    assert world.states(notice.plan) == {State.PENDING: 30}


def test_a_transport_that_says_nothing_leaves_unknown_behind(tmp_path: Path) -> None:
    @dataclass
    class Silent(Faulty):
        def hand_over(self, parcel: Parcel) -> tuple[Outcome, ...]:
            self.calls.append(parcel.accounts)
            return ()

    world = World(tmp_path, accounts(6))
    notice = world.announce().notice
    sent = world.send(notice, Silent(world.outbox, quiet, knows=False))
    assert world.states(notice.plan) == {State.UNKNOWN: 6}
    assert not sent.finished


def test_what_was_left_unknown_on_the_way_is_asked_about_at_the_end_of_the_run(tmp_path: Path) -> None:
    @dataclass
    class Mumbling(Faulty):
        def hand_over(self, parcel: Parcel) -> tuple[Outcome, ...]:
            self.outbox.hand_over(parcel)
            return tuple(Outcome(account=one, state=State.UNKNOWN) for one in parcel.accounts)

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
