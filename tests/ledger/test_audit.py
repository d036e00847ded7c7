"""The audit: whatever was done past the toolkit shows, and nothing stops the looking."""

from pathlib import Path

import pytest

from tests.ledger.given import (
    LATER,
    NOW,
    account,
    announce,
    announced,
    begun,
    by_hand,
    disarm,
    notice,
    outcomes,
    planned,
    send,
    take_triggers_off,
)
from toolkit.errors import LedgerError
from toolkit.ledger.entries import Kind, Outcome, Receipt, State
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.schema import EVIDENCE


@pytest.fixture
def sent(ledger: Ledger) -> Ledger:
    """Give a ledger with a sealed notice: 1 and 2 told, 3 refused, 4 pending."""
    plan = announced(ledger, audience=4).plan
    attempt = begun(ledger, plan, size=3)
    said = [
        Outcome(account=f"client-{number}", state=state)
        for number, state in ((1, State.ACCEPTED), (2, State.ACCEPTED), (3, State.REFUSED))
    ]
    ledger.settle(attempt, token="mine", outcomes=said, now=NOW)
    ledger.seal(NOW)
    return ledger


def test_what_is_as_it_was_written_has_no_finding(sent: Ledger) -> None:
    assert (sent.verify(), sent.unsealed()) == ((), 0)


def test_what_is_not_sealed_yet_is_counted_and_is_no_finding(sent: Ledger) -> None:
    sent.record_receipts([_receipt(number) for number in (1, 2)])
    assert (sent.verify(), sent.unsealed()) == ((), 2)
    sent.seal(LATER)
    assert sent.unsealed() == 0


def _receipt(number: int) -> Receipt:
    return Receipt(account=f"client-{number}", policy="privacy", version="2.0.0", kind=Kind.CONFIRMED, recorded_at=NOW)


def test_a_chain_that_was_taken_away_shows(sent: Ledger, url: str) -> None:
    disarm(url, "seals", "DELETE FROM seals")
    assert sent.verify() == ("The chain is empty, and there are 5 entries of evidence.",)


def test_a_forged_link_before_the_first_hides_nothing(sent: Ledger, url: str) -> None:
    sent.record_receipts([_receipt(1)])
    by_hand(
        url,
        "INSERT INTO seals SELECT -1, 'receipts', id, 'x', 'x', recorded_at FROM receipts",
    )
    assert any("receipts was changed after it was sealed" in one for one in sent.verify())


@pytest.mark.parametrize("table", [table.name for table in EVIDENCE])
def test_a_table_without_its_triggers_shows(sent: Ledger, url: str, table: str) -> None:
    take_triggers_off(url, table)
    assert sent.verify() == (
        f"The table {table} may be changed: a trigger that keeps evidence append-only is missing.",
    )


def test_a_trigger_that_refuses_nothing_any_more_shows(sent: Ledger, url: str) -> None:
    if url.startswith("sqlite"):
        take_triggers_off(url, "receipts")
        for deed in ("UPDATE", "DELETE"):
            by_hand(url, f"CREATE TRIGGER receipts_refuses_{deed} BEFORE {deed} ON receipts BEGIN SELECT 1; END")
        tables = {"receipts"}
    else:
        harmless = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
        by_hand(url, f"CREATE OR REPLACE FUNCTION refuse_change() {harmless}")
        tables = {table.name for table in EVIDENCE}
    assert {one.partition(":")[0] for one in sent.verify()} == {f"The table {name} may be changed" for name in tables}


def test_a_trigger_that_was_switched_off_shows(sent: Ledger, url: str) -> None:
    off = "DROP TRIGGER receipts_refuses_UPDATE"
    by_hand(url, off if url.startswith("sqlite") else "ALTER TABLE receipts DISABLE TRIGGER receipts_refuses_change")
    assert [one.partition(":")[0] for one in sent.verify()] == ["The table receipts may be changed"]


ORPHANS = {
    "recipients": "INSERT INTO recipients VALUES (99, 0, 1, 'c')",
    "answers": "INSERT INTO answers VALUES (99, 99, '2026-11-23 09:00:00', 'd')",
    "outcomes": "INSERT INTO outcomes VALUES (99, 4, 'accepted', '', '')",
    "variants": "INSERT INTO variants VALUES (99, 99, 0, 'en', '1.0.0', '', '', '')",
    "attempts": "INSERT INTO attempts VALUES (99, 99, 'outbox', 'here', '2026-11-23 09:00:00', 'd', 'd')",
}


