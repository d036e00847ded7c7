"""The service as a process: uvicorn, its limits, and how it stops."""

import asyncio
import gc
import logging
import socket
import sys
from collections.abc import Callable
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
"""Within this a new connection has sent the head of a request, or is closed: no client may hold it open for nothing."""

_IDLE_S = 15
_STOP_S = 20
_BACKLOG = 1024
_YOUNG = 50_000  # objects between two collections of garbage: a post makes that many, and none of them is a cycle


def serve(office: Office, rounds: Rounds, *, host: str, port: int, listening: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; finish what has begun then. `listening` is told the address.

    Raises `Misuse` where the address cannot be listened at.
    """
    bound = _bind(host, port)
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s", level=logging.WARNING)
    config = uvicorn.Config(
        make_app(office, rounds),
        http=_patient_up_to_a_point,  # type: ignore[arg-type]  # a class or, as here, what makes one of it
        ws="none",
        log_config=None,
        access_log=False,  # it would hold addresses and links
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_STOP_S,
        backlog=_BACKLOG,
        h11_max_incomplete_event_size=32_768,
    )
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
    shown = f"[{host}]" if ":" in host else host
    listening(f"http://{shown}:{bound.getsockname()[1]}")
    uvicorn.Server(config).run(sockets=[bound])


def _bind(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        what = getattr(error, "strerror", "") or str(error)
        raise Misuse(f"nobody can listen there: {what}.", where=f"{host}:{port}", mend="Name a free port.") from None
    return bound


def _patient_up_to_a_point(**given: Any) -> HttpToolsProtocol:
    """Make a connection's protocol, and close the connection where the head of a request does not come."""
    protocol = HttpToolsProtocol(**given)
    asyncio.get_running_loop().call_later(_FIRST_REQUEST_S, _close_idle, protocol)
    return protocol


def _close_idle(protocol: HttpToolsProtocol) -> None:
    if getattr(protocol, "cycle", None) is None and (transport := getattr(protocol, "transport", None)) is not None:
        transport.close()
