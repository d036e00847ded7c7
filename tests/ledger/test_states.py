"""The state machine of a delivery."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import LedgerError
from toolkit.ledger.states import HEARD, LEFT, MOVES, OPEN, TOLD, State, evident, move

ENDED = {State.REFUSED, State.BOUNCED, State.DROPPED, State.SKIPPED, State.CANCELLED}
states = st.sampled_from(State)


def walk(steps: list[State]) -> list[State]:
    """Go from pending along the steps that are allowed, leaving the others out."""
    way = [State.PENDING]
    for step in steps:
        if step in MOVES[way[-1]]:
            way.append(move(way[-1], step))
    return way


@given(was=states, becomes=states)
def test_a_move_is_allowed_or_refused_in_one_sentence(was: State, becomes: State) -> None:
    if becomes in MOVES[was]:
        assert move(was, becomes) is becomes
    else:
        with pytest.raises(LedgerError, match=f"that is {was} cannot become {becomes}"):
            move(was, becomes)


@given(steps=st.lists(states, max_size=40))
def test_nobody_is_sent_to_again_who_was_told(steps: list[State]) -> None:
    way = walk(steps)
    told = next((at for at, state in enumerate(way) if state in TOLD), len(way))
    assert not {State.PENDING, State.CLAIMED} & set(way[told:])


@given(steps=st.lists(states, max_size=40))
def test_what_has_ended_stays_ended_but_for_a_mail_that_had_left_after_all(steps: list[State]) -> None:
    for was, becomes in pairwise(walk(steps)):
        assert was not in ENDED or becomes in (TOLD if was is State.REFUSED else LEFT)


@given(steps=st.lists(states, max_size=40))
def test_what_is_pending_is_claimed_or_cancelled_or_had_left_after_all(steps: list[State]) -> None:
    way = walk(steps)
    for was, becomes in pairwise(way):
        if was is State.PENDING:
            assert becomes in {State.CLAIMED, State.CANCELLED} | LEFT


def test_every_state_has_its_moves_and_open_ones_can_end() -> None:
    assert set(MOVES) == set(State)
    assert all(MOVES[state] for state in OPEN)


@given(said=st.lists(st.sampled_from(sorted(HEARD)), max_size=9))
def test_a_mail_that_arrived_by_whatever_was_heard_has_left(said: list[State]) -> None:
    assert evident(said) in LEFT or TOLD.isdisjoint(said)
    assert evident(said) not in LEFT or not LEFT.isdisjoint(said)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ([State.ACCEPTED], State.ACCEPTED),
        ([State.UNKNOWN, State.PENDING, State.ACCEPTED], State.ACCEPTED),
        ([State.ACCEPTED, State.BOUNCED], State.BOUNCED),
        ([State.ACCEPTED, State.REFUSED], State.ACCEPTED),
        ([State.REFUSED, State.DELIVERED], State.DELIVERED),
        ([State.UNKNOWN, State.PENDING], State.PENDING),
        ([State.PENDING, State.REFUSED], State.PENDING),
        ([], State.UNKNOWN),
    ],
)
def test_what_is_heard_later_counts_where_it_can_follow(said: list[State], found: State) -> None:
    assert evident(said) is found
