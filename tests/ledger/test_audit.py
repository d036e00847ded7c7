"""The audit: whatever was done past the toolkit shows, and nothing stops the looking."""

from pathlib import Path

import pytest

from tests.ledger.given import (
    account,
    announce,
    announced,
    begun,
    by_hand,
    disarm,
    known_later,
    notice,
    planned,
    receipt,
    send,
    settle,
    take_triggers_off,
)
from toolkit.errors import LedgerError
from toolkit.ledger.kinds import EVIDENCE
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State


@pytest.fixture
def sent(ledger: Ledger) -> Ledger:
    """Give a ledger with a sealed notice: 1 and 2 told, 3 refused, 4 pending."""
    plan = announced(ledger, audience=4).plan
    settle(ledger, begun(ledger, plan, size=3), State.ACCEPTED, State.ACCEPTED, State.REFUSED)
    ledger.evidence.seal()
    return ledger


def test_what_is_as_it_was_written_has_no_finding(sent: Ledger) -> None:
    assert (sent.evidence.verify(), sent.evidence.unsealed()) == ((), 0)


def test_what_is_not_sealed_yet_is_counted_and_is_no_finding(sent: Ledger) -> None:
    sent.evidence.record_receipts([receipt(number) for number in (1, 2)])
    assert (sent.evidence.verify(), sent.evidence.unsealed()) == ((), 2)
    sent.evidence.seal()
    assert sent.evidence.unsealed() == 0


def test_seals_that_were_taken_away_show(sent: Ledger, url: str) -> None:
    disarm(url, "leaves", "DELETE FROM leaves")
    disarm(url, "seals", "DELETE FROM seals")
    assert sent.evidence.verify() == ("There is no seal, and there are 7 entries of evidence.",)


def test_a_forged_seal_before_the_first_hides_nothing(sent: Ledger, url: str) -> None:
    sent.evidence.record_receipts([receipt(1)])
    by_hand(
        url,
        "INSERT INTO seals (place, entries, root, digest, happened_at, heard_at)"
        " SELECT -1, 1, 'x', 'x', happened_at, heard_at FROM receipts",
        "INSERT INTO leaves SELECT -1, 0, 'receipts', id, 'x' FROM receipts",
    )
    assert any("receipts was changed after it was sealed" in one for one in sent.evidence.verify())


