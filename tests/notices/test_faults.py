"""What goes wrong on the way: each fault ends in a state that the next run completes, with nobody missed or doubled."""

import random
import secrets
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url

from tests.notices.world import World, account, everyone
from tests.postgres import server
from tests.providers.sendgrid import KEY, TAKES, Says, StandIn, stand_in
from toolkit.errors import LedgerError, NoticeError
from toolkit.ledger.states import State
from toolkit.notices.dispatch import send
from toolkit.notices.pace import Pace
from toolkit.notices.transports.sendgrid import SendGrid

ROOT = Path(__file__).parents[2]
MANY, BATCH, KILLS = 5_000, 50, 50


def sender(folder: Path, plan: str, provider: StandIn) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.notices.sending", str(folder), plan, provider.host, str(BATCH)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


def test_two_workers_that_are_killed_fifty_times_miss_nobody_and_double_nobody(tmp_path: Path) -> None:
    """A worker is killed at a random moment of its life, and another begins in its place, until all have had theirs."""
    chance = random.Random(15)  # noqa: S311 - moments to kill at, no secret
    with stand_in(lambda _call, _body: Says(stalls=0.03)) as provider:
        world = World(tmp_path, everyone(MANY))
        notice = world.announce(SendGrid(host=provider.host, key=KEY)).notice
        workers = [sender(tmp_path, notice.plan, provider) for _ in range(2)]
        killed = 0
        for _ in range(KILLS):
            before = len(provider.accepted)
            patience = time.monotonic() + 20
            goal = before + chance.randrange(1, BATCH)
            while len(provider.accepted) < goal and time.monotonic() < patience and workers[0].poll() is None:
                time.sleep(0.005)
            time.sleep(chance.random() * 0.05)
            if workers[0].poll() is not None:
                break  # all is done
            workers[0].kill()
            workers[0].wait()
            killed += 1
            workers = [workers[1], sender(tmp_path, notice.plan, provider)]
        for worker in workers:
            worker.wait(timeout=120)

    states = world.states(notice.plan)
    references = Counter(provider.references())
    assert killed >= KILLS - 5
    assert not [ref for ref, times in references.items() if times > 1]
    assert set(states) <= {State.ACCEPTED, State.UNKNOWN}
    assert sum(states.values()) == MANY
    assert states.get(State.UNKNOWN, 0) <= killed * BATCH
    assert states[State.ACCEPTED] <= len(references) <= MANY
    assert world.ledger.evidence.verify() == ()


def test_two_operators_who_start_the_same_plan_send_each_mail_once(tmp_path: Path) -> None:
    with stand_in() as provider:
        world = World(tmp_path, everyone(1_000))
        notice = world.announce(SendGrid(host=provider.host, key=KEY)).notice
        workers = [sender(tmp_path, notice.plan, provider) for _ in range(2)]
        assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    assert world.states(notice.plan) == {State.ACCEPTED: 1_000}
    assert len(set(provider.references())) == len(provider.accepted) == 1_000


def test_a_disk_that_fills_up_stops_the_run_and_the_next_one_completes(tmp_path: Path) -> None:
    with stand_in() as provider:
        way = SendGrid(host=provider.host, key=KEY, batch=100)
        world = World(tmp_path, everyone(1_000))
        notice = world.announce(way).notice
        limit: list[int] = []

        def fill(_call: int, _body: Mapping[str, Any]) -> Says:
            if len(provider.bodies) == 3:
                limit.append(_full(world))
            return TAKES

        provider.script = fill
        with pytest.raises(LedgerError, match="there is no room left for the ledger"):
            world.send(notice, way)
        assert limit
        _roomy(world)
        provider.script = lambda _call, _body: TAKES
        world.clock.wait(120)
        world.send(notice, way)
    states = world.states(notice.plan)
    assert sum(states.values()) == 1_000
    assert states.get(State.UNKNOWN, 0) <= 100
    assert len(set(provider.references())) == len(provider.accepted) == 1_000
    assert world.ledger.evidence.verify() == ()


def _full(world: World) -> int:
    """Let the database grow by nothing more."""
    engine = world.ledger._database._engine
    event.listen(engine, "begin", _limit)
    return 1


def _limit(connection: Any) -> None:
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def _roomy(world: World) -> None:
    engine = world.ledger._database._engine
    event.remove(engine, "begin", _limit)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1073741823"))


