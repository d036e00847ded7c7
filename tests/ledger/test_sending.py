"""Claim, begin, report: every mail once, and what nobody knows is called unknown."""

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.given import (
    LEASE,
    NOW,
    TODAY,
    Clock,
    account,
    announce,
    announced,
    begin,
    begun,
    by_hand,
    claim,
    counted,
    heard,
    known_later,
    let_leases_run_out,
    mail,
    notice,
    outcome,
    planned,
    send,
    settle,
)
from toolkit.errors import LedgerError
from toolkit.ledger.commitments import commit
from toolkit.ledger.entries import Claimed, ClaimLost, Count, Report
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State


def ids(held: tuple[Claimed, ...]) -> list[str]:
    return [one.account.id for one in held]


def test_a_claim_holds_as_many_as_asked_in_the_order_of_the_accounts(ledger: Ledger) -> None:
    plan = announced(ledger, audience=5).plan
    assert [held.account for held in claim(ledger, plan, size=2)] == [account(1), account(2)]
    assert ids(claim(ledger, plan, size=9, by="other")) == ["client-3", "client-4", "client-5"]
    assert claim(ledger, plan) == ()


def test_every_delivery_has_a_random_reference_that_stays(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1_500).plan
    refs = [ref for (ref,) in by_hand(url, "SELECT ref FROM deliveries")]
    assert len(set(refs)) == 1_500
    assert all(len(ref) == 32 and set(ref) <= set("0123456789abcdef") for ref in refs)
    held = claim(ledger, plan, size=2)
    ledger.sending.release(plan, token="mine")
    assert [one.ref for one in claim(ledger, plan, size=2)] == [one.ref for one in held]


def test_references_do_not_follow_from_plan_and_account(tmp_path: Path) -> None:
    """The same plan to the same accounts, in two ledgers: nothing of one tells anything of the other."""
    found = []
    for name in ("one", "other"):
        with Ledger.open(f"sqlite:///{tmp_path / name}.db") as ledger:
            found.append({held.ref for held in claim(ledger, announced(ledger).plan)})
    assert not found[0] & found[1]


def test_a_claim_holds_one_variant_only(ledger: Ledger) -> None:
    ledger.accounts.record([account(number) for number in range(1, 7)])
    audience = [*planned(1, 3, 5, variant=1), *planned(2, 4, 6)]
    announce(ledger, notice(), audience)
    claims = [claim(ledger, notice().plan), claim(ledger, notice().plan)]
    assert [{held.variant for held in one} for one in claims] == [{0}, {1}]
    assert [len(one) for one in claims] == [3, 3]


