"""The person's door: their own page behind a signed link, and what they do there. Works without JavaScript.

To open the page changes nothing that counts: mail scanners follow links. Only a button that is pressed does.
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from toolkit.addresses import mail_address
from toolkit.ledger.acts import Acts, Addressee, Consent, ConsentKind, Objection
from toolkit.ledger.entries import Receipt, ReceiptKind, Standing
from toolkit.links import Expired, Forged
from toolkit.notices.facts import Publisher, TakenBack
from toolkit.notices.personal import (
    Asked,
    Personal,
    find_asked,
    order_steps,
    style_source,
    write_page,
    write_trouble,
)
from toolkit.notices.templates import Templates
from toolkit.policy.version import History, Version
from toolkit.receiver.answers import last_seen
from toolkit.receiver.office import Office
from toolkit.receiver.snapshot import Snapshot
from toolkit.receiver.web import LARGEST_FORM, address_of, problem, read_body

SOURCE = "link"
_TOO_LARGE = 413
_MOST_A_DAY = 5  # messages of one account: each is a mail to the contact
_STATUS = {"forged": 404, "expired": 410, "gone": 410, "changed": 409, "asked": 400, "long": _TOO_LARGE, "often": 429}
_FIELDS = 20
_LONGEST = 10_000  # characters of an objection


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Visit:
    """A link that was followed: whose it is, and what stands when it is."""

    office: Office
    snapshot: Snapshot
    who: Addressee
    standing: Standing
    consents: tuple[Consent, ...]
    objected_on: tuple[date, ...]
    until: date

    @property
    def history(self) -> History:
        return self.snapshot.history(self.who.policy)

    @property
    def newest(self) -> Version:
        return self.history.newest(self.snapshot.day) or self.history.versions[-1]

    @property
    def publisher(self) -> Publisher:
        return self.snapshot.publishers[self.who.policy]

    @property
    def templates(self) -> Templates:
        return self.snapshot.in_language(self.who.account.language)

    @property
    def asked(self) -> tuple[Asked, ...]:
        return find_asked(
            self.history,
            self.templates.wording,
            said=self.consents,
            on=self.snapshot.day,
            date_of=self.snapshot.date_of,
            closed=self.who.account.closed is not None and self.who.account.closed <= self.snapshot.day,
        )


def _show(office: Office, request: Request) -> Response:
    visit = _follow(office, request)
    if isinstance(visit, Response):
        return visit
    if office.visits and request.method == "GET":
        office.ledger.responses.record(Acts(receipts=(_receipt(visit, ReceiptKind.VISITED),)))
    return _html(visit.templates, write_page(visit.templates, _page(visit)))


def _record(office: Office, request: Request, body: bytes) -> Response:
    visit = _follow(office, request)
    if isinstance(visit, Response):
        return visit
    try:
        form = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        return _trouble(office, "asked", visit.templates)
    said = {name: values[0].strip() for name, values in form.items()}
    acts = _acts(visit, said)
    if isinstance(acts, str):
        return _trouble(office, acts, visit.templates)
    done = office.ledger.responses.record(acts)
    for kind in ("receipts", "consents", "objections"):
        office.metrics.acts.labels(kind).inc(getattr(done, kind))
    if done.objections:
        office.news.set()
    return RedirectResponse(request.url.path.rpartition("/")[2], status_code=303)


def _follow(office: Office, request: Request) -> _Visit | Response:
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


def _visit(office: Office, snapshot: Snapshot, who: Addressee, until: date) -> _Visit | Response:
    found = office.ledger.accounts.position(who.policy, who.account.id, withdrawn=snapshot.withdrawn(who.policy))
    if found is None:  # erased a moment ago
        return _trouble(office, "gone")
    standing, consents = found
    objected = office.ledger.responses.objected(who.policy, who.account.id)
    return _Visit(
        office=office,
        snapshot=snapshot,
        who=who,
        standing=standing,
        consents=consents,
        objected_on=tuple(map(snapshot.date_of, objected)),
        until=until,
    )


def _page(visit: _Visit) -> Personal:
    history, snapshot, templates, day = visit.history, visit.snapshot, visit.templates, visit.snapshot.day
    standing, publisher, write = visit.standing, visit.publisher, visit.templates.wording.write_date
    since, newest = last_seen(snapshot, standing, visit.who.policy), visit.newest
    basis = history.basis(since.number, day)
    differences = snapshot.differences(history, basis)
    new = [each for each in differences if each.version.number > since.number]
    coming = [each for each in differences if each not in new and (each.version.effective > day or each.consent_to)]
    redline, legend = snapshot.redline(since, newest, templates.language) if new else ("", "")
    taken_back = history.taken_back(since.number, day)
    gone = next((each.withdrawn_on for each in taken_back if str(each.number) == standing.seen), None)
    return Personal(
        language=templates.language,
        service=publisher.service,
        contact=publisher.contact,
        title=newest.title,
        version=str(newest.number),
        digest=newest.digest,
        effective=newest.effective.isoformat(),
        since=str(since.number),
        first=not standing.seen and standing.account.created < since.effective,
        seen=standing.seen,
        seen_on=write(snapshot.date_of(standing.seen_at)) if standing.seen_at else "",
        seen_withdrawn=write(gone) if gone else "",
        how=standing.evidence.value if standing.evidence else "",
        up_to_date=not new,
        steps=order_steps(publisher, templates.wording, new, on=day),
        coming=order_steps(publisher, templates.wording, coming, on=day),
        withdrawn=tuple(
            TakenBack(version=str(each.number), withdrawn=write(each.withdrawn_on))
            for each in taken_back
            if each.withdrawn_on
        ),
        asked=visit.asked,
        objected_on=tuple(map(write, visit.objected_on)),
        closed=standing.account.closed is not None and standing.account.closed <= day,
        answerable=bool(mail_address(standing.account.email)),
        redline=Markup(redline),  # noqa: S704 - of our own making: see `compare_words`
        legend=Markup(legend),  # noqa: S704
        policy_link=f"{publisher.site_url}{newest.number}/",
        history_link=f"{publisher.site_url}history/",
        until=write(visit.until),
    )


def _acts(visit: _Visit, said: dict[str, str]) -> Acts | str:
    """Return what a form says, or the kind of trouble that it is."""
    match said.get("action"):
        case "confirm":
            newest = visit.newest
            shown = (str(newest.number), newest.digest, newest.effective.isoformat())
            if tuple(said.get(name) for name in ("version", "digest", "effective")) != shown:
                return "changed"
            return Acts(receipts=(_receipt(visit, ReceiptKind.CONFIRMED),))
        case "consent":
            return _consent(visit, said)
        case "object" if said.get("text"):
            if visit.objected_on.count(visit.snapshot.day) >= _MOST_A_DAY:
                return "often"
            text = said["text"].replace("\r\n", "\n").replace("\x00", "\ufffd")
            return "long" if len(text) > _LONGEST else Acts(objections=(_objection(visit, said, text),))
        case _:
            return "asked"


def _receipt(visit: _Visit, kind: ReceiptKind) -> Receipt:
    return Receipt(
        account=visit.who.account.id,
        policy=visit.who.policy,
        version=str(visit.newest.number),
        kind=kind,
        happened_at=visit.office.clock(),
        language=visit.templates.language,
        source=SOURCE,
        shown=visit.newest.digest,
        ref=visit.who.ref,
    )


def _consent(visit: _Visit, said: dict[str, str]) -> Acts | str:
    """Return the answer to a consent on the page: any to one that is open, only `withdrawn` to one that is not."""
    about = (said.get("about", ""), said.get("purpose", ""))
    shown = [each for each in visit.asked if (each.version, each.purpose) == about]
    answer = said.get("answer")
    if not shown or answer not in list(ConsentKind):
        return "asked"
    asked = next((each for each in shown if each.shown == said.get("words")), None)
    if asked is None:
        return "changed"
    if not asked.open and answer != ConsentKind.WITHDRAWN.value:
        return "asked"
    in_force = visit.history.in_force(visit.snapshot.day) or visit.newest
    consent = Consent(
        account=visit.who.account.id,
        policy=visit.who.policy,
        version=asked.version or str(in_force.number),
        kind=ConsentKind(answer),
        words=asked.words,
        happened_at=visit.office.clock(),
        purpose=asked.purpose,
        language=visit.templates.language,
        source=SOURCE,
        ref=visit.who.ref,
    )
    return Acts(consents=(consent,))


def _objection(visit: _Visit, said: dict[str, str], text: str) -> Objection:
    """Return an objection to the version that the page showed, as far as there is such a one."""
    known = {str(each.number) for each in visit.history.announced(visit.snapshot.day)}
    shown = said.get("version", "")
    return Objection(
        account=visit.who.account.id,
        policy=visit.who.policy,
        version=shown if shown in known else str(visit.newest.number),
        text=text.encode("utf-8", "replace").decode("utf-8"),
        happened_at=visit.office.clock(),
        language=visit.templates.language,
        source=SOURCE,
        ref=visit.who.ref,
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