def test_a_database_that_is_gone_while_the_provider_answers_and_comes_back_costs_no_answer(tmp_path: Path) -> None:
    with server() as admin, stand_in() as provider:
        by_hand_alone(admin, "CREATE DATABASE away")
        url = str(make_url(admin).set(database="away").render_as_string(hide_password=False))
        way = SendGrid(host=provider.host, key=KEY, batch=10)
        world = World(tmp_path, everyone(40), url=url)
        notice = world.announce(way).notice
        timers: list[threading.Timer] = []

        def cut(call: int, _body: Mapping[str, Any]) -> Says:
            if call == 2:
                by_hand_alone(admin, "ALTER DATABASE away ALLOW_CONNECTIONS false")
                by_hand_alone(admin, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'")
                timers.append(
                    threading.Timer(1.5, by_hand_alone, (admin, "ALTER DATABASE away ALLOW_CONNECTIONS true"))
                )
                timers[0].start()
            return TAKES

        provider.script = cut
        sent = send(
            world.ledger,
            notice,
            way,
            clock=world.clock,
            token=lambda: secrets.token_hex(8),
            today=world.today,
            progress=lambda _ended, _audience: None,
            pace=Pace(wait=time.sleep),
        )
        timers[0].join()
        assert sent.finished
        assert world.states(notice.plan) == {State.ACCEPTED: 40}
        assert world.ledger.evidence.verify() == ()
        world.ledger.close()
    assert len(set(provider.references())) == len(provider.accepted) == 40


def by_hand_alone(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_clock_that_jumps_back_an_hour_loses_and_doubles_nobody(tmp_path: Path) -> None:
    with stand_in() as provider:
        way = SendGrid(host=provider.host, key=KEY, batch=10)
        world = World(tmp_path, everyone(50))
        notice = world.announce(way).notice

        def jump(call: int, _body: Mapping[str, Any]) -> Says:
            if call == 2:
                world.clock.now -= timedelta(hours=1)
            return TAKES

        provider.script = jump
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 50}
    assert len(set(provider.references())) == len(provider.accepted) == 50
    assert world.ledger.evidence.verify() == ()


def test_an_address_that_changes_on_the_way_is_used_from_the_next_claim_on(tmp_path: Path) -> None:
    with stand_in() as provider:
        way = SendGrid(host=provider.host, key=KEY, batch=10)
        world = World(tmp_path, everyone(30))
        notice = world.announce(way).notice

        def change(call: int, _body: Mapping[str, Any]) -> Says:
            if call == 1:
                world.ledger.accounts.record(
                    [account(1, email="late@example.com"), account(25, email="new@example.com")]
                )
            return TAKES

        provider.script = change
        assert world.send(notice, way).finished
    assert "new@example.com" in provider.addresses()
    assert not {"late@example.com", "user25@example.com"} & set(provider.addresses())
    assert len(provider.accepted) == 30


def test_an_account_that_is_erased_while_its_mail_is_under_way_is_settled_and_names_nobody(tmp_path: Path) -> None:
    with stand_in() as provider:
        way = SendGrid(host=provider.host, key=KEY, batch=10)
        world = World(tmp_path, everyone(10))
        notice = world.announce(way).notice

        def erase(_call: int, _body: Mapping[str, Any]) -> Says:
            world.ledger.accounts.erase("c00003")
            return TAKES

        provider.script = erase
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 10}
    assert world.ledger.evidence.verify() == ()


def test_a_provider_that_is_down_for_the_whole_run_stops_it_and_the_next_completes(tmp_path: Path) -> None:
    with stand_in(lambda _call, _body: Says(status=503, takes=False)) as provider:
        way = SendGrid(host=provider.host, key=KEY, batch=10)
        world = World(tmp_path, everyone(30))
        notice = world.announce(way).notice
        with pytest.raises(NoticeError, match="sendgrid took nothing: 503"):
            world.send(notice, way)
        assert world.states(notice.plan) == {State.PENDING: 30}
        provider.script = lambda _call, _body: TAKES
        assert world.send(notice, way).finished
    assert len(provider.accepted) == 30


def test_a_provider_that_answers_with_errors_leaves_two_batches_in_doubt_and_no_more(tmp_path: Path) -> None:
    with stand_in(lambda _call, _body: Says(status=500)) as provider:
        way = SendGrid(host=provider.host, key=KEY, batch=10)
        world = World(tmp_path, everyone(100))
        notice = world.announce(way).notice
        with pytest.raises(NoticeError, match="nobody knows what sendgrid took: 500"):
            world.send(notice, way)
    assert world.states(notice.plan) == {State.UNKNOWN: 20, State.PENDING: 80}
