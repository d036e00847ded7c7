"""The portal's side of the service: ask what an account must be shown, and say what it was shown and answered.

    with Portal("https://kvm.hk/notice/", key=os.environ["POLICY_KEY"]) as portal:
        standing = portal.standing("client-1")
        if standing and standing.show:
            ...

Needs `kvm-policy-toolkit[serve]`. May be shared between threads.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.parse import urlencode, urljoin

import msgspec
import urllib3

from toolkit.errors import PortalError
from toolkit.portal import messages

TIMEOUT_S = 10.0
_TRIES = 4
_PAUSE_S = 0.5
_AGAIN = (429, 503)
_MOST_KNOWN = 10_000  # answers that are remembered: a portal may ask about millions of accounts
_Message = TypeVar("_Message")


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """An answer that was heard before, by its ETag."""

    tag: str
    standing: messages.Standing


@dataclass(frozen=True)
class Portal:
    """A connection to the service at `url`, which ends with a slash, with a key of `policy keys create`.

    Every method raises `PortalError` where the service refuses or does not answer in time. What was not answered is
    asked again, and what records something has a name of its own, so that it counts once all the same.
    """

    url: str
    key: str = field(repr=False)
    timeout_s: float = TIMEOUT_S
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    _pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=8), repr=False)
    _known: dict[tuple[str, str], Known] = field(default_factory=dict, repr=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._pool.clear()

    def standing(self, account: str, *, policy: str = "privacy") -> messages.Standing | None:
        """Return where an account stands; None for one that the service does not know.

        The service says when nothing changed since it was asked last, and sends nothing then.
        """
        known = self._known.get((policy, account))
        query = urlencode({"account": account, "policy": policy})
        answer = self._ask("GET", f"v1/standing?{query}", headers={"If-None-Match": known.tag} if known else {})
        if answer.status == 304 and known:  # noqa: PLR2004 - not modified
            return known.standing
        if answer.status == 404:  # noqa: PLR2004 - not found
            problem = _decode(answer.data, messages.Problem)
            if problem.detail == messages.UNKNOWN_ACCOUNT:
                return None
            raise PortalError(problem.detail or problem.title)
        found = self._decoded(answer, messages.Standing)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[policy, account] = Known(tag=answer.headers.get("etag", ""), standing=found)
        return found

    def standings(self, accounts: Sequence[str], *, policy: str = "privacy") -> messages.Standings:
        """Return where up to 1,000 accounts stand, and which of them the service does not know."""
        question = messages.Question(accounts=tuple(accounts), policy=policy)
        return self._decoded(self._ask("POST", "v1/standings", body=question), messages.Standings)

    def record(self, *receipts: messages.Receipt, name: str = "") -> messages.Recorded:
        """Record what accounts were shown or acknowledged. Under one `name`, it counts once."""
        return self._record("v1/receipts", messages.Receipts(receipts=receipts), name)

    def sign_up(self, sign_up: messages.SignUp, *, name: str = "") -> messages.Recorded:
        """Record that a new account signed up under a version."""
        return self._record("v1/sign-ups", sign_up, name)

    def consent(self, *consents: messages.Consent, name: str = "") -> messages.Recorded:
        """Record what people answered about their consents."""
        return self._record("v1/consents", messages.Consents(consents=consents), name)

    def _record(self, path: str, body: object, name: str) -> messages.Recorded:
        once = {"Idempotency-Key": name or secrets.token_hex(16)}
        return self._decoded(self._ask("POST", path, body=body, headers=once), messages.Recorded)

    def _ask(
        self, method: str, path: str, *, body: object = None, headers: dict[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        said = {"Authorization": f"Bearer {self.key}", **(headers or {})}
        given: dict[str, Any] = {"body": msgspec.json.encode(body)} if body is not None else {}
        if given:
            said["Content-Type"] = "application/json"
        for tries_left in reversed(range(_TRIES)):
            try:
                answer = self._pool.request(
                    method, urljoin(self.url, path), headers=said, timeout=self.timeout_s, retries=False, **given
                )
            except urllib3.exceptions.HTTPError as error:
                if not tries_left:
                    raise PortalError(f"the service does not answer: {type(error).__name__}.", where=self.url) from None
            else:
                if answer.status not in _AGAIN or not tries_left:
                    return answer
            self.sleep(_PAUSE_S * 2 ** (_TRIES - tries_left - 1))
        raise AssertionError("unreachable")

    def _decoded(self, answer: urllib3.BaseHTTPResponse, kind: type[_Message]) -> _Message:
        if answer.status != 200:  # noqa: PLR2004 - done
            problem = _decode(answer.data, messages.Problem)
            detail = f": {problem.detail}" if problem.detail else ""
            raise PortalError(f"the service refuses with {answer.status}: {problem.title}{detail}", where=self.url)
        return _decode(answer.data, kind)


def _decode(body: bytes, kind: type[_Message]) -> _Message:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise PortalError("the service answers with something else than it promises.") from None
