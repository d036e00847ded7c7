"""What SendGrid posts, read: every key and kind may be missing, of another type, or new."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.given import NOW
from tests.receiver.house import event_key, provider_event, public, signed
from toolkit.errors import ReceiverError, SettingsError
from toolkit.ledger.acts import Event
from toolkit.ledger.states import State
from toolkit.receiver.events import MOST, frame, read_post, unframe
from toolkit.receiver.signature import SIGNATURE, TIMESTAMP, parse_event_key


def read(*events: Any) -> tuple[Event, ...]:
    raw = frame(timestamp="1790000000", signature="c2ln", body=orjson.dumps(list(events)))
    return read_post(raw, now=NOW).events


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("processed", State.ACCEPTED),
        ("deferred", State.ACCEPTED),
        ("delivered", State.DELIVERED),
        ("bounce", State.BOUNCED),
        ("dropped", State.DROPPED),
    ],
)
def test_each_kind_says_where_its_mail_is(kind: str, state: State) -> None:
    (found,) = read(provider_event("r1", kind))
    assert (found.ref, found.state, found.address) == ("r1", state, "")  # the address is of no use then


@pytest.mark.parametrize(
    "kind", ["open", "click", "spamreport", "unsubscribe", "group_resubscribe", "account_status_change"]
)
def test_what_people_do_with_a_mail_says_nothing(kind: str) -> None:
    assert read(provider_event("r1", kind)) == ()


def test_the_reason_is_kept_with_its_kind() -> None:
    (found,) = read(
        provider_event("r1", "bounce", type="blocked", bounce_classification="Reputation", reason="421 later")
    )
    assert found.text == "bounce, blocked, Reputation: 421 later"


ODD: tuple[object, ...] = (None, True, "soon", [], -1, 5, 2**62, float(10**20), "٣", "9" * 400)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        (1_763_888_400, datetime(2025, 11, 23, 9, tzinfo=UTC)),
        (1_763_888_400_000, datetime(2025, 11, 23, 9, tzinfo=UTC)),
        ("1763888400", datetime(2025, 11, 23, 9, tzinfo=UTC)),
        (1_763_888_400.0, datetime(2025, 11, 23, 9, tzinfo=UTC)),
        *((odd, None) for odd in ODD),
        (int((NOW + timedelta(days=1)).timestamp()), None),
    ],
)
def test_a_time_is_read_in_seconds_or_milliseconds_and_one_that_cannot_be_is_none(
    said: object, at: datetime | None
) -> None:
    (found,) = read(provider_event("r1", timestamp=said))
    assert found.happened_at == at


def test_a_message_id_of_ours_names_the_delivery_where_our_own_argument_is_missing() -> None:
    (found,) = read({"event": "bounce", "smtp-id": "<abc123@kvm.hk>", "email": "a@example.com"})
    assert (found.ref, found.address) == ("abc123", "a@example.com")
    assert read({"event": "bounce", "smtp-id": "abc123"})[0].ref == ""


def test_a_preflight_of_ours_is_no_notice() -> None:
    assert read(provider_event("r1", pn_preflight="yes")) == ()


def test_what_was_kept_can_be_checked_against_the_providers_key_by_anybody() -> None:
    signer, body = event_key(), orjson.dumps([provider_event("r1")])
    headers = signed(signer, body)
    timestamp, signature, kept = unframe(frame(timestamp=headers[TIMESTAMP], signature=headers[SIGNATURE], body=body))
    key = parse_event_key(public(signer), where="")
    assert key is not None
    key.check(kept, signature=signature, timestamp=timestamp, now=NOW)
    with pytest.raises(ReceiverError):
        key.check(kept.replace(b"delivered", b"processed"), signature=signature, timestamp=timestamp, now=NOW)


def test_of_a_post_no_more_events_are_read_than_any_has() -> None:
    raw = frame(timestamp="1790000000", signature="c2ln", body=b"[" + b",".join([b"{}"] * (MOST + 1)) + b"]")
    assert read_post(raw, now=NOW).ignored == MOST


@pytest.mark.parametrize("text", ["no key", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", "-----BEGIN PUBLIC KEY-----\nx\n"])
def test_a_text_that_is_no_key_of_the_provider_is_refused_at_the_start(text: str) -> None:
    with pytest.raises(SettingsError, match="no public key"):
        parse_event_key(text, where="SENDGRID_EVENT_KEY")


def test_no_text_is_no_key() -> None:
    assert parse_event_key("", where="") is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("event", "pn_ref", "smtp-id", "timestamp", "email", "reason", "response", "type", "sg_event_id", "pn_preflight")


@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), ANYTHING | st.sampled_from(["bounce", "delivered"])), max_size=5)
)
def test_whatever_is_signed_is_read_without_a_fault(events: list[dict[str, Any]]) -> None:
    assert len(read(*events)) <= len(events)
