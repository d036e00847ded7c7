"""Where a delivery may stand, by the evidence of it. Pure.

The working rows are quick to ask and anyone with the database can change them. The evidence cannot be changed unseen,
and says the same: what was attempted, what was heard of it, what was decided about the notice. Whatever is heard moves
a delivery to where its course says that it is, so the two never come apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.ledger.states import LEFT, TOLD, State, evident

Position = tuple[State, int | None]
"""A delivery's state, and the attempt that it is in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """What was decided about a notice: whether it is still to be sent, and its newest announcement.

    Who was skipped under an earlier announcement is wanted again.
    """

    stands: bool
    announcement: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """What evidence there is of one delivery: its attempts in order, what was heard of each, and when it was skipped.

    `heard` is in order, too: the attempt, and the state heard of it. `skipped` are the announcements under which the
    delivery was skipped.
    """

    attempts: tuple[int, ...] = ()
    heard: tuple[tuple[int, State], ...] = ()
    skipped: frozenset[int | None] = frozenset()

    def hear(self, news: Iterable[tuple[int, State]]) -> "Course":
        """Return the course once this was heard, too."""
        return Course(attempts=self.attempts, heard=(*self.heard, *news), skipped=self.skipped)

    def left(self) -> Position | None:
        """Return where the mail is that left: one that told the person, else the newest. None if none did."""
        return self._newest(TOLD) or self._newest(LEFT)

    def positions(self, decided: Decided) -> tuple[Position, ...]:
        """Return where the delivery may be, first where it is while nobody holds it.

        More than one where no evidence tells them apart: a claim leaves none.
        """
        if told := self._newest(TOLD):
            return (told,)
        if self.attempts and self._state(self.attempts[-1]) is State.UNKNOWN:
            return self._unanswered(self.attempts[-1])
        if ended := self._newest(LEFT) or self._newest({State.REFUSED}):
            return (ended,)
        return self._not_begun(decided)

    def _unanswered(self, newest: int) -> tuple[Position, ...]:
        """Return where it may be while nobody knows whether the newest mail left: its sender may be at it."""
        lost = (State.UNKNOWN, newest)
        return (lost,) if any(self._said(newest)) else (lost, (State.CLAIMED, newest))

    def _not_begun(self, decided: Decided) -> tuple[Position, ...]:
        """Return where it may be while the mail server has nothing of it."""
        if decided.announcement in self.skipped:
            return ((State.SKIPPED, None),)
        if not decided.stands:
            return ((State.CANCELLED, None),)
        return (State.PENDING, None), (State.CLAIMED, None)

    def _newest(self, among: Iterable[State]) -> Position | None:
        """Return the newest attempt that is in one of some states."""
        wanted = frozenset(among)
        for attempt in reversed(self.attempts):
            if (state := self._state(attempt)) in wanted:
                return state, attempt
        return None

    def _state(self, attempt: int) -> State:
        return evident(self._said(attempt))

    def _said(self, attempt: int) -> Iterator[State]:
        return (state for about, state in self.heard if about == attempt)
