"""The person's door: their own page behind a signed link, and what they do there. Works without JavaScript.

To open the page changes nothing that counts: mail scanners follow links. Only a button that is pressed does.
"""

from datetime import date
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from toolkit.ledger.acts import Acts, Addressee
from toolkit.ledger.entries import ReceiptKind
from toolkit.links import Expired, Forged
from toolkit.notices.personal import style_source, write_page, write_trouble
from toolkit.notices.templates import Templates
from toolkit.receiver.office import Office
from toolkit.receiver.snapshot import Snapshot
from toolkit.receiver.visit import Visit, acts_of, page_of, receipt_of
from toolkit.receiver.web import LARGEST_FORM, address_of, problem, read_body

_TOO_LARGE = 413
_STATUS = {"forged": 404, "expired": 410, "gone": 410, "changed": 409, "asked": 400, "long": _TOO_LARGE, "often": 429}
_FIELDS = 20


async def open_page(request: Request) -> Response:
    """Show a person's page. It records at most that it was opened, and only where the settings say so."""
    return await run_in_threadpool(_show, request.app.state.office, request)


async def take_answer(request: Request) -> Response:
    """Record what a person did on their page, and show it again."""
    try:
        body = await read_body(request, most=LARGEST_FORM)
    except HTTPException as error:
        if error.status_code != _TOO_LARGE:
            raise
        return await run_in_threadpool(_trouble, request.app.state.office, "long")
    return await run_in_threadpool(_record, request.app.state.office, request, body)


def _show(office: Office, request: Request) -> Response:
    visit = _follow(office, request)
    if isinstance(visit, Response):
        return visit
    if office.visits and request.method == "GET":
        office.ledger.responses.record(Acts(receipts=(receipt_of(visit, ReceiptKind.VISITED),)))
    return _html(visit.templates, write_page(visit.templates, page_of(visit)))


def _record(office: Office, request: Request, body: bytes) -> Response:
    visit = _follow(office, request)
    if isinstance(visit, Response):
        return visit
    try:
        form = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return _trouble(office, "asked", visit.templates)
    said = {name: values[0].strip() for name, values in form.items()}
    acts = acts_of(visit, said)
    if isinstance(acts, str):
        return _trouble(office, acts, visit.templates)
    done = office.ledger.responses.record(acts)
    for kind in ("receipts", "consents", "objections"):
        office.metrics.acts.labels(kind).inc(getattr(done, kind))
    if done.objections:
        office.news.set()
    return RedirectResponse(request.url.path.rpartition("/")[2], status_code=303)


def _follow(office: Office, request: Request) -> Visit | Response:
    """Return whom a link is of, or the answer to a link that leads nowhere."""
    if office.link_keys is None:
        return problem(503, "no key", "The keys of links are not set.")
    address, snapshot = address_of(request), office.policies.now
    if seconds := office.brake.wait(address):
        office.metrics.braked.inc()
        return problem(429, "too many wrong links", headers={"retry-after": str(seconds)})
    try:
        ref, until = office.link_keys.open(request.path_params["token"], on=snapshot.day)
    except Forged:
        office.brake.failed(address)
        return _trouble(office, "forged")
    except Expired:
        return _trouble(office, "expired")
    who = office.ledger.responses.addressee(ref)
    if who is None or who.policy not in snapshot.histories:
        return _trouble(office, "gone")
    return _visit(office, snapshot, who, until)


def _visit(office: Office, snapshot: Snapshot, who: Addressee, until: date) -> Visit | Response:
    found = office.ledger.accounts.position(who.policy, who.account.id, withdrawn=snapshot.withdrawn(who.policy))
    if found is None:  # erased a moment ago
        return _trouble(office, "gone")
    standing, consents = found
    objected = office.ledger.responses.objected(who.policy, who.account.id)
    return Visit(
        snapshot=snapshot,
        who=who,
        standing=standing,
        consents=consents,
        objected_on=tuple(map(snapshot.date_of, objected)),
        until=until,
        now=office.clock(),
    )


def _trouble(office: Office, kind: str, templates: Templates | None = None) -> Response:
    """Answer a link that leads nowhere, in words for people. Nothing is recorded."""
    snapshot = office.policies.now
    found = templates or snapshot.in_language(snapshot.governing)
    publisher = next(iter(snapshot.publishers.values()))
    return _html(found, write_trouble(found, kind, publisher), status=_STATUS[kind])


def _html(templates: Templates, html: str, *, status: int = 200) -> Response:
    allowed = (
        f"default-src 'none'; style-src {style_source(templates)}; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    return Response(html, status, {"content-security-policy": allowed}, "text/html; charset=utf-8")
