"""Claim, begin, settle: every mail once, and what nobody knows is called unknown."""

import multiprocessing
import os
import signal
import threading
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.ledger.given import (
    LATER,
    LEASE,
    NOW,
    account,
    announce,
    announced,
    begin,
    begun,
    by_hand,
    claim,
    counted,
    notice,
    outcomes,
    planned,
    send,
)
from toolkit.errors import LedgerError
from toolkit.ledger.entries import ClaimLost, Count, Outcome, State
from toolkit.ledger.ledger import Ledger


def test_a_claim_holds_as_many_as_asked_in_the_order_of_the_accounts(ledger: Ledger) -> None:
    plan = announced(ledger, audience=5).plan
    assert [held.account for held in claim(ledger, plan, size=2)] == [account(1), account(2)]
    assert [held.account.id for held in claim(ledger, plan, size=9, by="other")] == [
        "client-3",
        "client-4",
        "client-5",
    ]
    assert claim(ledger, plan) == ()


def test_a_claim_holds_one_variant_only(ledger: Ledger) -> None:
    ledger.record_accounts([account(number) for number in range(1, 7)])
    audience = [*planned(1, 3, 5, variant=1), *planned(2, 4, 6)]
    announce(ledger, notice(), audience)
    claims = [claim(ledger, notice().plan), claim(ledger, notice().plan)]
    assert [{held.variant for held in one} for one in claims] == [{0}, {1}]
    assert [len(one) for one in claims] == [3, 3]


