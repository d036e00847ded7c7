"""The provider's door: a post is checked, kept, and answered. It is applied by another thread (see `rounds.py`)."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from toolkit.errors import ReceiverError
from toolkit.receiver.events import frame
from toolkit.receiver.office import Office
from toolkit.receiver.signature import SIGNATURE, TIMESTAMP, refuse_unsigned
from toolkit.receiver.web import LARGEST_POST, problem, read_body

SOURCE = "sendgrid"


async def take_events(request: Request) -> Response:
    """Keep a signed post. 204 says that it is written down: whatever happens then, it is applied once."""
    office: Office = request.app.state.office
    if office.event_key is None:
        return problem(503, "no key", "The provider's key is not set.")
    signature, timestamp = request.headers.get(SIGNATURE, ""), request.headers.get(TIMESTAMP, "")
    try:
        refuse_unsigned(signature=signature, timestamp=timestamp, now=office.clock())
    except ReceiverError as error:
        office.metrics.posts.labels("refused").inc()
        return problem(401, "not signed", error.what)
    body = await read_body(request, most=LARGEST_POST)
    return await run_in_threadpool(_take, office, body, signature, timestamp)


def _take(office: Office, body: bytes, signature: str, timestamp: str) -> Response:
    assert office.event_key is not None  # noqa: S101 - asked before
    try:
        office.event_key.check(body, signature=signature, timestamp=timestamp, now=office.clock())
    except ReceiverError as error:
        office.metrics.posts.labels("refused").inc()
        return problem(401, "not signed", error.what)
    office.ledger.posts.keep(SOURCE, [frame(timestamp=timestamp, signature=signature, body=body)])
    office.metrics.posts.labels("kept").inc()
    office.news.set()
    return Response(status_code=204)