def test_a_claim_reads_the_account_again(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    moved = account(1, email="moved@example.com", name="Renamed", language="zh-Hant")
    ledger.accounts.record([moved])
    assert claim(ledger, plan, size=1)[0].account == moved


BARRED: list[tuple[dict[str, object], str]] = [
    ({"closed": TODAY}, "account closed"),
    ({"restricted": True}, "restricted"),
    ({"email": ""}, "no usable address"),
    ({"email": "gone"}, "no usable address"),
]


@pytest.mark.parametrize(("change", "reason"), BARRED)
def test_who_cannot_be_told_any_more_is_skipped_and_the_reason_kept(
    ledger: Ledger, url: str, change: dict[str, object], reason: str
) -> None:
    plan = announced(ledger).plan
    ledger.accounts.record([account(2, **change)])
    assert ids(claim(ledger, plan)) == ["client-1", "client-3"]
    assert counted(ledger, plan) == {State.CLAIMED: 2, State.SKIPPED: 1}
    assert by_hand(url, "SELECT ref, text FROM outcomes") == by_hand(
        url,
        f"SELECT ref, '{reason}' FROM deliveries WHERE account = 2",  # noqa: S608
    )


def test_an_account_that_closes_after_the_day_of_sending_is_told(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    ledger.accounts.record([account(2, closed=TODAY + timedelta(days=1))])
    assert ids(claim(ledger, plan)) == ["client-1", "client-2", "client-3"]


def test_who_was_erased_is_skipped(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    ledger.accounts.erase("client-2")
    assert ids(claim(ledger, plan)) == ["client-1", "client-3"]
    assert counted(ledger, plan) == {State.CLAIMED: 2, State.SKIPPED: 1}


def test_a_claim_goes_on_past_those_it_skips(ledger: Ledger) -> None:
    plan = announced(ledger, audience=9).plan
    ledger.accounts.record([account(number, restricted=True) for number in range(1, 9)])
    assert ids(claim(ledger, plan, size=2)) == ["client-9"]


def test_a_closed_account_is_told_where_the_notice_is_for_closed_ones_too(ledger: Ledger) -> None:
    closed = {"closed": date(2026, 11, 1)}
    ledger.accounts.record([account(1, **closed), account(2, **closed), account(3, **closed, restricted=True)])
    announce(ledger, notice(), [*planned(1, 3, though_closed=True), *planned(2)])
    assert ids(claim(ledger, notice().plan)) == ["client-1"]


def test_a_delivery_is_what_the_transport_said(ledger: Ledger) -> None:
    plan = announced(ledger, audience=4).plan
    attempt = begun(ledger, plan)
    said = (State.ACCEPTED, State.REFUSED, State.UNKNOWN, State.PENDING)
    settle(ledger, attempt, *said)
    assert counted(ledger, plan) == dict.fromkeys(said, 1)
    assert ids(claim(ledger, plan)) == ["client-4"]


def test_an_attempt_is_written_before_it_is_answered(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    assert by_hand(url, "SELECT id, host FROM attempts") == [(attempt.id, "here")]
    assert by_hand(url, "SELECT count(*) FROM recipients") == [(3,)]
    assert by_hand(url, "SELECT count(*) FROM reports") == [(0,)]


def test_only_who_holds_a_delivery_may_begin(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    held = claim(ledger, plan, size=2)
    (other,) = claim(ledger, plan, by="other")
    strange = replace(held[0], ref="0" * 32)
    for given, by in ((held, "other"), ((*held, other), "mine"), ((*held, strange), "mine")):
        with pytest.raises(ClaimLost, match="does not hold the delivery"):
            begin(ledger, plan, given, by=by)
    begin(ledger, plan, held)
    with pytest.raises(ClaimLost, match=f"{held[0].ref} any more"):
        begin(ledger, plan, held)


def test_an_attempt_is_at_each_of_its_deliveries_once(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    held = claim(ledger, plan)
    for given in ((), (held[0], held[0])):
        with pytest.raises(LedgerError, match="each of them once"):
            begin(ledger, plan, given)


def test_nobody_begins_after_the_lease(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    held = claim(ledger, plan)
    let_leases_run_out(url)
    with pytest.raises(ClaimLost, match="any more"):
        begin(ledger, plan, held)


def test_a_lease_that_is_renewed_lasts(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    held = claim(ledger, plan)
    let_leases_run_out(url)
    assert ledger.sending.renew(plan, lease=LEASE, token="other") == 0
    assert ledger.sending.renew(plan, lease=LEASE, token="mine") == 3
    ledger.sending.recover(plan)
    begin(ledger, plan, held)
    assert counted(ledger, plan) == {State.CLAIMED: 3}


def test_only_who_began_may_answer_and_only_once(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    with pytest.raises(ClaimLost, match="any more"):
        settle(ledger, attempt, State.ACCEPTED, by="other")
    settle(ledger, attempt, State.ACCEPTED)
    with pytest.raises(ClaimLost, match="any more"):
        settle(ledger, attempt, State.ACCEPTED)


def test_a_refused_answer_changes_nothing(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan, size=2)
    first, second = attempt.refs
    (third,) = claim(ledger, plan, by="other")
    good = outcome(first, attempt=attempt.id)
    for bad in (
        outcome(third.ref, attempt=attempt.id),
        outcome(first, attempt=attempt.id),
        outcome(second, State.BOUNCED, attempt=attempt.id),
        outcome(second, attempt=attempt.id + 1),
        outcome("0" * 32, attempt=attempt.id),
    ):
        with pytest.raises(LedgerError):
            heard(ledger, good, bad, by="mine")
    assert counted(ledger, plan) == {State.CLAIMED: 3}
    assert by_hand(url, "SELECT * FROM reports") == []


def test_a_release_gives_back_what_has_not_begun(ledger: Ledger) -> None:
    plan = announced(ledger, audience=4).plan
    held = claim(ledger, plan, size=3)
    begin(ledger, plan, held[:1])
    assert ledger.sending.release(plan, token="other") == 0
    assert ledger.sending.release(plan, token="mine") == 2
    assert counted(ledger, plan) == {State.CLAIMED: 1, State.PENDING: 3}


def test_a_crashed_sender_leaves_its_rows_unknown(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=5).plan
    begin(ledger, plan, claim(ledger, plan, size=4)[:3])
    assert ledger.sending.recover(plan) == (
        Count(state=State.PENDING, deliveries=0),
        Count(state=State.UNKNOWN, deliveries=0),
    )
    let_leases_run_out(url)
    assert ledger.sending.recover(plan) == (
        Count(state=State.PENDING, deliveries=1),
        Count(state=State.UNKNOWN, deliveries=3),
    )
    assert counted(ledger, plan) == {State.UNKNOWN: 3, State.PENDING: 2}
    assert ids(claim(ledger, plan)) == ["client-4", "client-5"]


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
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    assert counted(ledger, plan) == {State.UNKNOWN: 3, State.PENDING: 2}


def test_a_sender_that_comes_back_late_may_still_say_what_it_heard(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    assert ledger.sending.unknown(plan) == (attempt,)
    settle(ledger, attempt, State.ACCEPTED, State.UNKNOWN, State.ACCEPTED)
    assert counted(ledger, plan) == {State.ACCEPTED: 2, State.UNKNOWN: 1}


def test_unknown_is_settled_by_what_becomes_known(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=4).plan
    attempt = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    one, two, *others = attempt.refs
    heard(ledger, outcome(one, attempt=attempt.id), outcome(two, State.PENDING, attempt=attempt.id))
    assert counted(ledger, plan) == {State.ACCEPTED: 1, State.PENDING: 1, State.UNKNOWN: 2}
    (left,) = ledger.sending.unknown(plan)
    assert left == replace(attempt, refs=tuple(others))
    known_later(ledger, left, State.ACCEPTED)
    assert ledger.sending.unknown(plan) == ()
    assert by_hand(url, "SELECT count(*) FROM outcomes GROUP BY report") == [(2,), (2,)]


def test_a_person_may_settle_what_is_unknown(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    heard(ledger, outcome(attempt.refs[0], text="seen in the provider's log"), source="person")
    assert counted(ledger, plan) == {State.ACCEPTED: 1}
    assert by_hand(url, "SELECT source, attempt FROM reports JOIN outcomes ON report = id") == [("person", attempt.id)]


def test_what_is_no_longer_unknown_is_written_down_but_does_not_move(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    settle(ledger, attempt, State.ACCEPTED)
    known_later(ledger, attempt, State.REFUSED)
    assert counted(ledger, plan) == {State.ACCEPTED: 3}
    assert by_hand(url, "SELECT count(*) FROM outcomes") == [(6,)]


def test_a_post_of_a_thousand_events_is_one_report(ledger: Ledger, url: str, clock: Clock) -> None:
    plan = announced(ledger, audience=1_000).plan
    send(ledger, plan)
    refs = [ref for (ref,) in by_hand(url, "SELECT ref FROM deliveries")]
    clock.now = NOW + timedelta(hours=2)
    events = [
        outcome(ref, State.BOUNCED if at % 10 == 0 else State.DELIVERED, happened_at=NOW + timedelta(hours=1))
        for at, ref in enumerate(refs)
    ]
    before = by_hand(url, "SELECT count(*) FROM reports")[0][0]
    heard(ledger, *events, source="sendgrid")
    assert by_hand(url, "SELECT count(*) FROM reports")[0][0] == before + 1
    assert counted(ledger, plan) == {State.DELIVERED: 900, State.BOUNCED: 100}
    times = by_hand(url, "SELECT happened_at < heard_at FROM reports WHERE source = 'sendgrid'")
    assert [bool(earlier) for (earlier,) in times] == [True]


def test_an_accepted_mail_may_come_back_and_a_second_event_of_a_post_counts(ledger: Ledger) -> None:
    plan = announced(ledger, audience=2).plan
    attempt = begun(ledger, plan)
    settle(ledger, attempt, State.ACCEPTED)
    first, second = attempt.refs
    heard(ledger, outcome(first, State.DELIVERED), outcome(first, State.BOUNCED), outcome(second, State.DROPPED))
    assert counted(ledger, plan) == {State.BOUNCED: 1, State.DROPPED: 1}


def test_an_event_that_comes_before_the_answer_counts_and_the_answer_is_still_written(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = begun(ledger, plan)
    heard(ledger, outcome(attempt.refs[0], State.DELIVERED), source="sendgrid")
    assert counted(ledger, plan) == {State.DELIVERED: 1}
    settle(ledger, attempt, State.ACCEPTED)
    assert counted(ledger, plan) == {State.DELIVERED: 1}
    assert by_hand(url, "SELECT claim, lease_until FROM deliveries") == [(None, None)]
    assert by_hand(url, "SELECT state FROM outcomes ORDER BY report") == [("delivered",), ("accepted",)]


def test_nobody_answers_for_a_holder_that_lives(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = begun(ledger, plan)
    with pytest.raises(LedgerError, match="is being handed over; its sender will say"):
        known_later(ledger, attempt, State.PENDING)
    assert counted(ledger, plan) == {State.CLAIMED: 1}


def test_who_was_told_by_an_old_attempt_after_all_is_told_though_the_delivery_is_claimed_again(
    ledger: Ledger, url: str
) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    known_later(ledger, first, State.PENDING)
    assert ids(claim(ledger, plan, by="second")) == ["client-1"]
    with pytest.raises(ClaimLost, match="any more"):
        settle(ledger, first, State.ACCEPTED)
    known_later(ledger, first, State.ACCEPTED)
    assert counted(ledger, plan) == {State.ACCEPTED: 1}


def test_an_erased_account_can_still_be_asked_about_by_its_reference(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    ledger.accounts.erase("client-2")
    assert ledger.sending.unknown(plan) == (attempt,)
    known_later(ledger, attempt, State.ACCEPTED)
    assert counted(ledger, plan) == {State.ACCEPTED: 3}


def test_a_notice_to_nobody_is_finished_at_once(ledger: Ledger) -> None:
    announce(ledger, notice(), [])
    assert claim(ledger, notice().plan) == ()
    assert counted(ledger, notice().plan) == {}


def test_senders_in_threads_never_share_an_account(ledger: Ledger) -> None:
    plan = announced(ledger, audience=400).plan
    taken: Counter[str] = Counter()

    def sender(name: str) -> None:
        while held := claim(ledger, plan, size=7, by=name):
            taken.update(ids(held))

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
            settle(ledger, begin(ledger, plan, held, by=name), State.ACCEPTED, by=name)
            mine += ids(held)
    taken.put(mine)


def test_senders_in_processes_never_share_an_account(url: str) -> None:
    with Ledger.open(url) as ledger:  # all on the real clock, as on several machines
        plan = announced(ledger, audience=200).plan
        spawn = multiprocessing.get_context("spawn")
        taken: multiprocessing.Queue[list[str]] = spawn.Queue()
        senders = [
            spawn.Process(target=_send_from_a_process, args=(url, plan, f"sender {number}", taken))
            for number in range(3)
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


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DELIVERED])
def test_who_was_told_by_the_evidence_is_never_handed_over_again(ledger: Ledger, url: str, state: State) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    settle(ledger, attempt, State.ACCEPTED)
    if state is State.DELIVERED:
        known_later(ledger, attempt, state)
    by_hand(url, "UPDATE deliveries SET state = 'pending', attempt = NULL WHERE account IN (1, 3)")
    assert claim(ledger, plan) == ()
    assert (
        by_hand(url, "SELECT state, attempt, claim FROM deliveries WHERE account IN (1, 3)")
        == [(state, attempt.id, None)] * 2
    )
    ledger.evidence.seal()
    assert ledger.evidence.verify() == ()


def test_who_was_told_by_one_notice_is_not_told_of_that_version_by_another(ledger: Ledger, url: str) -> None:
    send(ledger, announced(ledger).plan)
    by_hand(url, "UPDATE deliveries SET state = 'cancelled', attempt = NULL WHERE account = 2")
    ledger.accounts.record([account(4)])
    announce(ledger, notice("b"), planned(2, 4))
    assert ids(claim(ledger, notice("b").plan)) == ["client-4"]
    assert counted(ledger, notice("b").plan) == {State.CLAIMED: 1, State.SKIPPED: 1}
    assert by_hand(url, "SELECT text FROM outcomes WHERE state = 'skipped'") == [("already told",)]


def test_who_was_told_of_a_later_version_is_not_told_of_an_older_one(ledger: Ledger, url: str) -> None:
    older = announced(ledger)
    announce(ledger, notice("b", version="10.0.0"), planned(1, 2))
    settle(ledger, begun(ledger, notice("b").plan), State.ACCEPTED, State.REFUSED)
    assert ids(claim(ledger, older.plan)) == ["client-2", "client-3"]
    assert by_hand(url, "SELECT text FROM outcomes WHERE state = 'skipped'") == [("told of a later version",)]


def test_while_the_answer_about_a_later_version_is_unknown_nobody_is_told_of_an_older_one(ledger: Ledger) -> None:
    later = announced(ledger, audience=1)
    settle(ledger, begun(ledger, later.plan), State.UNKNOWN)
    older = announce(ledger, notice("b", version="1.5.0"), planned(1))
    assert claim(ledger, older.plan) == ()
    assert ledger.notices.skipped(older.plan) == {"handed over a later version, answer unknown": 1}


def test_a_later_mail_that_left_before_this_version_was_public_keeps_nobody_from_being_told(
    ledger: Ledger, clock: Clock
) -> None:
    later = announced(ledger, audience=1)
    send(ledger, later.plan)
    clock.now += timedelta(days=2)
    between = announce(ledger, notice("b", version="1.5.0"), planned(1))
    asked: dict[str, Any] = {"size": 9, "lease": LEASE, "on": TODAY, "token": "mine"}
    assert ledger.sending.claim(between.plan, public_at=clock.now, **asked)
    ledger.sending.release(between.plan, token="mine")
    assert not ledger.sending.claim(between.plan, public_at=NOW, **asked)
    assert counted(ledger, between.plan) == {State.SKIPPED: 1}


def test_a_later_version_whose_mail_came_back_keeps_nobody_from_being_told(ledger: Ledger) -> None:
    older = announced(ledger)
    announce(ledger, notice("b", version="3.0.0"), planned(1))
    later = begun(ledger, notice("b").plan)
    settle(ledger, later, State.ACCEPTED)
    known_later(ledger, later, State.BOUNCED)
    assert ids(claim(ledger, older.plan)) == ["client-1", "client-2", "client-3"]


def test_who_was_told_of_another_version_or_refused_is_handed_over(ledger: Ledger, url: str) -> None:
    first = announced(ledger)
    settle(ledger, begun(ledger, first.plan, size=1), State.REFUSED)
    by_hand(url, "UPDATE deliveries SET state = 'pending', attempt = NULL WHERE account = 1")
    send(ledger, first.plan)
    announce(ledger, notice("b", version="3.0.0"), planned(1, 2))
    announce(ledger, notice("c", policy="terms"), planned(1, 2))
    assert len(claim(ledger, notice("b").plan)) == len(claim(ledger, notice("c").plan)) == 2


def test_an_answer_that_comes_between_claim_and_attempt_stops_the_second_mail(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    known_later(ledger, first, State.PENDING)
    held = claim(ledger, plan, by="second")
    known_later(ledger, first, State.ACCEPTED)
    with pytest.raises(ClaimLost, match=f"{held[0].ref} any more"):
        begin(ledger, plan, held, by="second")
    ledger.sending.release(plan, token="second")
    assert claim(ledger, plan, by="third") == ()
    assert counted(ledger, plan) == {State.ACCEPTED: 1}


def test_cancelling_ends_what_has_not_begun_and_leaves_what_is_being_handed_over(ledger: Ledger) -> None:
    plan = announced(ledger, audience=6).plan
    attempt = begun(ledger, plan, size=1)
    held = claim(ledger, plan, size=2, by="other")
    assert ledger.sending.cancel(plan) == 5
    assert counted(ledger, plan) == {State.CLAIMED: 1, State.CANCELLED: 5}
    assert claim(ledger, plan) == ()
    with pytest.raises(ClaimLost):
        begin(ledger, plan, held, by="other")
    settle(ledger, attempt, State.ACCEPTED)
    assert counted(ledger, plan) == {State.ACCEPTED: 1, State.CANCELLED: 5}


def test_cancelling_leaves_other_notices_alone(ledger: Ledger) -> None:
    first = announced(ledger)
    other = announce(ledger, notice("b", version="3.0.0"), planned(1))
    assert ledger.sending.cancel(other.plan) == 1
    assert counted(ledger, first.plan) == {State.PENDING: 3}


@pytest.mark.parametrize("wrong", [timedelta(seconds=-30), timedelta(seconds=30), timedelta(days=9)])
def test_a_worker_whose_clock_is_wrong_ends_nobodys_lease_where_the_database_has_a_clock(
    postgresql_url: str, wrong: timedelta
) -> None:
    with (
        Ledger.open(postgresql_url) as right,
        Ledger.open(postgresql_url, clock=Clock(NOW + wrong)) as astray,
    ):
        plan = announced(right).plan
        begun(right, plan, size=1)
        claim(right, plan, size=1)
        astray.sending.recover(plan)
        assert counted(right, plan) == {State.CLAIMED: 2, State.PENDING: 1}
        claim(astray, plan, by="astray")
        right.sending.recover(plan)
        assert counted(right, plan) == {State.CLAIMED: 3}


def test_a_lease_is_as_long_as_asked_on_sqlite(sqlite_url: str, clock: Clock) -> None:
    with Ledger.open(sqlite_url, clock=clock) as ledger:
        plan = announced(ledger, audience=1).plan
        ledger.sending.claim(plan, size=1, lease=timedelta(hours=1), token="mine", on=TODAY)
        clock.now = NOW + timedelta(minutes=59)
        ledger.sending.recover(plan)
        assert counted(ledger, plan) == {State.CLAIMED: 1}
        clock.now = NOW + timedelta(hours=1)
        ledger.sending.recover(plan)
        assert counted(ledger, plan) == {State.PENDING: 1}


def test_a_lease_from_a_clock_that_ran_far_ahead_has_run_out_on_sqlite(sqlite_url: str, clock: Clock) -> None:
    with Ledger.open(sqlite_url, clock=clock) as ledger:
        plan = announced(ledger).plan
        clock.now = NOW + timedelta(days=9)
        claim(ledger, plan, size=1)
        clock.now = NOW
        ledger.sending.recover(plan)
        assert counted(ledger, plan) == {State.PENDING: 3}


def test_a_lease_of_more_than_an_hour_is_refused(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    with pytest.raises(LedgerError, match="lease of 1:00:01 is too long"):
        ledger.sending.claim(plan, size=1, lease=timedelta(hours=1, seconds=1), token="mine", on=TODAY)


def test_nobody_begins_at_the_very_end_of_the_lease(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    held = ledger.sending.claim(plan, size=3, lease=timedelta(0), token="mine", on=TODAY)
    with pytest.raises(ClaimLost, match="any more"):
        begin(ledger, plan, held)


def test_what_is_pending_again_keeps_nothing_of_its_old_attempt(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    known_later(ledger, first, State.PENDING)
    assert by_hand(url, "SELECT state, claim, lease_until, attempt FROM deliveries") == [("pending", None, None, None)]
    assert begun(ledger, plan, by="second").refs == first.refs


def test_an_old_attempt_does_not_settle_what_a_newer_one_left_unknown(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    known_later(ledger, first, State.PENDING)
    second = begun(ledger, plan, by="second")
    let_leases_run_out(url)
    ledger.sending.recover(plan)
    known_later(ledger, first, State.REFUSED)
    assert counted(ledger, plan) == {State.UNKNOWN: 1}
    assert ledger.sending.unknown(plan) == (second,)


def test_what_was_filled_in_is_kept_for_every_attempt_until_the_account_is_erased(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=2).plan
    held = claim(ledger, plan)
    attempt = begin(ledger, plan, held)
    settle(ledger, attempt, State.PENDING)
    again = claim(ledger, plan)
    begin(ledger, plan, again)
    found = ledger.evidence.handed_over(held[0].ref)
    assert [each.filled for each in found] == [mail(held[0]).filled] * 2
    assert len({each.commitment for each in found}) == 2  # another salt each time
    ledger.accounts.erase("client-1")
    assert [(each.filled, each.salt) for each in ledger.evidence.handed_over(held[0].ref)] == [(None, None)] * 2
    assert by_hand(url, "SELECT count(*) FROM personalizations") == [(2,)]


def test_an_event_of_a_mail_that_was_thought_not_to_have_left_stops_the_second_mail(ledger: Ledger, url: str) -> None:
    """A provider knows the reference only; the delivery was pending again, or cancelled meanwhile."""
    plan = announced(ledger, audience=2).plan
    attempt = begun(ledger, plan)
    settle(ledger, attempt, State.PENDING)
    first, second = attempt.refs
    heard(ledger, outcome(first, State.DELIVERED), source="sendgrid")
    ledger.sending.cancel(plan)
    heard(ledger, outcome(second, State.BOUNCED), source="sendgrid")
    assert claim(ledger, plan) == ()
    assert counted(ledger, plan) == {State.DELIVERED: 1, State.BOUNCED: 1}
    assert by_hand(url, "SELECT DISTINCT attempt FROM deliveries") == [(attempt.id,)]
    ledger.evidence.seal()
    assert ledger.evidence.verify() == ()


def test_a_report_about_an_attempt_that_never_had_the_delivery_is_refused(ledger: Ledger) -> None:
    plan = announced(ledger, audience=2).plan
    one, other = begun(ledger, plan, size=1), begun(ledger, plan, size=1)
    with pytest.raises(LedgerError, match=f"attempt {other.id} had no delivery {one.refs[0]}"):
        heard(ledger, outcome(one.refs[0], attempt=other.id))


def test_a_plan_that_is_wanted_again_keeps_its_references(ledger: Ledger, url: str) -> None:
    first = announced(ledger)
    settle(ledger, begun(ledger, first.plan), State.PENDING)
    refs = by_hand(url, "SELECT ref FROM deliveries ORDER BY account")
    ledger.sending.cancel(first.plan)
    announce(ledger, first, planned(1, 2, 3))
    assert counted(ledger, first.plan) == {State.PENDING: 3}
    assert by_hand(url, "SELECT ref FROM deliveries ORDER BY account") == refs
    for number in (1, 2, 3):
        ledger.accounts.erase(f"client-{number}")
    assert by_hand(url, "SELECT * FROM personalizations") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("550 5.1.1 <ada@example.com>: unknown", "550 5.1.1 <address>: unknown"),
        ('"ada l"@example.com is full', "<address> is full"),
        ("see /u/ada%40example.com", "see <address>"),
        ("a\0b\udc80c", "a\ufffdb\ufffdc"),
        ("x" * 5_000, "x" * 1_000),
    ],
)
def test_what_a_server_says_is_kept_without_addresses_and_odd_signs(
    ledger: Ledger, url: str, text: str, kept: str
) -> None:
    attempt = begun(ledger, announced(ledger, audience=1).plan)
    heard(ledger, outcome(attempt.refs[0], attempt=attempt.id, text=text, provider_id=text), by="mine")
    assert by_hand(url, "SELECT text, provider_id FROM outcomes") == [(kept, kept)]


def test_what_was_heard_word_by_word_is_committed_to_and_erasable(ledger: Ledger, url: str) -> None:
    attempt = begun(ledger, announced(ledger, audience=1).plan)
    raw = b'{"email": "person1@example.com", "event": "delivered"}'
    report = Report(source="sendgrid", outcomes=(outcome(attempt.refs[0], State.DELIVERED),), raw=raw)
    ledger.sending.record_report(report)
    ((digest,),) = by_hand(url, "SELECT raw_digest FROM reports")
    ((kept, salt),) = by_hand(url, "SELECT raw, salt FROM raw_reports")
    assert (bytes(kept), digest) == (raw, commit(bytes(salt), raw))
    ledger.accounts.erase("client-1")
    assert by_hand(url, "SELECT * FROM raw_reports") == []


def in_threads(*deeds: Callable[[], object]) -> list[BaseException]:
    """Run deeds at once, each many times over; return what went wrong."""
    wrong: list[BaseException] = []

    def run(deed: Callable[[], object]) -> None:
        try:
            for _ in range(25):
                deed()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_an_import_beside_a_sender_and_its_heartbeat_never_wait_for_each_other(ledger: Ledger) -> None:
    plan = announced(ledger, audience=400).plan
    names = iter(range(10_000))

    def bring_in() -> None:
        name = f"Name {next(names)}"
        ledger.accounts.record([account(number, name=name) for number in range(400, 0, -1)])

    def hand_over() -> None:
        held = claim(ledger, plan, size=300)
        with suppress(ClaimLost):
            settle(ledger, begin(ledger, plan, held), State.PENDING)
        ledger.sending.release(plan, token="mine")

    def beat() -> None:
        ledger.sending.renew(plan, lease=LEASE, token="mine")
        ledger.sending.recover(plan)

    assert in_threads(bring_in, hand_over, beat, beat) == []
