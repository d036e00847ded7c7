"""A real service for the tests: a repository, a ledger, mails that were handed over, and a server on loopback."""

import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import urllib3
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.ledger.given import NOW, account, announce, claim, mail, notice, planned, settle
from tests.repositories import Repo, policy_text
from toolkit.clock import Clock
from toolkit.ledger.acts import Scope
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State
from toolkit.links import LinkKeys
from toolkit.receiver.office import Office
from toolkit.receiver.rounds import Rounds
from toolkit.receiver.server import address_of, bind, make_server
from toolkit.receiver.signature import SIGNATURE, TIMESTAMP
from toolkit.workspace import Workspace

KEY = "newest-" + "k" * 40
OLD_KEY = "older--" + "o" * 40
SETTINGS = """\
[tool.policy]
service = "Kvmcloud"
site_url = "https://kvm.hk/privacy/"
time_zone = "Asia/Hong_Kong"
sender = "Kvmcloud Privacy <privacy-notice@kvm.hk>"
contact = "support@kvm.hk"
receiver_url = "http://127.0.0.1:8080/"
"""
FIRST = policy_text("## Keeping\n\nWe keep your data for 3 years.\n", published="2026-10-01")
SECOND = policy_text(
    "## Keeping\n\nWe keep your data for three (3) years.\n",
    number="1.1.0",
    published="2026-11-01",
    declared="minor",
    summary="- We say the number in words, too.",
)
THIRD = policy_text(
    "## Keeping\n\nWe keep your data for five (5) years.\n",
    number="2.0.0",
    published="2026-11-20",
    effective="2026-12-31",
    declared="material",
    summary="- We keep your data for 5 years (before: 3 years).",
)
CONSENT = policy_text(
    "## Keeping\n\nWe keep your data for five (5) years.\n\n## Training\n\nWe train models with your files.\n",
    number="3.0.0",
    published="2026-11-21",
    effective="2027-01-15",
    declared="consent",
    summary="- We train models with your files, if you consent.",
).replace("class: consent", "class: consent\nconsent: portal")


def event_key() -> EllipticCurvePrivateKey:
    return generate_private_key(SECP256R1())


def public(key: EllipticCurvePrivateKey) -> str:
    """Return a key as the provider's settings page shows it."""
    return b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def signed(key: EllipticCurvePrivateKey, body: bytes, *, at: datetime = NOW) -> dict[str, str]:
    """Return the headers of a post as the provider signs it."""
    timestamp = str(int(at.timestamp()))
    signature = key.sign(timestamp.encode() + body, ECDSA(SHA256()))
    return {SIGNATURE: b64encode(signature).decode(), TIMESTAMP: timestamp, "content-type": "application/json"}


def provider_event(ref: str, kind: str = "delivered", **other: Any) -> dict[str, Any]:
    """Return an event as SendGrid posts it."""
    given = {
        "email": "person1@example.com",
        "timestamp": int(NOW.timestamp()) - 60,
        "event": kind,
        "sg_event_id": f"{kind}-{ref[:12]}",
        "sg_message_id": "abc.recvd-1",
        "response": "250 2.0.0 OK",
        "category": ["policy-notice"],
        "pn_ref": ref,
    }
    return {**given, **other}


