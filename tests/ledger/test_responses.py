"""What people do in answer is recorded together or not at all, once, and can be forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ledger.given import NOW, Clock, account, announced, begun, by_hand, consent, objection, receipt
from toolkit.errors import LedgerError
from toolkit.ledger.acts import LONGEST_OBJECTION, Acts, ConsentKind, Forwarded, KeyReused, Once, Recorded
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.responses import KEPT
from toolkit.ledger.states import State


@pytest.fixture
def three(ledger: Ledger) -> Ledger:
    ledger.accounts.record([account(number) for number in (1, 2, 3)])
    return ledger


def test_a_delivery_leads_to_its_account_and_to_what_it_tells_of(ledger: Ledger) -> None:
    attempt = begun(ledger, announced(ledger).plan)
    found = ledger.responses.addressee(attempt.refs[0])
    assert found is not None
    assert (found.account, found.policy, found.version) == (account(1), "privacy", "2.0.0")
    assert ledger.responses.addressee("another") is None
    ledger.accounts.erase("client-1")
    assert ledger.responses.addressee(attempt.refs[0]) is None


def test_a_confirmation_keeps_what_was_shown_and_counts_once(three: Ledger, url: str) -> None:
    confirmed = replace(receipt(1), shown="words-1:ab", ref="r1", language="en", source="link")
    assert three.responses.record(Acts(receipts=(confirmed,))) == Recorded(receipts=1)
    assert three.responses.record(Acts(receipts=(confirmed,))) == Recorded()
    assert by_hand(url, "SELECT shown, ref, language FROM receipts") == [("words-1:ab", "r1", "en")]
    assert three.accounts.standing("privacy", "client-1").seen == "2.0.0"


@pytest.mark.parametrize("kind", [ReceiptKind.VISITED, ReceiptKind.SHOWN])
def test_a_visit_and_a_page_that_was_shown_are_no_proof_of_having_seen(three: Ledger, kind: ReceiptKind) -> None:
    three.responses.record(Acts(receipts=(receipt(1, kind),)))
    assert three.accounts.standing("privacy", "client-1").seen == ""


def test_the_newest_word_about_a_consent_counts_and_the_same_word_is_not_written_twice(three: Ledger) -> None:
    withdrawn = consent(1, kind=ConsentKind.WITHDRAWN, happened_at=NOW + timedelta(days=1))
    assert three.responses.record(Acts(consents=(consent(1), consent(1)))).consents == 1
    assert three.responses.record(Acts(consents=(withdrawn,))).consents == 1
    assert three.responses.consents("privacy", "client-1") == (withdrawn,)
    assert three.responses.consents("privacy", "client-2") == ()


def test_a_purpose_and_a_version_are_consented_to_apart(three: Ledger) -> None:
    news = consent(1, purpose="news", kind=ConsentKind.REFUSED)
    three.responses.record(Acts(consents=(consent(1), news)))
    later = replace(news, version="4.0.0", kind=ConsentKind.GIVEN)  # the same purpose under a later version
    three.responses.record(Acts(consents=(later,)))
    assert three.responses.consents("privacy", "client-1") == (consent(1), later)


def test_of_what_is_recorded_together_nothing_stays_if_one_fails(three: Ledger, url: str) -> None:
    with pytest.raises(LedgerError, match="client-9"):
        three.responses.record(Acts(receipts=(receipt(1),), consents=(consent(9),)))
    assert by_hand(url, "SELECT count(*) FROM receipts") == [(0,)]


def test_asked_again_under_one_name_the_first_answer_comes_and_nothing_is_written(
    three: Ledger, clock: Clock, url: str
) -> None:
    once = Once(caller="portal", key="k1", request="a" * 64)
    acts = Acts(receipts=(receipt(1),), objections=(objection(1),))
    assert three.responses.record(acts, once=once) == Recorded(receipts=1, objections=1)
    assert three.responses.record(acts, once=once) == Recorded(receipts=1, objections=1, again=True)
    assert by_hand(url, "SELECT count(*) FROM objections") == [(1,)]
    with pytest.raises(KeyReused):
        three.responses.record(acts, once=replace(once, request="b" * 64))
    assert three.responses.record(acts, once=replace(once, caller="another")).again is False
    clock.now += KEPT + timedelta(seconds=1)
    three.responses.record(Acts(), once=replace(once, key="k2"))
    assert by_hand(url, "SELECT key FROM answers") == [("k2",)]


def test_an_objection_waits_until_the_contact_has_it(three: Ledger) -> None:
    three.responses.record(Acts(objections=(objection(1, "No.\nNever."),)))
    (waiting,) = three.responses.unforwarded()
    assert (waiting.objection.text, waiting.objection.account) == ("No.\nNever.", "client-1")
    refused = Forwarded(transport="smtp", host="mail", state=State.UNKNOWN, text="no answer")
    three.responses.record_forwarding(waiting.number, refused)
    assert three.responses.unforwarded() == (waiting,)
    three.responses.record_forwarding(waiting.number, replace(refused, state=State.ACCEPTED))
    assert three.responses.unforwarded() == ()


def test_an_objection_is_kept_up_to_a_length(three: Ledger) -> None:
    three.responses.record(Acts(objections=(objection(1, "x" * (LONGEST_OBJECTION + 5)),)))
    assert len(three.responses.unforwarded()[0].objection.text) == LONGEST_OBJECTION


def test_erasing_an_account_takes_its_words_and_leaves_that_it_objected(three: Ledger, url: str) -> None:
    three.responses.record(Acts(objections=(objection(1), objection(2))))
    three.accounts.erase("client-1")
    three.evidence.seal()
    assert by_hand(url, "SELECT count(*) FROM objections") == [(2,)]
    assert by_hand(url, "SELECT objection FROM objection_texts") == [(2,)]
    assert [waiting.number for waiting in three.responses.unforwarded()] == [2]
    assert three.evidence.verify() == ()


def test_a_word_that_was_said_earlier_and_is_heard_later_does_not_count(three: Ledger) -> None:
    withdrawn = consent(1, kind=ConsentKind.WITHDRAWN)
    three.responses.record(Acts(consents=(withdrawn,)))
    late = consent(1, happened_at=NOW - timedelta(days=3))
    assert three.responses.record(Acts(consents=(late,))).consents == 1
    assert three.responses.consents("privacy", "client-1") == (withdrawn,)


def test_the_same_answer_to_other_words_is_another_answer(three: Ledger) -> None:
    other = consent(1, words="Other words.")
    assert three.responses.record(Acts(consents=(consent(1), other))).consents == 2
    assert three.responses.consents("privacy", "client-1") == (other,)


def test_a_purpose_is_one_whatever_policy_asked_about_it(three: Ledger) -> None:
    given = consent(1, purpose="news")
    taken_back = consent(1, purpose="news", policy="cookies", kind=ConsentKind.WITHDRAWN)
    three.responses.record(Acts(consents=(given, taken_back)))
    assert three.responses.consents("privacy", "client-1") == (taken_back,)
