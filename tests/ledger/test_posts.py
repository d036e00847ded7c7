"""A provider's posts: kept as they came, applied once, in whatever order and however often they come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.given import NOW, account, announced, begun, by_hand, counted, heard, outcome, settle
from toolkit.errors import LedgerError
from toolkit.ledger.acts import Applied, Event, Post, Read
from toolkit.ledger.entries import Attempt, Outcome
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.matching import WHOLE
from toolkit.ledger.states import MOVES, State

LATER = NOW + timedelta(minutes=5)
RAW = b"1790000000.c2ln.[{}]"


def event(ref: str, state: State = State.DELIVERED, **other: object) -> Event:
    given: dict[str, object] = {"ref": ref, "state": state, "text": "250 OK", "id": "e1", "happened_at": LATER}
    return Event(**{**given, **other})  # type: ignore[arg-type]


def post(ledger: Ledger, *events: Event, ignored: int = 0) -> Applied:
    """Keep one post and apply it."""
    ledger.posts.keep("sendgrid", [RAW])
    return ledger.posts.apply(
        lambda _: Read(events=events, ignored=ignored, words=lambda at: b'{"of":"%s"}' % events[at].ref.encode())
    )


def accepted(ledger: Ledger, audience: int = 3) -> Attempt:
    attempt = begun(ledger, announced(ledger, audience).plan)
    settle(ledger, attempt, State.ACCEPTED)
    return attempt


def states(ledger: Ledger) -> dict[State, int]:
    return counted(ledger, "a" * 64)


def test_what_was_kept_is_applied_as_one_report_and_leaves_the_list(ledger: Ledger, url: str) -> None:
    one, two, _ = accepted(ledger).refs
    assert post(ledger, event(one), event(two, State.BOUNCED)) == Applied(posts=1, new=2)
    assert states(ledger) == {State.DELIVERED: 1, State.BOUNCED: 1, State.ACCEPTED: 1}
    assert ledger.posts.count() == 0
    assert by_hand(url, "SELECT count(*) FROM reports WHERE source = 'sendgrid'") == [(1,)]
    assert by_hand(url, "SELECT raw FROM raw_reports") == [(RAW,)]
    assert ledger.evidence.verify() == ()


def test_nothing_waits_and_nothing_is_applied(ledger: Ledger) -> None:
    assert ledger.posts.apply(lambda _: Read(events=())) == Applied()


def test_the_same_event_counts_once_whatever_id_the_provider_gives_it(ledger: Ledger) -> None:
    one, *_ = accepted(ledger).refs
    assert post(ledger, event(one), event(one, id="e2")) == Applied(posts=1, new=1, known=1)
    assert post(ledger, event(one, id="e3")) == Applied(posts=1, known=1)
    assert post(ledger, event(one, happened_at=LATER + timedelta(1))) == Applied(posts=1, new=1)


def test_a_post_that_says_nothing_new_makes_no_report(ledger: Ledger, url: str) -> None:
    one, *_ = accepted(ledger).refs
    post(ledger, event(one))
    post(ledger, event(one))
    assert by_hand(url, "SELECT count(*) FROM reports WHERE source = 'sendgrid'") == [(1,)]


def test_events_of_other_mails_and_of_other_kinds_are_counted_and_not_kept(ledger: Ledger, url: str) -> None:
    one, *_ = accepted(ledger).refs
    assert post(ledger, event(one), event("elsewhere"), event(""), ignored=2) == Applied(
        posts=1, new=1, strange=2, ignored=2
    )
    assert by_hand(url, "SELECT raw FROM raw_reports") == [(b'[{"of":"%s"}]' % one.encode(),)]
    assert ledger.evidence.verify() == ()


def test_a_post_that_repeats_what_was_heard_keeps_only_what_is_new(ledger: Ledger, url: str) -> None:
    """Else erasing the account of the repeated event would not find it here."""
    one, two, _ = accepted(ledger).refs
    post(ledger, event(one))
    assert post(ledger, event(one), event(two)) == Applied(posts=1, new=1, known=1)
    assert by_hand(url, "SELECT raw FROM raw_reports ORDER BY report") == [(RAW,), (b'[{"of":"%s"}]' % two.encode(),)]
    ledger.accounts.erase("client-1")
    assert by_hand(url, "SELECT count(*) FROM raw_reports") == [(1,)]
    ledger.evidence.seal()
    assert ledger.evidence.verify() == ()


def test_erasing_an_account_takes_the_words_of_its_posts_with_it(ledger: Ledger, url: str) -> None:
    one, two, _ = accepted(ledger).refs
    post(ledger, event(one), event(two))
    ledger.accounts.erase("client-1")
    ledger.evidence.seal()
    assert by_hand(url, "SELECT count(*) FROM raw_reports") == [(0,)]
    assert ledger.evidence.verify() == ()


def test_one_event_settles_the_whole_request_that_was_in_doubt(ledger: Ledger) -> None:
    attempt = _doubtful(ledger, "sendgrid")
    assert states(ledger) == {State.UNKNOWN: 3}
    post(ledger, event(attempt.refs[1], State.DROPPED))
    assert states(ledger) == {State.DROPPED: 1, State.ACCEPTED: 2}
    assert ledger.evidence.verify() == ()
    assert WHOLE


def test_where_each_mail_is_a_call_of_its_own_an_event_settles_only_its_own(ledger: Ledger) -> None:
    attempt = _doubtful(ledger, "smtp")
    post(ledger, event(attempt.refs[1]))
    assert states(ledger) == {State.DELIVERED: 1, State.UNKNOWN: 2}


def _doubtful(ledger: Ledger, transport: str) -> Attempt:
    from tests.ledger.given import claim, mail

    plan = announced(ledger).plan
    mails = [mail(one) for one in claim(ledger, plan)]
    attempt = ledger.sending.begin(plan, token="mine", transport=transport, host="here", dated_at=NOW, mails=mails)
    settle(ledger, attempt, State.UNKNOWN)
    return attempt


def test_a_late_bounce_that_names_no_delivery_is_found_by_its_address(ledger: Ledger) -> None:
    accepted(ledger)
    late = event("", State.BOUNCED, address="Person2@Example.com", happened_at=NOW + timedelta(days=90))
    assert post(ledger, late).new == 1
    assert ledger.accounts.standing("privacy", "client-2").told == ""
    assert ledger.accounts.standing("privacy", "client-1").told == "2.0.0"


def test_a_late_bounce_is_nobodys_where_the_mail_cannot_be_the_one(ledger: Ledger) -> None:
    attempt = begun(ledger, announced(ledger).plan)
    heard(ledger, *(outcome(ref, attempt=attempt.id, provider_id="ours") for ref in attempt.refs), by="mine")
    late = event("", State.BOUNCED, address="person2@example.com")
    assert post(ledger, replace(late, message="other.recvd")).strange == 1
    assert post(ledger, replace(late, happened_at=NOW - timedelta(days=1))).strange == 1
    ledger.accounts.record([account(1, email="moved@example.com"), account(2, email="person1@example.com")])
    assert post(ledger, replace(late, address="person1@example.com")).strange == 1  # it was sent to who had it then
    assert post(ledger, replace(late, address="person3@example.com", message="ours.recvd")).new == 1


def test_an_address_of_two_accounts_names_neither(ledger: Ledger) -> None:
    from tests.ledger.given import announce, claim, mail, notice, planned

    ledger.accounts.record([account(1), account(2, email="person1@example.com")])
    plan = announce(ledger, notice(), planned(1, 2)).plan
    mails = [mail(one) for one in claim(ledger, plan)]
    attempt = ledger.sending.begin(plan, token="mine", transport="smtp", host="here", dated_at=NOW, mails=mails)
    settle(ledger, attempt, State.ACCEPTED)
    assert post(ledger, event("", State.BOUNCED, address="person1@example.com")).strange == 1


def test_a_delivery_that_nobody_handed_over_hears_nothing(ledger: Ledger, url: str) -> None:
    announced(ledger)
    (ref,) = by_hand(url, "SELECT ref FROM deliveries LIMIT 1")[0]
    assert post(ledger, event(ref)).strange == 1
    assert states(ledger) == {State.PENDING: 3}


def test_a_post_that_cannot_be_applied_waits_behind_the_others(ledger: Ledger) -> None:
    one, *_ = accepted(ledger).refs
    ledger.posts.keep("sendgrid", [b"bad", b"good"])

    def read(found: Post) -> Read:
        if found.raw == b"bad":
            raise LedgerError("this one cannot be read.")
        return Read(events=(event(one),))

    with pytest.raises(LedgerError):
        ledger.posts.apply(read)
    assert ledger.posts.count() == 2
    ledger.posts.put_back()
    assert ledger.posts.apply(read) == Applied(posts=1, new=1)
    assert ledger.posts.count() == 1


def test_an_event_without_a_time_happened_when_it_was_heard(ledger: Ledger, url: str) -> None:
    one, *_ = accepted(ledger).refs
    post(ledger, event(one, happened_at=None))
    at = by_hand(url, "SELECT happened_at FROM outcomes WHERE state = 'delivered'")[0][0]
    assert datetime.fromisoformat(str(at)).replace(tzinfo=UTC) == NOW


REPORTED = st.sampled_from([State.ACCEPTED, State.DELIVERED, State.BOUNCED, State.DROPPED])


@settings(max_examples=12, deadline=None)
@given(news=st.lists(st.tuples(st.integers(0, 2), REPORTED, st.integers(0, 3)), max_size=6), at=st.data())
def test_in_any_order_split_and_repeated_a_state_only_moves_forward(
    tmp_path_factory: pytest.TempPathFactory, news: list[tuple[int, State, int]], at: st.DataObject
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('any')}/ledger.db"
    with Ledger.open(url, clock=lambda: NOW) as ledger:
        refs = accepted(ledger).refs
        was = dict.fromkeys(refs, State.ACCEPTED)
        for who, state, minute in news:
            post(
                ledger,
                *[event(refs[who], state, happened_at=NOW + timedelta(minutes=minute))] * at.draw(st.integers(1, 2)),
            )
            becomes = {str(ref): State(found) for ref, found in by_hand(url, "SELECT ref, state FROM deliveries")}
            assert all(becomes[ref] in {was[ref], *MOVES[was[ref]]} for ref in refs)
            was = becomes
        ledger.evidence.seal()
        assert ledger.evidence.verify() == ()


def test_a_senders_own_answer_and_a_post_agree_in_either_order(ledger: Ledger) -> None:
    attempt = begun(ledger, announced(ledger).plan)
    post(ledger, event(attempt.refs[0]))  # heard before the transport's own answer
    heard(ledger, *(outcome(ref, State.ACCEPTED, attempt=attempt.id) for ref in attempt.refs), by="mine")
    assert states(ledger) == {State.DELIVERED: 1, State.ACCEPTED: 2}
    assert isinstance(outcome(attempt.refs[0]), Outcome)
    assert ledger.evidence.verify() == ()
