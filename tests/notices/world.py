"""A small world for the notices' tests: real policies, real templates, a real ledger."""

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import ClassVar

from sqlalchemy import select

from tests.repositories import policy_text
from tests.vocabulary import ENGLISH_RULES
from toolkit.config import shipped
from toolkit.ledger.entries import Account, Candidate, Notice
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.schema import deliveries, persons
from toolkit.ledger.states import State
from toolkit.notices.dispatch import Sent, send
from toolkit.notices.facts import Publisher
from toolkit.notices.pace import Pace
from toolkit.notices.plan import Plan, make_plan
from toolkit.notices.templates import Templates, read_templates
from toolkit.notices.transports import Transport
from toolkit.notices.transports.outbox import Outbox
from toolkit.policy.classes import Number
from toolkit.policy.landing import build_history
from toolkit.policy.revision import Revision
from toolkit.policy.version import History

PUBLISHER = Publisher(
    service="Kvmcloud",
    site_url="https://kvm.hk/privacy/",
    sender="Kvmcloud Privacy <privacy-notice@kvm.hk>",
    contact="support@kvm.hk",
)
NOW = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 12, 2)

BODY = (
    "## 1. Data retention\n\n- **Account Data**: as long as your account is active, plus 3 years after termination\n"
    "- **Usage Logs**: for 12 months\n\n## 2. Payments\n\nWe share billing data with payment processors.\n"
)
EDITED = BODY.replace("for 12 months", "for twelve months")
MATERIAL = EDITED.replace("plus 3 years after", "plus 5 years after").replace(
    "with payment processors", "with payment processors and advertising partners"
)
SUMMARY = (
    "- We now keep account data for 5 years after you close your account (before: 3 years).\n"
    "- We now share billing data with advertising partners too."
)
NEWEST = Number.parse("2.0.0")


def revision(text: str, landed: str, at: int) -> Revision:
    return Revision(
        commit=f"{at:040x}",
        landed_on=date.fromisoformat(landed),
        path="policy/privacy.md",
        blob=f"{at:040x}",
        source=text.encode(),
    )


def history_of(*texts: tuple[str, str]) -> History:
    """Fold (text, landed on) pairs into a history."""
    return build_history("privacy", [revision(text, landed, at) for at, (text, landed) in enumerate(texts, start=1)])


def first_version() -> str:
    return policy_text(BODY, number="1.0.0", published="2026-11-23")


def editorial_version() -> str:
    return policy_text(EDITED, number="1.0.1", published="2026-11-25", declared="editorial")


def material_version(body: str = MATERIAL, *, summary: str = SUMMARY, declared: str = "material") -> str:
    return policy_text(
        body, number="2.0.0", published="2026-12-01", effective="2026-12-31", declared=declared, summary=summary
    )


def consent_version(asking: str = "portal") -> str:
    return material_version(declared="consent").replace("class: consent", f"class: consent\nconsent: {asking}")


def three_versions(newest: str = "") -> History:
    """1.0.0, an editorial 1.0.1, and a material 2.0.0 that binds from 31 December 2026."""
    return history_of(
        (first_version(), "2026-11-23"),
        (editorial_version(), "2026-11-25"),
        (newest or material_version(), "2026-12-01"),
    )


def templates() -> tuple[Templates, ...]:
    return read_templates(shipped("notices"))


def account(at: int | str = 1, **other: object) -> Account:
    """Return a made-up account; what `other` names is changed."""
    given: dict[str, object] = {
        "id": f"c{at:05d}" if isinstance(at, int) else at,
        "email": f"user{at}@example.com",
        "name": f"User {at}",
        "language": "en",
        "created": date(2024, 1, 1),
    }
    return Account(**(given | other))  # type: ignore[arg-type]


def accounts(many: int) -> list[Account]:
    """Return accounts of which every third signed up under 1.0.1."""
    newer = date(2026, 11, 26)
    return [account(at, created=newer) if at % 3 == 0 else account(at) for at in range(1, many + 1)]


def everyone(many: int) -> list[Account]:
    """Return accounts that all get the same mail."""
    return [account(at) for at in range(1, many + 1)]


class Clock:
    """A clock that moves on by a millisecond whenever it is read, and by `wait`."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def seconds(self) -> float:
        return (self.now - NOW).total_seconds()


class World:
    """A folder with a ledger and an outbox in it, and a history to announce from."""

    opened: ClassVar[list["World"]] = []
    ways: ClassVar[list[Transport]] = []

    def __init__(
        self, folder: Path, given: Iterable[Account] = (), history: History | None = None, *, url: str = ""
    ) -> None:
        self.folder = folder
        self.history = history or three_versions()
        self.clock = Clock()
        self.ledger = Ledger.open(url or f"sqlite:///{folder / 'ledger.db'}", clock=self.clock)
        self.outbox = Outbox(folder=folder / "outbox", host="build/outbox")
        self.ledger.accounts.record(list(given))
        self._tokens = count()
        World.opened.append(self)

    def candidates(self) -> Iterator[Candidate]:
        return self.ledger.notices.candidates("privacy", "2.0.0")

    def plan(
        self,
        *,
        publisher: Publisher = PUBLISHER,
        transport: Transport | None = None,
        now: datetime = NOW,
        candidates: Callable[[], Iterable[Candidate]] | None = None,
        with_templates: tuple[Templates, ...] = (),
        held_since: date | None = None,
    ) -> Plan:
        return make_plan(
            publisher=publisher,
            templates=with_templates or templates(),
            rules=ENGLISH_RULES,
            history=self.history,
            number=NEWEST,
            candidates=candidates or self.candidates,
            transport=transport or self.outbox,
            language="en",
            on=TODAY,
            now=now,
            held_since=held_since,
        )

    def announce(self, transport: Transport | None = None, *, held_since: date | None = None) -> Plan:
        World.ways.append(transport or self.outbox)
        plan = self.plan(transport=transport, held_since=held_since)
        self.ledger.notices.announce(plan.notice, plan.variants, plan.planned())
        return plan

    def send(
        self,
        notice: Notice,
        transport: Transport | None = None,
        *,
        waits: bool = True,
        progress: Callable[[int, int], None] = lambda _ended, _audience: None,
        waiting: Callable[[int, float], None] = lambda _held, _seconds: None,
        held_since: date | None = None,
        stop_if_asked: Callable[[], None] = lambda: None,
    ) -> Sent:
        World.ways.append(transport or self.outbox)
        return send(
            self.ledger,
            notice,
            transport or self.outbox,
            clock=self.clock,
            token=lambda: f"{os.getpid()}-{next(self._tokens)}",
            today=self.today,
            progress=progress,
            pace=Pace(wait=self.clock.wait if waits else None, steady=self.clock.seconds, chance=lambda: 0.5),
            waiting=waiting,
            held_since=lambda _day: held_since,
            stop_if_asked=stop_if_asked,
        )

    def today(self) -> date:
        return self.clock.now.date()

    def states(self, plan: str) -> dict[State, int]:
        return {count.state: count.deliveries for count in self.ledger.notices.counts(plan) if count.deliveries}

    def ref(self, account: str) -> str:
        """Return the reference of an account's delivery in the newest notice, told or not."""
        with self.ledger._database.reading() as connection:
            asked = select(deliveries.c.ref).join_from(deliveries, persons, persons.c.account == deliveries.c.account)
            return str(connection.scalar(asked.where(persons.c.id == account).order_by(deliveries.c.notice.desc())))

    def mails(self) -> list[Path]:
        return sorted(self.outbox.folder.rglob("*.eml"))
