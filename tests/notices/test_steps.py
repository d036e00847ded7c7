"""A mail about several versions: what each of them does, and from when, is true on the day it is written."""

from datetime import date

import pytest

from tests.notices.test_basis import FIRST, SECOND, keeping, two_pending
from tests.notices.test_compose import Reader, write
from tests.notices.world import history_of
from tests.repositories import policy_text
from toolkit.errors import NoticeError
from toolkit.notices.audience import newest_to_tell, refuse_unannounceable
from toolkit.policy.classes import Number
from toolkit.policy.version import History

ON = date(2026, 12, 6)
LATER = date(2027, 3, 1)
SPELT = policy_text(
    "## 1. Retention\n\nWe keep data for 5 years after closure.\n",
    number="2.0.1",
    published="2027-01-20",
    effective="2027-01-20",
    declared="editorial",
)


def mails(history: History, *, since: str, on: date, number: str) -> list[str]:
    """Return what both parts of a mail say, in one line each."""
    mail = write(history, since=since, on=on, number=number)
    return [" ".join(said.split()) for said in (mail.text, Reader(mail.html).text)]


def with_editorial() -> History:
    return history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (SPELT, "2027-01-20"))


def test_an_editorial_version_above_keeps_nobody_from_being_told_of_the_material_one() -> None:
    history = with_editorial()
    version = newest_to_tell(history, LATER)
    assert version is not None
    assert str(version.number) == "2.0.0"
    refuse_unannounceable(history, version, LATER)
    for words in mails(history, since="1.0.0", on=LATER, number="2.0.0"):
        assert "The new version, 2.0.0, has applied since 15 January 2027." in words
        assert "There is also version 2.0.1, since 20 January 2027. Editorial" in words


def test_where_nothing_has_to_be_told_the_newest_version_says_why() -> None:
    history = history_of((FIRST, "2025-01-01"))
    version = newest_to_tell(history, ON)
    assert version is not None
    with pytest.raises(NoticeError, match="is initial: nobody is told"):
        refuse_unannounceable(history, version, ON)


def test_a_step_that_a_later_one_replaced_applied_until_then() -> None:
    for words in mails(two_pending(), since="1.0.0", on=LATER, number="3.0.0"):
        assert "2.0.0 applied from 15 January 2027 until 1 February 2027, when a later version took over." in words
        assert "3.0.0 has applied since 1 February 2027." in words
        assert "applies from" not in words
        assert "If you do nothing, version 3.0.0 applies to you" in words


def test_a_step_that_begins_no_earlier_than_the_next_never_applies_alone() -> None:
    third = keeping(7, "3.0.0", "2026-12-05", "2027-01-15")
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (third, "2026-12-05"))
    for words in mails(history, since="1.0.0", on=ON, number="3.0.0"):
        assert "2.0.0 never applies alone: a later version applies from 15 January 2027 in its place." in words
        assert "3.0.0 applies from 15 January 2027." in words
        assert words.count("If you do so before 15 January 2027, we know it before version 3.0.0 applies.") == 1
        assert "before version 2.0.0 applies" not in words


def test_a_material_step_without_a_summary_shows_its_words() -> None:
    second = SECOND.replace("summary: |\n  - We keep data for 5 years.\n", "")
    assert "summary" not in second
    third = keeping(7, "3.0.0", "2026-12-05", "2027-02-01")
    history = history_of((FIRST, "2025-01-01"), (second, "2026-12-01"), (third, "2026-12-05"))
    for words in mails(history, since="1.0.0", on=ON, number="3.0.0"):
        assert "Version 2.0.0, from 15 January 2027, compared with version 1.0.0" in words
        assert "We keep data for 5 years after closing" in words
        assert "Please see the old words and the new." in words


def test_a_step_that_needs_consent_is_never_said_to_apply_by_doing_nothing() -> None:
    second = SECOND.replace("class: material", "class: consent\nconsent: portal")
    third = keeping(7, "3.0.0", "2026-12-05", "2027-02-01")
    history = history_of((FIRST, "2025-01-01"), (second, "2026-12-01"), (third, "2026-12-05"))
    for words in mails(history, since="1.0.0", on=ON, number="3.0.0"):
        assert "If you do nothing, version 3.0.0 applies" in words
        assert "Version 2.0.0 needs your consent: it does not apply to the information we already hold" in words
        assert "2.0.0 applies from 15 January 2027, where you consent." in words
        assert "the new versions apply" not in words


