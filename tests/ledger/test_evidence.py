"""Evidence: written once, sealed, naming nobody."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect

from tests.ledger.given import (
    LEASE,
    NOW,
    TODAY,
    Clock,
    account,
    announce,
    announced,
    begun,
    by_hand,
    claim,
    disarm,
    heard,
    known_later,
    mail,
    notice,
    outcome,
    planned,
    receipt,
    respond,
    send,
    settle,
)
from toolkit.errors import LedgerError
from toolkit.ledger.commitments import commit
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.kinds import ENTRIES, EVIDENCE
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State

TABLES = [table.name for table in EVIDENCE]


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """Give a ledger that has something of everything, sealed."""
    plan = announced(ledger, audience=5).plan
    attempt = begun(ledger, plan, size=2)
    first, second = attempt.refs
    heard(
        ledger,
        outcome(first, attempt=attempt.id, text="250 <person1@example.com>: taken", provider_id="x"),
        outcome(second, State.REFUSED, attempt=attempt.id, text="550 no Person2@Example.com here"),
        by="mine",
    )
    send(ledger, plan)
    ledger.evidence.record_receipts([receipt(number) for number in range(1, 4)])
    respond(ledger)
    ledger.accounts.erase("client-5")
    ledger.evidence.seal()
    return ledger


def all_of(url: str, table: str) -> list[Any]:
    return by_hand(url, f"SELECT * FROM {table}")  # noqa: S608 - the table's name is ours


@pytest.mark.parametrize("table", TABLES)
def test_evidence_refuses_to_be_changed_or_deleted(full: Ledger, url: str, table: str) -> None:
    before = all_of(url, table)
    assert before
    column = "id" if table in {entry.name for entry in ENTRIES} else "place"
    for deed in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"):
        with pytest.raises(Exception, match="evidence is append-only"):
            by_hand(url, deed.format(table, column))
    assert all_of(url, table) == before


def test_the_toolkit_itself_says_so_in_one_sentence(full: Ledger) -> None:
    with pytest.raises(LedgerError, match="evidence cannot be changed"), full._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM receipts")


def test_sqlite_does_not_let_evidence_be_replaced(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        announced(ledger)
        replace = "INSERT OR REPLACE INTO notices SELECT * FROM notices"
        with pytest.raises(LedgerError, match="cannot be changed"), ledger._database.writing() as connection:
            connection.exec_driver_sql(replace)


def test_no_personal_value_stands_in_any_evidence(full: Ledger, url: str) -> None:
    for table in (*TABLES, "accounts", "deliveries"):
        for row in all_of(url, table):
            shown = " ".join(map(str, row)).lower()
            assert "example.com" not in shown
            assert "person" not in shown
            assert "client-" not in shown


def test_personal_values_stand_in_few_tables_only(full: Ledger, url: str) -> None:
    engine = create_engine(url)
    names = {
        table: {column["name"] for column in inspect(engine).get_columns(table)}
        for table in inspect(engine).get_table_names()
    }
    engine.dispose()
    holding = sorted(table for table, columns in names.items() if columns & {"email", "name", "salt", "filled"})
    without = ["api_keys", "recipients"]  # the name of a key, and a commitment to what was filled in
    assert holding == sorted([*without, "objection_texts", "personalizations", "persons", "raw_reports"])


def test_every_entry_says_when_it_happened_and_when_it_was_heard() -> None:
    assert all({"happened_at", "heard_at"} <= set(table.columns.keys()) for table in ENTRIES)


def test_a_mail_servers_answer_is_kept_without_the_address(full: Ledger, url: str) -> None:
    found = by_hand(url, "SELECT text, provider_id FROM outcomes WHERE report = 1 ORDER BY place")
    assert found == [("250 <address>: taken", "x"), ("550 no <address> here", "")]


def test_the_commitment_proves_a_mail_to_whoever_has_the_salt(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    first, *_ = held = claim(ledger, plan)
    ledger.sending.begin(
        plan, token="mine", transport="outbox", host="here", dated_at=NOW, mails=[mail(one) for one in held]
    )
    (found,) = ledger.evidence.handed_over(first.ref)
    assert found.salt is not None
    assert len(found.salt) == 32
    assert found.commitment == commit(found.salt, mail(first).body)
    assert found.commitment != commit(found.salt, b"Another mail")


def test_randomness_comes_from_outside(url: str) -> None:
    chance = iter(range(256))
    with Ledger.open(url, random_bytes=lambda size: bytes([next(chance)]) * size) as ledger:
        plan = announced(ledger, audience=1).plan
        begun(ledger, plan)
    # 0 names the ledger, 1 is the account's salt, 2 and 3 are the delivery's reference, 4 is the salt of its mail.
    assert by_hand(url, "SELECT ledger FROM origin") == [("00" * 16,)]
    assert by_hand(url, "SELECT ref FROM deliveries") == [("02" * 5 + "03" * 11,)]
    assert [bytes(salt) for (salt,) in by_hand(url, "SELECT salt FROM personalizations")] == [b"\x04" * 32]


def test_an_unknown_reference_has_no_mail(full: Ledger) -> None:
    with pytest.raises(LedgerError, match="no delivery has the reference"):
        full.evidence.handed_over("0" * 32)


def test_sealing_chains_what_is_new_and_nothing_twice(full: Ledger) -> None:
    assert full.evidence.verify() == ()
    assert full.evidence.seal() == 0
    full.evidence.record_receipts([receipt(2, ReceiptKind.VISITED), receipt(4)])
    assert full.evidence.seal() == 2
    assert full.evidence.verify() == ()


def test_a_seal_covers_a_bounded_number_of_entries(ledger: Ledger, url: str) -> None:
    ledger.accounts.record([account(number) for number in range(5_000)])
    ledger.evidence.record_receipts([receipt(number) for number in range(5_000)])
    assert ledger.evidence.seal() == 5_005  # five imports are among them
    assert by_hand(url, "SELECT place, entries FROM seals ORDER BY place") == [(1, 2), (2, 4_096), (3, 909)]
    assert ledger.evidence.verify() == ()


def test_a_ledger_is_sealed_from_its_beginning_so_that_one_without_seals_has_lost_them(ledger: Ledger) -> None:
    assert ledger.evidence.head()
    assert (ledger.evidence.unsealed(), ledger.evidence.seal(), ledger.evidence.verify()) == (0, 0, ())


def test_an_import_that_was_cut_off_before_it_was_sealed_is_no_finding(ledger: Ledger) -> None:
    for number in range(3):
        ledger.accounts.record([account(number)])
    assert (ledger.evidence.unsealed(), ledger.evidence.verify()) == (3, ())


@pytest.mark.parametrize(
    ("table", "change", "finding"),
    [
        ("receipts", "UPDATE receipts SET version = '3.0.0' WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "DELETE FROM receipts WHERE id = 2", "Row 2 of receipts, sealed by seal"),
        ("origin", "UPDATE origin SET rehearsal = NOT rehearsal", "Row 1 of origin was changed"),
        ("notices", "UPDATE notices SET sender = 'Them'", "Row 1 of notices was changed"),
        ("notices", "UPDATE notices SET reply_to = 'Them'", "Row 1 of notices was changed"),
        ("variants", "UPDATE variants SET text = 'Other' WHERE place = 1", "variants of row 1 of notices"),
        ("attempts", "UPDATE attempts SET host = 'there' WHERE id = 1", "Row 1 of attempts was changed"),
        ("attempts", "UPDATE attempts SET dated_at = '2020-01-01 00:00:00'", "Row 1 of attempts was changed"),
        (
            "recipients",
            "UPDATE recipients SET account = 5 WHERE attempt = 1 AND place = 1",
            "recipients of row 1",
        ),
        ("recipients", "DELETE FROM recipients WHERE attempt = 1 AND place = 1", "recipients of row 1 of attempts"),
        ("reports", "UPDATE reports SET source = 'person' WHERE id = 1", "Row 1 of reports was changed"),
        ("reports", "UPDATE reports SET heard_at = '2020-01-01 00:00:00'", "Row 1 of reports was changed"),
        ("outcomes", "UPDATE outcomes SET state = 'accepted' WHERE report = 1", "outcomes of row 1 of reports"),
        ("outcomes", "UPDATE outcomes SET happened_at = '2020-01-01 00:00:00'", "outcomes of row 1 of reports"),
        ("leaves", "UPDATE leaves SET digest = 'x' WHERE place = 2", "The leaves of seal 2 were changed"),
        ("leaves", "DELETE FROM leaves WHERE place = 2", "The leaves of seal 2 were changed"),
        ("seals", "UPDATE seals SET root = digest WHERE place = 1", "Seal 1 was changed"),
        ("seals", "UPDATE seals SET digest = root WHERE place = 1", "Seal 1 was changed"),
        ("seals", "UPDATE seals SET happened_at = '2020-01-01 00:00:00' WHERE place = 1", "Seal 1 was changed"),
    ],
)
def test_tampering_shows(full: Ledger, url: str, table: str, change: str, finding: str) -> None:
    disarm(url, table, change)
    assert finding in " ".join(full.evidence.verify())


def test_a_seal_that_is_gone_shows(sqlite_url: str) -> None:
    """PostgreSQL keeps its references; SQLite keeps them only for who asks it to."""
    with Ledger.open(sqlite_url) as ledger:
        ledger.accounts.record([account(1), account(2)])
        for number in (1, 2):
            ledger.evidence.record_receipts([receipt(number)])
            ledger.evidence.seal()
        disarm(sqlite_url, "seals", "DELETE FROM seals WHERE place = 1")
        found = " ".join(ledger.evidence.verify())
        assert "Seal 1 is missing." in found
        assert "Some leaves belong to row 1 of seals, which is not there." in found


def test_seals_cut_at_their_end_show_only_against_one_kept_elsewhere(full: Ledger, url: str) -> None:
    full.evidence.record_receipts([receipt(4)])
    full.evidence.seal()
    kept = full.evidence.head()
    disarm(url, "receipts", "DELETE FROM receipts WHERE id = (SELECT max(id) FROM receipts)")
    disarm(url, "leaves", "DELETE FROM leaves WHERE seal = 3")
    disarm(url, "seals", "DELETE FROM seals WHERE place = 3")
    assert full.evidence.verify() == ()
    assert full.evidence.verify(anchor=kept) == (f"No seal has the digest {kept} any more.",)


def test_erasing_a_person_leaves_the_chain_verifiable(full: Ledger, url: str) -> None:
    kept = full.evidence.head()
    for number in range(1, 5):  # 5 is erased already
        full.accounts.erase(f"client-{number}")
    assert by_hand(url, "SELECT count(*) FROM persons") == [(0,)]
    assert by_hand(url, "SELECT count(*) FROM personalizations") == [(0,)]
    assert by_hand(url, "SELECT count(*) FROM recipients") == [(5,)]
    assert full.evidence.verify(anchor=kept) == ()


def test_a_correction_is_a_new_entry(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = begun(ledger, plan)
    settle(ledger, attempt, State.UNKNOWN)
    ledger.evidence.seal()
    known_later(ledger, attempt, State.ACCEPTED)
    ledger.evidence.seal()
    assert by_hand(url, "SELECT state FROM outcomes ORDER BY report") == [("unknown",), ("accepted",)]
    assert ledger.evidence.verify() == ()


def test_instants_read_back_as_the_same_moment(ledger: Ledger) -> None:
    there = NOW.astimezone(tz=None).replace(microsecond=123_456)
    announce(ledger, notice(planned_at=there), planned())
    found = ledger.notices.find(notice().plan).planned_at
    assert (found, found.utcoffset()) == (there, timedelta(0))


def test_what_was_heard_late_says_when_it_happened(ledger: Ledger, url: str, clock: Clock) -> None:
    ledger.accounts.record([account(1)])
    clock.now = NOW + timedelta(days=3)
    ledger.evidence.record_receipts([receipt(1)])
    ((happened_at, heard_at),) = by_hand(url, "SELECT happened_at, heard_at FROM receipts")
    assert str(happened_at) < str(heard_at)


def test_a_rehearsal_writes_only_into_a_ledger_begun_in_one(url: str) -> None:
    with Ledger.open(url) as real:
        announced(real)
    with Ledger.open(url, rehearsal=True) as rehearsal:
        assert rehearsal.accounts.count() == 3  # it may ask
        with pytest.raises(LedgerError, match="this ledger is a real one"):
            rehearsal.accounts.record([account(4)])
        with pytest.raises(LedgerError, match="this ledger is a real one"):
            rehearsal.sending.claim(notice().plan, size=1, lease=LEASE, token="mine", on=TODAY)


def test_nothing_is_sent_from_a_rehearsals_ledger_under_the_real_clock(url: str) -> None:
    with Ledger.open(url, rehearsal=True) as rehearsal:
        plan = announced(rehearsal).plan
        assert len(claim(rehearsal, plan, size=1)) == 1
    with Ledger.open(url) as real:
        with pytest.raises(LedgerError, match="begun under POLICY_NOW"):
            claim(real, plan)
        assert real.accounts.count() == 3


def test_what_was_filled_in_is_kept_as_it_stood_in_the_mail(ledger: Ledger, url: str) -> None:
    begun(ledger, announced(ledger, audience=1).plan)
    ((filled,),) = by_hand(url, "SELECT filled FROM personalizations")
    assert json.loads(filled) == {
        "address": "person1@example.com",
        "account": "client-1",
        "name": "Person Number 1",
        "email": "person1@example.com",
    }


def test_a_question_makes_no_ledger_out_of_an_empty_file(sqlite_url: str) -> None:
    Path(sqlite_url.removeprefix("sqlite:///")).touch()
    with pytest.raises(LedgerError, match="there is no ledger at"):
        Ledger.open(sqlite_url, create=False, rehearsal=True)
    with Ledger.open(sqlite_url) as real:
        claim(real, announced(real).plan)


def test_a_question_makes_no_ledger_in_an_empty_database(postgresql_url: str) -> None:
    with pytest.raises(LedgerError, match="there is no ledger at"):
        Ledger.open(postgresql_url, create=False)
