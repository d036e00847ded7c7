"""Where a delivery may stand, by the evidence of it. Pure.

The working rows are quick to ask and anyone with the database can change them. The evidence cannot be changed unseen,
and says the same: what was attempted, what was heard of it, what was decided about the notice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.ledger.states import LEFT, State, evident, follow

Position = tuple[State, int | None]
"""A delivery's state, and the attempt that it is in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """What evidence there is of one delivery: its attempts and what was heard, both in order.

    What was heard is a state and the attempt it is about; that it was skipped is about none. `stands`: its notice is
    still to be sent.
    """

    attempts: tuple[int, ...]
    heard: tuple[tuple[int | None, State], ...]
    stands: bool

    def positions(self) -> frozenset[Position]:
        """Return where the delivery may be. More than one where no evidence tells them apart, such as a claim."""
        if not self.attempts:
            return frozenset(self._not_begun())
        newest = self.attempts[-1]
        state = _after(self._said(newest))
        if state is State.CLAIMED:  # nothing was heard: its sender is at it, or was killed
            return frozenset({(State.CLAIMED, newest), (State.UNKNOWN, newest)})
        if state is State.PENDING:
            # Somebody else may say that nothing left while the sender lives, who will say so itself.
            return frozenset({*self._not_begun(), (State.CLAIMED, newest), (State.UNKNOWN, newest)})
        return frozenset({(state, newest)})

    def _not_begun(self) -> Iterator[Position]:
        """Yield where it may be while the mail server has nothing of the newest attempt."""
        late = [(evident(self._said(attempt)), attempt) for attempt in self.attempts[:-1]]
        left = [(state, attempt) for state, attempt in late if state in LEFT]
        yield from left
        if left:
            yield State.CLAIMED, None  # until its holder reads the evidence
        elif any(state is State.SKIPPED for _, state in self.heard):
            yield State.SKIPPED, None
        elif not self.stands:
            yield State.CANCELLED, None
        else:
            yield State.PENDING, None
            yield State.CLAIMED, None

    def _said(self, attempt: int) -> Iterator[State]:
        return (state for about, state in self.heard if about == attempt)


def _after(said: Iterable[State]) -> State:
    """Return where a delivery is after an attempt, by what was heard of it."""
    found = State.CLAIMED
    for state in said:
        found = follow(found, state)
    return found
