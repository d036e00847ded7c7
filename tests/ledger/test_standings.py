"""Where accounts stand: told, seen, or assumed, and never one for another."""

from datetime import timedelta

import pytest

from tests.ledger.given import (
    NOW,
    account,
    announce,
    announced,
    begun,
    claim,
    notice,
    planned,
    send,
    settle,
)
from toolkit.errors import LedgerError
from toolkit.ledger.entries import Receipt, ReceiptKind, Standing
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State


def receipt(version: str = "2.0.0", kind: ReceiptKind = ReceiptKind.CONFIRMED, hours: int = 0, **other: str) -> Receipt:
    return Receipt(
        account=other.get("account", "client-1"),
        policy=other.get("policy", "privacy"),
        version=version,
        kind=kind,
        happened_at=NOW + timedelta(hours=hours),
        language="en",
        source="portal",
    )


def where(ledger: Ledger, who: str = "client-1") -> Standing:
    return ledger.accounts.standing("privacy", who)


def test_without_a_receipt_nothing_is_told_and_nothing_is_seen(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    assert where(ledger) == Standing(account=account(1))


def test_told_is_accepted_and_tells_when_the_mail_left(ledger: Ledger) -> None:
    send(ledger, announced(ledger).plan)
    found = where(ledger)
    assert found == Standing(account=account(1), told="2.0.0", told_at=NOW, delivery=State.ACCEPTED, ref=found.ref)
    assert ledger.evidence.handed_over(found.ref)


@pytest.mark.parametrize("state", [State.REFUSED, State.UNKNOWN])
def test_refused_and_unknown_are_not_told(ledger: Ledger, state: State) -> None:
    send(ledger, announced(ledger).plan, state)
    assert where(ledger).told == ""


def test_planned_claimed_or_begun_is_not_told(ledger: Ledger) -> None:
    plan = announced(ledger, audience=3).plan
    begun(ledger, plan, size=1)
    claim(ledger, plan, size=1)
    assert [standing.told for standing in ledger.accounts.standings("privacy")] == ["", "", ""]


def test_the_highest_version_counts_by_number_and_not_by_letters(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    for plan, version in zip("abc", ("2.0.0", "10.0.0", "9.0.0"), strict=True):
        announce(ledger, notice(plan, version=version), planned(1))
        send(ledger, notice(plan).plan)
        ledger.evidence.record_receipts([receipt(version)])
    assert (where(ledger).told, where(ledger).seen) == ("10.0.0", "10.0.0")


def test_told_is_not_seen_and_seen_is_not_told(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    ledger.evidence.record_receipts([receipt()])
    assert where(ledger) == Standing(account=account(1), seen="2.0.0", seen_at=NOW, evidence=ReceiptKind.CONFIRMED)


def test_a_visit_is_not_seen(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    ledger.evidence.record_receipts([receipt(kind=ReceiptKind.VISITED)])
    assert where(ledger) == Standing(account=account(1))


def test_the_strongest_evidence_of_the_highest_version_is_named(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    ledger.evidence.record_receipts(
        [
            receipt(kind=ReceiptKind.ACKNOWLEDGED, version="1.0.0"),
            receipt(kind=ReceiptKind.SIGNED_UP, hours=1),
            receipt(kind=ReceiptKind.ACKNOWLEDGED, hours=3),
            receipt(kind=ReceiptKind.CONFIRMED, hours=2),
            receipt(kind=ReceiptKind.VISITED, version="3.0.0"),
        ]
    )
    found = where(ledger)
    assert (found.seen, found.evidence, found.seen_at) == (
        "2.0.0",
        ReceiptKind.ACKNOWLEDGED,
        NOW + timedelta(hours=3),
    )


def test_a_receipt_counts_once_and_the_first_stays(ledger: Ledger) -> None:
    ledger.accounts.record([account(1), account(2)])
    assert ledger.evidence.record_receipts([receipt(), receipt(hours=1), receipt(account="client-2")]) == 2
    assert ledger.evidence.record_receipts([receipt(hours=5), receipt("3.0.0"), receipt(policy="terms")]) == 2
    assert ledger.evidence.record_receipts([receipt(kind=ReceiptKind.ACKNOWLEDGED)]) == 1
    ledger.evidence.record_receipts([])
    assert ledger.accounts.standing("terms", "client-1").seen_at == NOW


def test_a_receipt_of_an_unknown_account_is_refused_with_all_of_its_batch(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    with pytest.raises(LedgerError, match="no account 'client-9'"):
        ledger.evidence.record_receipts([receipt(), receipt(account="client-9")])
    assert where(ledger).seen == ""


def test_another_policy_is_another_matter(ledger: Ledger) -> None:
    send(ledger, announced(ledger).plan)
    ledger.evidence.record_receipts([receipt()])
    assert ledger.accounts.standing("terms", "client-1") == Standing(account=account(1))


def test_an_unknown_account_has_no_standing(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no account 'nobody'"):
        where(ledger, "nobody")


def test_standings_are_streamed_in_order_and_agree_with_each_account_asked_alone(ledger: Ledger) -> None:
    plan = announced(ledger, audience=2_100).plan
    begun(ledger, plan, size=2)
    send(ledger, plan)
    ledger.evidence.record_receipts([receipt(account=f"client-{number}") for number in range(1_000, 1_100)])
    ledger.accounts.erase("client-1500")
    found = list(ledger.accounts.standings("privacy"))
    assert [one.account.id for one in found] == [f"client-{n}" for n in range(1, 2_101) if n != 1_500]
    for number in (0, 2, 998, 999, 1_050, 1_500, 2_098):
        assert found[number] == where(ledger, found[number].account.id)


def test_a_stream_may_be_left_early_and_does_not_keep_writers_out(ledger: Ledger) -> None:
    ledger.accounts.record([account(number) for number in range(1_500)])
    stream = ledger.accounts.standings("privacy")
    assert next(stream).account == account(0)
    ledger.accounts.record([account(2_000)])
    assert ledger.accounts.count() == 1_501


def test_an_audience_can_be_announced_while_it_is_read(ledger: Ledger) -> None:
    ledger.accounts.record([account(number) for number in range(2_500)])
    candidates = ledger.notices.candidates("privacy", "2.0.0")
    announce(ledger, notice(), (planned(int(one.standing.account.id[7:]))[0] for one in candidates))
    assert sum(count.deliveries for count in ledger.notices.counts(notice().plan)) == 2_500


def deliveries(ledger: Ledger, version: str = "2.0.0") -> list[State | None]:
    return [one.delivery for one in ledger.notices.candidates("privacy", version)]


def test_a_notice_that_has_not_begun_is_no_delivery_of_a_candidate(ledger: Ledger) -> None:
    announced(ledger)
    assert deliveries(ledger) == [None, None, None]


def test_a_candidate_carries_its_delivery_in_a_notice_that_has_begun(ledger: Ledger) -> None:
    plan = announced(ledger, audience=4).plan
    attempt = begun(ledger, plan, size=1)
    settle(ledger, attempt, State.ACCEPTED)
    claim(ledger, plan, size=1)
    ledger.accounts.record([account(5)])
    assert deliveries(ledger) == [State.ACCEPTED, State.CLAIMED, State.PENDING, State.PENDING, None]
    assert deliveries(ledger, "3.0.0") == [None] * 5


def test_a_delivery_that_counts_goes_before_one_that_was_skipped(ledger: Ledger) -> None:
    plan = announced(ledger, audience=2).plan
    ledger.accounts.record([account(2, restricted=True)])
    send(ledger, plan)
    ledger.accounts.record([account(2)])
    assert deliveries(ledger) == [State.ACCEPTED, State.SKIPPED]
    announce(ledger, notice("b"), planned(2))
    send(ledger, notice("b").plan)
    assert deliveries(ledger) == [State.ACCEPTED, State.ACCEPTED]


def test_a_version_that_was_withdrawn_hides_nothing_that_an_account_knows(ledger: Ledger) -> None:
    for plan, version in (("a", "2.0.0"), ("b", "3.0.0")):
        ledger.accounts.record([account(1)])
        send(ledger, announce(ledger, notice(plan, version=version), planned(1)).plan)
        ledger.evidence.record_receipts([receipt(version)])
    (known,) = ledger.notices.candidates("privacy", "2.0.0", withdrawn={"3.0.0"})
    assert (known.standing.told, known.standing.seen) == ("2.0.0", "2.0.0")
    (known,) = ledger.notices.candidates("privacy", "2.0.0", withdrawn={"2.0.0", "3.0.0"})
    assert (known.standing.told, known.standing.seen) == ("3.0.0", "3.0.0")


def test_of_each_version_the_strongest_evidence_is_shown_and_a_visit_is_the_weakest(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    send(ledger, plan)
    ledger.evidence.record_receipts(
        [
            receipt(version, kind)
            for version, kind in (
                ("1.0.0", ReceiptKind.SIGNED_UP),
                ("2.0.0", ReceiptKind.VISITED),
                ("2.0.0", ReceiptKind.SHOWN),
                ("10.0.0", ReceiptKind.CONFIRMED),
                ("10.0.0", ReceiptKind.VISITED),
            )
        ]
    )
    found = ledger.accounts.proofs("privacy", "client-1")
    assert [(each.version, each.delivery, each.evidence) for each in found] == [
        ("1.0.0", None, ReceiptKind.SIGNED_UP),
        ("2.0.0", State.ACCEPTED, ReceiptKind.SHOWN),
        ("10.0.0", None, ReceiptKind.CONFIRMED),
    ]
    assert found[1].told_at == NOW
