"""Whatever the toolkit does in whatever order: no step of its own is a finding, and nobody gets a second mail."""

import random
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.ledger.given import (
    LEASE,
    NOW,
    TODAY,
    VARIANTS,
    Clock,
    account,
    begin,
    by_hand,
    heard,
    notice,
    outcome,
    receipt,
    settle,
)
from toolkit.errors import LedgerError
from toolkit.ledger.entries import Attempt, Claimed, Notice, Planned
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import ANSWERS, LEFT, TOLD, State

STEPS = 40


@dataclass
class Walk:
    """A ledger, what was planned, claimed and begun in it, and chance."""

    ledger: Ledger
    clock: Clock
    chance: random.Random
    plans: list[tuple[Notice, list[Planned]]] = field(default_factory=list)
    held: list[tuple[str, str, tuple[Claimed, ...]]] = field(default_factory=list)
    begun: list[tuple[str, Attempt]] = field(default_factory=list)
    heard: dict[str, set[State]] = field(default_factory=dict)

    def record(self) -> None:
        email = self.chance.choice(["person@example.com", "", "no address"])
        closed = self.chance.choice([None, None, TODAY, TODAY + timedelta(days=3)])
        restricted = self.chance.random() < 0.2
        self.ledger.accounts.record([account(self.number(), email=email, closed=closed, restricted=restricted)])

    def erase(self) -> None:
        self.ledger.accounts.erase(f"client-{self.number()}")

    def withhold(self) -> None:
        self.ledger.accounts.withhold_address(f"client-{self.number()}")

    def announce(self) -> None:
        version = self.chance.choice(["2.0.0", "3.0.0"])
        free = (None, State.SKIPPED, State.CANCELLED)
        known = self.ledger.notices.candidates("privacy", version)
        ids = [each.standing.account.id for each in known if each.delivery in free]
        chosen = self.chance.sample(ids, self.chance.randint(0, len(ids)))
        planned = [Planned(account=one, variant=self.chance.randint(0, 1)) for one in chosen]
        given = replace(notice(version=version), plan=f"{len(self.plans):064x}", audience=len(planned))
        self.ledger.notices.announce(given, VARIANTS, planned)
        self.plans.append((given, planned))

    def announce_again(self) -> None:
        given, planned = self.chance.choice(self.plans)
        self.ledger.notices.announce(given, VARIANTS, planned)

    def claim(self) -> None:
        plan, token = self.plan(), self.chance.randbytes(4).hex()
        withdrawn = self.chance.choice([(), ("3.0.0",)])
        found = self.ledger.sending.claim(plan, size=3, lease=LEASE, token=token, on=TODAY, withdrawn=withdrawn)
        if found:
            self.held.append((plan, token, found))

    def begin(self) -> None:
        plan, token, claimed = self.held.pop(self.chance.randrange(len(self.held)))
        attempt = begin(self.ledger, plan, claimed, by=token)
        assert all(LEFT.isdisjoint(self.heard.get(ref, ())) for ref in attempt.refs)
        self.begun.append((token, attempt))

    def answer(self) -> None:
        token, attempt = self.chance.choice(self.begun)
        answers = [self.chance.choice([*sorted(ANSWERS), State.PENDING]) for _ in attempt.refs]
        settle(self.ledger, attempt, *answers, by=token)
        self.hear(*zip(attempt.refs, answers, strict=True))

    def event(self) -> None:
        _, attempt = self.chance.choice(self.begun)
        state = self.chance.choice([*sorted(LEFT), State.PENDING, State.REFUSED, State.UNKNOWN])
        about = self.chance.choice([attempt.id, None])
        ref = self.chance.choice(attempt.refs)
        heard(self.ledger, outcome(ref, state, attempt=about), source="provider")
        self.hear((ref, state))

    def hear(self, *said: tuple[str, State]) -> None:
        for ref, state in said:
            self.heard.setdefault(ref, set()).add(state)

    def told(self) -> set[str]:
        """Return the deliveries of which nothing but their arrival was heard."""
        back = {State.BOUNCED, State.DROPPED}
        return {ref for ref, said in self.heard.items() if not TOLD.isdisjoint(said) and back.isdisjoint(said)}

    def release(self) -> None:
        plan, token, _ = self.held.pop(self.chance.randrange(len(self.held)))
        self.ledger.sending.release(plan, token=token)

    def recover(self) -> None:
        self.ledger.sending.recover(self.plan())

    def cancel(self) -> None:
        self.ledger.sending.cancel(self.plan())

    def pause(self) -> None:
        self.ledger.sending.pause(self.plan())

    def resume(self) -> None:
        self.ledger.sending.resume(self.plan())

    def see(self) -> None:
        self.ledger.evidence.record_receipts([receipt(self.number())])

    def number(self) -> int:
        return self.chance.randint(1, 6)

    def plan(self) -> str:
        return self.chance.choice(self.plans)[0].plan

    def step(self) -> None:
        """Do one thing at random; what is refused changes nothing."""
        self.clock.now += timedelta(seconds=self.chance.choice([0, 1, 20, 40]))
        deeds = [self.record, self.withhold, self.erase, self.see, self.announce]
        deeds += [self.announce_again, self.claim, self.claim, self.recover, self.cancel] if self.plans else []
        deeds += [self.pause, self.resume, self.resume] if self.plans else []
        deeds += [self.begin, self.begin, self.release] if self.held else []
        deeds += [self.answer, self.answer, self.event, self.event] if self.begun else []
        with suppress(LedgerError):
            self.chance.choice(deeds)()


@pytest.mark.parametrize("seed", range(10))
def test_no_course_of_the_toolkits_own_deeds_is_a_finding(url: str, seed: int) -> None:
    clock = Clock(NOW)
    with Ledger.open(url, clock=clock) as ledger:
        walk = Walk(ledger=ledger, clock=clock, chance=random.Random(seed))  # noqa: S311 - the same walk each time
        ledger.accounts.record([account(number) for number in range(1, 7)])
        for _ in range(STEPS):
            walk.step()
            ledger.evidence.seal()
            assert ledger.evidence.verify() == ()
        states = dict(by_hand(url, "SELECT ref, state FROM deliveries"))
        assert {states[ref] for ref in walk.told()} <= TOLD


def test_a_plan_for_an_account_that_was_erased_and_came_back_is_for_another(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    planned = [Planned(account="client-1", variant=0)]
    given = replace(notice(), audience=1)
    ledger.notices.announce(given, VARIANTS, planned)
    ledger.sending.cancel(given.plan)
    ledger.accounts.erase("client-1")
    ledger.accounts.record([account(1)])
    with pytest.raises(LedgerError, match="for other accounts than when it was announced"):
        ledger.notices.announce(given, VARIANTS, planned)
