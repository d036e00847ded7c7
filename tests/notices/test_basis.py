"""What a notice compares with: never with words that the reader does not live under, and every step named."""

from datetime import UTC, date, datetime

import pytest

from tests.notices.test_compose import Reader, write
from tests.notices.world import account, history_of
from tests.repositories import policy_text
from toolkit.ledger.entries import Candidate, Standing
from toolkit.notices.audience import AudienceReason, Membership, find_memberships
from toolkit.policy.classes import Number
from toolkit.policy.version import History

NEW_YEAR = "2027-01-15"


def keeping(years: int, number: str, published: str, effective: str, declared: str = "material") -> str:
    """Return a version that keeps data for some years."""
    return policy_text(
        f"## 1. Retention\n\nWe keep data for {years} years after closing.\n",
        number=number,
        published=published,
        effective=effective,
        declared=declared,
        summary=f"- We keep data for {years} years.",
    )


FIRST = keeping(3, "1.0.0", "2025-01-01", "2025-01-01", "initial")
SECOND = keeping(5, "2.0.0", "2026-12-01", NEW_YEAR)


def withdrawn() -> History:
    """1.0.0 (3 years) binds; 2.0.0 (5 years) was told and withdrawn; 3.0.0 says 4."""
    third = keeping(4, "3.0.0", "2026-12-05", "2027-02-01")
    return history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (FIRST, "2026-12-04"), (third, "2026-12-05"))


def two_pending() -> History:
    third = keeping(7, "3.0.0", "2026-12-05", "2027-02-01")
    return history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (third, "2026-12-05"))


def since(history: History, on: date, *, number: str = "3.0.0", told: str = "", seen: str = "") -> str:
    known = Standing(account=account(), told=told, seen=seen)
    version = history.version(Number.parse(number))
    (found,) = find_memberships([Candidate(standing=known)], history, version, on)
    assert found.included
    return found.since


ON = date(2026, 12, 6)


@pytest.mark.parametrize("known", [{"told": "2.0.0"}, {"seen": "2.0.0"}, {"told": "1.0.0"}, {}])
def test_who_was_told_of_a_withdrawn_version_is_told_against_the_words_that_bind(known: dict[str, str]) -> None:
    assert since(withdrawn(), ON, **known) == "1.0.0"


def test_a_lengthening_is_not_sold_as_a_shortening() -> None:
    mail = write(withdrawn(), since="1.0.0", on=ON, number="3.0.0")
    for said in (mail.text, Reader(mail.html).text):
        words = " ".join(said.split())
        assert "We keep data for 3 years" in words
        assert "We keep data for 4 years" in words
        assert "5 years" not in words
        assert "Version 2.0.0, which we had published, was withdrawn on 4 December 2026: it does not apply." in words
    assert "https://kvm.hk/privacy/3.0.0/changes/" in mail.text


def test_who_knows_a_pending_version_is_told_against_the_one_in_force() -> None:
    assert since(two_pending(), ON, told="2.0.0") == "1.0.0"
    assert since(two_pending(), date(2027, 1, 15), told="2.0.0") == "2.0.0"


def test_who_has_seen_less_than_what_binds_is_told_against_what_was_seen() -> None:
    assert since(two_pending(), date(2027, 1, 20), told="2.0.0", seen="1.0.0") == "1.0.0"


def test_a_number_that_this_history_does_not_have_counts_as_the_one_below() -> None:
    assert since(two_pending(), date(2027, 1, 20), told="2.5.0") == "2.0.0"


def test_two_pending_versions_say_both_dates_and_what_changes_with_each() -> None:
    mail = write(two_pending(), since="1.0.0", on=ON, number="3.0.0")
    for said in (mail.text, Reader(mail.html).text):
        words = " ".join(said.split())
        assert "There are 2 new versions" in words
        for number, day, years, before in (
            ("2.0.0", "15 January 2027", "5", "1.0.0"),
            ("3.0.0", "1 February 2027", "7", "2.0.0"),
        ):
            assert f"{number} applies from {day}" in words
            assert f"With version {number}, from {day}" in words
            assert f"Version {number}, from {day}, compared with version {before}" in words
            assert f"We keep data for {years} years." in words
            assert f"before {day}, we know it before version {number} applies" in words
            assert f"What changed from version {before} to {number}, word by word" in words
            assert f"https://kvm.hk/privacy/{number}/changes/" in words
        assert words.index("With version 2.0.0") < words.index("With version 3.0.0")


