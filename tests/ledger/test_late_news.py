"""A mail was thought not to have left, and news of it comes later: while it is claimed again, or sent again."""

import pytest

from tests.ledger.given import (
    announce,
    announced,
    begin,
    begun,
    by_hand,
    claim,
    counted,
    heard,
    known_later,
    notice,
    outcome,
    planned,
    settle,
)
from toolkit.errors import LedgerError
from toolkit.ledger.entries import Attempt, ClaimLost, Report
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import LEFT, State


def thought_unsent(ledger: Ledger, plan: str, *, by: str = "mine") -> Attempt:
    """Attempt all that is pending, and hear from the sender that nothing of it left."""
    attempt = begun(ledger, plan, by=by)
    settle(ledger, attempt, State.PENDING, by=by)
    return attempt


def told(ledger: Ledger) -> str:
    return ledger.accounts.standing("privacy", "client-1").told


def verified(ledger: Ledger) -> tuple[str, ...]:
    ledger.evidence.seal()
    return ledger.evidence.verify()


@pytest.mark.parametrize("state", sorted(LEFT))
def test_what_left_after_all_is_not_handed_over_again_though_it_is_claimed_again(ledger: Ledger, state: State) -> None:
    plan = announced(ledger, audience=1).plan
    first = thought_unsent(ledger, plan)
    held = claim(ledger, plan, by="second")
    known_later(ledger, first, state)
    with pytest.raises(ClaimLost):
        begin(ledger, plan, held, by="second")
    assert ledger.sending.release(plan, token="second") == 0
    assert claim(ledger, plan, by="third") == ()
    assert counted(ledger, plan) == {state: 1}
    assert verified(ledger) == ()


@pytest.mark.parametrize("state", sorted(LEFT))
def test_what_left_after_all_in_a_cancelled_notice_is_not_sent_by_another(ledger: Ledger, state: State) -> None:
    first = announced(ledger, audience=1)
    attempt = thought_unsent(ledger, first.plan)
    ledger.sending.cancel(first.plan)
    second = announce(ledger, notice("b"), planned(1))
    held = claim(ledger, second.plan)
    known_later(ledger, attempt, state)
    with pytest.raises(ClaimLost):
        begin(ledger, second.plan, held)
    ledger.sending.release(second.plan, token="mine")
    assert claim(ledger, second.plan) == ()
    assert counted(ledger, second.plan) == {State.SKIPPED: 1}
    assert verified(ledger) == ()


@pytest.mark.parametrize("answer", [State.PENDING, State.UNKNOWN, State.REFUSED, State.ACCEPTED])
def test_news_of_an_older_mail_counts_whatever_the_newer_one_is_answered(ledger: Ledger, answer: State) -> None:
    plan = announced(ledger, audience=1).plan
    first = thought_unsent(ledger, plan)
    second = begun(ledger, plan, by="second")
    known_later(ledger, first, State.ACCEPTED)
    assert told(ledger) == "2.0.0"
    settle(ledger, second, answer, by="second")
    assert counted(ledger, plan) == {State.ACCEPTED: 1}
    assert told(ledger) == "2.0.0"
    assert verified(ledger) == ()


