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
        return frozenset(place for state in _after(self._said(newest)) for place in self._places(state, newest))

    def _places(self, state: State, newest: int) -> Iterator[Position]:
        """Yield where the delivery may be, once the newest attempt at it stands in a state."""
        if state is State.CLAIMED:  # its sender is at it, or was killed
            yield from ((State.CLAIMED, newest), (State.UNKNOWN, newest))
        elif state is State.PENDING:
            yield from self._not_begun()
        else:
            yield state, newest

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


def _after(said: Iterable[State]) -> frozenset[State]:
    """Return where a delivery may be after an attempt, by what was heard of it.

    That nothing left moves it if its sender says so, or where nobody holds it any more. From somebody else, while its
    sender lives, it moves nothing; evidence does not tell the two apart.
    """
    found = frozenset({State.CLAIMED})
    for state in said:
        moved = frozenset(follow(was, state) for was in found)
        found = moved | (found & {State.CLAIMED}) if state is State.PENDING else moved
    return found