def test_a_later_version_that_was_withdrawn_keeps_nobody_from_an_earlier_number() -> None:
    second = keeping(4, "1.5.0", "2026-12-05", "2027-02-01")
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (FIRST, "2026-12-04"), (second, "2026-12-05"))
    assert since(history, ON, number="1.5.0", told="2.0.0") == "1.0.0"


def membership(history: History, number: str, on: date, **known: object) -> Membership:
    standing = Standing(account=account(), **known)  # type: ignore[arg-type]
    version = history.version(Number.parse(number))
    (found,) = find_memberships([Candidate(standing=standing)], history, version, on)
    return found


def test_a_lower_number_that_became_public_after_a_higher_one_was_told_is_told_too() -> None:
    """The mail about the higher one could not name it, and it binds first."""
    third = keeping(7, "3.0.0", "2026-12-01", "2027-02-15")
    second = keeping(5, "2.0.0", "2026-12-05", "2027-01-15")
    history = history_of((FIRST, "2025-01-01"), (third, "2026-12-01"), (second, "2026-12-05"))
    before, after = datetime(2026, 12, 2, tzinfo=UTC), datetime(2026, 12, 6, tzinfo=UTC)
    assert membership(history, "2.0.0", ON, told="3.0.0", told_at=before).included
    assert membership(history, "2.0.0", ON, told="3.0.0", told_at=after).reason is AudienceReason.TOLD_LATER
    assert membership(history, "3.0.0", ON, told="3.0.0", told_at=before).reason is AudienceReason.ALREADY_TOLD


def test_who_came_while_a_version_needed_consent_is_assumed_to_know_the_one_that_bound_all() -> None:
    second = keeping(5, "2.0.0", "2026-12-01", "2026-12-10").replace(
        "class: material", "class: consent\nconsent: portal"
    )
    third = keeping(4, "3.0.0", "2026-12-11", "2027-01-15")
    history = history_of((FIRST, "2025-01-01"), (second, "2026-12-01"), (third, "2026-12-11"))
    standing = Standing(account=account(created=date(2026, 12, 11)))
    for day in (date(2027, 1, 14), date(2027, 1, 16)):
        (found,) = find_memberships([Candidate(standing=standing)], history, history.versions[-1], day)
        assert (found.included, found.since) == (True, "1.0.0")


def test_who_was_told_before_a_lower_number_was_public_is_still_told_once_it_binds() -> None:
    third = keeping(7, "3.0.0", "2026-12-01", "2027-02-15")
    second = keeping(5, "2.0.0", "2026-12-05", "2027-01-15")
    history = history_of((FIRST, "2025-01-01"), (third, "2026-12-01"), (second, "2026-12-05"))
    before = datetime(2026, 12, 2, tzinfo=UTC)
    found = membership(history, "2.0.0", date(2027, 1, 20), told="3.0.0", told_at=before)
    assert (found.included, found.since) == (True, "1.0.0")


def test_who_was_told_of_a_withdrawn_version_is_told_of_a_lower_one_that_came_after_it() -> None:
    between = keeping(4, "1.1.0", "2026-12-05", "2027-01-05")
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (FIRST, "2026-12-03"), (between, "2026-12-05"))
    told = {"told": "2.0.0", "told_at": datetime(2026, 12, 2, tzinfo=UTC)}
    found = membership(history, "1.1.0", date(2027, 1, 6), **told)
    assert (found.included, found.since) == (True, "1.0.0")


def test_who_was_told_of_a_version_with_a_later_one_that_was_withdrawn_gets_no_empty_notice() -> None:
    third = keeping(7, "3.0.0", "2026-12-05", "2027-02-15")
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (third, "2026-12-05"), (SECOND, "2027-01-20"))
    found = membership(history, "2.0.0", date(2027, 1, 20), told="3.0.0")
    assert (found.since, found.reason) == ("2.0.0", AudienceReason.TOLD_LATER)


def test_who_was_told_of_a_later_version_is_not_told_of_an_older_one() -> None:
    history = two_pending()
    known = Candidate(standing=Standing(account=account(), told="3.0.0"))
    (found,) = find_memberships([known], history, history.version(Number.parse("2.0.0")), ON)
    assert found.reason is AudienceReason.TOLD_LATER
