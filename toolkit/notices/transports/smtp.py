"""Any mail server that speaks SMTP: several connections that stay open, one message a recipient.

Each answer is the server's own for one recipient. 2xx is accepted, 4xx may be offered again, 5xx is refused for good.
What the server says about us and not about a recipient ends the run with nothing lost: see `smtp_session.py`.
"""

import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime

from toolkit.errors import NoticeError
from toolkit.ledger.entries import Claimed, Mail, Notice, Outcome, Variant
from toolkit.ledger.states import State
from toolkit.notices.mime import sender_address
from toolkit.notices.transports import Answer, Parcel, not_begun, packing
from toolkit.notices.transports.smtp_session import Gone, Server, Session

CONNECTIONS = 4
"""Kept open at once. A server that wants fewer turns the others away, and gets fewer."""


@dataclass(kw_only=True)
class Smtp:
    """Hands over to `server`. `trust` holds the certificates to trust in place of the machine's."""

    server: Server
    trust: ssl.SSLContext | None = None
    connections: int = CONNECTIONS
    name: str = "smtp"
    batch: int = 100
    _idle: list[Session] = field(default_factory=list)
    _known: dict[str, Outcome] = field(default_factory=dict)
    _taken: bool = False  # whether the server has taken anything yet

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
        waited for, so that `ask` knows what became of each.
        """
        self._known = {outcome.ref: outcome for outcome in parcel.refused} | not_begun(m.ref for m in parcel.leaving)
        if parcel.leaving:
            self._hand_over(parcel.leaving, sender_address(parcel.notice.sender))
        known, self._known = self._known, {}
        return Answer(outcomes=tuple(known[mail.ref] for mail in parcel.mails))

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:  # noqa: ARG002 - a server keeps no plans
        """Tell what is known of a call that was broken off, once. A server cannot be asked about what it took."""
        known, self._known = self._known, {}
        return tuple(known[ref] for ref in refs if ref in known)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _session(self) -> Session:
        """Return a connection that is open, or make one. Raises `Gone` where the server is not there."""
        while self._idle:
            session = self._idle.pop()
            if session.answers():
                return session
        return Session(self.server, trust=self.trust)

    def _hand_over(self, mails: tuple[Mail, ...], sender: str) -> None:
        waiting, halt = _OneByOne(mails), threading.Event()
        # A server that we do not know yet gets one mail first: if it turns us away, it turns away one.
        if not self._taken:
            self._drain(waiting, sender, halt, most=1)
        with ThreadPoolExecutor(self.connections, thread_name_prefix="smtp") as pool:
            workers = min(self.connections, len(mails))
            futures = [pool.submit(self._drain, waiting, sender, halt) for _ in range(workers)]
            try:
                wait(futures)
            except BaseException:
                halt.set()
                raise
        for future in futures:
            future.result()

    def _drain(self, mails: "_OneByOne", sender: str, halt: threading.Event, *, most: int | None = None) -> None:
        """Hand over mail after mail on one connection; on another one where it broke. Ends where there is none."""
        session: Session | None = None
        try:
            for at, mail in enumerate(mails):
                session = session if session and session.alive else self._session()
                self._known[mail.ref] = session.hand_over(mail, sender=sender, known=self._taken)
                self._taken |= self._known[mail.ref].state is State.ACCEPTED
                if halt.is_set() or (most is not None and at + 1 >= most):
                    return
        except Gone:
            return  # what it had taken from the queue stays "not begun"
        except NoticeError:
            halt.set()
            raise
        finally:
            if session and session.alive:
                self._idle.append(session)


class _OneByOne:
    """Gives mails to several threads, each to one of them."""

    def __init__(self, mails: tuple[Mail, ...]) -> None:
        self._mails = iter(mails)
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Mail]:
        return self

    def __next__(self) -> Mail:
        with self._lock:
            return next(self._mails)
