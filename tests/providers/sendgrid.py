"""A stand-in for SendGrid's mail endpoint, on loopback.

It keeps the rules that the provider documents, replaces the tags as the provider does, and remembers each mail that it
accepted. `script` decides what it answers to a request; without one it takes whatever keeps the rules.
"""

import json
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import jsonschema

KEY = "SG.made-up-key"
MOST_RECIPIENTS, MOST_OCTETS, MOST_SUBSTITUTIONS = 1_000, 30_000_000, 10_000


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A mail as its recipient would read it."""

    to: str
    name: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str]
    arguments: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Says:
    """An answer. `takes`: the mails are accepted, whatever is said then. `hangs_up`: no answer, the line is cut.

    `stalls` is how many seconds pass before anything is said.
    """

    status: int = 202
    errors: tuple[tuple[str | None, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    takes: bool = True
    hangs_up: bool = False
    stalls: float = 0.0


TAKES = Says()
Script = Callable[[int, Mapping[str, Any]], Says]


def refuses(status: int, *errors: tuple[str | None, str], **headers: str) -> Says:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Says(status=status, errors=errors or ((None, "no"),), headers=named, takes=False)


class StandIn:
    """Listens on a port of its own while entered. `calls` counts the requests, those refused included."""

    def __init__(self, script: Script = lambda _call, _body: TAKES, *, key: str = KEY) -> None:
        self.script = script
        self.key = key
        self.accepted: list[Accepted] = []
        self.sandboxed: list[Mapping[str, Any]] = []
        self.bodies: list[Mapping[str, Any]] = []
        self.broken_rules: list[str] = []
        self.calls = 0
        self.connections = 0
        self.lock = threading.Lock()
        self._released = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.stand_in = self

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    def addresses(self) -> list[str]:
        with self.lock:
            return sorted(mail.to for mail in self.accepted)

    def references(self) -> list[str]:
        with self.lock:
            return sorted(mail.arguments["pn_ref"] for mail in self.accepted)

    def answer(self, key: str, raw: bytes) -> Says:
        """Decide about a request, and remember what it brought."""
        if key != f"Bearer {self.key}":
            return refuses(401, (None, "The provided authorization grant is invalid, expired, or revoked"))
        if len(raw) > MOST_OCTETS:
            return refuses(413, (None, "too large"))
        body = json.loads(raw)
        with self.lock:
            self.calls += 1
            call = self.calls
            self.bodies.append(body)
        if broken := tuple(find_broken_rules(body)):
            self.broken_rules.extend(message for _, message in broken)
            return refuses(400, *broken)
        sandbox = body.get("mail_settings", {}).get("sandbox_mode", {}).get("enable", False)
        said = self.script(call, body)
        if said.stalls:
            self._released.wait(said.stalls)
        with self.lock:
            if said.takes and not sandbox:
                self.accepted.extend(fill_in(body))
            elif sandbox:
                self.sandboxed.append(body)
        return Says(status=200) if sandbox and said.status == TAKES.status else said


def find_broken_rules(body: Mapping[str, Any]) -> Iterator[tuple[str | None, str]]:
    """Name what the provider would refuse, each with the field that it would name."""
    for error in _validator().iter_errors(body):
        yield ".".join(map(str, error.absolute_path)) or None, error.message[:200]
    recipients = body.get("personalizations", [])
    if not 1 <= len(recipients) <= MOST_RECIPIENTS:
        yield "personalizations", "between 1 and 1000 personalizations"
    addresses = [to["email"].casefold() for each in recipients for to in each["to"]]
    if len(set(addresses)) < len(addresses):
        yield "personalizations", "each address once"
    for at, each in enumerate(recipients):
        values = {**each.get("substitutions", {}), **each.get("custom_args", {})}
        if sum(len(name.encode()) + len(value.encode()) for name, value in values.items()) > MOST_SUBSTITUTIONS:
            yield f"personalizations.{at}.substitutions", "too large"
        for to in each["to"]:
            if not to["email"].isascii() or set(";,") & set(to.get("name", "")):
                yield f"personalizations.{at}.to", "not an address"
    if [part["type"] for part in body.get("content", [])] != ["text/plain", "text/html"]:
        yield "content", "plain text, then HTML"


def fill_in(body: Mapping[str, Any]) -> Iterator[Accepted]:
    """Make each recipient's mail: every tag is replaced as plain text, and nothing else is done."""
    text, html = (part["value"] for part in body["content"])
    for each in body["personalizations"]:
        (to,) = each["to"]
        values = each.get("substitutions", {})
        yield Accepted(
            to=to["email"],
            name=to.get("name", ""),
            subject=_filled(body["subject"], values),
            text=_filled(text, values),
            html=_filled(html, values),
            headers={**body.get("headers", {}), **each.get("headers", {})},
            arguments=each.get("custom_args", {}),
        )


