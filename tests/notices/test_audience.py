from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.notices.world import (
    NEWEST,
    SUMMARY,
    TODAY,
    World,
    account,
    consent_version,
    first_version,
    history_of,
    material_version,
    three_versions,
)
from tests.repositories import policy_text
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Candidate, Standing
from toolkit.ledger.states import State
from toolkit.notices.audience import (
    AudienceReason,
    find_memberships,
    newest_to_tell,
    refuse_outdated,
    refuse_unannounceable,
)
from toolkit.policy.classes import Asking
from toolkit.policy.version import History

HISTORY = three_versions()
VERSION = HISTORY.version(NEWEST)


def standing(*, told: str = "", seen: str = "", **of: object) -> Standing:
    return Standing(account=account(**of), told=told, seen=seen)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "delivery", "reason", "since"),
    [
        (standing(), None, AudienceReason.NEVER_TOLD, "1.0.0"),
        (standing(created=date(2026, 11, 26)), None, AudienceReason.NEVER_TOLD, "1.0.1"),
        (standing(told="1.0.1"), None, AudienceReason.TOLD_EARLIER, "1.0.1"),
        (standing(told="1.0.1", seen="1.0.0"), None, AudienceReason.TOLD_EARLIER, "1.0.0"),
        (standing(told="2.0.0"), None, AudienceReason.ALREADY_TOLD, "1.0.1"),
        (standing(told="2.0.0"), State.ACCEPTED, AudienceReason.ALREADY_TOLD, "1.0.1"),
        (standing(), State.ACCEPTED, AudienceReason.ALREADY_TOLD, "1.0.0"),
        (standing(), State.DELIVERED, AudienceReason.ALREADY_TOLD, "1.0.0"),
        (standing(told="3.0.0"), None, AudienceReason.TOLD_LATER, "1.0.1"),
        (standing(seen="2.0.0"), None, AudienceReason.SEEN, "1.0.1"),
        (standing(created=date(2026, 12, 31)), None, AudienceReason.SIGNED_UP_UNDER_IT, "1.0.1"),
        (standing(created=date(2026, 12, 30)), None, AudienceReason.NEVER_TOLD, "1.0.1"),
        (standing(closed=TODAY), None, AudienceReason.CLOSED, "1.0.0"),
        (standing(closed=date(2027, 1, 1)), None, AudienceReason.NEVER_TOLD, "1.0.0"),
        (standing(restricted=True), None, AudienceReason.RESTRICTED, "1.0.0"),
        (standing(email=""), None, AudienceReason.NO_ADDRESS, "1.0.0"),
        (standing(email="a@b.example, c@d.example"), None, AudienceReason.NO_ADDRESS, "1.0.0"),
        (standing(), State.PENDING, AudienceReason.IN_ANOTHER_PLAN, "1.0.0"),
        (standing(), State.CLAIMED, AudienceReason.IN_ANOTHER_PLAN, "1.0.0"),
        (standing(), State.UNKNOWN, AudienceReason.ANSWER_UNKNOWN, "1.0.0"),
        (standing(), State.REFUSED, AudienceReason.REFUSED, "1.0.0"),
        (standing(), State.BOUNCED, AudienceReason.BOUNCED, "1.0.0"),
        (standing(), State.DROPPED, AudienceReason.BOUNCED, "1.0.0"),
        (standing(), State.SKIPPED, AudienceReason.NEVER_TOLD, "1.0.0"),
        (standing(), State.CANCELLED, AudienceReason.NEVER_TOLD, "1.0.0"),
    ],
)
def test_every_account_is_in_or_out_for_one_reason(
    given: Standing, delivery: State | None, reason: AudienceReason, since: str
) -> None:
    (membership,) = find_memberships([Candidate(standing=given, delivery=delivery)], HISTORY, VERSION, TODAY)
    assert (membership.reason, membership.since) == (reason, since)
    assert membership.included is (reason in {AudienceReason.NEVER_TOLD, AudienceReason.TOLD_EARLIER})


@pytest.mark.parametrize(
    ("closed", "concerns", "reason"),
    [
        (date(2026, 6, 1), True, AudienceReason.STILL_HELD),
        (date(2026, 6, 1), False, AudienceReason.CLOSED),
        (TODAY, True, AudienceReason.STILL_HELD),
        (date(2023, 12, 3), True, AudienceReason.STILL_HELD),
        (date(2023, 12, 2), True, AudienceReason.CLOSED),
        (date(2027, 1, 1), True, AudienceReason.NEVER_TOLD),
    ],
)
def test_who_closed_and_whose_data_is_still_held_is_told_of_what_concerns_them(
    closed: date, concerns: bool, reason: AudienceReason
) -> None:
    (membership,) = find_memberships(
        [Candidate(standing=standing(closed=closed))],
        HISTORY,
        VERSION,
        TODAY,
        held_since=date(2023, 12, 2),
        concerns_closed=lambda _since: concerns,
    )
    assert (membership.reason, membership.though_closed) == (reason, concerns)


def test_without_a_period_of_retention_no_closed_account_is_told() -> None:
    (membership,) = find_memberships(
        [Candidate(standing=standing(closed=TODAY))], HISTORY, VERSION, TODAY, concerns_closed=lambda _since: True
    )
    assert (membership.reason, membership.though_closed) == (AudienceReason.CLOSED, False)


