"""The service as a process: uvicorn, its limits, and how it stops."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from toolkit.errors import Misuse
from toolkit.receiver.app import make_app
from toolkit.receiver.office import Office
from toolkit.receiver.rounds import Rounds

_MOST_AT_ONCE = 500
"""Connections; the next gets 503. A hundred thousand mails are not opened in one second."""

_FIRST_REQUEST_S = 10.0
"""Within this the head of a request has come whole, or the connection is closed: nobody holds it open for nothing."""

_LARGEST_HEAD = 65_536
"""Octets of the head of a request that may arrive without its end."""

_IDLE_S = 15
_STOP_S = 20
_BACKLOG = 1024
_YOUNG = 50_000  # objects between two collections of garbage: a post makes that many, and none of them is a cycle


def serve(office: Office, rounds: Rounds, *, host: str, port: int, listening: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; finish what has begun then. `listening` is told the address.

    Raises `Misuse` where the address cannot be listened at.
    """
    bound = bind(host, port)
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
    listening(address_of(bound))
    with _calm():
        make_server(office, rounds).run(sockets=[bound])


def make_server(office: Office, rounds: Rounds | None) -> uvicorn.Server:
    """Return the server with its limits, ready to run."""
    logging.getLogger("uvicorn.access").disabled = True  # it would write down addresses and links
    config = uvicorn.Config(
        make_app(office, rounds),
        http=_patient_up_to_a_point,  # type: ignore[arg-type]  # a class or, as here, what makes one of it
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_STOP_S,
        backlog=_BACKLOG,
    )
    return uvicorn.Server(config)


def address_of(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _calm() -> Iterator[None]:
    """Let the process live on after uvicorn has stopped: it raises the signal once more that it was stopped by."""
    signals = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(each, lambda _number, _frame: None) for each in signals]
    try:
        yield
    finally:
        for each, handler in zip(signals, before, strict=True):
            signal.signal(each, handler)


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one. Raises `Misuse` where nobody can listen there."""
    bound = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        bound.close()
        what = getattr(error, "strerror", "") or str(error)
        raise Misuse(f"nobody can listen there: {what}.", where=f"{host}:{port}", mend="Name a free port.") from None
    return bound


def _patient_up_to_a_point(**given: Any) -> HttpToolsProtocol:
    """Make a connection's protocol, and close the connection where the head of a request does not come."""
    protocol = HttpToolsProtocol(**given)
    asyncio.get_running_loop().call_later(_FIRST_REQUEST_S, _close_idle, protocol)
    protocol.data_received = _Bounded(protocol=protocol, receive=protocol.data_received)  # type: ignore[method-assign]
    return protocol


@dataclass(kw_only=True)
class _Bounded:
    """Receives for a connection, and closes it where the head of a request does not end: the parser has no limit."""

    protocol: HttpToolsProtocol
    receive: Callable[[bytes], None]
    _waiting: int = 0

    def __call__(self, data: bytes) -> None:
        before = getattr(self.protocol, "cycle", None)
        self.receive(data)
        cycle = getattr(self.protocol, "cycle", None)
        reading_head = cycle is before and (cycle is None or cycle.response_complete)
        if reading_head and not self._waiting:
            asyncio.get_running_loop().call_later(_FIRST_REQUEST_S, self._close_if_still, cycle)
        self._waiting = self._waiting + len(data) if reading_head else 0
        if self._waiting > _LARGEST_HEAD:
            self.protocol.transport.close()

    def _close_if_still(self, cycle: object) -> None:
        """Close the connection where the head that began then has not ended."""
        if self._waiting and getattr(self.protocol, "cycle", None) is cycle:
            self.protocol.transport.close()


def _close_idle(protocol: HttpToolsProtocol) -> None:
    if getattr(protocol, "cycle", None) is None and (transport := getattr(protocol, "transport", None)) is not None:
        transport.close()
