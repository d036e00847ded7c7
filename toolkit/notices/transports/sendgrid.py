"""SendGrid: up to a thousand recipients a request, each with the values for its own tags.

SendGrid has no key against doubles: a request that left without an answer is unknown and never repeated. A request is
taken whole or not at all. Where it is refused for single recipients, they are left out and the others are offered
again in the same call; where it is refused without naming any, it is halved until they are found. Nobody is refused for
good before it is clear that they are meant: see `_judge`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from toolkit.addresses import mail_address
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Claimed, Mail, Notice, Outcome, Variant
from toolkit.ledger.states import State
from toolkit.notices.transports import Answer, Parcel, packing, refused
from toolkit.notices.transports.heard import Heard
from toolkit.notices.transports.pooled import READ_S, NotAnswered, NotSent, Pool, make_client
from toolkit.notices.transports.sendgrid_answers import Meaning, Understood, understand
from toolkit.notices.transports.sendgrid_body import preflight_mail, write_body

MOST = 1_000
"""Recipients of one request."""

_ENDS = {Meaning.WAIT: State.PENDING, Meaning.STOP: State.PENDING, Meaning.DOUBT: State.UNKNOWN}
"""After which answers a call goes no further, and what they leave."""

_MANY = 10
"""So many refusals before anybody was taken need an explanation."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class SendGrid:
    """Hands over to the mail endpoint at `host`. `ip_pool` names the pool of senders' addresses, empty for none."""

    host: str
    key: str = field(repr=False)
    ip_pool: str = ""
    now: Callable[[], datetime] = _now
    name: str = "sendgrid"
    batch: int = MOST
    read_s: float = READ_S
    _pool: Pool | None = field(default=None, repr=False)
    _heard: Heard = field(default_factory=Heard, repr=False)
    _proven: set[Variant] = field(default_factory=set, repr=False)  # whose words a preflight has shown to be taken
    _suspects: dict[str, tuple[str, bool]] = field(default_factory=dict, repr=False)  # what was said; whether by name
    _unclear: frozenset[str] = frozenset()
    _took_any: bool = False

    def ready(self) -> None:
        """Raise `NoticeError` where there is no key. Whether it is right the first request shows, and loses nothing."""
        if not self.key:
            raise NoticeError(
                "there is no key for the provider.",
                where="SENDGRID_API_KEY",
                mend="Set it in the environment of the command; it may send mail and nothing else.",
            )

    def pack(
        self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
    ) -> tuple[Parcel, ...]:
        return packing.pack(notice, variant, claimed, dated_at=dated_at, objection=_objection)

    def hand_over(self, parcel: Parcel) -> Answer:
        """Hand a parcel over, in as many requests as its refusals ask for.

        Raises `NoticeError` for what is about us: the key, the sender, the words. `ask` knows then what was taken.
        """
        self._heard = Heard(parcel)
        retry_after = self._submit(parcel, parcel.leaving)
        outcomes = self.ask(parcel.notice.plan, tuple(mail.ref for mail in parcel.mails))
        return Answer(outcomes=outcomes, retry_after=retry_after, suspects=self._unclear)

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:  # noqa: ARG002 - SendGrid knows no plans
        """Tell what is known of a call that was broken off, once. What SendGrid took it tells by events only."""
        heard, self._heard = self._heard, Heard()
        return heard.tell(refs)

    def preflight(self, notice: Notice, variant: Variant) -> None:
        """Ask whether a request with these words would be taken: in the sandbox, to our own address, marked as such.

        Raises `NoticeError` where it would not, or where nobody answers.
        """
        answer = self._preflight(notice, variant)
        if answer.meaning is not Meaning.TAKEN:
            raise self._stopped(answer.said)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.close()

    def _submit(self, parcel: Parcel, mails: Sequence[Mail]) -> float | None:
        """Hand mails over until each has its outcome or the provider wants to be left alone; then say how long."""
        self._suspects, self._took_any, self._unclear = {}, False, frozenset()
        waiting = [tuple(mails)] if mails else []
        while waiting:
            group = waiting.pop()
            answer = self._post(parcel, group)
            if answer.meaning in _ENDS:
                self._note(group, _ENDS[answer.meaning], answer)
                return self._leave(parcel, answer)
            if answer.meaning is Meaning.TAKEN:
                self._took_any = True
                self._note(group, State.ACCEPTED, answer)
                continue
            waiting.extend(self._take_apart(group, answer))
            if len(self._suspects) >= _MANY and not self._took_any and (left_open := self._judge(parcel)):
                return left_open.retry_after
        left_open = self._judge(parcel)
        return left_open.retry_after if left_open else None

    def _leave(self, parcel: Parcel, answer: Understood) -> float | None:
        """End the call where the provider takes no more; raise where it takes nothing from us at all."""
        if answer.meaning is Meaning.STOP:
            self._suspects = {}
            raise self._stopped(answer.said)
        self._judge(parcel)
        return answer.retry_after

    def _post(self, parcel: Parcel, group: Sequence[Mail]) -> Understood:
        body = write_body(parcel.notice, parcel.variant, group, ip_pool=self.ip_pool)
        for mail in group:
            self._heard.forget(mail.ref)
        return self._call(body, recipients=len(group))

    def _call(self, body: bytes, *, recipients: int, sandbox: bool = False) -> Understood:
        self._pool = self._pool or Pool(read_s=self.read_s)
        try:
            reply = make_client(key=self.key, host=self.host, pool=self._pool).post_bytes(body)
        except NotSent as error:
            return Understood(meaning=Meaning.WAIT, said=f"the request did not get there: {error}")
        except NotAnswered as error:
            return Understood(meaning=Meaning.DOUBT, said=f"handed over, but {error}")
        return understand(reply, recipients=recipients, now=self.now(), sandbox=sandbox)

    def _note(self, mails: Iterable[Mail], state: State, answer: Understood) -> None:
        said, number = answer.said, answer.message_id
        self._heard.note(*(Outcome(ref=mail.ref, state=state, text=said, provider_id=number) for mail in mails))

    def _take_apart(self, group: Sequence[Mail], answer: Understood) -> list[tuple[Mail, ...]]:
        """Return who is to be offered again, in groups. Who is refused is a suspect until it is clear it is them."""
        self._note(group, State.PENDING, answer)
        if answer.meaning is Meaning.SPLIT and len(group) > 1:
            half = len(group) // 2
            return [tuple(group[half:]), tuple(group[:half])]
        named = bool(answer.places)
        for place, said in (answer.places or {0: answer.said}).items():
            self._suspects[group[place].ref] = (said, named)
        others = tuple(mail for mail in group if mail.ref not in self._suspects)
        return [others] if others else []

    def _judge(self, parcel: Parcel) -> Understood | None:
        """Refuse the suspects where it is clear that they are meant, and not the words or we.

        It is clear where others of the same call were taken. Else a preflight has to show that the words are, and it
        has to be them who were named; one alone who was not stays unclear. Where it is about us they wait: the answer
        that leaves it open is returned, or `NoticeError` is raised.
        """
        suspects, self._suspects = self._suspects, {}
        if not suspects:
            return None
        if not self._took_any and parcel.variant not in self._proven:
            answer = self._preflight(parcel.notice, parcel.variant)
            if answer.meaning in (Meaning.WAIT, Meaning.DOUBT):
                return answer
            if answer.meaning is not Meaning.TAKEN:
                raise self._stopped(answer.said)
            self._proven.add(parcel.variant)
        unnamed = {ref: said for ref, (said, named) in suspects.items() if not named and not self._took_any}
        if unnamed and len(parcel.leaving) > 1:
            raise self._stopped(f"{next(iter(unnamed.values()))}, for everybody and naming nobody")
        self._unclear = frozenset(unnamed)
        self._heard.note(*(refused(ref, said) for ref, (said, _) in suspects.items()))
        return None

    def _preflight(self, notice: Notice, variant: Variant) -> Understood:
        mail = preflight_mail(mail_address(notice.reply_to))
        body = write_body(notice, variant, [mail], ip_pool=self.ip_pool, sandbox=True)
        return self._call(body, recipients=1, sandbox=True)

    def _stopped(self, said: str) -> NoticeError:
        return NoticeError(
            f"SendGrid stops us: {said}.",
            where=self.host,
            mend="Nothing is lost: mend it, then send again. Who was not taken yet waits.",
        )


def _objection(address: str) -> str:
    return "" if address.isascii() else "SendGrid takes no address beyond ASCII"
