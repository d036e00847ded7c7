from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.notices.world import (
    MATERIAL,
    PUBLISHER,
    SUMMARY,
    World,
    account,
    accounts,
    material_version,
    templates,
    three_versions,
)
from toolkit.errors import LedgerError, NoticeError
from toolkit.ledger.entries import Receipt, ReceiptKind
from toolkit.ledger.states import State
from toolkit.notices.audience import AudienceReason
from toolkit.notices.plan import Plan, hash_plan
from toolkit.notices.survey import choose_language


def test_a_plan_says_who_is_told_and_who_is_not_by_reason(tmp_path: Path) -> None:
    world = World(tmp_path, [*accounts(9), account("x1", closed=date(2026, 1, 1)), account("x2", restricted=True)])
    world.ledger.accounts.record([account("x3", email="nobody"), account("x4", created=date(2027, 1, 5))])
    seen = Receipt(
        account="c00001", policy="privacy", version="2.0.0", kind=ReceiptKind.CONFIRMED,
        happened_at=datetime(2026, 12, 1, tzinfo=UTC),
    )  # fmt: skip
    world.ledger.evidence.record_receipts([seen])
    plan = world.plan()
    assert [(share.reason, share.accounts) for share in plan.told] == [(AudienceReason.NEVER_TOLD, 8)]
    assert [(str(share), share.accounts) for share in plan.left_out] == [
        ("has seen it", 1),
        ("signed up under it", 1),
        ("account closed", 1),
        ("restricted", 1),
        ("no usable address", 1),
    ]
    assert plan.audience == 8
    assert [(v.language, v.since, n) for v, n in zip(plan.variants, plan.readers, strict=True)] == [
        ("en", "1.0.0", 5),
        ("en", "1.0.1", 3),
    ]


def test_the_reason_of_who_was_told_earlier_names_the_version(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(3))
    told = [replace(one, standing=replace(one.standing, told="1.0.1")) for one in world.candidates()]
    assert [str(share) for share in world.plan(candidates=lambda: told).told] == ["last told 1.0.1"]


def test_the_plan_of_one_day_is_the_plan_of_the_next(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(9))
    assert world.plan().hash == world.plan(now=datetime(2026, 12, 9, tzinfo=UTC)).hash


def test_planning_again_after_announcing_gives_the_same_plan_and_the_same_audience(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(9))
    assert world.announce().hash == world.announce().hash
    assert world.states(world.plan().hash) == {State.PENDING: 9}


def _with_more_accounts(world: World) -> Plan:
    world.ledger.accounts.record([account(10)])
    return world.plan()


def _with_another_language(world: World) -> Plan:
    world.ledger.accounts.record([account(1, language="fr")])
    english = templates()[0]
    return world.plan(with_templates=(english, replace(english, language="fr")))


def _with_other_words(world: World) -> Plan:
    world.history = three_versions(material_version(MATERIAL.replace("5 years", "6 years")))
    return world.plan()


def _with_another_summary(world: World) -> Plan:
    world.history = three_versions(material_version(summary=SUMMARY.replace("5 years", "five years")))
    return world.plan()


def _with_a_later_effect(world: World) -> Plan:
    later = material_version().replace("effective: 2026-12-31", "effective: 2027-01-31")
    world.history = three_versions(later)
    return world.plan()


def _with_source(world: World, name: str) -> Plan:
    english = templates()[0]
    source = f"{english.sources[name]}\n/* more */ more"
    return world.plan(with_templates=(replace(english, sources={**english.sources, name: source}),))


