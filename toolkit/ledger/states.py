"""Where one delivery stands, and how it may go on from there: the state machine. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from toolkit.errors import LedgerError


class State(StrEnum):
    """Where one delivery stands."""

    PENDING = "pending"  # planned; nobody is at it
    CLAIMED = "claimed"  # a sender holds it, until its lease runs out
    ACCEPTED = "accepted"  # the mail server took it
    REFUSED = "refused"  # the mail server said no, for good
    UNKNOWN = "unknown"  # handed over, but nobody heard the answer
    DELIVERED = "delivered"  # the provider reports it in the mailbox's server
    BOUNCED = "bounced"  # the provider reports that it came back
    DROPPED = "dropped"  # the provider accepted it, then did not send it
    SKIPPED = "skipped"  # closed, erased or restricted since the plan was made
    CANCELLED = "cancelled"  # a person ended the notice before this one went out


LEFT = frozenset({State.ACCEPTED, State.DELIVERED, State.BOUNCED, State.DROPPED})
"""What can be heard later of a mail that was thought not to have left, and did."""

TOLD = frozenset({State.ACCEPTED, State.DELIVERED})
"""Accepted by a mail server, and not later bounced or dropped."""

MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.CLAIMED, State.CANCELLED}) | LEFT,
    # A provider's event may be heard before the transport's own answer.
    State.CLAIMED: frozenset(
        {State.PENDING, State.ACCEPTED, State.REFUSED, State.UNKNOWN, State.SKIPPED, State.CANCELLED}
        | {State.DELIVERED, State.BOUNCED, State.DROPPED}
    ),
    State.ACCEPTED: frozenset({State.DELIVERED, State.BOUNCED, State.DROPPED}),
    # Pending again only when the mail server certainly has nothing; cancelled where the notice was ended meanwhile.
    State.UNKNOWN: frozenset(
        {State.PENDING, State.CANCELLED, State.ACCEPTED, State.REFUSED, State.DELIVERED, State.BOUNCED, State.DROPPED}
    ),
    State.DELIVERED: frozenset({State.BOUNCED}),
    # Whoever refused it, somebody else may report that it arrived. That it came back says nothing new.
    State.REFUSED: TOLD,
    State.BOUNCED: frozenset(),
    State.DROPPED: frozenset(),
    State.SKIPPED: LEFT,
    State.CANCELLED: LEFT,
}

ANSWERS = frozenset({State.ACCEPTED, State.REFUSED, State.UNKNOWN, State.PENDING})
"""What a transport may answer. `pending` says that the mail server certainly has nothing."""

HEARD = frozenset(State) - {State.CLAIMED, State.SKIPPED, State.CANCELLED}
"""What can be heard of an attempt. The others the ledger decides itself."""

OPEN = frozenset({State.PENDING, State.CLAIMED})
"""A notice is finished when none of its deliveries is in one of these."""


def move(was: State, becomes: State) -> State:
    """Return `becomes`. Raises `LedgerError` where no delivery may go that way."""
    if becomes not in MOVES[was]:
        raise LedgerError(f"a delivery that is {was} cannot become {becomes}.")
    return becomes


def follow(was: State, heard: State) -> State:
    """Return where a delivery is once a state was heard of it. What cannot follow changes nothing."""
    return heard if heard in MOVES[was] else was


def evident(said: Iterable[State]) -> State:
    """Return where a delivery is by what was heard of one attempt, in order; pending says that nothing left.

    What cannot follow changes nothing.
    """
    found = State.UNKNOWN
    for state in said:
        found = follow(found, state)
    return found
