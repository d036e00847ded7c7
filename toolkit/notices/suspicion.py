"""Who is refused, they or we? A refusal that may be about us counts for good only once it is clear. Pure.

A delivery that is refused is not tried again. So what may be a server's word about our sender, our limits or our
address leaves the delivery pending at first, and it is offered again in the run's next pass.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from toolkit.ledger.entries import Outcome
from toolkit.ledger.states import State

FEW = 3
"""Fewer than so many suspects in a run that was or is otherwise taken are taken at their server's word."""


@dataclass(kw_only=True)
class Suspicion:
    """Remembers, for one run, who was refused in a way that may be about us. `taken`: the way out took mails before."""

    taken: bool
    _call: int = 0
    _taken_at: int = 0
    _first: dict[str, int] = field(default_factory=dict)

    def judge(self, outcomes: tuple[Outcome, ...], suspects: Collection[str]) -> tuple[Outcome, ...]:
        """Return what is to be written of a call: a refusal that is not clear yet leaves its delivery pending."""
        self._call += 1
        judged = tuple(self._judge(each) if each.ref in suspects else each for each in outcomes)
        if any(each.state is State.ACCEPTED for each in outcomes):
            self._taken_at, self.taken = self._call, True
        return judged

    def _judge(self, outcome: Outcome) -> Outcome:
        seen_before = outcome.ref in self._first
        self._first.setdefault(outcome.ref, self._call)
        others_taken_since = self._taken_at > self._first[outcome.ref]
        clear = seen_before and (others_taken_since or (self.taken and len(self._first) < FEW))
        return outcome if clear else replace(outcome, state=State.PENDING)
