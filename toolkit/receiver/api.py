"""The portal's door: where accounts stand, and what the product showed them. Every answer is JSON."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from toolkit.errors import Misuse, ReceiverError
from toolkit.ledger.acts import Acts, ApiKey, KeyReused, Once, Recorded, Scope
from toolkit.portal import messages
from toolkit.receiver import answers, deeds
from toolkit.receiver.office import Office
from toolkit.receiver.web import LARGEST_POST, address_of, answer_json, problem, read_body

_Message = TypeVar("_Message")
_LONGEST_KEY = 200


class Refused(Exception):  # noqa: N818 - an answer, and no fault
    """A request that gets an answer other than the one it asked for."""

    def __init__(self, response: Response) -> None:
        super().__init__("refused")
        self.response = response


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request that was let in: by whom, in which office, with which body."""

    office: Office
    key: ApiKey
    request: Request
    body: bytes = b""

    @property
    def source(self) -> str:
        """What the record says of who recorded something."""
        return f"portal: {self.key.name}"

    def read(self, kind: type[_Message]) -> _Message:
        """Return the body as a message. Raises `Refused` with 422, naming the place and not repeating what is there."""
        try:
            return msgspec.json.decode(self.body, type=kind)
        except msgspec.ValidationError as error:
            raise Refused(problem(422, "not what is asked for", str(error))) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refused(problem(400, "no JSON", "The body is no JSON document.")) from None

    def once(self) -> Once | None:
        """Return the name that the caller gave this request, so that it counts once; None where they gave none."""
        name = self.request.headers.get("idempotency-key", "")
        if not name or Scope.RECORD not in self.key.scopes:
            return None
        if len(name) > _LONGEST_KEY or not name.isprintable() or not name.isascii():
            raise Refused(problem(400, "idempotency key", f"It has at most {_LONGEST_KEY} plain characters."))
        said = f"{self.request.method} {self.request.url.path}\n".encode() + self.body
        return Once(caller=str(self.key.id), key=name, request=hashlib.sha256(said).hexdigest())


def endpoint(scope: Scope, answer: Callable[[Asked], Response]) -> Callable[[Request], Any]:
    """Return a route's handler: the key is checked first, then the body is read, then `answer` answers."""

    async def handle(request: Request) -> Response:
        office: Office = request.app.state.office
        try:
            key = await let_in(office, request, scope)
            body = await read_body(request, most=LARGEST_POST) if request.method == "POST" else b""
            asked = Asked(office=office, key=key, request=request, body=body)
            return await run_in_threadpool(_answered, answer, asked)
        except Refused as refused:
            return refused.response

    return handle


async def let_in(office: Office, request: Request, scope: Scope) -> ApiKey:
    """Return the key of a request. Raises `Refused` with 401, 403 or, after too many wrong ones, 429."""
    address = address_of(request)
    if seconds := office.brake.wait(address):
        office.metrics.braked.inc()
        raise Refused(problem(429, "too many wrong keys", headers={"retry-after": str(seconds)}))
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    secret = said.strip() if kind.lower() == "bearer" else ""
    key = office.keyring.recall(secret)
    if key is None and secret:
        key = await run_in_threadpool(office.keyring.look_up, secret)
    if key is None:
        office.brake.failed(address)
        raise Refused(problem(401, "no valid key", headers={"www-authenticate": 'Bearer realm="policy"'}))
    if scope not in key.scopes:
        raise Refused(problem(403, "not allowed", f"This key has no scope '{scope}'."))
    return key


def _answered(answer: Callable[[Asked], Response], asked: Asked) -> Response:
    try:
        once = asked.once()
        before = asked.office.ledger.responses.recall(once) if once else None
        return _said(before) if before else answer(asked)
    except Misuse as error:
        return problem(404, "not found", error.what)
    except ReceiverError as error:
        return problem(422, "not what is asked for", f"{error.what} - at `{error.where}`")
    except KeyReused as error:
        return problem(422, "idempotency key", error.what)