@dataclass(kw_only=True)
class House:
    """One project with its ledger, as a service has it."""

    folder: Path
    ledger: Ledger
    signer: EllipticCurvePrivateKey = field(default_factory=event_key)
    environment: dict[str, str] = field(default_factory=dict)
    refs: tuple[str, ...] = ()
    url: str = ""
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))
    rounds: Rounds | None = None
    seconds: float = 0.0

    @property
    def work(self) -> Workspace:
        said = {"POLICY_LINK_KEYS": f"{KEY},{OLD_KEY}", "SENDGRID_EVENT_KEY": public(self.signer), **self.environment}
        return Workspace(folder=self.folder, environment=said, clock=Clock(began=NOW, steady=lambda: self.seconds))

    def tell(self, *numbers: int, transport: str = "sendgrid", state: State = State.ACCEPTED) -> None:
        """Hand a mail about 2.0.0 over to accounts."""
        self.ledger.accounts.record([account(number) for number in numbers])
        plan = announce(self.ledger, notice(transport=transport), planned(*numbers)).plan
        mails = [mail(one) for one in claim(self.ledger, plan)]
        attempt = self.ledger.sending.begin(
            plan, token="mine", transport=transport, host="here", dated_at=NOW, mails=mails
        )
        settle(self.ledger, attempt, state)
        self.refs = attempt.refs

    def key(self, *scopes: Scope) -> str:
        name = f"key-{len(self.ledger.keys.list())}"
        return self.ledger.keys.create(name, scopes or tuple(Scope))

    def link(self, number: int = 0, *, expires_on: date = date(2027, 11, 23), key: str = KEY) -> str:
        return f"/n/{LinkKeys(keys=(key,)).sign(self.refs[number], expires_on=expires_on)}"

    def ask(
        self, method: str, path: str, *, key: str = "", headers: Mapping[str, str] | None = None, **given: Any
    ) -> urllib3.BaseHTTPResponse:
        said = {**({"Authorization": f"Bearer {key}"} if key else {}), **(headers or {})}
        if "form" in given:
            given["body"] = urlencode(given.pop("form"))
            said["content-type"] = "application/x-www-form-urlencoded"
        if "json" in given:
            given["body"] = orjson.dumps(given.pop("json"))
            said["content-type"] = "application/json"
        return self.pool.request(method, f"{self.url}{path}", headers=said, redirect=False, timeout=20, **given)

    def get(self, path: str, **given: Any) -> urllib3.BaseHTTPResponse:
        return self.ask("GET", path, **given)

    def post(self, path: str, **given: Any) -> urllib3.BaseHTTPResponse:
        return self.ask("POST", path, **given)

    def provider_posts(self, *events: object, at: datetime = NOW) -> urllib3.BaseHTTPResponse:
        body = orjson.dumps(list(events))
        return self.post("/events/sendgrid", body=body, headers=signed(self.signer, body, at=at))

    @contextmanager
    def serving(self, *, visits: bool = False) -> Iterator["House"]:
        """Serve on a free port of this machine, in a thread of its own. Its rounds are made by hand: `apply`."""
        work = self.work
        office = Office.open(work, self.ledger)
        office = Office(
            ledger=office.ledger,
            policies=office.policies,
            clock=office.clock,
            link_keys=office.link_keys,
            event_key=office.event_key,
            visits=visits,
        )
        self.rounds = Rounds(work=work, office=office)
        server, bound = make_server(office, None), bind("127.0.0.1", 0)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        self.url = address_of(bound)
        _wait_until(lambda: server.started)
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join()
            self.pool.clear()
            work.close()
            bound.close()

    def apply(self) -> None:
        """Do what the service does beside answering."""
        assert self.rounds is not None
        self.rounds.apply_all()

    def forward(self) -> None:
        assert self.rounds is not None
        self.rounds.forward()


def _wait_until(happened: Any) -> None:
    for _ in range(500):
        if happened():
            return
        time.sleep(0.02)
    raise AssertionError("the server did not start")


def made(folder: Path, ledger: Ledger, *texts: str) -> House:
    """Make a project with some versions, and a house of it."""
    repo = Repo(folder)
    repo.write(SETTINGS, "pyproject.toml")
    for at, text in enumerate(texts or (FIRST, SECOND, THIRD), start=1):
        repo.commit(text, at=f"{_published(text)}T10:0{at}:00+08:00")
    return House(folder=folder, ledger=ledger)


def _published(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("published")).split(": ")[1]


def raw_request(url: str, data: bytes, *, wait: float = 5.0) -> bytes:
    """Send bytes as they are, and return what comes back until the other side closes, or nothing more comes."""
    host, port = url.removeprefix("http://").split(":")
    found = b""
    with (
        socket.create_connection((host, int(port)), timeout=wait) as connection,
        suppress(ConnectionError, TimeoutError),
    ):
        connection.sendall(data)
        while piece := connection.recv(65_536):
            found += piece
    return found
