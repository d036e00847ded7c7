"""What a server puts off is offered again, after a pause, when everybody else had a turn."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.notices.test_dispatch import Faulty, quiet
from tests.notices.world import World, account
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Outcome
from toolkit.ledger.states import State
from toolkit.notices.transports import Answer, Parcel


@dataclass
class Greylisting(Faulty):
    """Puts off these addresses so many times."""

    addresses: frozenset[str] = frozenset()
    times: int = 1
    asked: Counter[str] = field(default_factory=Counter)

    def hand_over(self, parcel: Parcel) -> Answer:
        self.called(parcel)
        taken = {each.ref: each for each in self.outbox.hand_over(parcel).outcomes}
        for mail in parcel.mails:
            self.asked[mail.filled.address] += 1
            put_off = mail.filled.address in self.addresses and self.asked[mail.filled.address] <= self.times
            if put_off:
                taken[mail.ref] = Outcome(ref=mail.ref, state=State.PENDING, text="450 4.7.1 later")
        return Answer(outcomes=tuple(taken.values()))


def test_who_is_put_off_waits_until_everybody_had_a_turn(tmp_path: Path) -> None:
    world = World(tmp_path, [account(at) for at in range(1, 41)])
    notice = world.announce().notice
    slow = Greylisting(world.outbox, quiet, addresses=frozenset({"user2@example.com"}), times=2)
    began = world.clock.now

    assert world.send(notice, slow).finished
    assert slow.asked["user2@example.com"] == 3
    assert [len(call) for call in slow.calls] == [10, 10, 10, 10, 1, 1]
    assert 10 < (world.clock.now - began).total_seconds() < 300


def test_who_is_put_off_for_ever_is_left_to_a_later_run(tmp_path: Path) -> None:
    world = World(tmp_path, [account(at) for at in range(1, 21)])
    notice = world.announce().notice
    slow = Greylisting(world.outbox, quiet, addresses=frozenset({"user2@example.com"}), times=1_000)
    with pytest.raises(NoticeError, match=r"took nothing: 450 4\.7\.1 later"):
        world.send(notice, slow)
    assert world.states(notice.plan) == {State.ACCEPTED: 19, State.PENDING: 1}
    assert slow.asked["user2@example.com"] < 10


def test_a_run_that_cannot_wait_offers_each_mail_once(tmp_path: Path) -> None:
    world = World(tmp_path, [account(at) for at in range(1, 21)])
    notice = world.announce().notice
    slow = Greylisting(world.outbox, quiet, addresses=frozenset({"user2@example.com"}))

    assert not world.send(notice, slow, waits=False).finished
    assert set(slow.asked.values()) == {1}
    assert world.send(notice, slow, waits=False).finished
