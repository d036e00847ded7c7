"""The portal's question: how long answers take at five hundred requests a second, in an open loop, from one process."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.bench.load import Times, ask_at
from tests.bench.table import Row
from tests.ledger.given import account
from tests.receiver.house import made
from toolkit.ledger.ledger import Ledger

_PER_SECOND = 500
_ACCOUNTS, _TOLD = 20_000, 2_000
_ROOT = Path(__file__).parents[2]
_FLOOR = """
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

async def hello(_):
    return Response(b'{"up_to_date":true}', media_type="application/json")

import socket
bound = socket.socket(); bound.bind(("127.0.0.1", 0)); bound.listen(1024)
print(f"http://127.0.0.1:{bound.getsockname()[1]}", flush=True)
app = Starlette(routes=[Route("/v1/standing", hello)])
uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error")).run(sockets=[bound])
"""


def measure(folder: Path, *, seconds: int) -> list[Row]:
    """Ask a bare Starlette first, which knows nothing, and then the service: the same requests at the same times."""
    url = f"sqlite:///{folder / 'ledger.db'}"
    with Ledger.open(url, rehearsal=True, folder=folder) as ledger:
        house = made(folder / "project", ledger)
        house.tell(*range(1, _TOLD + 1))
        ledger.accounts.record([account(number) for number in range(_TOLD + 1, _ACCOUNTS + 1)])
        key = house.key()
    requests = _requests(key, _PER_SECOND * seconds)
    environment = os.environ | {
        "POLICY_NOW": house.work.clock.began.isoformat(), "POLICY_LEDGER": url, "PYTHONPATH": str(_ROOT),
    }  # fmt: skip
    floor = _ask([sys.executable, "-c", _FLOOR], requests, folder, environment)
    serve = [sys.executable, "-m", "toolkit", "serve", "--port", "0"]
    ours = _ask(serve, requests, house.folder, environment)
    return [*_rows("floor: a bare Starlette", floor, floor), *_rows("the portal's question, SQLite", ours, floor)]


def _rows(what: str, times: Times, floor: Times) -> list[Row]:
    assert not times.failed, f"{times.failed} requests failed"
    rate = f"{what}, {times.per_second:,.0f} requests/s"
    return [
        Row(what=f"{rate}: median", figure=f"{times.median:.2f} ms", ratio=f"{times.median / floor.median:.1f}"),
        Row(what=f"{rate}: 99th percentile", figure=f"{times.p99:.2f} ms", ratio=f"{times.p99 / floor.p99:.1f}"),
    ]


def _ask(command: list[str], requests: Sequence[bytes], folder: Path, environment: dict[str, str]) -> Times:
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout
    try:
        port = int(process.stdout.readline().rpartition(":")[2])
        asyncio.run(ask_at("127.0.0.1", port, requests[: _PER_SECOND * 2], per_second=_PER_SECOND))  # warm
        return asyncio.run(ask_at("127.0.0.1", port, requests, per_second=_PER_SECOND))
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def _requests(key: str, count: int) -> list[bytes]:
    chance = Random(7)  # noqa: S311 - the same every time
    return [
        f"GET /v1/standing?account=client-{chance.randint(1, _ACCOUNTS)} HTTP/1.1\r\nHost: portal\r\n"
        f"Authorization: Bearer {key}\r\n\r\n".encode()
        for _ in range(count)
    ]
