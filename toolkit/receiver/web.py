"""How the service reads requests and answers them: bounded bodies, problems as RFC 9457 has them, careful headers."""

import asyncio
import logging
from collections.abc import Mapping

import msgspec
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toolkit.errors import ToolkitError
from toolkit.portal.messages import Problem

LARGEST_POST = 2_000_000
"""Octets of a provider's post or a portal's request. SendGrid posts at 768 KB."""

LARGEST_FORM = 160_000
"""Octets of a form from a person's page: ten thousand signs, each of which a form may write in twelve octets."""

SLOWEST = 15.0
"""Seconds that a body may take to arrive."""

_LOG = logging.getLogger("policy")
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_NOTHING_LOADS = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


async def read_body(request: Request, *, most: int) -> bytes:
    """Return a request's body. Raises `HTTPException` with 413 where it is too large, with 408 where it is too slow."""
    said = request.headers.get("content-length", "0")
    if said.isascii() and said.isdecimal() and int(said) > most:
        raise HTTPException(413, f"the body has more than {most:,} octets.")
    pieces, size = [], 0
    try:
        async with asyncio.timeout(SLOWEST):
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    raise HTTPException(413, f"the body has more than {most:,} octets.")
                pieces.append(piece)
    except TimeoutError:
        raise HTTPException(408, "the body came too slowly.") from None
    except ClientDisconnect:
        raise HTTPException(400, "the body did not come whole.") from None
    return b"".join(pieces)


def address_of(request: Request) -> str:
    """Return the address of who asks. It is kept in memory only, to slow down who tries keys."""
    return request.client.host if request.client else ""


def answer_json(value: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(msgspec.json.encode(value), status, headers, "application/json")


def problem(status: int, title: str, detail: str = "", *, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with what went wrong. `detail` may say where in the request, and never repeats what stands there."""
    said = Problem(title=title, status=status, detail=detail)
    return Response(msgspec.json.encode(said), status, headers, "application/problem+json")


async def answer_refusal(_: Request, error: Exception) -> Response:
    """Answer an `HTTPException`: a path or a method that is not there, a body that cannot be taken."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this kind only
    return problem(
        error.status_code, _TITLES.get(error.status_code, "refused"), str(error.detail), headers=error.headers
    )


async def answer_trouble(_: Request, error: Exception) -> Response:
    """Answer a fault of ours: the ledger is away, or locked. Whoever asks may try again."""
    assert isinstance(error, ToolkitError)  # noqa: S101
    _LOG.error("%s", error.what)
    return problem(503, "not now", "The service cannot answer at the moment.", headers={"retry-after": "5"})


def answer_fault(error: Exception) -> Response:
    """Answer a mistake of ours. What is logged names the place and no value."""
    _LOG.error("%s at %s", type(error).__name__, _place(error))
    return problem(500, "a mistake of ours")


def _place(error: Exception) -> str:
    found = error.__traceback__
    while found is not None and found.tb_next is not None:
        found = found.tb_next
    return f"{found.tb_frame.f_code.co_filename.rpartition('/')[2]}:{found.tb_lineno}" if found else "?"


_TITLES = {404: "not found", 405: "method not allowed", 408: "too slow", 413: "too large"}


class Careful:
    """Puts the headers on every answer that keep it from being framed, sniffed, indexed or loaded from."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_carefully(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("content-security-policy", _NOTHING_LOADS)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, send_carefully if scope["type"] == "http" else send)
