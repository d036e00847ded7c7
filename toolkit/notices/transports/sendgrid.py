"""SendGrid: up to a thousand recipients a request, each with the values for its own tags.

SendGrid has no key against doubles: a request that left without an answer is unknown and never repeated. A request is
taken whole or not at all. Where it is refused for single recipients, they are left out and the others are offered
again in the same call; where it is refused without naming any, it is halved until they are found.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from toolkit.addresses import mail_address
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Claimed, Mail, Notice, Outcome, Variant
from toolkit.ledger.states import State
from toolkit.notices.transports import Answer, Parcel, not_begun, packing, refused
from toolkit.notices.transports.pooled import READ_S, NotAnswered, NotSent, Pool, make_client
from toolkit.notices.transports.sendgrid_answers import Meaning, Understood, understand
from toolkit.notices.transports.sendgrid_body import preflight_mail, write_body

MOST = 1_000
"""Recipients of one request."""


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
    _known: dict[str, Outcome] = field(default_factory=dict, repr=False)
    _proven: set[Variant] = field(default_factory=set, repr=False)

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
        self._known = {outcome.ref: outcome for outcome in parcel.refused} | not_begun(m.ref for m in parcel.leaving)
        retry_after = self._submit(parcel, parcel.leaving)
        known, self._known = self._known, {}
        return Answer(outcomes=tuple(known[mail.ref] for mail in parcel.mails), retry_after=retry_after)

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:  # noqa: ARG002 - SendGrid knows no plans
        """Tell what is known of a call that was broken off, once. What SendGrid took it tells by events only."""
        known, self._known = self._known, {}
        return tuple(known[ref] for ref in refs if ref in known)

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
        waiting = [tuple(mails)] if mails else []
        while waiting:
            group = waiting.pop()
            answer = self._post(parcel, group)
            match answer.meaning:
                case Meaning.TAKEN:
                    self._proven.add(parcel.variant)
                    self._note(group, State.ACCEPTED, answer)
                case Meaning.WAIT:
                    self._note(group, State.PENDING, answer)
                    return answer.retry_after
                case Meaning.DOUBT:
                    self._note(group, State.UNKNOWN, answer)
                    return None
                case Meaning.STOP:
                    self._note(group, State.PENDING, answer)
                    raise self._stopped(answer.said)
                case Meaning.SPLIT if len(group) > 1:
                    half = len(group) // 2
                    waiting.extend((group[half:], group[:half]))
                    self._known.update(not_begun(mail.ref for mail in group))
                case _:
                    self._note(group, State.PENDING, answer)
                    blocked = self._prove(parcel)
                    if blocked is not None:
                        return blocked.retry_after
                    waiting.extend(self._without_refused(group, answer))
        return None

    def _post(self, parcel: Parcel, group: Sequence[Mail]) -> Understood:
        body = write_body(parcel.notice, parcel.variant, group, ip_pool=self.ip_pool)
        for mail in group:  # from here on, and until there is an answer, nobody knows
            self._known.pop(mail.ref, None)
        return self._call(body, recipients=len(group))

    def _call(self, body: bytes, *, recipients: int, sandbox: bool = False) -> Understood:
        self._pool = self._pool or Pool(read_s=self.read_s)
        try:
            reply = make_client(key=self.key, host=self.host, pool=self._pool).post_bytes(body)
        except NotSent as error:
            return Understood(meaning=Meaning.WAIT, said=f"nothing left: {error}")
        except NotAnswered as error:
            return Understood(meaning=Meaning.DOUBT, said=f"handed over, but {error}")
        return understand(reply, recipients=recipients, now=self.now(), sandbox=sandbox)

    def _note(self, mails: Iterable[Mail], state: State, answer: Understood) -> None:
        for mail in mails:
            self._known[mail.ref] = Outcome(ref=mail.ref, state=state, text=answer.said, provider_id=answer.message_id)

    def _without_refused(self, group: Sequence[Mail], answer: Understood) -> list[tuple[Mail, ...]]:
        """Note who is refused, and return who is to be offered again, as one group if there is anybody."""
        places = answer.places or {0: answer.said}  # without places it is a group of one
        for place, said in places.items():
            ref = group[place].ref
            self._known[ref] = refused(ref, said)
        others = tuple(mail for place, mail in enumerate(group) if place not in places)
        return [others] if others else []

    def _prove(self, parcel: Parcel) -> Understood | None:
        """See to it that it is a recipient and not the words that a refusal is about, before anybody is refused.

        Returns None where that is so; else the answer that leaves it open. Raises `NoticeError` where it is the words.
        """
        if parcel.variant in self._proven:
            return None
        answer = self._preflight(parcel.notice, parcel.variant)
        if answer.meaning is Meaning.TAKEN:
            self._proven.add(parcel.variant)
            return None
        if answer.meaning in (Meaning.WAIT, Meaning.DOUBT):
            return answer
        raise self._stopped(answer.said)

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
