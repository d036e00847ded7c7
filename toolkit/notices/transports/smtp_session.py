"""One connection to a mail server, and what its answers to one mail mean.

Until the last byte of a mail has left, the server lacks its end and has nothing: the mail may be offered again. From
then until the answer nobody knows.
"""

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import unquote, urlsplit

from toolkit.addresses import is_loopback
from toolkit.errors import Misuse, NoticeError
from toolkit.ledger.blanking import blank
from toolkit.ledger.entries import Mail, Outcome
from toolkit.ledger.states import State

TIMEOUT_S, LAST_ANSWER_S = 60.0, 300.0
"""For each answer, and for the one to a whole mail: a server may look at that for minutes (RFC 5321, 4.5.3.2)."""

_PORTS = {"smtp": 587, "smtps": 465}
_SHAPE = "Write it like smtp://USER:PASSWORD@mail.example.com:587, or smtps:// for port 465."
_PERIOD = re.compile(rb"^\.", re.MULTILINE)
_ENHANCED = re.compile(r"^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b")
# What a server says about a recipient, and what about us: our sender, our name, our limits, our mail (RFC 3463).
_OF_RECIPIENT = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.\d+|5\.4\.4")
_OF_US = re.compile(r"5\.1\.[78]|5\.3\.\d+|5\.4\.[56]|5\.5\.[1-9]|5\.6\.\d+")
_CODES_OF_US = frozenset((500, 502, 503, 504, 521, 523, 530, 534, 535, 538, 555))
_YES, _NO, _GO_ON, _GOING = 2, 5, 354, 421
_FIRST_YES, _LAST_YES, _FIRST_NO, _LAST_NO = 200, 299, 400, 599
_QUEUED = re.compile(r"queued as ([\w.-]+)", re.IGNORECASE)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Said:
    """What a server said of one mail. A refusal is not `certain` where it may be about us and not the recipient."""

    outcome: Outcome
    certain: bool = True


class Gone(Exception):  # noqa: N818 - nothing is wrong with us or the mail
    """The server is not there, or wants to be left alone: nothing was handed over on this connection."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A mail server. `encrypted` asks for TLS: at once for `smtps`, else by STARTTLS."""

    host: str
    port: int
    scheme: str = "smtp"
    user: str = ""
    password: str = field(default="", repr=False)
    encrypted: bool = True

    @property
    def shown(self) -> str:
        """Its address without the login, as a plan names it."""
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


def parse_server(url: str) -> Server:
    """Read the URL of a mail server. Raises `Misuse` without repeating it: it may hold a password.

    Everything but this very machine is spoken to under TLS.
    """
    if not url:
        raise Misuse("there is no mail server.", where="POLICY_SMTP_URL", mend=_SHAPE)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Misuse("the mail server's URL cannot be read.", where="POLICY_SMTP_URL", mend=_SHAPE) from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/") or parts.query:
        raise Misuse("the mail server's URL cannot be read.", where="POLICY_SMTP_URL", mend=_SHAPE)
    return Server(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        scheme=parts.scheme,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encrypted=parts.scheme == "smtps" or not is_loopback(parts.hostname),
    )


