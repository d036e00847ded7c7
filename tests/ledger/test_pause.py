"""A notice can be stopped where it is, and go on later."""

from tests.ledger.given import LEASE, TODAY, announced, begin, settle
from toolkit.ledger.entries import DecisionKind
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State


def claim(ledger: Ledger, plan: str, by: str = "mine") -> int:
    return len(ledger.sending.claim(plan, size=2, lease=LEASE, token=by, on=TODAY))


def test_nothing_more_of_a_paused_notice_is_claimed_until_it_is_resumed(ledger: Ledger) -> None:
    plan = announced(ledger, 5).plan
    assert claim(ledger, plan) == 2
    assert ledger.sending.pause(plan)
    assert claim(ledger, plan, "other") == 0
    assert ledger.sending.resume(plan)
    assert claim(ledger, plan, "other") == 2


def test_what_was_in_hand_when_it_was_paused_goes_on(ledger: Ledger) -> None:
    plan = announced(ledger, 2).plan
    claimed = ledger.sending.claim(plan, size=2, lease=LEASE, token="mine", on=TODAY)
    ledger.sending.pause(plan)
    attempt = begin(ledger, plan, claimed, by="mine")
    settle(ledger, attempt, State.ACCEPTED, State.PENDING, by="mine")
    assert {count.state: count.deliveries for count in ledger.notices.counts(plan) if count.deliveries} == {
        State.ACCEPTED: 1,
        State.PENDING: 1,
    }
    assert ledger.evidence.verify() == ()


def test_a_paused_notice_can_be_cancelled_and_is_not_resumed_then(ledger: Ledger) -> None:
    plan = announced(ledger, 3).plan
    ledger.sending.pause(plan)
    assert ledger.sending.cancel(plan) == 3
    assert not ledger.sending.resume(plan)
    assert not ledger.sending.pause(plan)


def test_pausing_twice_and_resuming_what_goes_changes_nothing(ledger: Ledger) -> None:
    plan = announced(ledger, 1).plan
    assert not ledger.sending.resume(plan)
    assert [ledger.sending.pause(plan) for _ in range(2)] == [True, False]
    decision = ledger.notices.decision(plan)
    assert decision is not None
    assert decision.kind is DecisionKind.PAUSED