def test_who_reads_a_language_whose_translation_nobody_has_read_yet_waits() -> None:
    (membership,) = find_memberships(
        [Candidate(standing=standing(language="zh-Hant"))], HISTORY, VERSION, TODAY, waits=lambda _account: True
    )
    assert membership.reason is AudienceReason.WAITS_FOR_TRANSLATION


@pytest.mark.parametrize("declared", ["editorial", "minor"])
def test_nobody_is_told_of_what_need_not_be_told(declared: str) -> None:
    history = three_versions(material_version(declared=declared))
    with pytest.raises(NoticeError, match="nobody is told of such a version"):
        refuse_unannounceable(history, history.version(NEWEST), TODAY)


def test_a_consent_version_waits_until_front_matter_says_how_consent_is_asked() -> None:
    history = three_versions(material_version(declared="consent"))
    with pytest.raises(NoticeError, match="not announced until front matter says how consent is asked"):
        refuse_unannounceable(history, history.version(NEWEST), TODAY)


@pytest.mark.parametrize("asking", list(Asking))
def test_a_consent_version_that_says_how_consent_is_asked_is_announced(asking: Asking) -> None:
    history = three_versions(consent_version(asking))
    refuse_unannounceable(history, history.version(NEWEST), TODAY)
    assert newest_to_tell(history, TODAY) == history.version(NEWEST)


def test_a_scheduled_version_is_not_announced() -> None:
    with pytest.raises(NoticeError, match="is scheduled on 2026-11-30"):
        refuse_unannounceable(HISTORY, VERSION, date(2026, 11, 30))


def test_a_superseded_version_is_not_announced() -> None:
    later = policy_text("Other words.\n", number="3.0.0", published="2027-02-01", declared="material", summary="- New.")
    history = history_of(
        (policy_text(number="1.0.0"), "2026-11-23"), (material_version(), "2026-12-01"), (later, "2027-02-01")
    )
    with pytest.raises(NoticeError, match="is superseded"):
        refuse_unannounceable(history, history.version(NEWEST), date(2027, 2, 2))


def test_a_withdrawn_version_is_not_announced() -> None:
    first = policy_text(number="1.0.0")
    history = history_of((first, "2026-11-23"), (material_version(), "2026-12-01"), (first, "2026-12-05"))
    with pytest.raises(NoticeError, match="is withdrawn"):
        refuse_unannounceable(history, history.version(NEWEST), date(2026, 12, 6))


def test_a_plan_that_is_still_true_may_be_sent(tmp_path: Path) -> None:
    notice = World(tmp_path, [account(1)]).plan().notice
    refuse_outdated(notice, HISTORY, planned_on=TODAY, on=TODAY)
    refuse_outdated(notice, HISTORY, planned_on=TODAY, on=date(2026, 12, 30))


def _withdrawn() -> History:
    first = policy_text(number="1.0.0")
    return history_of((first, "2026-11-23"), (material_version(), "2026-12-01"), (first, "2026-12-02"))


def _postponed() -> History:
    later = material_version().replace("effective: 2026-12-31", "effective: 2027-01-31")
    return history_of((first_version(), "2026-11-23"), (material_version(), "2026-12-01"), (later, "2026-12-02"))


@pytest.mark.parametrize(
    ("history", "said"),
    [
        (_withdrawn(), "version 2.0.0 of 'privacy' is withdrawn on 2026-12-02"),
        (_postponed(), "version 2.0.0 of 'privacy' binds from 2027-01-31; the mails say 2026-12-31"),
        (three_versions(material_version(summary=f"{SUMMARY} More.")), "has other words than the plan"),
        (history_of((first_version(), "2026-11-23")), "there is no version 2.0.0 of 'privacy' any more"),
        (replace(HISTORY, policy="terms"), "there is no version 2.0.0 of 'privacy' any more"),
    ],
)
def test_a_plan_whose_version_was_withdrawn_postponed_or_rewritten_is_refused(
    tmp_path: Path, history: History, said: str
) -> None:
    notice = World(tmp_path, [account(1)]).plan().notice
    with pytest.raises(NoticeError, match=said):
        refuse_outdated(notice, history, planned_on=TODAY, on=TODAY)


def test_who_signed_up_before_a_version_was_public_did_not_sign_up_under_it() -> None:
    second = material_version().replace("2026-12-31", "2026-12-01")
    history = history_of((first_version(), "2026-11-23"), (second, "2026-12-02"))
    version = history.version(NEWEST)
    reasons = {
        day: next(
            find_memberships([Candidate(standing=standing(created=date(2026, 12, day)))], history, version, TODAY)
        )
        for day in (1, 2)
    }
    assert (reasons[1].reason, reasons[1].since) == (AudienceReason.NEVER_TOLD, "1.0.0")
    assert reasons[2].reason is AudienceReason.SIGNED_UP_UNDER_IT


def test_nobody_signs_up_under_a_version_that_needs_consent() -> None:
    history = three_versions(consent_version().replace("2026-12-31", "2026-12-01"))
    candidate = Candidate(standing=standing(created=TODAY))
    (membership,) = find_memberships([candidate], history, history.version(NEWEST), TODAY)
    assert (membership.reason, membership.since) == (AudienceReason.NEVER_TOLD, "1.0.1")
