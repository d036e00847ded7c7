"""The service's routes: the provider's door, the portal's, the people's, and the operators'."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
from anyio import to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from toolkit.errors import ToolkitError
from toolkit.ledger.acts import Scope as KeyScope
from toolkit.receiver import api
from toolkit.receiver.hooks import take_events
from toolkit.receiver.metrics import CONTENT_TYPE, Metrics
from toolkit.receiver.office import Office
from toolkit.receiver.openapi import describe
from toolkit.receiver.person import open_page, take_answer
from toolkit.receiver.rounds import Rounds
from toolkit.receiver.web import Careful, answer_fault, answer_json, answer_refusal, answer_trouble, problem

_THREADS = 8
"""Requests that ask the ledger at once. SQLAlchemy holds no more connections than fifteen."""


def make_app(office: Office, rounds: Rounds | None = None) -> Starlette:
    """Return the application. `rounds` run beside it from its start to its stop."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        if rounds:
            rounds.start()
        yield
        if rounds:
            await run_in_threadpool(rounds.stop)

    app = Starlette(
        routes=list(ROUTES),
        middleware=[Middleware(Careful), Middleware(_Counted, metrics=office.metrics)],
        exception_handlers={HTTPException: answer_refusal, ToolkitError: answer_trouble},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # a path is right or wrong
    app.state.office = office
    return app


class _Counted:
    """Counts answers and their time by route. The path itself is not kept: it may hold a link.

    A mistake of ours is answered here, and goes no further: the server would log it with whatever its text holds.
    """

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        begun: list[int] = []

        async def count(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message["status"])
                route = _PATHS.get(scope.get("endpoint"), "none")
                self._metrics.requests.labels(route, str(message["status"])).inc()
                self._metrics.seconds.labels(route).observe(time.perf_counter() - began)
            await send(message)

        try:
            await self._app(scope, receive, count)
        except Exception as error:  # noqa: BLE001 - whatever it is, see above
            if not begun:
                await answer_fault(error)(scope, receive, count)


async def _health(request: Request) -> Response:
    return await run_in_threadpool(_look, request.app.state.office)


def _look(office: Office) -> Response:
    """Answer whether the ledger can be read and the policies are there. A stale policy is said, and is no failure."""
    snapshot = office.policies.now
    try:
        waiting = office.ledger.posts.count()
    except ToolkitError as error:
        return problem(503, "no ledger", error.what)
    return answer_json(
        {
            "status": "ok",
            "day": snapshot.day.isoformat(),
            "policies": sorted(snapshot.histories),
            "stale": bool(office.policies.trouble),
            "posts_waiting": waiting,
        }
    )


async def _metrics(request: Request) -> Response:
    office: Office = request.app.state.office
    return Response(await run_in_threadpool(office.metrics.write), media_type=CONTENT_TYPE)


async def _openapi(_: Request) -> Response:
    return Response(msgspec.json.encode(describe()), media_type="application/json")


ROUTES = (
    Route("/healthz", _health, methods=["GET"]),
    Route("/metrics", _metrics, methods=["GET"]),
    Route("/openapi.json", _openapi, methods=["GET"]),
    Route("/events/sendgrid", take_events, methods=["POST"]),
    Route("/n/{token}", open_page, methods=["GET"]),
    Route("/n/{token}", take_answer, methods=["POST"]),
    Route("/v1/standing", api.endpoint(KeyScope.READ, api.standing), methods=["GET"]),
    Route("/v1/standings", api.endpoint(KeyScope.READ, api.standings), methods=["POST"]),
    Route("/v1/receipts", api.endpoint(KeyScope.RECORD, api.receipts), methods=["POST"]),
    Route("/v1/sign-ups", api.endpoint(KeyScope.RECORD, api.sign_up), methods=["POST"]),
    Route("/v1/consents", api.endpoint(KeyScope.RECORD, api.consents), methods=["POST"]),
)
_PATHS: dict[object, str] = {route.endpoint: route.path for route in ROUTES}