CONSENT = keeping(9, "3.0.0", "2026-12-05", "2027-02-01").replace("class: material", "class: consent")
ASKED = CONSENT.replace("class: consent", "class: consent\nconsent: portal")


def test_a_version_that_waits_for_consent_ends_nothing() -> None:
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (CONSENT, "2026-12-05"))
    version = newest_to_tell(history, LATER)
    assert version is not None
    assert str(version.number) == "2.0.0"
    refuse_unannounceable(history, version, LATER)
    for words in mails(history, since="1.0.0", on=LATER, number="2.0.0"):
        assert "The new version, 2.0.0, has applied since 15 January 2027." in words
        assert "There is also version 3.0.0, since 1 February 2027, where you consent. Needs your consent" in words


def test_a_consent_version_that_a_later_one_replaced_applied_where_consent_was_given() -> None:
    fourth = keeping(9, "4.0.0", "2027-02-10", "2027-02-15")
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (ASKED, "2026-12-05"), (fourth, "2027-02-10"))
    for words in mails(history, since="1.0.0", on=LATER, number="4.0.0"):
        assert "2.0.0 applied from 15 January 2027 until 15 February 2027, when a later version took over." in words
        assert "until 15 February 2027, when a later version took over, where you consented." in words


def test_a_consent_version_that_never_applies_alone_is_said_to_need_consent_and_no_more() -> None:
    second = SECOND.replace("class: material", "class: consent\nconsent: portal")
    third = keeping(7, "3.0.0", "2026-12-05", "2027-01-15")
    history = history_of((FIRST, "2025-01-01"), (second, "2026-12-01"), (third, "2026-12-05"))
    for words in mails(history, since="1.0.0", on=ON, number="3.0.0"):
        assert "2.0.0 needs your consent." in words
        assert "never applies alone" not in words


def test_a_date_that_moved_before_anybody_could_read_it_was_never_announced() -> None:
    second = SECOND.replace("published: 2026-12-01", "published: 2026-12-05")
    later = second.replace("effective: 2027-01-15", "effective: 2027-01-31")
    history = history_of((FIRST, "2025-01-01"), (second, "2026-12-01"), (later, "2026-12-03"))
    for words in mails(history, since="1.0.0", on=ON, number="2.0.0"):
        assert "applies from 31 January 2027." in words
        assert "first announced" not in words


def test_a_date_that_was_postponed_is_said_with_the_one_first_announced() -> None:
    later = SECOND.replace("effective: 2027-01-15", "effective: 2027-01-31")
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (later, "2026-12-03"))
    for words in mails(history, since="1.0.0", on=ON, number="2.0.0"):
        assert "2.0.0, applies from 31 January 2027, and not from 15 January 2027 as first announced." in words


def test_the_subject_says_the_first_day_on_which_something_applies() -> None:
    assert write(two_pending(), on=ON, number="3.0.0").subject == (
        "Kvmcloud: changes to our Privacy Policy from 15 January 2027"
    )


def test_a_later_version_that_is_public_is_named() -> None:
    history = two_pending()
    for words in mails(history, since="1.0.0", on=ON, number="2.0.0"):
        assert "There is also version 3.0.0, from 1 February 2027. Material" in words
        assert "The new version, 2.0.0, applies from 15 January 2027" in words


def test_steps_stand_in_the_order_of_their_numbers_whatever_their_class() -> None:
    minor = keeping(4, "1.1.0", "2026-11-01", "2026-11-01", "minor")
    history = history_of((FIRST, "2025-01-01"), (minor, "2026-11-01"), (SECOND, "2026-12-01"))
    for words in mails(history, since="1.0.0", on=ON, number="2.0.0"):
        assert words.index("With version 1.1.0, since 1 November 2026") < words.index("With version 2.0.0")


def test_a_version_in_other_words_above_one_that_needs_consent_needs_it_too() -> None:
    second = SECOND.replace("class: material", "class: consent\nconsent: portal").replace("2027-01-15", "2026-12-02")
    minor = keeping(5, "2.1.0", "2026-12-03", "2026-12-03", "minor")
    third = keeping(4, "3.0.0", "2026-12-05", "2027-02-01")
    history = history_of((FIRST, "2025-01-01"), (second, "2026-12-01"), (minor, "2026-12-03"), (third, "2026-12-05"))
    assert str(history.basis(Number.parse("3.0.0"), ON).number) == "1.0.0"
    for words in mails(history, since="1.0.0", on=ON, number="3.0.0"):
        assert "2.1.0 has applied since 3 December 2026, where you consent." in words
        assert "If you do nothing, version 3.0.0 applies to you" in words


