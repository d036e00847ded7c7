"""Provider events: how many a second are accepted, and applied, by a real service. Posts of a thousand each."""

import os
import sqlite3
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import orjson
import urllib3
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256

from tests.bench.table import Row
from tests.ledger.given import account, announce, mail, notice, planned
from tests.receiver.house import event_key, made, public
from toolkit.ledger.entries import Outcome, Report
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State
from toolkit.receiver.signature import SIGNATURE, TIMESTAMP

_SIZE = 1_000
_SENDERS = 16  # a provider posts from many servers at once
_LONGEST_S = 300
_ROOT = Path(__file__).parents[2]
_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Post:
    body: bytes
    headers: dict[str, str]


def measure_floor(folder: Path, count: int) -> Row:
    """Measure the least anybody could do in Python: check the signature, parse, insert what is new into SQLite."""
    signer = event_key()
    posts = _posts(signer, [f"{number:032x}" for number in range(count // 2)])
    database = sqlite3.connect(folder / "floor.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE events (id TEXT PRIMARY KEY, ref TEXT, kind TEXT, at INT, text TEXT) WITHOUT ROWID")
    began = time.perf_counter()
    for post in posts:
        key = signer.public_key()
        key.verify(b64decode(post.headers[SIGNATURE]), post.headers[TIMESTAMP].encode() + post.body, ECDSA(SHA256()))
        rows = [
            (event["sg_event_id"], event["pn_ref"], event["event"], event["timestamp"], event["response"])
            for event in orjson.loads(post.body)
        ]
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
        database.execute("COMMIT")
    spent = time.perf_counter() - began
    database.close()
    value = len(posts) * _SIZE / spent
    return Row(
        what="floor: verify, parse, insert (one process, SQLite)",
        figure=f"{value:,.0f} events/s",
        ratio="1.00",
        value=value,
    )


def measure(folder: Path, url: str, count: int, *, floor: Row) -> list[Row]:
    """Post events to a service on a ledger where the mails were handed over, and wait until all are applied."""
    folder.mkdir(parents=True, exist_ok=True)
    signer = event_key()
    with Ledger.open(url, rehearsal=True, folder=folder, clock=lambda: _NOW) as ledger:
        house = made(folder / "project", ledger)
        refs = _handed_over(ledger, count // 2)
    posts = _posts(signer, refs)
    environment = os.environ | {
        "POLICY_NOW": _NOW.isoformat(),
        "POLICY_LEDGER": url,
        "SENDGRID_EVENT_KEY": public(signer),
        "PYTHONPATH": str(_ROOT),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "serve", "--port", "0"],
        cwd=house.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout
    try:
        accepted, applied = _run(process.stdout.readline().split()[-1], posts)
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()
    name = "SQLite" if url.startswith("sqlite") else "PostgreSQL"
    return [
        _row(f"accepted, {name}", posts, accepted, floor),
        _row(f"accepted and applied, {name}", posts, applied, floor),
    ]


def _row(what: str, posts: Sequence[Post], seconds: float, floor: Row) -> Row:
    value = len(posts) * _SIZE / seconds
    return Row(what=what, figure=f"{value:,.0f} events/s", ratio=f"{value / floor.value:.2f}", value=value)


def _run(url: str, posts: Sequence[Post]) -> tuple[float, float]:
    """Return the seconds until all was answered, and until all was applied."""
    pool = urllib3.PoolManager(maxsize=_SENDERS, retries=False)

    def send(post: Post) -> int:
        answer = pool.request("POST", f"{url}/events/sendgrid", body=post.body, headers=post.headers, timeout=120)
        return answer.status

    began = time.perf_counter()
    with ThreadPoolExecutor(_SENDERS) as senders:
        assert set(senders.map(send, posts)) == {204}
    accepted = time.perf_counter() - began
    every = f'policy_events_total{{became="new"}} {float(len(posts) * _SIZE)}'
    while every not in pool.request("GET", f"{url}/metrics", timeout=120).data.decode():
        assert time.perf_counter() - began < _LONGEST_S, "not every event was applied"
        time.sleep(0.02)
    applied = time.perf_counter() - began
    pool.clear()
    return accepted, applied


def _handed_over(ledger: Ledger, count: int) -> list[str]:
    """Hand mails over to so many accounts, a thousand a request, and return their references."""
    numbers = range(1, count + 1)
    ledger.accounts.record([account(number) for number in numbers])
    plan = announce(ledger, notice(transport="sendgrid"), planned(*numbers)).plan
    refs: list[str] = []
    while held := ledger.sending.claim(plan, size=_SIZE, lease=timedelta(minutes=5), token="bench", on=_NOW.date()):
        attempt = ledger.sending.begin(
            plan, token="bench", transport="sendgrid", host="here", dated_at=_NOW, mails=[mail(one) for one in held]
        )
        said = tuple(Outcome(ref=ref, state=State.ACCEPTED, attempt=attempt.id) for ref in attempt.refs)
        ledger.sending.record_report(Report(source="sendgrid", outcomes=said), token="bench")
        refs += attempt.refs
    return refs


def _posts(signer: EllipticCurvePrivateKey, refs: Sequence[str]) -> list[Post]:
    """Return posts of processed and delivered events, in no order of their deliveries, as a provider's servers post."""
    chance = Random(7)  # noqa: S311 - the same every time
    shuffled = chance.sample(list(refs), len(refs))
    events = [_event(ref, kind) for kind in ("processed", "delivered") for ref in shuffled]
    return [_post(signer, events[at : at + _SIZE]) for at in range(0, len(events), _SIZE)]


def _post(signer: EllipticCurvePrivateKey, events: Sequence[object]) -> Post:
    body, timestamp = orjson.dumps(events), str(int(_NOW.timestamp()))
    signature = b64encode(signer.sign(timestamp.encode() + body, ECDSA(SHA256()))).decode()
    return Post(body=body, headers={SIGNATURE: signature, TIMESTAMP: timestamp, "content-type": "application/json"})


def _event(ref: str, kind: str) -> dict[str, object]:
    return {
        "email": f"person{ref[:6]}@example.com",
        "timestamp": int(_NOW.timestamp()) - int(ref[:3], 16),
        "event": kind,
        "sg_event_id": f"{kind[:4]}-{ref}",
        "sg_message_id": "abcdefghijklmnopqrstuv.recvd-5b8d9f6c7-x2x4l-1-6570A0F1-2C.0",
        "smtp-id": f"<{ref}@kvm.hk>",
        "category": ["policy-notice"],
        "response": f"250 2.0.0 OK {ref[:12]} - gsmtp",
        "tls": 1,
        "pn_ref": ref,
    }