class Session:
    """An open connection. Raises `Gone` where there is none, `NoticeError` where the server does not let us in."""

    def __init__(self, server: Server, *, trust: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._trust = trust or ssl.create_default_context()
        self.alive = False
        with self._translated():
            self._smtp = self._dial()
        try:
            with self._translated():
                self._greet()
        except BaseException:
            self._smtp.close()
            raise
        self.alive = True

    def answers(self) -> bool:
        """Whether the connection still stands after a pause."""
        try:
            self.alive = self.alive and self._smtp.noop()[0] == 250  # noqa: PLR2004 - SMTP's own
        except (OSError, smtplib.SMTPException):
            self.alive = False
        return self.alive

    def hand_over(self, mail: Mail, *, sender: str) -> Said:
        """Hand one mail over and return what became of it. Raises `NoticeError` for what the server says about us."""
        address = mail.filled.address
        beyond = not address.isascii()
        if beyond and not self._smtp.has_extn("smtputf8"):
            return Said(_outcome(mail, State.REFUSED, "the server takes no address beyond ASCII"))
        options = ["BODY=8BITMIME", f"SIZE={len(mail.body)}"] if self._smtp.has_extn("size") else ["BODY=8BITMIME"]
        try:
            code, text = self._smtp.mail(sender, [*options, *(["SMTPUTF8"] if beyond else [])])
            if code // 100 == _NO:
                raise self._stopped(f"it does not take the sender: {_said(code, text)}", "Check 'sender'.")
            if code // 100 == _YES:
                code, text = self._smtp.rcpt(address)
            if code // 100 == _YES:
                code, text = self._smtp.docmd("DATA")
            if code != _GO_ON:
                return self._not_taken(mail, code, text)
            self._smtp.send(_PERIOD.sub(b"..", mail.body) + b".\r\n")
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Said(_outcome(mail, State.PENDING, f"the connection broke before the mail had left: {error}"))
        return self._read_answer(mail)

    def close(self) -> None:
        self.alive = False
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._smtp.quit()
        self._smtp.close()

    def _read_answer(self, mail: Mail) -> Said:
        """Read the answer to a whole mail. Only a clear no says that it was not taken."""
        try:
            self._wait_at_most(LAST_ANSWER_S)
            code, text = self._smtp.getreply()
            self._wait_at_most(TIMEOUT_S)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Said(_outcome(mail, State.UNKNOWN, f"no answer after the mail had left: {error}"))
        said = _said(code, text)
        if _FIRST_YES <= code <= _LAST_YES:
            queued = _QUEUED.search(said)
            return Said(replace(_outcome(mail, State.ACCEPTED, said), provider_id=queued[1] if queued else ""))
        if _FIRST_NO <= code <= _LAST_NO:
            return self._not_taken(mail, code, text)
        self.close()
        return Said(_outcome(mail, State.UNKNOWN, f"no clear answer after the mail had left: {said}"))

    def _wait_at_most(self, seconds: float) -> None:
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)

    def _not_taken(self, mail: Mail, code: int, text: bytes) -> Said:
        said = _said(code, text)
        self._reset(closes=code == _GOING or not _FIRST_NO <= code <= _LAST_NO)
        if code // 100 != _NO:
            return Said(_outcome(mail, State.PENDING, said))
        found = _ENHANCED.match(said)
        enhanced = found[1] if found else ""
        certain = bool(_OF_RECIPIENT.fullmatch(enhanced))
        if not certain and (_OF_US.fullmatch(enhanced) or code in _CODES_OF_US):
            raise self._stopped(f"it does not let us send: {said}", "Ask who runs it, then send again.")
        return Said(_outcome(mail, State.REFUSED, said), certain=certain)

    def _reset(self, *, closes: bool) -> None:
        """Begin anew after a mail that was not taken; a server that says 421 hangs up."""
        if closes:
            self.close()
            return
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _dial(self) -> smtplib.SMTP:
        server, name = self._server, _own_name()
        if server.scheme == "smtps":
            return smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=name, timeout=TIMEOUT_S, context=self._trust
            )
        return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=TIMEOUT_S)

    def _greet(self) -> None:
        self._smtp.ehlo_or_helo_if_needed()
        if self._server.encrypted and self._server.scheme != "smtps":
            self._smtp.starttls(context=self._trust)
            self._smtp.ehlo_or_helo_if_needed()
        if self._server.user:
            self._smtp.login(self._server.user, self._server.password)
        if not self._smtp.has_extn("8bitmime"):
            raise self._stopped("it takes no 8-bit mail", "Use a server that offers 8BITMIME.")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except ssl.SSLError as error:
            raise self._stopped(
                f"the encrypted connection fails: {error.reason or error}", "Is this the server?"
            ) from None
        except smtplib.SMTPAuthenticationError as error:
            raise self._stopped(f"the login is refused: {_said(error.smtp_code, error.smtp_error)}", _LOGIN) from None
        except smtplib.SMTPResponseException as error:
            raise Gone(_said(error.smtp_code, error.smtp_error)) from None
        except smtplib.SMTPNotSupportedError:
            raise self._stopped("it offers no encryption, or no login", "Mails with personal data need both.") from None
        except UnicodeError:
            raise self._stopped("a login beyond ASCII cannot be written", _LOGIN) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Gone(str(error) or type(error).__name__) from None

    def _stopped(self, what: str, mend: str) -> NoticeError:
        where = self._server.shown
        return NoticeError(
            f"the mail server stops us: {what}.", where=where, mend=f"{mend} What it has not taken waits."
        )


@cache
def _own_name() -> str:
    """Return this machine's whole name, which servers want to hear; its address where it has none."""
    name = socket.getfqdn()
    return name if "." in name and not name.endswith(".arpa") else "[127.0.0.1]"


_LOGIN = "Check the name and the password in POLICY_SMTP_URL."


def _outcome(mail: Mail, state: State, text: str) -> Outcome:
    return Outcome(ref=mail.ref, state=state, text=text[:_LONGEST])


def _said(code: int, text: bytes | str) -> str:
    """Return an answer in one line, with its enhanced code where there is one (RFC 3463), and without addresses."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return blank(f"{code} {' '.join(words.split())}".strip()[:_LONGEST])