def test_a_version_that_needed_consent_and_has_ended_asks_for_none() -> None:
    fourth = keeping(9, "4.0.0", "2027-02-10", "2027-02-15")
    history = history_of((FIRST, "2025-01-01"), (ASKED, "2026-12-05"), (fourth, "2027-02-10"))
    for words in mails(history, since="1.0.0", on=LATER, number="4.0.0"):
        assert "when a later version took over, where you consented." in words
        assert "needs your consent" not in words


def test_a_version_that_never_applies_alone_is_not_announced_by_itself() -> None:
    third = keeping(7, "3.0.0", "2026-12-05", "2027-01-15")
    history = history_of((FIRST, "2025-01-01"), (SECOND, "2026-12-01"), (third, "2026-12-05"))
    with pytest.raises(NoticeError, match=r"never applies alone: a later version applies from 2027-01-15"):
        refuse_unannounceable(history, history.version(Number.parse("2.0.0")), ON)


def above_consent(asking: str, *, consent_from: str = "2026-12-20", material_from: str = "2027-01-15") -> History:
    """1.0.0, a 2.0.0 that needs consent, and a material 3.0.0 with the same words and one more change."""
    line = f"class: consent\nconsent: {asking}" if asking else "class: consent"
    second = keeping(5, "2.0.0", "2026-12-01", consent_from).replace("class: material", line)
    third = keeping(7, "3.0.0", "2026-12-02", material_from)
    return history_of((FIRST, "2025-01-01"), (second, "2026-12-01"), (third, "2026-12-02"))


@pytest.mark.parametrize("asking", ["portal", "reply"])
def test_doing_nothing_brings_nobody_what_a_lower_version_needs_consent_for(asking: str) -> None:
    for words in mails(above_consent(asking), since="1.0.0", on=ON, number="3.0.0"):
        assert "already hold about you, except what version 2.0.0 changes, unless you consent to that." in words
        assert "Version 2.0.0 needs your consent: it does not apply" in words
        assert "This is a material change. It concerns:" in words
        assert "What needs your consent concerns:" in words


def test_what_needed_consent_stays_excepted_after_a_later_version_took_over() -> None:
    history = above_consent("portal", consent_from="2026-12-01", material_from="2026-12-03")
    for words in mails(history, since="1.0.0", on=ON, number="3.0.0"):
        assert "except what version 2.0.0 changes, unless you consent to that." in words


def test_a_consent_version_that_does_not_say_how_it_is_asked_is_named_and_not_announced() -> None:
    for words in mails(above_consent(""), since="1.0.0", on=ON, number="3.0.0"):
        assert "There is also version 2.0.0, from 20 December 2026, where you consent. Needs your consent" in words
        assert "already hold about you, except what version 2.0.0 changes." in words
        assert "Version 2.0.0 needs your consent:" not in words


def test_a_new_use_that_leaves_alone_what_is_held_is_excepted_without_a_consent() -> None:
    for words in mails(above_consent("none"), since="1.0.0", on=ON, number="3.0.0"):
        assert "already hold about you, except what version 2.0.0 changes." in words
        assert "2.0.0 applies from 20 December 2026, but not to the information we already hold about you." in words
        assert "where you consent" not in words


def test_a_minor_version_beside_one_that_needs_consent_makes_no_material_change() -> None:
    minor = keeping(3, "1.1.0", "2026-11-20", "2026-11-20", "minor")
    history = history_of((FIRST, "2025-01-01"), (minor, "2026-11-20"), (ASKED.replace("3.0.0", "2.0.0"), "2026-12-05"))
    for words in mails(history, since="1.0.0", on=ON, number="2.0.0"):
        assert "This change needs your consent." in words
        assert "material change" not in words
        assert "If you do nothing, nothing changes for the information we already hold about you." in words


def test_what_binds_already_and_what_will_are_told_apart() -> None:
    second = keeping(5, "2.0.0", "2026-11-01", "2026-11-01")
    third = keeping(7, "3.0.0", "2026-12-01", "2027-01-31")
    history = history_of((FIRST, "2025-01-01"), (second, "2026-11-01"), (third, "2026-12-01"))
    assert write(history, on=ON, number="3.0.0").subject == "Kvmcloud: changes to our Privacy Policy"
    for words in mails(history, since="1.0.0", on=ON, number="3.0.0"):
        assert "We have changed our Privacy Policy, and are changing it again" in words
        assert "2.0.0 has applied since 1 November 2026." in words