@pytest.mark.parametrize("table", ORPHANS)
def test_evidence_that_belongs_to_nothing_shows(tmp_path: Path, table: str) -> None:
    """PostgreSQL keeps its references; SQLite keeps them only for who asks it to."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        by_hand(url, ORPHANS[table])
        ledger.seal(NOW)
        assert any(f"Some {table} belong to row 99 of" in one for one in ledger.verify())


def test_a_delivery_that_claims_to_have_been_accepted_needs_evidence(sent: Ledger, url: str) -> None:
    by_hand(url, "UPDATE deliveries SET state = 'accepted' WHERE account = 4")
    by_hand(url, "UPDATE deliveries SET state = 'delivered' WHERE account = 3")
    plan = notice().plan[:12]
    assert sorted(sent.verify()) == [
        f"The delivery of notice {plan} to account 3 is delivered, and no evidence says so.",
        f"The delivery of notice {plan} to account 4 is accepted, and no evidence says so.",
    ]


def test_the_evidence_of_one_version_does_not_prove_another(sent: Ledger, url: str) -> None:
    announce(sent, notice("b", version="3.0.0"), planned(1))
    by_hand(url, "UPDATE deliveries SET state = 'accepted', attempt = 1 WHERE notice = 2")
    assert [one.partition(",")[2] for one in sent.verify()] == [" and no evidence says so."]


@pytest.mark.parametrize("state", ["pending", "cancelled", "skipped"])
def test_a_told_account_whose_delivery_was_undone_shows(sent: Ledger, url: str, state: str) -> None:
    by_hand(url, f"UPDATE deliveries SET state = '{state}', attempt = NULL WHERE account = 2")  # noqa: S608
    plan = notice().plan[:12]
    assert sent.verify() == (
        f"The delivery of notice {plan} to account 2 was accepted by the evidence, and is {state}.",
    )


def test_a_delivery_that_was_deleted_shows(sent: Ledger, url: str) -> None:
    by_hand(url, "DELETE FROM deliveries WHERE account IN (2, 4)")
    plan = notice().plan[:12]
    assert sent.verify() == (
        f"The delivery of notice {plan} to account 2 was accepted by the evidence, and is gone.",
        f"Notice {plan} was planned for 4 accounts and has 2 deliveries.",
    )


def test_a_delivery_that_was_smuggled_in_shows(sent: Ledger, url: str) -> None:
    sent.record_accounts([account(5)])
    by_hand(
        url,
        "INSERT INTO deliveries (notice, account, variant, though_closed, state)"
        " SELECT notice, 5, 0, though_closed, state FROM deliveries WHERE account = 4",
    )
    assert [one.partition("was")[2] for one in sent.verify()] == [" planned for 4 accounts and has 5 deliveries."]


def test_what_was_given_back_after_an_unknown_is_no_finding(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    ledger.settle(first, token="mine", outcomes=outcomes(first, State.UNKNOWN), now=NOW)
    ledger.resolve(first, outcomes(first, State.PENDING), now=NOW)
    ledger.seal(NOW)
    assert ledger.verify() == ()
    send(ledger, plan)
    assert ledger.verify() == ()


@pytest.mark.parametrize(
    ("table", "change", "finding"),
    [
        ("receipts", "UPDATE receipts SET recorded_at = 'soon' WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET recorded_at = 7 WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET source = CAST(x'ff' AS TEXT) WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET source = x'ff' WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET source = 'a' || char(0) || 'b' WHERE id = 2", "Row 2 of receipts was"),
        ("notices", "UPDATE notices SET effective_on = 'x', planned_at = 'y'", "Row 1 of notices was changed"),
        ("notices", "UPDATE notices SET audience = 'many'", "was planned for many accounts"),
        ("attempts", "UPDATE attempts SET started_at = 'then'", "Row 1 of attempts cannot be read"),
        ("attempts", "UPDATE attempts SET recipients_digest = x'00'", "recipients of row 1 of attempts were changed"),
        ("recipients", "UPDATE recipients SET commitment = x'ff'", "recipients of row 1 of attempts were changed"),
        ("outcomes", "UPDATE outcomes SET text = CAST(x'ff' AS TEXT)", "outcomes of row 1 of answers were changed"),
        ("outcomes", "UPDATE outcomes SET state = 'vanished'", "outcomes of row 1 of answers were changed"),
        ("seals", "UPDATE seals SET sealed_at = 'x' WHERE place = 2", "Link 2 of the chain cannot be read"),
        ("seals", "UPDATE seals SET row_digest = x'00' WHERE place = 2", "Link 2 of the chain was changed"),
        ("seals", "UPDATE seals SET row = 'x' WHERE place = 2", "Row x of variants, sealed at link 2, is gone"),
    ],
)
def test_a_cell_that_holds_no_such_value_is_a_finding_and_stops_nothing(
    tmp_path: Path, table: str, change: str, finding: str
) -> None:
    """SQLite keeps whatever is written into a column."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        send(ledger, announced(ledger).plan)
        ledger.record_receipts([_receipt(number) for number in (1, 2, 3)])
        ledger.seal(NOW)
        disarm(url, table, change)
        by_hand(url, "UPDATE deliveries SET state = 'lost' WHERE account = 3")
        assert finding in " ".join(ledger.verify())


def test_garbage_among_many_rows_is_found_where_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        ledger.record_accounts([account(number) for number in range(1, 1_501)])
        ledger.record_receipts([_receipt(number) for number in range(1, 1_501)])
        ledger.seal(NOW)
        disarm(url, "receipts", "UPDATE receipts SET recorded_at = 'x' WHERE id IN (700, 1400)")
        assert [one.partition(" was")[0] for one in ledger.verify()] == ["Row 700 of receipts", "Row 1400 of receipts"]


def test_a_row_that_cannot_be_read_is_not_sealed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        ledger.record_accounts([account(1)])
        ledger.record_receipts([_receipt(1)])
        disarm(url, "receipts", "UPDATE receipts SET recorded_at = 'x'")
        with pytest.raises(LedgerError, match="a new row of receipts cannot be read"):
            ledger.seal(NOW)
