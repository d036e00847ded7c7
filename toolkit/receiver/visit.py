"""One visit of a person's page: what the page says, and what is recorded of what they do there. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from toolkit.addresses import mail_address
from toolkit.ledger.acts import LONGEST_OBJECTION, Acts, Addressee, Consent, ConsentKind, Objection
from toolkit.ledger.entries import Receipt, ReceiptKind, Standing
from toolkit.notices.facts import Publisher, TakenBack
from toolkit.notices.personal import Asked, Personal, find_asked, order_steps
from toolkit.notices.templates import Templates
from toolkit.policy.version import History, Version
from toolkit.receiver.answers import last_seen
from toolkit.receiver.snapshot import Snapshot

SOURCE = "link"
MOST_A_DAY = 5
"""Messages of one account: each is a mail to the contact."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """A link that was followed: whose it is, and what stands when it is."""

    snapshot: Snapshot
    who: Addressee
    standing: Standing
    consents: tuple[Consent, ...]
    objected_on: tuple[date, ...]
    until: date
    now: datetime

    @property
    def history(self) -> History:
        return self.snapshot.history(self.who.policy)

    @property
    def newest(self) -> Version:
        return self.history.newest(self.snapshot.day) or self.history.versions[-1]

    @property
    def publisher(self) -> Publisher:
        return self.snapshot.publishers[self.who.policy]

    @property
    def templates(self) -> Templates:
        return self.snapshot.in_language(self.who.account.language)

    @property
    def asked(self) -> tuple[Asked, ...]:
        return find_asked(
            self.history,
            self.templates.wording,
            said=self.consents,
            on=self.snapshot.day,
            date_of=self.snapshot.date_of,
            closed=self.who.account.closed is not None and self.who.account.closed <= self.snapshot.day,
        )


def page_of(visit: Visit) -> Personal:
    """Return what the page says."""
    history, snapshot, templates, day = visit.history, visit.snapshot, visit.templates, visit.snapshot.day
    standing, publisher, write = visit.standing, visit.publisher, visit.templates.wording.write_date
    since, newest = last_seen(snapshot, standing, visit.who.policy), visit.newest
    basis = history.basis(since.number, day)
    differences = snapshot.differences(history, basis)
    new = [each for each in differences if each.version.number > since.number]
    coming = [each for each in differences if each not in new and (each.version.effective > day or each.consent_to)]
    redline, legend = snapshot.redline(since, newest, templates.language) if new else ("", "")
    taken_back = history.taken_back(since.number, day)
    gone = next((each.withdrawn_on for each in taken_back if str(each.number) == standing.seen), None)
    return Personal(
        language=templates.language,
        service=publisher.service,
        contact=publisher.contact,
        title=newest.title,
        version=str(newest.number),
        digest=newest.digest,
        effective=newest.effective.isoformat(),
        since=str(since.number),
        first=not standing.seen and standing.account.created < since.effective,
        seen=standing.seen,
        seen_on=write(snapshot.date_of(standing.seen_at)) if standing.seen_at else "",
        seen_withdrawn=write(gone) if gone else "",
        how=standing.evidence.value if standing.evidence else "",
        up_to_date=not new,
        steps=order_steps(publisher, templates.wording, new, on=day),
        coming=order_steps(publisher, templates.wording, coming, on=day),
        withdrawn=tuple(
            TakenBack(version=str(each.number), withdrawn=write(each.withdrawn_on))
            for each in taken_back
            if each.withdrawn_on
        ),
        asked=visit.asked,
        objected_on=tuple(map(write, visit.objected_on)),
        closed=standing.account.closed is not None and standing.account.closed <= day,
        answerable=bool(mail_address(standing.account.email)),
        redline=Markup(redline),  # noqa: S704 - of our own making: see `compare_words`
        legend=Markup(legend),  # noqa: S704
        policy_link=f"{publisher.site_url}{newest.number}/",
        history_link=f"{publisher.site_url}history/",
        until=write(visit.until),
    )


def acts_of(visit: Visit, said: dict[str, str]) -> Acts | str:
    """Return what a form says, or the kind of trouble that it is."""
    match said.get("action"):
        case "confirm":
            newest = visit.newest
            shown = (str(newest.number), newest.digest, newest.effective.isoformat())
            if tuple(said.get(name) for name in ("version", "digest", "effective")) != shown:
                return "changed"
            return Acts(receipts=(receipt_of(visit, ReceiptKind.CONFIRMED),))
        case "consent":
            return _consent(visit, said)
        case "object" if said.get("text"):
            if visit.objected_on.count(visit.snapshot.day) >= MOST_A_DAY:
                return "often"
            text = said["text"].replace("\r\n", "\n").replace("\x00", "\ufffd")
            return "long" if len(text) > LONGEST_OBJECTION else Acts(objections=(_objection(visit, said, text),))
        case _:
            return "asked"


def receipt_of(visit: Visit, kind: ReceiptKind) -> Receipt:
    """Return the evidence that the newest version was seen, or only opened."""
    return Receipt(
        account=visit.who.account.id,
        policy=visit.who.policy,
        version=str(visit.newest.number),
        kind=kind,
        happened_at=visit.now,
        language=visit.templates.language,
        source=SOURCE,
        shown=visit.newest.digest,
        ref=visit.who.ref,
    )


def _consent(visit: Visit, said: dict[str, str]) -> Acts | str:
    """Return the answer to a consent on the page: any to one that is open, only `withdrawn` to one that is not."""
    about = (said.get("about", ""), said.get("purpose", ""))
    shown = [each for each in visit.asked if (each.version, each.purpose) == about]
    answer = said.get("answer")
    if not shown or answer not in list(ConsentKind):
        return "asked"
    asked = next((each for each in shown if each.shown == said.get("words")), None)
    if asked is None:
        return "changed"
    if not asked.open and answer != ConsentKind.WITHDRAWN.value:
        return "asked"
    in_force = visit.history.in_force(visit.snapshot.day) or visit.newest
    consent = Consent(
        account=visit.who.account.id,
        policy=visit.who.policy,
        version=asked.version or str(in_force.number),
        kind=ConsentKind(answer),
        words=asked.words,
        happened_at=visit.now,
        purpose=asked.purpose,
        language=visit.templates.language,
        source=SOURCE,
        ref=visit.who.ref,
    )
    return Acts(consents=(consent,))


def _objection(visit: Visit, said: dict[str, str], text: str) -> Objection:
    """Return an objection to the version that the page showed, as far as there is such a one."""
    known = {str(each.number) for each in visit.history.announced(visit.snapshot.day)}
    shown = said.get("version", "")
    return Objection(
        account=visit.who.account.id,
        policy=visit.who.policy,
        version=shown if shown in known else str(visit.newest.number),
        text=text.encode("utf-8", "replace").decode("utf-8"),
        happened_at=visit.now,
        language=visit.templates.language,
        source=SOURCE,
        ref=visit.who.ref,
    )