@pytest.mark.parametrize("table", [table.name for table in EVIDENCE])
def test_a_table_without_its_triggers_shows(sent: Ledger, url: str, table: str) -> None:
    take_triggers_off(url, table)
    assert sent.evidence.verify() == (
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
    found = {one.partition(":")[0] for one in sent.evidence.verify()}
    assert found >= {f"The table {name} may be changed" for name in tables}


MAKE = "DROP TRIGGER receipts_refuses_change ON receipts; CREATE TRIGGER receipts_refuses_change"
PRETENDS = "BEGIN IF false THEN RAISE EXCEPTION 'evidence is append-only'; END IF; RETURN NULL; END"
HARMLESS = [
    f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ {PRETENDS} $$",
    f"{MAKE} BEFORE TRUNCATE ON receipts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    f"{MAKE} BEFORE UPDATE OR DELETE ON receipts FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION refuse_change()",
]


@pytest.mark.parametrize("change", HARMLESS)
def test_a_trigger_that_seems_to_refuse_shows(postgresql_url: str, change: str) -> None:
    with Ledger.open(postgresql_url) as ledger:
        by_hand(postgresql_url, change)
        assert "The table receipts may be changed" in " ".join(ledger.evidence.verify())


def test_two_deliveries_that_changed_places_show(sent: Ledger, url: str) -> None:
    ((first,), (third,)) = by_hand(url, "SELECT ref FROM deliveries WHERE account IN (1, 3) ORDER BY account")
    by_hand(
        url,
        "UPDATE deliveries SET ref = 'aside', state = 'refused' WHERE account = 1",
        f"UPDATE deliveries SET ref = '{first}', state = 'accepted' WHERE account = 3",  # noqa: S608
        f"UPDATE deliveries SET ref = '{third}' WHERE account = 1",  # noqa: S608
    )
    assert sum("has the reference of what was handed over for account" in one for one in sent.evidence.verify()) == 2


def test_a_trigger_that_was_switched_off_shows(sent: Ledger, url: str) -> None:
    off = "DROP TRIGGER receipts_refuses_UPDATE"
    by_hand(url, off if url.startswith("sqlite") else "ALTER TABLE receipts DISABLE TRIGGER receipts_refuses_change")
    assert [one.partition(":")[0] for one in sent.evidence.verify()] == ["The table receipts may be changed"]


ORPHANS = {
    "recipients": "INSERT INTO recipients VALUES (99, 0, 'r', 1, 'c', NULL)",
    "outcomes": "INSERT INTO outcomes VALUES (99, 0, 'r', NULL, 'accepted', '', '', '2026-11-23 09:00:00')",
    "variants": "INSERT INTO variants VALUES (99, 0, 'en', '1.0.0', '', '', '')",
    "attempts": "INSERT INTO attempts VALUES (99, 99, 'o', 'h', '2026-11-23 09:00:00', 'd', {0}, {0})",
    "deliveries": "INSERT INTO deliveries (notice, account, ref, variant, though_closed, state)"
    " VALUES (99, 1, 'r', 0, 0, 'pending')",
    "raw_reports": "INSERT INTO raw_reports VALUES (99, x'00', x'00')",
    "personalizations": "INSERT INTO personalizations VALUES ('r', 99, '', x'00')",
    "leaves": "INSERT INTO leaves VALUES (99, 0, 'receipts', 1, 'd')",
}


@pytest.mark.parametrize("table", ORPHANS)
def test_evidence_that_belongs_to_nothing_shows(tmp_path: Path, table: str) -> None:
    """PostgreSQL keeps its references; SQLite keeps them only for who asks it to."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        by_hand(url, ORPHANS[table].format("'2026-11-23 09:00:00'"))
        ledger.evidence.seal()
        assert any(f"Some {table} belong to row 99 of" in one for one in ledger.evidence.verify())


def test_a_delivery_that_claims_to_have_been_accepted_needs_evidence(sent: Ledger, url: str) -> None:
    by_hand(url, "UPDATE deliveries SET state = 'accepted' WHERE account = 4")
    by_hand(url, "UPDATE deliveries SET state = 'delivered' WHERE account = 3")
    plan = notice().plan[:12]
    assert sorted(sent.evidence.verify()) == [
        f"The delivery of notice {plan} to account 3 is delivered, and the evidence says refused.",
        f"The delivery of notice {plan} to account 4 is accepted, and the evidence says claimed or pending.",
    ]


def test_the_evidence_of_one_version_does_not_prove_another(sent: Ledger, url: str) -> None:
    announce(sent, notice("b", version="3.0.0"), planned(1))
    by_hand(url, "UPDATE deliveries SET state = 'accepted', attempt = 1 WHERE notice = 2")
    assert [one.partition(",")[2] for one in sent.evidence.verify()] == [" and the evidence says claimed or pending."]


@pytest.mark.parametrize("state", ["pending", "cancelled", "skipped"])
def test_a_told_account_whose_delivery_was_undone_shows(sent: Ledger, url: str, state: str) -> None:
    by_hand(url, f"UPDATE deliveries SET state = '{state}', attempt = NULL WHERE account = 2")  # noqa: S608
    plan = notice().plan[:12]
    assert sent.evidence.verify() == (
        f"The delivery of notice {plan} to account 2 is {state}, and the evidence says accepted.",
    )


def test_a_delivery_that_was_deleted_shows(sent: Ledger, url: str) -> None:
    ((ref,),) = by_hand(url, "SELECT ref FROM deliveries WHERE account = 2")
    by_hand(url, "DELETE FROM deliveries WHERE account IN (2, 4)")
    plan = notice().plan[:12]
    assert sent.evidence.verify() == (
        f"Notice {plan} was planned for 4 accounts and has 2 deliveries.",
        f"The delivery {ref} of notice {plan} was attempted, and is gone.",
        f"The deliveries of notice {plan} are not those that were announced.",
    )


def test_a_delivery_that_was_smuggled_in_shows(sent: Ledger, url: str) -> None:
    sent.accounts.record([account(5)])
    by_hand(
        url,
        "INSERT INTO deliveries (notice, account, ref, variant, though_closed, state)"
        " SELECT notice, 5, 'smuggled', 0, though_closed, state FROM deliveries WHERE account = 4",
    )
    plan = notice().plan[:12]
    assert sent.evidence.verify() == (
        f"Notice {plan} was planned for 4 accounts and has 5 deliveries.",
        f"The deliveries of notice {plan} are not those that were announced.",
    )


def test_what_was_given_back_after_an_unknown_is_no_finding(ledger: Ledger) -> None:
    plan = announced(ledger, audience=1).plan
    first = begun(ledger, plan)
    settle(ledger, first, State.UNKNOWN)
    known_later(ledger, first, State.PENDING)
    ledger.evidence.seal()
    assert ledger.evidence.verify() == ()
    send(ledger, plan)
    assert ledger.evidence.verify() == ()


@pytest.mark.parametrize(
    ("table", "change", "finding"),
    [
        ("receipts", "UPDATE receipts SET happened_at = 'soon' WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET happened_at = 7 WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET source = CAST(x'ff' AS TEXT) WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET source = x'ff' WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "UPDATE receipts SET source = 'a' || char(0) || 'b' WHERE id = 2", "Row 2 of receipts was"),
        ("notices", "UPDATE notices SET effective_on = 'x', happened_at = 'y'", "Row 1 of notices was changed"),
        ("notices", "UPDATE notices SET audience = 'many'", "was planned for many accounts"),
        ("variants", "UPDATE variants SET html = x'ff'", "variants of row 1 of notices were changed"),
        ("attempts", "UPDATE attempts SET happened_at = 'then'", "Row 1 of attempts cannot be read"),
        ("attempts", "UPDATE attempts SET recipients_root = x'00'", "recipients of row 1 of attempts were changed"),
        ("recipients", "UPDATE recipients SET commitment = x'ff'", "recipients of row 1 of attempts were changed"),
        ("outcomes", "UPDATE outcomes SET text = CAST(x'ff' AS TEXT)", "outcomes of row 1 of reports were changed"),
        ("outcomes", "UPDATE outcomes SET state = 'vanished'", "outcomes of row 1 of reports were changed"),
        ("seals", "UPDATE seals SET happened_at = 'x' WHERE place = 1", "Seal 1 cannot be read"),
        ("seals", "UPDATE seals SET root = x'00' WHERE place = 1", "Seal 1 was changed"),
        ("leaves", "UPDATE leaves SET digest = x'00' WHERE place = 1", "The leaves of seal 2 were changed"),
        ("leaves", "UPDATE leaves SET source = x'ff' WHERE place = 1 AND seal = 2", "is gone"),
        ("leaves", "UPDATE leaves SET row = 'x' WHERE place = 1", "Row x of notices, sealed by seal 2, is gone"),
    ],
)
def test_a_cell_that_holds_no_such_value_is_a_finding_and_stops_nothing(
    tmp_path: Path, table: str, change: str, finding: str
) -> None:
    """SQLite keeps whatever is written into a column."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        send(ledger, announced(ledger).plan)
        ledger.evidence.record_receipts([receipt(number) for number in (1, 2, 3)])
        ledger.evidence.seal()
        disarm(url, table, change)
        by_hand(url, "UPDATE deliveries SET state = 'lost' WHERE account = 3")
        assert finding in " ".join(ledger.evidence.verify())


def test_garbage_among_many_rows_is_found_where_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        ledger.accounts.record([account(number) for number in range(1, 1_501)])
        ledger.evidence.record_receipts([receipt(number) for number in range(1, 1_501)])
        ledger.evidence.seal()
        disarm(url, "receipts", "UPDATE receipts SET happened_at = 'x' WHERE id IN (700, 1400)")
        assert [one.partition(" was")[0] for one in ledger.evidence.verify()] == [
            "Row 700 of receipts",
            "Row 1400 of receipts",
        ]


def test_a_row_that_cannot_be_read_is_not_sealed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with Ledger.open(url) as ledger:
        ledger.accounts.record([account(1)])
        ledger.evidence.record_receipts([receipt(1)])
        disarm(url, "receipts", "UPDATE receipts SET happened_at = 'x'")
        with pytest.raises(LedgerError, match="a new row of receipts cannot be read"):
            ledger.evidence.seal()