def test_an_older_mail_that_came_back_leaves_the_newer_one_to_be_settled(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    first = thought_unsent(ledger, plan)
    second = begun(ledger, plan, by="second")
    known_later(ledger, first, State.BOUNCED)
    assert counted(ledger, plan) == {State.CLAIMED: 1}
    settle(ledger, second, State.UNKNOWN, by="second")
    assert ledger.sending.unknown(plan) == (second,)
    known_later(ledger, second, State.PENDING)
    assert counted(ledger, plan) == {State.BOUNCED: 1}
    assert verified(ledger) == ()


def test_of_two_mails_that_both_left_the_one_that_arrived_counts(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    first, second = thought_unsent(ledger, plan), thought_unsent(ledger, plan)
    (ref,) = first.refs
    heard(
        ledger,
        outcome(ref, State.DELIVERED, attempt=first.id),
        outcome(ref, State.BOUNCED, attempt=second.id),
        source="sendgrid",
    )
    assert counted(ledger, plan) == {State.DELIVERED: 1}
    assert told(ledger) == "2.0.0"
    assert verified(ledger) == ()


def test_a_refused_mail_that_a_provider_delivered_has_been_told(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = begun(ledger, plan)
    settle(ledger, attempt, State.REFUSED)
    known_later(ledger, attempt, State.DELIVERED)
    assert told(ledger) == "2.0.0"
    assert verified(ledger) == ()


@pytest.mark.parametrize("tries", [1, 2, 3])
@pytest.mark.parametrize("row", ["state = 'unknown'", "state = 'claimed', claim = 'x', lease_until = '2030-01-01'"])
def test_a_told_person_whose_delivery_was_set_back_to_any_attempt_is_named(
    ledger: Ledger, url: str, tries: int, row: str
) -> None:
    plan = announced(ledger, audience=1).plan
    mails = [thought_unsent(ledger, plan) for _ in range(tries)]
    known_later(ledger, mails[0], State.ACCEPTED)
    for attempt in (*(each.id for each in mails), None):
        by_hand(url, f"UPDATE deliveries SET {row}, attempt = {attempt or 'NULL'}")  # noqa: S608
        assert any("and the evidence says accepted" in found for found in verified(ledger))


def test_a_delivery_of_which_nothing_left_is_not_unknown(ledger: Ledger, url: str) -> None:
    """Set so by hand, it would never be sent."""
    plan = announced(ledger, audience=1).plan
    attempt = thought_unsent(ledger, plan)
    by_hand(url, f"UPDATE deliveries SET state = 'unknown', attempt = {attempt.id}")  # noqa: S608
    assert any("is unknown, and the evidence says claimed or pending" in found for found in verified(ledger))


@pytest.mark.parametrize("left", ["claim = 'x'", "lease_until = '2030-01-01 00:00:00'"])
@pytest.mark.parametrize("deed", ["nothing", "cancelled"])
def test_a_claim_on_what_nobody_can_hold_is_named_and_steers_nothing(
    ledger: Ledger, url: str, left: str, deed: str
) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = thought_unsent(ledger, plan)
    if deed == "cancelled":
        ledger.sending.cancel(plan)
    by_hand(url, f"UPDATE deliveries SET {left}")  # noqa: S608
    assert any("somebody is written down as holding it" in found for found in verified(ledger))
    known_later(ledger, attempt, State.BOUNCED)
    assert counted(ledger, plan) == {State.BOUNCED: 1}
    assert verified(ledger) == ()


def test_a_lease_that_is_no_instant_keeps_nothing_from_being_heard(sqlite_url: str) -> None:
    """PostgreSQL takes no such value."""
    with Ledger.open(sqlite_url) as ledger:
        plan = announced(ledger, audience=1).plan
        attempt = begun(ledger, plan)
        by_hand(sqlite_url, "UPDATE deliveries SET lease_until = 'garbage'")
        assert len(ledger.evidence.handed_over(attempt.refs[0])) == 1
        settle(ledger, attempt, State.ACCEPTED)
        assert counted(ledger, plan) == {State.ACCEPTED: 1}


def test_while_its_sender_is_at_it_nobody_else_says_that_the_answer_is_unknown(ledger: Ledger) -> None:
    plan = announced(ledger, audience=2).plan
    attempt = begun(ledger, plan)
    with pytest.raises(LedgerError, match="its sender will say whether it left"):
        heard(ledger, outcome(attempt.refs[0], State.UNKNOWN, attempt=attempt.id))
    settle(ledger, attempt, State.ACCEPTED, State.PENDING)
    assert counted(ledger, plan) == {State.ACCEPTED: 1, State.PENDING: 1}


def test_news_of_a_mail_that_was_never_handed_over_is_refused(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    (held,) = claim(ledger, plan)
    with pytest.raises(LedgerError, match="was never handed over"):
        heard(ledger, outcome(held.ref, State.DELIVERED))


def test_a_claim_that_cannot_be_read_keeps_nothing_from_being_heard(sqlite_url: str) -> None:
    with Ledger.open(sqlite_url) as ledger:
        plan = announced(ledger, audience=1).plan
        attempt = begun(ledger, plan)
        settle(ledger, attempt, State.ACCEPTED)
        by_hand(sqlite_url, "UPDATE deliveries SET claim = CAST(x'ff' AS TEXT)")
        known_later(ledger, attempt, State.BOUNCED)
        assert counted(ledger, plan) == {State.BOUNCED: 1}


@pytest.mark.parametrize("state", [State.SKIPPED, State.CANCELLED, State.CLAIMED])
def test_what_only_the_ledger_decides_cannot_be_reported(ledger: Ledger, state: State) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = begun(ledger, plan)
    with pytest.raises(LedgerError, match=f"nobody can report that a delivery is {state}"):
        known_later(ledger, attempt, state)


def test_a_late_report_about_an_erased_account_names_its_attempt_and_keeps_no_words(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = thought_unsent(ledger, plan)
    ledger.accounts.erase("client-1")
    said = Report(source="sendgrid", raw=b"to person1@example.com", outcomes=(outcome(attempt.refs[0]),))
    ledger.sending.record_report(said)
    assert by_hand(url, "SELECT attempt, state FROM outcomes ORDER BY report DESC LIMIT 1") == [
        (attempt.id, "accepted")
    ]
    assert by_hand(url, "SELECT count(*) FROM raw_reports") == [(0,)]
    assert counted(ledger, plan) == {State.ACCEPTED: 1}
    assert verified(ledger) == ()
