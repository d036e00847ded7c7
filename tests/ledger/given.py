"""What the tests of the ledger begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, create_engine, text

from toolkit.ledger.acts import Acts, Consent, ConsentKind, Forwarded, Objection, Once, Scope
from toolkit.ledger.entries import (
    Account,
    Attempt,
    Claimed,
    Mail,
    Notice,
    Outcome,
    Personalization,
    Planned,
    Receipt,
    ReceiptKind,
    Report,
    Variant,
)
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State
from toolkit.ledger.triggers import append_only

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
LEASE = timedelta(seconds=30)
ENGLISH = Variant(language="en", since="1.0.0", subject="News", text="Hello", html="<p>Hello</p>")
CHINESE = Variant(language="zh-Hant", since="1.0.0", subject="消息", text="你好", html="<p>你好</p>")
VARIANTS = (ENGLISH, CHINESE)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def account(number: int, **other: Any) -> Account:
    given: dict[str, Any] = {
        "id": f"client-{number}",
        "email": f"person{number}@example.com",
        "name": f"Person Number {number}",
        "language": "en",
        "created": date(2024, 1, 31),
    }
    return Account(**{**given, **other})


def notice(plan: str = "a", **other: Any) -> Notice:
    given: dict[str, Any] = {
        "plan": (plan * 64)[:64],
        "policy": "privacy",
        "version": "2.0.0",
        "version_digest": "d" * 64,
        "effective": date(2026, 12, 31),
        "audience": 3,
        "audience_digest": "e" * 64,
        "sender": "Us <us@kvm.hk>",
        "reply_to": "dpo@kvm.hk",
        "transport": "outbox",
        "host": "here",
        "planned_at": NOW,
    }
    return Notice(**{**given, **other})


def planned(*numbers: int, variant: int = 0, though_closed: bool = False) -> list[Planned]:
    return [Planned(account=f"client-{number}", variant=variant, though_closed=though_closed) for number in numbers]


def announced(ledger: Ledger, audience: int = 3) -> Notice:
    """Record accounts 1 to `audience` and announce the version to all of them."""
    ledger.accounts.record([account(number) for number in range(1, audience + 1)])
    return announce(ledger, notice(), planned(*range(1, audience + 1)))


def announce(ledger: Ledger, given: Notice, audience: Iterable[Planned]) -> Notice:
    """Announce a notice to an audience, whose count it then has."""
    told = list(audience)
    counted = replace(given, audience=len(told))
    ledger.notices.announce(counted, VARIANTS, told)
    return counted


def claim(ledger: Ledger, plan: str, *, size: int = 100, by: str = "mine") -> tuple[Claimed, ...]:
    return ledger.sending.claim(plan, size=size, lease=LEASE, token=by, on=TODAY)


def mail(one: Claimed) -> Mail:
    """Return a made-up mail to an account."""
    account = one.account
    filled = Personalization(address=account.email, account=account.id, name=account.name, email=account.email)
    return Mail(ref=one.ref, body=f"Dear {account.name} <{account.email}>".encode(), filled=filled)


def begin(ledger: Ledger, plan: str, held: Sequence[Claimed], *, by: str = "mine") -> Attempt:
    mails = [mail(one) for one in held]
    return ledger.sending.begin(plan, token=by, transport="outbox", host="here", dated_at=NOW, mails=mails)


def begun(ledger: Ledger, plan: str, *, size: int = 100, by: str = "mine") -> Attempt:
    return begin(ledger, plan, claim(ledger, plan, size=size, by=by), by=by)


def outcome(ref: str, state: State = State.ACCEPTED, *, attempt: int | None = None, **other: Any) -> Outcome:
    return Outcome(ref=ref, state=state, attempt=attempt, **other)


def heard(ledger: Ledger, *outcomes: Outcome, by: str = "", source: str = "outbox") -> None:
    """Record what was heard; `by` is the token of the sender whose own answer it is."""
    ledger.sending.record_report(Report(source=source, outcomes=outcomes), token=by)


def settle(ledger: Ledger, attempt: Attempt, *states: State, by: str = "mine") -> None:
    """Answer an attempt: with one state for all, or one for each of its deliveries."""
    each = states if len(states) == len(attempt.refs) else states * len(attempt.refs)
    answers = [outcome(ref, state, attempt=attempt.id) for ref, state in zip(attempt.refs, each, strict=True)]
    heard(ledger, *answers, by=by)


def known_later(ledger: Ledger, attempt: Attempt, state: State) -> None:
    """Report what became known of an attempt after its sender had gone."""
    heard(ledger, *(outcome(ref, state, attempt=attempt.id) for ref in attempt.refs))


def send(ledger: Ledger, plan: str, state: State = State.ACCEPTED) -> None:
    """Claim, begin and settle everything that is pending, all with one outcome."""
    while held := claim(ledger, plan):
        settle(ledger, begin(ledger, plan, held), state)


def receipt(number: int, kind: ReceiptKind = ReceiptKind.CONFIRMED) -> Receipt:
    return Receipt(account=f"client-{number}", policy="privacy", version="2.0.0", kind=kind, happened_at=NOW)


def consent(number: int, **other: Any) -> Consent:
    given: dict[str, Any] = {
        "account": f"client-{number}",
        "policy": "privacy",
        "version": "3.0.0",
        "kind": ConsentKind.GIVEN,
        "words": "I consent to version 3.0.0.",
        "happened_at": NOW,
        "language": "en",
        "source": "link",
    }
    return Consent(**{**given, **other})


def objection(number: int, text: str = "I do not want this.") -> Objection:
    return Objection(account=f"client-{number}", policy="privacy", version="2.0.0", text=text, happened_at=NOW)


def respond(ledger: Ledger) -> None:
    """Let people answer, and leave a post that waits."""
    once = Once(caller="key 1", key="first", request="r" * 64)
    acts = Acts(
        receipts=(replace(receipt(3), shown="words-1:aa", ref="a-delivery", language="en"),),
        consents=(consent(1), consent(3, purpose="news", kind=ConsentKind.REFUSED)),
        objections=(objection(1), objection(2)),
    )
    ledger.responses.record(acts, once=once)
    done = Forwarded(transport="outbox", host="here", state=State.ACCEPTED, text="taken")
    ledger.responses.record_forwarding(1, done)
    ledger.keys.create("portal", {Scope.READ, Scope.RECORD})
    ledger.keys.create("old", {Scope.READ})
    ledger.keys.revoke("old")
    ledger.posts.keep("sendgrid", [b"[]"])


def counted(ledger: Ledger, plan: str) -> dict[State, int]:
    """Return how many deliveries are in each state, without the zeros."""
    return {count.state: count.deliveries for count in ledger.notices.counts(plan) if count.deliveries}


def let_leases_run_out(url: str) -> None:
    """Do what time would: on PostgreSQL leases count by the server's clock, which no test can set."""
    by_hand(url, "UPDATE deliveries SET lease_until = '2020-01-01 00:00:00' WHERE lease_until IS NOT NULL")


def by_hand(url: str, *statements: str) -> list[Any]:
    """Run statements past the toolkit, as a person at the database would; return the rows of the last."""
    engine: Engine = create_engine(url)
    rows: list[Any] = []
    try:
        with engine.begin() as connection:
            for statement in statements:
                result = connection.execute(text(statement))
                rows = [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()
    return rows


def disarm(url: str, table: str, *statements: str) -> None:
    """Do what a person with all rights could: take the triggers off, change what is written, put them back."""
    take_triggers_off(url, table)
    by_hand(url, *statements)
    by_hand(url, *append_only(table, "sqlite" if url.startswith("sqlite") else "postgresql"))


def take_triggers_off(url: str, table: str) -> None:
    if url.startswith("sqlite"):
        by_hand(url, *(f"DROP TRIGGER {table}_refuses_{deed}" for deed in ("UPDATE", "DELETE")))
    else:
        by_hand(url, f"DROP TRIGGER {table}_refuses_change ON {table}")
