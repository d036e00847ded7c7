"""Killed without warning while the provider posts: what was answered with 2xx is there, and nothing is there twice."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import pytest
import urllib3

from tests.ledger.given import by_hand
from tests.receiver.conftest import postgresql
from tests.receiver.house import House, event_key, made, provider_event, public, signed
from toolkit.ledger.ledger import Ledger

KILLS = 5  # twenty are in `make bench`
_ROOT = Path(__file__).parents[2]

__all__ = ["postgresql"]


@dataclass
class Provider:
    """Posts one event after another, each with an id of its own, and remembers those that were answered."""

    house: House
    answered: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    url: str = ""
    over: bool = False
    _number: "itertools.count[int]" = field(default_factory=itertools.count)

    def post_until_over(self) -> None:
        pool = urllib3.PoolManager(retries=False)
        while not self.over:
            number = next(self._number)
            name = f"e{number}"
            event = provider_event(self.house.refs[number % 3], "deferred", response=f"450 {name}", sg_event_id=name)
            body = orjson.dumps([event])
            self.sent.add(name)
            with suppress(urllib3.exceptions.HTTPError):
                answer = pool.request(
                    "POST", f"{self.url}/events/sendgrid", body=body, timeout=10,
                    headers=signed(self.house.signer, body, at=self.house.work.clock.began),
                )  # fmt: skip
                if answer.status == 204:
                    self.answered.add(name)
        pool.clear()


def start(house: House, url: str) -> tuple["subprocess.Popen[str]", str]:
    environment = os.environ | {
        "POLICY_NOW": house.work.clock.began.isoformat(),
        "POLICY_LEDGER": url,
        "SENDGRID_EVENT_KEY": public(house.signer),
        "PYTHONPATH": str(_ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "serve", "--port", "0"],
        cwd=house.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    return process, process.stdout.readline().split()[-1]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_event_that_was_answered_is_there_and_none_twice(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from tests.ledger.conftest import schema_of_its_own

    if database == "sqlite":
        play(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path, kills=KILLS)
        return
    with schema_of_its_own(request.getfixturevalue("postgresql")) as url:
        play(url, tmp_path, kills=KILLS)


def play(url: str, folder: Path, *, kills: int) -> int:
    """Kill a service so many times, and return how many events were answered and found."""
    with Ledger.open(url, rehearsal=True, folder=folder) as ledger:
        house = made(folder / "project", ledger)
        house.signer = event_key()
        house.tell(1, 2, 3)
    provider = Provider(house=house)
    threads = [threading.Thread(target=provider.post_until_over) for _ in range(3)]
    for kill in range(kills):
        process, provider.url = start(house, url)
        if kill == 0:
            for thread in threads:
                thread.start()
        time.sleep(0.2 + 0.05 * (kill % 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    provider.over = True
    for thread in threads:
        thread.join()
    with Ledger.open(url, rehearsal=True, folder=folder) as ledger:
        _see(ledger, url, provider, house)
    return len(provider.answered)


def _see(ledger: Ledger, url: str, provider: Provider, house: House) -> None:
    from toolkit.receiver.events import read_post

    while ledger.posts.apply(lambda post: read_post(post.raw, now=house.work.clock.began), most=50).posts:
        pass
    there = Counter(str(name) for (name,) in by_hand(url, "SELECT provider_id FROM outcomes WHERE provider_id <> ''"))
    assert len(provider.answered) > 20
    assert provider.answered - set(there) == set()
    assert set(there) <= provider.sent
    assert [name for name, times in there.items() if times > 1] == []
    ledger.evidence.seal()
    assert ledger.evidence.verify() == ()
