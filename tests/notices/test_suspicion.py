"""A refusal that may be about us counts for good only once it is clear."""

from toolkit.ledger.entries import Outcome
from toolkit.ledger.states import State
from toolkit.notices.suspicion import FEW, Suspicion

BAD, GOOD = State.REFUSED, State.ACCEPTED


def judged(suspicion: Suspicion, **said: State) -> dict[str, State]:
    outcomes = tuple(Outcome(ref=ref, state=state) for ref, state in said.items())
    suspects = {ref for ref, state in said.items() if state is BAD}
    return {each.ref: each.state for each in suspicion.judge(outcomes, suspects)}


def test_a_first_suspicious_refusal_leaves_the_delivery_pending() -> None:
    assert judged(Suspicion(taken=True), a=BAD, b=GOOD) == {"a": State.PENDING, "b": GOOD}


def test_it_counts_when_it_comes_again_and_others_were_taken_since() -> None:
    suspicion = Suspicion(taken=False)
    judged(suspicion, **{f"s{at}": BAD for at in range(9)})
    judged(suspicion, x=GOOD)
    assert judged(suspicion, s1=BAD) == {"s1": BAD}


def test_it_does_not_count_where_nobody_was_taken_since() -> None:
    suspicion = Suspicion(taken=True)
    many = {f"s{at}": BAD for at in range(FEW)}
    judged(suspicion, **many)
    assert set(judged(suspicion, **many).values()) == {State.PENDING}


def test_a_few_are_taken_at_the_servers_word_where_it_takes_our_mails() -> None:
    for taken in (True, False):
        suspicion = Suspicion(taken=taken)
        judged(suspicion, a=BAD)
        assert judged(suspicion, a=BAD) == {"a": BAD if taken else State.PENDING}
