"""Any mail server that speaks SMTP: several connections that stay open, one message a recipient.

Each answer is the server's own for one recipient. 2xx is accepted, 4xx may be offered again, 5xx is refused for good.
What the server says about us and not about a recipient ends the run with nothing lost: see `smtp_session.py`.
"""

import ssl
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import datetime

from toolkit.errors import NoticeError
from toolkit.ledger.entries import Claimed, Mail, Notice, Outcome, Variant
from toolkit.ledger.states import State
from toolkit.notices.mime import sender_address
from toolkit.notices.transports import Answer, Parcel, packing
from toolkit.notices.transports.heard import Heard
from toolkit.notices.transports.smtp_session import Gone, Said, Server, Session

CONNECTIONS = 4
"""Kept open at once. A server that wants fewer turns the others away, and gets fewer."""

MANY = 50
"""So many refusals in a row that may be about us, with nobody taken between them, stop a run."""

DOUBTS = 3
"""So many mails of one call whose answer nobody heard end it."""


@dataclass(kw_only=True)
class Smtp:
    """Hands over to `server`. `trust` holds the certificates to trust in place of the machine's."""

    server: Server
    trust: ssl.SSLContext | None = None
    connections: int = CONNECTIONS
    name: str = "smtp"
    batch: int = 100
    _idle: list[Session] = field(default_factory=list)
    _heard: Heard = field(default_factory=Heard)
    _in_a_row: int = 0  # suspicious refusals since it last took a mail

    @property
    def host(self) -> str:
        return self.server.shown

    def ready(self) -> None:
        """Connect and log in. Raises `NoticeError` where the server does not let us."""
        try:
            session = self._session()
        except Gone as error:
            raise NoticeError(
                f"the mail server does not answer: {error}.",
                where=self.host,
                mend="Check POLICY_SMTP_URL and the server; nothing was handed over.",
            ) from None
        self._idle.append(session)

    def preflight(self, notice: Notice, variant: Variant) -> None:  # noqa: ARG002 - a server judges no words ahead
        """Connect and log in: more can only be found out by handing over a mail."""
        self.ready()

    def pack(
        self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
    ) -> tuple[Parcel, ...]:
        return packing.pack(notice, variant, claimed, dated_at=dated_at)

    def hand_over(self, parcel: Parcel) -> Answer:
        """Hand the mails over on all connections at once.

        Raises `NoticeError` where the server wants nothing from us. On any error the mails that are under way are
        waited for, so that `ask` knows what became of each; of those that somebody did not wait for it knows nothing.
        """
        self._heard = Heard(parcel)
        round_ = _Round(parcel.leaving, self._heard, self._in_a_row)
        if parcel.leaving:
            self._hand_over(round_, sender_address(parcel.notice.sender))
        outcomes = self.ask(parcel.notice.plan, tuple(mail.ref for mail in parcel.mails))
        return Answer(outcomes=outcomes, suspects=frozenset(round_.suspects))

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:  # noqa: ARG002 - a server keeps no plans
        """Tell what is known of a call that was broken off, once. A server cannot be asked about what it took."""
        heard, self._heard = self._heard, Heard()
        return heard.tell(refs)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _session(self) -> Session:
        """Return a connection that is open, or make one. Raises `Gone` where the server is not there."""
        while session := self._next_idle():
            if session.answers():
                return session
        return Session(self.server, trust=self.trust)

    def _next_idle(self) -> Session | None:
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _hand_over(self, round_: "_Round", sender: str) -> None:
        try:
            self._work(round_, sender)
        except BaseException:
            round_.let_suspects_wait()
            raise
        finally:
            self._in_a_row = round_.in_a_row
        if round_.stopped:
            round_.let_suspects_wait()
            raise NoticeError(
                f"the mail server refuses one after the other, and it may mean us: {round_.stopped}.",
                where=self.host,
                mend="Ask who runs it, then send again. Who was refused just now waits.",
            )

    def _work(self, round_: "_Round", sender: str) -> None:
        with ThreadPoolExecutor(self.connections, thread_name_prefix="smtp") as pool:
            workers = min(self.connections, len(round_.mails))
            futures = [pool.submit(self._drain, round_, sender) for _ in range(workers)]
            try:
                wait(futures)
            except BaseException:
                round_.halt()
                raise
        for future in futures:
            future.result()

    def _drain(self, round_: "_Round", sender: str) -> None:
        """Hand over mail after mail on one connection; on another one where it broke. Ends where there is none."""
        session: Session | None = None
        try:
            while not round_.halted:
                session = session if session and session.alive else self._session()
                mail = round_.take()
                if mail is None:
                    return
                round_.answered(_hand_over(session, mail, sender, round_))
        except Gone:
            return
        except BaseException:
            round_.halt()
            raise
        finally:
            if session and session.alive:
                self._idle.append(session)


def _hand_over(session: Session, mail: Mail, sender: str, round_: "_Round") -> Said:
    """Hand one mail over. What the server says about us leaves the mail as it was, and goes on as an error."""
    try:
        return session.hand_over(mail, sender=sender)
    except NoticeError as error:
        round_.answered(Said(Outcome(ref=mail.ref, state=State.PENDING, text=error.what)))
        raise


class _Round:
    """The mails of one parcel, each taken by one of several threads, and what became of them.

    A refusal that may be about us is a suspicion, until the server takes another mail after it. So many in a row
    without one that it took stop the round.
    """

    def __init__(self, mails: tuple[Mail, ...], heard: Heard, in_a_row: int) -> None:
        self.mails = mails
        self.stopped = ""
        self.halted = False
        self._waiting = iter(mails)
        self._heard = heard
        self.suspects: set[str] = set()
        self.in_a_row = in_a_row
        self._unknown = 0
        self._lock = threading.Lock()

    def take(self) -> Mail | None:
        """Return the next mail; None where there is none. From now on, and until it is answered, nobody knows of it."""
        with self._lock:
            mail = None if self.halted else next(self._waiting, None)
            if mail is not None:
                self._heard.forget(mail.ref)
            return mail

    def halt(self) -> None:
        self.halted = True

    def answered(self, said: Said) -> None:
        """Note what became of a mail, and halt where going on would do harm."""
        with self._lock:
            self._heard.note(said.outcome)
            if said.outcome.state is State.ACCEPTED:
                self.suspects, self.in_a_row = set(), 0
            elif said.outcome.state is State.REFUSED and not said.certain:
                self.suspects.add(said.outcome.ref)
                self.in_a_row += 1
            self._unknown += said.outcome.state is State.UNKNOWN
            if self.in_a_row >= MANY:
                self.stopped = said.outcome.text
            self.halted |= bool(self.stopped) or self._unknown >= DOUBTS

    def let_suspects_wait(self) -> None:
        """Note of the suspects that they were offered, and certainly not taken."""
        with self._lock:
            for ref in self.suspects:
                self._heard.note(replace(self._heard.of(ref), state=State.PENDING))