def test_a_claim_reads_the_account_again(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    ledger.record_accounts([account(1, email="moved@example.com", name="Renamed", language="zh-Hant")])
    assert claim(ledger, plan, size=1)[0].account == account(
        1, email="moved@example.com", name="Renamed", language="zh-Hant"
    )


@pytest.mark.parametrize("change", [{"closed": date(2026, 11, 1)}, {"restricted": True}, {"email": ""}])
def test_who_cannot_be_told_any_more_is_skipped(ledger: Ledger, change: dict[str, object]) -> None:
    plan = announced(ledger).plan
    ledger.record_accounts([account(2, **change)])
    assert [held.account.id for held in claim(ledger, plan)] == ["client-1", "client-3"]
    assert counted(ledger, plan) == {State.CLAIMED: 2, State.SKIPPED: 1}


def test_who_was_erased_is_skipped(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    ledger.erase("client-2")
    assert [held.account.id for held in claim(ledger, plan)] == ["client-1", "client-3"]
    assert counted(ledger, plan) == {State.CLAIMED: 2, State.SKIPPED: 1}


def test_a_claim_goes_on_past_those_it_skips(ledger: Ledger) -> None:
    plan = announced(ledger, audience=9).plan
    ledger.record_accounts([account(number, restricted=True) for number in range(1, 9)])
    assert [held.account.id for held in claim(ledger, plan, size=2)] == ["client-9"]


def test_a_closed_account_is_told_where_the_notice_is_for_closed_ones_too(ledger: Ledger) -> None:
    closed = {"closed": date(2026, 11, 1)}
    ledger.record_accounts([account(1, **closed), account(2, **closed), account(3, **closed, restricted=True)])
    announce(ledger, notice(), [*planned(1, 3, though_closed=True), *planned(2)])
    assert [held.account.id for held in claim(ledger, notice().plan)] == ["client-1"]


def test_a_settled_delivery_is_what_the_transport_said(ledger: Ledger) -> None:
    plan = announced(ledger, audience=4).plan
    attempt = begun(ledger, plan)
    said = [State.ACCEPTED, State.REFUSED, State.UNKNOWN, State.PENDING]
    ledger.settle(
        attempt,
        token="mine",
        outcomes=[Outcome(account=who, state=state) for who, state in zip(attempt.accounts, said, strict=True)],
        now=NOW,
    )
    assert counted(ledger, plan) == dict.fromkeys(said, 1)
    assert [held.account.id for held in claim(ledger, plan)] == ["client-4"]


def test_an_attempt_is_written_before_it_is_settled(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    assert by_hand(url, "SELECT id, host FROM attempts") == [(attempt.id, "here")]
    assert by_hand(url, "SELECT count(*) FROM recipients") == [(3,)]
    assert by_hand(url, "SELECT count(*) FROM answers") == [(0,)]


def test_only_who_holds_a_delivery_may_begin(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    held = [one.account.id for one in claim(ledger, plan, size=2)]
    for accounts, by in ((held, "other"), ([*held, "client-3"], "mine"), ([*held, "client-9"], "mine")):
        with pytest.raises(LedgerError, match="does not hold the delivery to account"):
            begin(ledger, plan, accounts, by=by)
    begin(ledger, plan, held)
    with pytest.raises(LedgerError, match="'client-1' any more"):
        begin(ledger, plan, held)


@pytest.mark.parametrize("accounts", [[], ["client-1", "client-1"]])
def test_an_attempt_is_to_each_of_its_accounts_once(ledger: Ledger, accounts: list[str]) -> None:
    plan = announced(ledger).plan
    claim(ledger, plan)
    with pytest.raises(LedgerError, match="each of them once"):
        begin(ledger, plan, accounts)


def test_nobody_begins_after_the_lease(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    claim(ledger, plan)
    with pytest.raises(LedgerError, match="any more"):
        ledger.begin(
            plan,
            token="mine",
            transport="outbox",
            host="here",
            body_digest="",
            accounts=["client-1"],
            now=LATER,
        )


def test_only_who_began_may_settle_and_only_once(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    with pytest.raises(LedgerError, match="any more"):
        ledger.settle(attempt, token="other", outcomes=outcomes(attempt), now=NOW)
    ledger.settle(attempt, token="mine", outcomes=outcomes(attempt), now=NOW)
    with pytest.raises(LedgerError, match="any more"):
        ledger.settle(attempt, token="mine", outcomes=outcomes(attempt), now=NOW)


def test_a_refused_settlement_changes_nothing(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan, size=2)
    good = Outcome(account="client-1", state=State.ACCEPTED)
    for bad in (
        Outcome(account="client-3", state=State.ACCEPTED),
        Outcome(account="client-1", state=State.ACCEPTED),
        Outcome(account="client-2", state=State.BOUNCED),
    ):
        with pytest.raises(LedgerError):
            ledger.settle(attempt, token="mine", outcomes=[good, bad], now=NOW)
    assert counted(ledger, plan) == {State.CLAIMED: 2, State.PENDING: 1}
    assert by_hand(url, "SELECT * FROM answers") == []


def test_a_release_gives_back_what_has_not_begun(ledger: Ledger) -> None:
    plan = announced(ledger, audience=4).plan
    held = [one.account.id for one in claim(ledger, plan, size=3)]
    begin(ledger, plan, held[:1])
    assert ledger.release(plan, token="other") == 0
    assert ledger.release(plan, token="mine") == 2
    assert counted(ledger, plan) == {State.CLAIMED: 1, State.PENDING: 3}


def test_a_crashed_sender_leaves_its_rows_unknown(ledger: Ledger) -> None:
    plan = announced(ledger, audience=5).plan
    held = [one.account.id for one in claim(ledger, plan, size=4)]
    begin(ledger, plan, held[:3])
    assert ledger.recover(plan, now=NOW) == (
        Count(state=State.PENDING, deliveries=0),
        Count(state=State.UNKNOWN, deliveries=0),
    )
    assert ledger.recover(plan, now=LATER) == (
        Count(state=State.PENDING, deliveries=1),
        Count(state=State.UNKNOWN, deliveries=3),
    )
    assert counted(ledger, plan) == {State.UNKNOWN: 3, State.PENDING: 2}
    assert [one.account.id for one in claim(ledger, plan)] == ["client-4", "client-5"]


def _begin_and_be_killed(url: str, plan: str) -> None:
    begun(Ledger.open(url), plan, size=3)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_sender_killed_between_begin_and_answer_leaves_unknown_behind(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=5).plan
    sender = multiprocessing.get_context("spawn").Process(target=_begin_and_be_killed, args=(url, plan))
    sender.start()
    sender.join()
    assert sender.exitcode == -signal.SIGKILL
    assert counted(ledger, plan) == {State.CLAIMED: 3, State.PENDING: 2}
    ledger.recover(plan, now=LATER)
    assert counted(ledger, plan) == {State.UNKNOWN: 3, State.PENDING: 2}


def test_a_sender_that_comes_back_late_may_still_say_what_it_heard(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    ledger.recover(plan, now=LATER)
    ledger.settle(attempt, token="mine", outcomes=outcomes(attempt, State.UNKNOWN), now=LATER)
    assert counted(ledger, plan) == {State.UNKNOWN: 3}
    assert ledger.unknown(plan) == (attempt,)


def test_unknown_is_settled_by_what_becomes_known(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=4).plan
    attempt = begun(ledger, plan)
    ledger.recover(plan, now=LATER)
    known = [
        Outcome(account="client-1", state=State.ACCEPTED),
        Outcome(account="client-2", state=State.PENDING),
    ]
    ledger.resolve(attempt, known, now=LATER)
    assert counted(ledger, plan) == {State.ACCEPTED: 1, State.PENDING: 1, State.UNKNOWN: 2}
    (left,) = ledger.unknown(plan)
    assert (left.id, left.accounts) == (attempt.id, ("client-3", "client-4"))
    ledger.resolve(left, outcomes(left), now=LATER)
    assert ledger.unknown(plan) == ()
    assert by_hand(url, "SELECT count(*) FROM outcomes GROUP BY answer") == [(2,), (2,)]


def test_what_is_no_longer_unknown_is_written_down_but_does_not_move(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    ledger.settle(attempt, token="mine", outcomes=outcomes(attempt), now=NOW)
    ledger.resolve(attempt, outcomes(attempt, State.REFUSED), now=LATER)
    assert counted(ledger, plan) == {State.ACCEPTED: 3}
    assert by_hand(url, "SELECT count(*) FROM outcomes") == [(6,)]


def test_what_is_sent_again_after_an_unknown_is_not_moved_by_the_old_attempt(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    ledger.recover(plan, now=LATER)
    ledger.resolve(first, outcomes(first, State.PENDING), now=LATER)
    second = ledger.claim(plan, size=1, lease=LEASE, now=LATER, token="second")
    assert [one.account.id for one in second] == ["client-1"]
    with pytest.raises(LedgerError, match="any more"):
        ledger.settle(first, token="mine", outcomes=outcomes(first), now=LATER)
    ledger.resolve(first, outcomes(first), now=LATER)
    assert counted(ledger, plan) == {State.CLAIMED: 1}


def test_an_erased_account_is_not_asked_about(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    begun(ledger, plan)
    ledger.recover(plan, now=LATER)
    ledger.erase("client-2")
    (left,) = ledger.unknown(plan)
    assert left.accounts == ("client-1", "client-3")
    ledger.resolve(left, outcomes(left), now=LATER)
    assert counted(ledger, plan) == {State.ACCEPTED: 2, State.UNKNOWN: 1}
    assert ledger.unknown(plan) == ()


def test_a_notice_to_nobody_is_finished_at_once(ledger: Ledger) -> None:
    announce(ledger, notice(), [])
    assert claim(ledger, notice().plan) == ()
    assert counted(ledger, notice().plan) == {}


def test_senders_in_threads_never_share_an_account(ledger: Ledger) -> None:
    plan = announced(ledger, audience=400).plan
    taken: Counter[str] = Counter()

    def sender(name: str) -> None:
        while held := claim(ledger, plan, size=7, by=name):
            taken.update(one.account.id for one in held)

    threads = [threading.Thread(target=sender, args=(f"sender {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 400
    assert set(taken.values()) == {1}


def _send_from_a_process(url: str, plan: str, name: str, taken: "multiprocessing.Queue[list[str]]") -> None:
    mine: list[str] = []
    with Ledger.open(url) as ledger:
        while held := claim(ledger, plan, size=7, by=name):
            attempt = begin(ledger, plan, [one.account.id for one in held], by=name)
            ledger.settle(attempt, token=name, outcomes=outcomes(attempt), now=NOW)
            mine += attempt.accounts
    taken.put(mine)


def test_senders_in_processes_never_share_an_account(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=200).plan
    spawn = multiprocessing.get_context("spawn")
    taken: multiprocessing.Queue[list[str]] = spawn.Queue()
    senders = [
        spawn.Process(target=_send_from_a_process, args=(url, plan, f"sender {number}", taken)) for number in range(3)
    ]
    for sender in senders:
        sender.start()
    lists = [taken.get(timeout=60) for _ in senders]
    for sender in senders:
        sender.join()
    assert sorted(one for each in lists for one in each) == sorted(f"client-{n}" for n in range(1, 201))
    assert counted(ledger, plan) == {State.ACCEPTED: 200}


def test_the_whole_notice_is_sent_by_the_loop_of_three(ledger: Ledger) -> None:
    plan = announced(ledger, audience=250).plan
    send(ledger, plan)
    assert counted(ledger, plan) == {State.ACCEPTED: 250}


def test_a_lease_is_as_long_as_asked(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    ledger.claim(plan, size=1, lease=timedelta(hours=1), now=NOW, token="mine")
    ledger.recover(plan, now=NOW + timedelta(minutes=59))
    assert counted(ledger, plan) == {State.CLAIMED: 1}
    ledger.recover(plan, now=NOW + timedelta(hours=1))
    assert counted(ledger, plan) == {State.PENDING: 1}


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DELIVERED])
def test_who_was_told_by_the_evidence_is_never_handed_over_again(ledger: Ledger, url: str, state: State) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    ledger.settle(attempt, token="mine", outcomes=outcomes(attempt), now=NOW)
    if state is State.DELIVERED:
        ledger.resolve(attempt, outcomes(attempt, state), now=NOW)
    by_hand(url, "UPDATE deliveries SET state = 'pending', attempt = NULL WHERE account IN (1, 3)")
    assert claim(ledger, plan) == ()
    assert (
        by_hand(url, "SELECT state, attempt, claim FROM deliveries WHERE account IN (1, 3)")
        == [(state, attempt.id, None)] * 2
    )
    ledger.seal(NOW)
    assert ledger.verify() == ()


def test_who_was_told_by_one_notice_is_not_told_of_that_version_by_another(ledger: Ledger, url: str) -> None:
    send(ledger, announced(ledger).plan)
    by_hand(url, "UPDATE deliveries SET state = 'cancelled', attempt = NULL WHERE account = 2")
    ledger.record_accounts([account(4)])
    announce(ledger, notice("b"), planned(2, 4))
    assert [held.account.id for held in claim(ledger, notice("b").plan)] == ["client-4"]
    assert counted(ledger, notice("b").plan) == {State.CLAIMED: 1, State.ACCEPTED: 1}


def test_who_was_told_of_another_version_or_refused_is_handed_over(ledger: Ledger, url: str) -> None:
    first = announced(ledger)
    attempt = begun(ledger, first.plan, size=1)
    ledger.settle(attempt, token="mine", outcomes=outcomes(attempt, State.REFUSED), now=NOW)
    by_hand(url, "UPDATE deliveries SET state = 'pending', attempt = NULL WHERE account = 1")
    send(ledger, first.plan)
    announce(ledger, notice("b", version="3.0.0"), planned(1, 2))
    announce(ledger, notice("c", policy="terms"), planned(1, 2))
    assert len(claim(ledger, notice("b").plan)) == len(claim(ledger, notice("c").plan)) == 2


def test_an_answer_that_comes_between_claim_and_attempt_stops_the_second_mail(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    ledger.recover(plan, now=LATER)
    ledger.resolve(first, outcomes(first, State.PENDING), now=LATER)
    claim(ledger, plan, by="second")
    ledger.resolve(first, outcomes(first), now=LATER)
    with pytest.raises(ClaimLost, match="'client-1' any more"):
        begin(ledger, plan, ["client-1"], by="second")
    ledger.release(plan, token="second")
    assert claim(ledger, plan, by="third") == ()
    assert counted(ledger, plan) == {State.ACCEPTED: 1}


def test_cancelling_ends_what_is_pending_and_leaves_what_a_sender_holds(ledger: Ledger) -> None:
    plan = announced(ledger, audience=6).plan
    begun(ledger, plan, size=1)
    claim(ledger, plan, size=2)
    assert ledger.cancel(plan, now=NOW) == 3
    assert counted(ledger, plan) == {State.CLAIMED: 3, State.CANCELLED: 3}
    assert claim(ledger, plan) == ()
    assert ledger.cancel(plan, now=LATER) == 2
    assert counted(ledger, plan) == {State.UNKNOWN: 1, State.CANCELLED: 5}


def test_cancelling_leaves_other_notices_alone(ledger: Ledger) -> None:
    first = announced(ledger)
    other = announce(ledger, notice("b", version="3.0.0"), planned(1))
    assert ledger.cancel(other.plan, now=NOW) == 1
    assert counted(ledger, first.plan) == {State.PENDING: 3}


def test_a_lease_from_a_clock_that_ran_far_ahead_has_run_out(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    ahead = NOW + timedelta(days=9)
    ledger.claim(plan, size=1, lease=LEASE, now=ahead, token="ahead")
    ledger.recover(plan, now=NOW)
    assert counted(ledger, plan) == {State.PENDING: 3}


def test_a_lease_of_more_than_an_hour_is_refused(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    with pytest.raises(LedgerError, match="lease of 1:00:01 is too long"):
        ledger.claim(plan, size=1, lease=timedelta(hours=1, seconds=1), now=NOW, token="mine")


def test_nobody_begins_at_the_very_end_of_the_lease(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    ledger.claim(plan, size=3, lease=timedelta(0), now=NOW, token="mine")
    with pytest.raises(ClaimLost, match="any more"):
        begin(ledger, plan, ["client-1"])


def test_what_is_pending_again_keeps_nothing_of_its_old_attempt(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    ledger.recover(plan, now=LATER)
    ledger.resolve(first, outcomes(first, State.PENDING), now=LATER)
    assert by_hand(url, "SELECT state, claim, lease_until, attempt FROM deliveries") == [("pending", None, None, None)]
    assert begun(ledger, plan, by="second").accounts == first.accounts


def test_an_old_attempt_does_not_settle_what_a_newer_one_left_unknown(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    ledger.recover(plan, now=LATER)
    ledger.resolve(first, outcomes(first, State.PENDING), now=LATER)
    second = begun(ledger, plan, by="second")
    ledger.recover(plan, now=LATER)
    ledger.resolve(first, outcomes(first, State.REFUSED), now=LATER)
    assert counted(ledger, plan) == {State.UNKNOWN: 1}
    assert ledger.unknown(plan) == (second,)
