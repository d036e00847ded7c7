"""What the tests of the ledger begin with."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, create_engine, text

from toolkit.ledger.entries import Account, Attempt, Claimed, Notice, Outcome, Planned, State, Variant
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.schema import append_only

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)
LATER = NOW + LEASE + timedelta(seconds=1)
ENGLISH = Variant(language="en", since="1.0.0", subject="News", text="Hello", html="<p>Hello</p>")
CHINESE = Variant(language="zh-Hant", since="1.0.0", subject="消息", text="你好", html="<p>你好</p>")


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
        "transport": "outbox",
        "host": "here",
        "planned_at": NOW,
        "variants": (ENGLISH, CHINESE),
    }
    return Notice(**{**given, **other})


def planned(*numbers: int, variant: int = 0, though_closed: bool = False) -> list[Planned]:
    return [Planned(account=f"client-{number}", variant=variant, though_closed=though_closed) for number in numbers]


def announced(ledger: Ledger, audience: int = 3) -> Notice:
    """Record accounts 1 to `audience` and announce the version to all of them."""
    ledger.record_accounts([account(number) for number in range(1, audience + 1)])
    return announce(ledger, notice(), planned(*range(1, audience + 1)))


def announce(ledger: Ledger, given: Notice, audience: Iterable[Planned]) -> Notice:
    """Announce a notice to an audience, whose count it then has."""
    told = list(audience)
    counted = replace(given, audience=len(told))
    ledger.announce(counted, told)
    return counted


def claim(ledger: Ledger, plan: str, *, size: int = 100, by: str = "mine") -> tuple[Claimed, ...]:
    return ledger.claim(plan, size=size, lease=LEASE, now=NOW, token=by)


def begin(ledger: Ledger, plan: str, accounts: Sequence[str], *, by: str = "mine") -> Attempt:
    return ledger.begin(
        plan, token=by, transport="outbox", host="here", body_digest="b" * 64, accounts=accounts, now=NOW
    )


def begun(ledger: Ledger, plan: str, *, size: int = 100, by: str = "mine") -> Attempt:
    held = [claimed.account.id for claimed in claim(ledger, plan, size=size, by=by)]
    return begin(ledger, plan, held, by=by)


def outcomes(attempt: Attempt, state: State = State.ACCEPTED) -> list[Outcome]:
    return [Outcome(account=one, state=state, answer="250 OK", provider_id="p-1") for one in attempt.accounts]


def send(ledger: Ledger, plan: str, state: State = State.ACCEPTED) -> None:
    """Claim, begin and settle everything that is pending, all with one outcome."""
    while held := claim(ledger, plan):
        attempt = begin(ledger, plan, [claimed.account.id for claimed in held])
        ledger.settle(attempt, token="mine", outcomes=outcomes(attempt, state), now=NOW)


def counted(ledger: Ledger, plan: str) -> dict[State, int]:
    """Return how many deliveries are in each state, without the zeros."""
    return {count.state: count.deliveries for count in ledger.counts(plan) if count.deliveries}


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