def _filled(text: str, values: Mapping[str, str]) -> str:
    for tag, value in values.items():
        text = text.replace(tag, value)
    return text


@cache
def _validator() -> Any:
    """Return what checks a body: the provider's own schema where `POLICY_CORPUS` has it, else its limits in ours."""
    own = Path(os.environ.get("POLICY_CORPUS", "")) / "sendgrid" / "mail_send.schema.json"
    schema = json.loads(own.read_text(encoding="utf-8")) if os.environ.get("POLICY_CORPUS") and own.exists() else SCHEMA
    return jsonschema.Draft202012Validator(schema)


_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
_PERSON = {"type": "object", "properties": {"email": _TEXT, "name": {"type": "string"}}, "required": ["email"]}
_SWITCHES = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {"enable": {"type": "boolean"}, "enable_text": {"type": "boolean"}},
    },
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "personalizations": {
            "type": "array",
            "minItems": 1,
            "maxItems": MOST_RECIPIENTS,
            "items": {
                "type": "object",
                "properties": {
                    "to": {"type": "array", "minItems": 1, "maxItems": 1, "items": _PERSON},
                    "headers": _TEXTS,
                    "substitutions": _TEXTS,
                    "custom_args": _TEXTS,
                },
                "required": ["to"],
                "additionalProperties": False,
            },
        },
        "from": _PERSON,
        "reply_to": _PERSON,
        "subject": _TEXT,
        "content": {
            "type": "array",
            "items": {"type": "object", "properties": {"type": _TEXT, "value": _TEXT}, "required": ["type", "value"]},
        },
        "headers": _TEXTS,
        "categories": {"type": "array", "maxItems": 10, "uniqueItems": True, "items": {"maxLength": 255}},
        "ip_pool_name": {"type": "string", "minLength": 2, "maxLength": 64},
        "tracking_settings": _SWITCHES,
        "mail_settings": _SWITCHES,
    },
    "required": ["personalizations", "from", "subject", "content"],
    "additionalProperties": False,
}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    stand_in: StandIn

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a sender that was killed in the middle of a request."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        with self.server.stand_in.lock:
            self.server.stand_in.connections += 1

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if len(raw) < int(self.headers.get("Content-Length", "0")):
            return  # the sender was killed in the middle
        if self.path != "/v3/mail/send":
            self._say(refuses(404))
            return
        said = self.server.stand_in.answer(self.headers.get("Authorization", ""), raw)
        if said.hangs_up:
            self._hang_up()
        else:
            self._say(said)

    def _say(self, said: Says) -> None:
        errors = [{"message": message, "field": place, "help": None} for place, message in said.errors]
        body = json.dumps({"errors": errors}).encode() if errors else b""
        try:
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            if said.status == TAKES.status:
                self.send_header("X-Message-Id", f"stand-in-{self.server.stand_in.calls}")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def _hang_up(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def stand_in(script: Script = lambda _call, _body: TAKES) -> Iterator[StandIn]:
    with StandIn(script) as server:
        yield server
