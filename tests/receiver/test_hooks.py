"""The provider's posts: only signed ones are kept, and what was answered with 2xx is applied once."""

from datetime import timedelta

import orjson
import pytest

from tests.ledger.given import NOW, counted
from tests.receiver.house import House, event_key, made, provider_event, signed
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State
from toolkit.receiver.signature import SIGNATURE, TIMESTAMP

PLAN = "a" * 64


def test_a_signed_post_is_kept_at_once_and_applied_later(house: House) -> None:
    one, two, three = house.refs
    answer = house.provider_posts(
        provider_event(one),
        provider_event(two, "bounce", type="bounce", reason="550 5.1.1 no such user"),
        {"event": "open"},
    )
    assert (answer.status, house.ledger.posts.count()) == (204, 1)
    house.apply()
    assert counted(house.ledger, PLAN) == {State.DELIVERED: 1, State.BOUNCED: 1, State.ACCEPTED: 1}
    (unreached,) = house.ledger.evidence.unreached("privacy")
    assert (unreached.account, unreached.text) == ("client-2", "bounce: 550 5.1.1 no such user")
    assert three


def test_repeated_late_and_in_another_order_the_states_are_the_same(house: House) -> None:
    one, *_ = house.refs
    late = provider_event(one, "bounce", timestamp=int((NOW - timedelta(days=70)).timestamp()) * 1000, sg_event_id="b")
    for event in (provider_event(one), late, provider_event(one, "processed"), provider_event(one), late):
        assert house.provider_posts(event).status == 204
    house.apply()
    assert counted(house.ledger, PLAN) == {State.BOUNCED: 1, State.ACCEPTED: 2}
    house.ledger.evidence.seal()
    assert house.ledger.evidence.verify() == ()


def test_one_event_settles_the_unknown_mails_of_its_request(ledger: Ledger, tmp_path: object) -> None:
    house = made(tmp_path / "project", ledger)  # type: ignore[operator]
    house.tell(1, 2, 3, state=State.UNKNOWN)
    with house.serving():
        house.provider_posts(provider_event(house.refs[2], "processed"))
        house.apply()
    assert counted(ledger, PLAN) == {State.ACCEPTED: 3}


def test_what_the_provider_did_not_sign_is_refused_and_not_kept(house: House) -> None:
    body = orjson.dumps([provider_event(house.refs[0])])
    good = signed(house.signer, body)
    other = signed(event_key(), body)
    nothing: dict[str, str] = {}
    wrong = (
        nothing,
        other,
        {**good, SIGNATURE: "no base64!"},
        {**good, SIGNATURE: ""},
        {**good, TIMESTAMP: "1"},
        {**good, TIMESTAMP: good[TIMESTAMP] + "000"},
        signed(house.signer, body, at=NOW - timedelta(hours=26)),
        signed(house.signer, body, at=NOW + timedelta(minutes=6)),
    )
    for headers in wrong:
        assert house.post("/events/sendgrid", body=body, headers=headers).status == 401
    assert house.post("/events/sendgrid", body=body + b"\r\n", headers=good).status == 401
    assert house.ledger.posts.count() == 0


def test_a_digit_that_moves_from_the_time_into_the_body_is_no_signature(house: House) -> None:
    body = b"5" + orjson.dumps([provider_event(house.refs[0])])
    headers = signed(house.signer, body)
    moved = {**headers, TIMESTAMP: headers[TIMESTAMP] + "5"}
    assert house.post("/events/sendgrid", body=body[1:], headers=moved).status == 401
    assert house.post("/events/sendgrid", body=body, headers=headers).status == 401


def test_a_retry_of_a_day_later_is_taken(house: House) -> None:
    body = orjson.dumps([provider_event(house.refs[0])])
    assert (
        house.post(
            "/events/sendgrid", body=body, headers=signed(house.signer, body, at=NOW - timedelta(hours=24))
        ).status
        == 204
    )


@pytest.mark.parametrize("body", [b"[", b"[{]", b"[1e", b"[" * 5_000])
def test_a_signed_post_that_nobody_can_read_is_taken_counted_and_stops_nothing(house: House, body: bytes) -> None:
    assert house.post("/events/sendgrid", body=body, headers=signed(house.signer, body)).status == 204
    house.provider_posts(provider_event(house.refs[0]))
    house.apply()
    assert house.ledger.posts.count() == 0
    assert counted(house.ledger, PLAN)[State.DELIVERED] == 1
    assert 'policy_events_total{became="ignored"} 1.0' in house.get("/metrics").data.decode()


@pytest.mark.parametrize(
    "event",
    [
        {},
        7,
        None,
        "processed",
        {"event": "processed"},
        {"event": ["delivered"]},
        {"event": "delivered", "pn_ref": {"a": 1}},
        {"event": "delivered", "pn_ref": "elsewhere", "timestamp": "soon"},
        {"event": "a new kind", "pn_ref": "x"},
    ],
)
def test_odd_events_in_a_post_harm_nobody(house: House, event: object) -> None:
    assert house.provider_posts(event, provider_event(house.refs[0])).status == 204
    house.apply()
    assert house.ledger.posts.count() == 0
    assert counted(house.ledger, PLAN)[State.DELIVERED] == 1


def test_without_the_providers_key_posts_answer_503(ledger: Ledger, tmp_path: object) -> None:
    house = made(tmp_path / "project", ledger)  # type: ignore[operator]
    house.tell(1)
    house.environment["SENDGRID_EVENT_KEY"] = ""
    with house.serving():
        assert house.provider_posts(provider_event(house.refs[0])).status == 503
        assert house.get("/healthz").status == 200