def standing(asked: Asked) -> Response:
    """Answer where one account stands. The same answer has the same ETag."""
    account, policy = _parameter(asked, "account"), asked.request.query_params.get("policy", "privacy")
    snapshot = asked.office.policies.now
    found = asked.office.ledger.accounts.position(policy, account, withdrawn=snapshot.withdrawn(policy))
    if found is None:
        return problem(404, "not found", messages.UNKNOWN_ACCOUNT)
    return _tagged(asked.request, answers.answer(snapshot, policy, *found))


def standings(asked: Asked) -> Response:
    """Answer where many accounts stand, in the order asked, and which are not known."""
    question = asked.read(messages.Question)
    snapshot = asked.office.policies.now
    ids, withdrawn = tuple(dict.fromkeys(question.accounts)), snapshot.withdrawn(question.policy)
    pairs = asked.office.ledger.accounts.positions(question.policy, ids, withdrawn=withdrawn)
    found = {pair[0].account.id: pair for pair in pairs}
    said = messages.Standings(
        standings=tuple(answers.answer(snapshot, question.policy, *found[each]) for each in ids if each in found),
        unknown=tuple(each for each in ids if each not in found),
    )
    return answer_json(said)


def receipts(asked: Asked) -> Response:
    """Record what accounts were shown and acknowledged."""
    said, snapshot, now = asked.read(messages.Receipts), asked.office.policies.now, asked.office.clock()
    made = [
        deeds.receipt(each, snapshot, source=asked.source, now=now, where=f"$.receipts[{at}]")
        for at, each in enumerate(said.receipts)
    ]
    _refuse_unknown(asked, [each.account for each in made], "receipts")
    return _recorded(asked, Acts(receipts=tuple(made)))


def consents(asked: Asked) -> Response:
    """Record what people say about their consents, with the words they were shown."""
    said, snapshot, now = asked.read(messages.Consents), asked.office.policies.now, asked.office.clock()
    made = [
        deeds.consent(each, snapshot, source=asked.source, now=now, where=f"$.consents[{at}]")
        for at, each in enumerate(said.consents)
    ]
    _refuse_unknown(asked, [each.account for each in made], "consents")
    return _recorded(asked, Acts(consents=tuple(made)))


def sign_up(asked: Asked) -> Response:
    """Record that an account signed up under a version; bring in an account that is new."""
    said, snapshot, now = asked.read(messages.SignUp), asked.office.policies.now, asked.office.clock()
    account, receipt = deeds.sign_up(said, snapshot, source=asked.source, now=now)
    return _recorded(asked, Acts(accounts=(account,), receipts=(receipt,)))


def _recorded(asked: Asked, acts: Acts) -> Response:
    done = asked.office.ledger.responses.record(acts, once=asked.once())
    if not done.again:
        asked.office.metrics.acts.labels("receipts").inc(done.receipts)
        asked.office.metrics.acts.labels("consents").inc(done.consents)
    return _said(done)


def _said(done: Recorded) -> Response:
    return answer_json(messages.Recorded(recorded=done.receipts + done.consents, again=done.again))


def _refuse_unknown(asked: Asked, accounts: list[str], where: str) -> None:
    """Raise `Refused` naming the first account that is not known: nothing of the request is recorded then."""
    known = asked.office.ledger.accounts.known(accounts)
    for at, account in enumerate(accounts):
        if account not in known:
            detail = f"no account has this id. - at `$.{where}[{at}].account`"
            raise Refused(problem(422, "not what is asked for", detail))


def _parameter(asked: Asked, name: str) -> str:
    value = asked.request.query_params.get(name, "")
    if not value or not value.isprintable():
        raise Refused(problem(400, "not what is asked for", f"The query needs '{name}', in signs that can be shown."))
    return value


def _tagged(request: Request, value: object) -> Response:
    body = msgspec.json.encode(value)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    asked_for = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    if tag in asked_for or "*" in asked_for:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, "application/json")
