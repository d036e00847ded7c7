"""A real SMTP server (aiosmtpd) on loopback, that records what it takes and refuses what it is told to."""

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = Callable[[str, int], str]
"""What is answered about a recipient, with how many times it was asked; empty to go on."""


def takes(_address: str, _time: int) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Taken:
    sender: str
    to: str
    body: bytes
    options: tuple[str, ...]


class MailServer:
    """Listens on a port of its own while entered.

    `at_recipient` and `at_end` may refuse, before the mail is handed over and after. `drops`: the line is cut instead
    of an answer to the mail of these addresses, which is taken all the same.
    """

    def __init__(
        self,
        *,
        at_recipient: Answer = takes,
        at_end: Answer = takes,
        drops: frozenset[str] = frozenset(),
        certificate: "Certificate | None" = None,
        login: tuple[str, str] | None = None,
        beyond_ascii: bool = True,
        port: int = 0,
    ) -> None:
        self.taken: list[Taken] = []
        self.sessions: set[int] = set()
        self.at_recipient = at_recipient
        self.at_end = at_end
        self.drops = drops
        self._login = login
        self._stopped = False
        self._times: dict[str, int] = {}
        self._lock = threading.Lock()
        extra: dict[str, Any] = {"enable_SMTPUTF8": beyond_ascii}
        if certificate:
            extra |= {"tls_context": certificate.server(), "require_starttls": True}
        if login:
            extra |= {"authenticator": self._check, "auth_required": True, "auth_require_tls": certificate is not None}
        self._controller = Controller(_Handler(self), hostname="127.0.0.1", port=port or free_port(), **extra)

    @property
    def port(self) -> int:
        return int(self._controller.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        if not self._stopped:
            self._stopped = True
            self._controller.stop()

    def addresses(self) -> list[str]:
        return sorted(mail.to for mail in self.taken)

    def asked(self, address: str, answer: Answer) -> str:
        with self._lock:
            self._times[address] = self._times.get(address, 0) + 1
            return answer(address, self._times[address])

    def _check(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == self._login, handled=False)


class _Handler:
    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _smtp: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._server.sessions.add(id(session))
        said = self._server.asked(address, self._server.at_recipient)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, smtp: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        (to,) = envelope.rcpt_tos
        if said := self._server.asked(f"{to} at the end", lambda _, time: self._server.at_end(to, time)):
            return said
        assert isinstance(envelope.content, bytes)
        taken = Taken(
            sender=str(envelope.mail_from), to=to, body=envelope.content, options=tuple(envelope.mail_options)
        )
        self._server.taken.append(taken)
        if to in self._server.drops:
            smtp.transport.abort()  # type: ignore[union-attr]
            await asyncio.sleep(0)
        return f"250 2.0.0 Ok: queued as {len(self._server.taken):06}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Certificate:
    """A certificate for 127.0.0.1 that nobody else trusts."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = dt.datetime.now(dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.file = folder / "certificate.pem"
        self._key = folder / "key.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self._key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def server(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.file, self._key)
        return context

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.file))