CHANGES: dict[str, Callable[[World], Plan]] = {
    "one more account": _with_more_accounts,
    "an account's language": _with_another_language,
    "the policy's words": _with_other_words,
    "the day it binds from": _with_a_later_effect,
    "the summary": _with_another_summary,
    "the subject": lambda world: _with_source(world, "subject.txt"),
    "the text part": lambda world: _with_source(world, "notice.txt"),
    "the HTML part": lambda world: _with_source(world, "notice.html"),
    "the look": lambda world: _with_source(world, "notice.css"),
    "the sender": lambda world: world.plan(publisher=replace(PUBLISHER, sender="Us <other@kvm.hk>")),
    "the service": lambda world: world.plan(publisher=replace(PUBLISHER, service="Another")),
    "the pages": lambda world: world.plan(publisher=replace(PUBLISHER, site_url="https://kvm.hk/terms/")),
    "the transport": lambda world: world.plan(transport=replace(world.outbox, name="smtp")),
    "the host": lambda world: world.plan(transport=replace(world.outbox, host="elsewhere")),
    "where answers go": lambda world: world.plan(publisher=replace(PUBLISHER, contact="other@kvm.hk")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_hash_changes_with(what: str, tmp_path: Path) -> None:
    world = World(tmp_path, accounts(9))
    assert world.plan().hash != CHANGES[what](world).hash


def _with_another_address(world: World) -> Plan:
    world.ledger.accounts.record([account(1, email="new@example.com", name="New")])
    return world.plan()


def _with_a_closed_outsider(world: World) -> Plan:
    world.ledger.accounts.record([account("x1", closed=date(2026, 1, 1))])
    return world.plan()


@pytest.mark.parametrize("change", [_with_another_address, _with_a_closed_outsider])
def test_the_hash_does_not_change_with_what_it_does_not_cover(change: Callable[[World], Plan], tmp_path: Path) -> None:
    world = World(tmp_path, accounts(9))
    assert world.plan().hash == change(world).hash


@pytest.mark.parametrize("other", [{"effective": date(2027, 1, 31)}, {"audience": 8}])
def test_the_hash_covers_the_effective_date_and_the_audience_themselves(tmp_path: Path, other: dict[str, Any]) -> None:
    plan = World(tmp_path, accounts(9)).plan()
    assert hash_plan(replace(plan.notice, **other), plan.variants) != plan.hash


def test_the_hash_is_of_what_the_ledger_froze(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(9))
    plan = world.announce()
    notices = world.ledger.notices
    assert hash_plan(notices.find(plan.hash[:12]), notices.variants(plan.hash)) == plan.hash


def test_accounts_that_change_while_planning_are_an_error_and_nothing_is_announced(tmp_path: Path) -> None:
    world = World(tmp_path, accounts(9))
    plan = world.plan()
    world.ledger.accounts.record([account(10)])
    with pytest.raises(NoticeError, match="accounts changed while the notice was being planned"):
        world.ledger.notices.announce(plan.notice, plan.variants, plan.planned())
    with pytest.raises(LedgerError):
        world.ledger.notices.find(plan.hash)


def test_the_audiences_digest_covers_which_words_each_account_gets(tmp_path: Path) -> None:
    """Two accounts that change memberships: the same accounts, the same variants, the same counts."""
    digests = []
    for name, newer in (("a", 1), ("b", 2)):
        days = {newer: date(2026, 11, 26)}
        world = World(tmp_path / name, [account(at, created=days.get(at, date(2024, 1, 1))) for at in (1, 2)])
        plan = world.plan()
        digests.append((plan.notice.audience_digest, plan.notice.audience, len(plan.variants)))
    assert digests[0][0] != digests[1][0]
    assert digests[0][1:] == digests[1][1:] == (2, 2)


def test_a_new_group_of_readers_while_planning_is_an_error(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1)])
    plan = world.plan()
    world.ledger.accounts.record([account(2, created=date(2026, 11, 26))])
    with pytest.raises(NoticeError, match="accounts changed"):
        list(plan.planned())


def test_an_account_that_closes_later_is_told_and_not_skipped_for_it(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1, closed=date(2027, 3, 1))])
    plan = world.announce()
    assert world.send(world.ledger.notices.find(plan.hash)).finished
    assert world.states(plan.hash) == {State.ACCEPTED: 1}


def test_a_notice_needs_a_sender(tmp_path: Path) -> None:
    with pytest.raises(NoticeError, match="no address to send from"):
        World(tmp_path, accounts(1)).plan(publisher=replace(PUBLISHER, sender=""))


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [("en", "en"), ("EN-gb", "en"), ("zh-Hant-HK", "zh-Hant"), ("zh_hant", "zh-Hant"), ("zh", "en"), ("", "en")],
)
def test_a_reader_gets_the_nearest_language(wanted: str, chosen: str) -> None:
    assert choose_language(wanted, ("en", "zh-Hant"), "en") == chosen


def test_the_governing_language_needs_templates() -> None:
    with pytest.raises(NoticeError, match="governing language 'de'"):
        choose_language("fr", ("en",), "de")


def test_nothing_of_a_plan_follows_from_the_clients_own_ids(tmp_path: Path) -> None:
    """Else an audience of one could be found out by trying ids, after its account was erased."""
    one, other = (World(tmp_path / name, [account(name)]).plan() for name in ("10001", "10002"))
    assert one.hash == other.hash
