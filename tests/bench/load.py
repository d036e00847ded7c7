"""An open loop: requests leave at their times, whether the one before was answered or not."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

_LEAD_S = 1.0  # to make the tasks in, before the first request is due: else the first would be late by our own fault


@dataclass(frozen=True, kw_only=True)
class Times:
    """How long answers took, in milliseconds from the time at which each request was due."""

    median: float
    p99: float
    worst: float
    failed: int
    per_second: float


async def ask_at(host: str, port: int, requests: Sequence[bytes], *, per_second: float, connections: int = 32) -> Times:
    """Send requests evenly, over connections that stay open, and return how long the answers took."""
    idle: asyncio.Queue[_Line] = asyncio.Queue()
    lines = [await _Line.open(host, port) for _ in range(connections)]
    for line in lines:
        idle.put_nowait(line)
    took: list[float] = []
    failed = 0
    began = time.perf_counter() + _LEAD_S

    async def one(at: int, request: bytes) -> None:
        nonlocal failed
        due = began + at / per_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        line = await idle.get()
        status = await line.ask(request)
        idle.put_nowait(line)
        took.append((time.perf_counter() - due) * 1000)
        failed += status >= 400

    await asyncio.gather(*(one(at, request) for at, request in enumerate(requests)))
    spent = time.perf_counter() - began
    for line in lines:
        line.close()
    took.sort()
    return Times(
        median=took[len(took) // 2],
        p99=took[int(len(took) * 0.99)],
        worst=took[-1],
        failed=failed,
        per_second=len(took) / spent,
    )


@dataclass
class _Line:
    """One connection that stays open."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, host: str, port: int) -> "_Line":
        return cls(*await asyncio.open_connection(host, port))

    async def ask(self, request: bytes) -> int:
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0
        )
        if length:
            await self.reader.readexactly(length)
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        self.writer.close()
