"""Who closed the account, and whose data is still held: told of what concerns them, and of nothing else."""

from datetime import date
from pathlib import Path

import pytest

from tests.notices.world import EDITED, World, account, consent_version, material_version, three_versions
from toolkit.ledger.states import State

HELD_SINCE = date(2023, 12, 2)
CLOSED = account(1, closed=date(2026, 6, 1))
OPEN = account(2)

RIGHTS = EDITED + "\n## 3. Your rights\n\nYou can no longer ask us to correct your information.\n"


@pytest.mark.parametrize(
    ("newest", "told"),
    [
        (material_version(), 2),  # retention and recipients
        (material_version(RIGHTS), 1),
        (consent_version(), 2),
    ],
    ids=["retention", "rights", "consent"],
)
def test_a_closed_account_is_told_when_the_change_is_about_data_that_is_held(
    tmp_path: Path, newest: str, told: int
) -> None:
    world = World(tmp_path, [CLOSED, OPEN], three_versions(newest))
    notice = world.announce(held_since=HELD_SINCE).notice
    assert world.send(notice, held_since=HELD_SINCE).finished
    assert world.states(notice.plan) == {State.ACCEPTED: told}


def test_who_closes_between_plan_and_sending_is_told_by_the_same_rule(tmp_path: Path) -> None:
    world = World(tmp_path, [OPEN])
    notice = world.announce(held_since=HELD_SINCE).notice
    world.ledger.accounts.record([account(2, closed=world.today())])
    assert world.send(notice, held_since=HELD_SINCE).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 1}


def test_who_closes_is_skipped_where_the_change_is_not_about_what_is_held(tmp_path: Path) -> None:
    world = World(tmp_path, [OPEN], three_versions(material_version(RIGHTS)))
    notice = world.announce(held_since=HELD_SINCE).notice
    world.ledger.accounts.record([account(2, closed=world.today())])
    assert world.send(notice, held_since=HELD_SINCE).finished
    assert world.states(notice.plan) == {State.SKIPPED: 1}


def test_whose_data_is_gone_by_the_day_of_sending_is_skipped(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1, closed=date(2023, 12, 3))])
    notice = world.announce(held_since=HELD_SINCE).notice
    assert world.send(notice, held_since=date(2023, 12, 3)).finished
    assert world.states(notice.plan) == {State.SKIPPED: 1}
    assert world.ledger.notices.skipped(notice.plan) == {"account closed": 1}


def test_who_is_told_though_closed_is_part_of_what_the_hash_covers(tmp_path: Path) -> None:
    world = World(tmp_path, [OPEN])
    assert world.plan(held_since=HELD_SINCE).hash != world.plan().hash
