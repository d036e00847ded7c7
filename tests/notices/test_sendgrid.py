"""The provider's way out, against a stand-in that keeps the provider's rules and answers whatever it is told to."""

import json
import logging
import re
import socket
import struct
import threading
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notices.world import World, account, everyone
from tests.providers.sendgrid import KEY, TAKES, Says, Script, StandIn, refuses, stand_in
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Account, Notice
from toolkit.ledger.states import State
from toolkit.notices.transports.pooled import NotSent, Pool
from toolkit.notices.transports.sendgrid import SendGrid
from toolkit.notices.transports.sendgrid_answers import Meaning, Reply, understand

NOW = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)


def planned(folder: Path, server: StandIn, *given_accounts: Account, **other: Any) -> tuple[World, Notice, SendGrid]:
    way = SendGrid(host=server.host, key=other.pop("key", KEY), **other)
    world = World(folder, given_accounts)
    return world, world.announce(way).notice, way


def always(said: Says) -> Script:
    return lambda _call, _body: said


def at_call(number: int, said: Says) -> Script:
    return lambda call, _body: said if call == number else TAKES


def holds(body: Mapping[str, Any], address: str) -> int | None:
    """Return the place of an address in a request."""
    found = [at for at, each in enumerate(body["personalizations"]) if each["to"][0]["email"] == address]
    return found[0] if found else None


def test_a_thousand_recipients_are_one_request(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, *everyone(1_001))
        assert world.send(notice, way).finished

    assert [len(body["personalizations"]) for body in server.bodies] == [1_000, 1]
    assert server.connections == 1
    assert not server.broken_rules


def test_every_request_turns_tracking_off_and_goes_to_who_unsubscribed(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, account(1), ip_pool="notices")
        world.send(notice, way)

    (body,) = server.bodies
    tracking = body["tracking_settings"]
    assert set(tracking) == {"click_tracking", "open_tracking", "subscription_tracking", "ganalytics"}
    assert not any(value for each in tracking.values() for value in each.values())
    assert body["mail_settings"]["bypass_unsubscribe_management"] == {"enable": True}
    assert not {"bypass_list_management", "bypass_bounce_management"} & set(body["mail_settings"])
    assert body["ip_pool_name"] == "notices"
    assert "template_id" not in body
    assert "asm" not in body
    assert not [name for name in body["headers"] if name.startswith("List-")]


def test_a_recipients_part_names_its_delivery_and_nothing_of_the_account(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, account(1, name="Lovelace; Ada, Countess"))
        world.send(notice, way)

    (each,) = server.bodies[0]["personalizations"]
    ref = world.ref("c00001")
    assert each["custom_args"] == {"pn_ref": ref}
    assert each["headers"] == {"Message-ID": f"<{ref}@kvm.hk>"}
    assert each["to"] == [{"email": "user1@example.com", "name": "Lovelace Ada Countess"}]
    assert "-pn." not in server.accepted[0].text + server.accepted[0].html


def test_the_providers_id_of_the_request_is_kept(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, account(1))
        world.send(notice, way)

    with world.ledger._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT state, provider_id, text FROM outcomes").all()
    assert rows == [("accepted", "stand-in-1", "202")]


def test_who_is_named_in_a_refusal_is_left_out_and_the_others_go(tmp_path: Path) -> None:
    def script(_call: int, body: Mapping[str, Any]) -> Says:
        bad = [at for address in ("user3@example.com", "user7@example.com") if (at := holds(body, address)) is not None]
        return refuses(400, *((f"personalizations.{at}.to", "no such person") for at in bad)) if bad else TAKES

    with stand_in(script) as server:
        world, notice, way = planned(tmp_path, server, *everyone(20))
        assert world.send(notice, way).finished

    assert world.states(notice.plan) == {State.ACCEPTED: 18, State.REFUSED: 2}
    assert len(server.accepted) == 18
    assert len(server.bodies) == 2


def test_who_is_refused_without_being_named_is_found_by_halving(tmp_path: Path) -> None:
    def script(_call: int, body: Mapping[str, Any]) -> Says:
        bad = any(holds(body, address) is not None for address in ("user3@example.com", "user70@example.com"))
        return refuses(400, (None, "Bad Request")) if bad else TAKES

    with stand_in(script) as server:
        world, notice, way = planned(tmp_path, server, *everyone(100))
        assert world.send(notice, way).finished

    assert world.states(notice.plan) == {State.ACCEPTED: 98, State.REFUSED: 2}
    assert sorted(server.addresses()) == sorted(
        each.email for each in everyone(100) if each.id not in {"c00003", "c00070"}
    )
    assert len(server.bodies) < 40


def test_a_refusal_of_everybody_that_names_nobody_is_about_us(tmp_path: Path) -> None:
    """The sandbox takes the words, and the real requests are refused: a limit, a filter."""

    def script(call: int, body: Mapping[str, Any]) -> Says:
        asks = body["mail_settings"]["sandbox_mode"]["enable"]
        return TAKES if asks or call == 1 else refuses(400, (None, "Bad Request"))

    with stand_in(script) as server:
        world, notice, way = planned(tmp_path, server, *everyone(250), batch=50)
        with pytest.raises(NoticeError, match="400 Bad Request, for everybody and naming nobody"):
            world.send(notice, way)
    assert world.states(notice.plan) == {State.ACCEPTED: 50, State.PENDING: 200}
    assert len(server.bodies) < 40


def test_a_refusal_that_names_nobody_is_about_us_also_where_each_request_holds_one_mail(tmp_path: Path) -> None:
    def script(_call: int, body: Mapping[str, Any]) -> Says:
        asks = body["mail_settings"]["sandbox_mode"]["enable"]
        return TAKES if asks else refuses(400, (None, "Your account is under review"))

    with stand_in(script) as server:
        world, notice, way = planned(tmp_path, server, *everyone(12), batch=1)
        with pytest.raises(NoticeError, match="sendgrid took nothing: 400 Your account is under review"):
            world.send(notice, way)
    assert world.states(notice.plan) == {State.PENDING: 12}


def test_the_last_one_left_is_refused_where_the_others_were_taken(tmp_path: Path) -> None:
    def script(_call: int, body: Mapping[str, Any]) -> Says:
        return refuses(400, (None, "Bad Request")) if holds(body, "user3@example.com") is not None else TAKES

    with stand_in(script) as server:
        world, notice, way = planned(tmp_path, server, *everyone(3), batch=1)
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 2, State.REFUSED: 1}


def test_an_early_hint_is_no_answer(tmp_path: Path) -> None:
    hints = Says(status=103)
    with stand_in(at_call(1, hints)) as server:
        world, notice, way = planned(tmp_path, server, *everyone(3))
        assert not world.send(notice, way).finished
    assert world.states(notice.plan) == {State.UNKNOWN: 3}


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [(429, {"retry-after": "\xb2"}, b""), (429, {"x-ratelimit-reset": "9" * 400}, b""), (202, {}, b"[" * 100_000)],
    ids=["superscript", "far too long", "deep"],
)
def test_an_odd_answer_is_understood_all_the_same(status: int, headers: dict[str, str], body: bytes) -> None:
    found = understand(Reply(status=status, headers=headers, body=body), recipients=3, now=NOW)
    assert found.meaning is (Meaning.TAKEN if status == 202 else Meaning.WAIT)


def test_a_request_that_is_too_large_is_halved(tmp_path: Path) -> None:
    def script(_call: int, body: Mapping[str, Any]) -> Says:
        return refuses(413, (None, "too large")) if len(body["personalizations"]) > 3 else TAKES

    with stand_in(script) as server:
        world, notice, way = planned(tmp_path, server, *everyone(10))
        assert world.send(notice, way).finished
    assert len(server.accepted) == 10


@pytest.mark.parametrize(
    "said",
    [
        refuses(400, ("from.email", "The from address does not match a verified Sender Identity")),
        refuses(400, (None, "Bad Request")),
        refuses(400, ("personalizations.0.substitutions", "not allowed")),
        refuses(403, (None, "access forbidden")),
        refuses(404, (None, "not found")),
        refuses(302, (None, "elsewhere"), Location="http://127.0.0.1:9/v3/mail/send"),
    ],
    ids=lambda said: f"{said.status}-{said.errors[0][0]}",
)
def test_what_is_about_us_refuses_nobody_and_stops_the_run(tmp_path: Path, said: Says) -> None:
    with stand_in(always(said)) as server:
        world, notice, way = planned(tmp_path, server, *everyone(10))
        with pytest.raises(NoticeError, match=rf"SendGrid stops us: {said.status}"):
            world.send(notice, way)
        assert world.states(notice.plan) == {State.PENDING: 10}

        server.script = always(TAKES)
        assert world.send(notice, way).finished
    assert len(server.accepted) == 10


def test_a_key_that_is_revoked_on_the_way_stops_the_run_with_nothing_lost(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, *everyone(30), batch=10)

        def revoke(call: int, _body: Mapping[str, Any]) -> Says:
            if call == 2:
                server.key = "SG.another"
            return TAKES

        server.script = revoke
        with pytest.raises(NoticeError, match=r"401 .*the key"):
            world.send(notice, way)
        assert world.states(notice.plan) == {State.ACCEPTED: 20, State.PENDING: 10}
        assert world.send(notice, SendGrid(host=server.host, key="SG.another")).finished
    assert len(set(server.addresses())) == len(server.accepted) == 30


@pytest.mark.parametrize(
    "headers",
    [
        {"Retry-After": "40"},
        {"Retry-After": format_datetime(NOW + timedelta(seconds=40))},
        {"X-RateLimit-Reset": str(int(NOW.timestamp()) + 40)},
    ],
    ids=["seconds", "date", "reset"],
)
def test_a_provider_that_asks_for_a_pause_gets_it(tmp_path: Path, headers: dict[str, str]) -> None:
    busy = Says(status=429, errors=((None, "too many requests"),), headers=headers, takes=False)
    with stand_in(at_call(1, busy)) as server:
        world, notice, way = planned(tmp_path, server, *everyone(10), now=lambda: NOW)
        began = world.clock.now
        assert world.send(notice, way).finished

    assert (world.clock.now - began).total_seconds() >= 40
    assert len(server.accepted) == 10


def test_a_provider_that_is_busy_for_a_minute_loses_and_doubles_nobody(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, *everyone(50), batch=10)
        began = world.clock.now

        def busy_for_a_minute(_call: int, _body: Mapping[str, Any]) -> Says:
            over = (world.clock.now - began).total_seconds() > 60
            return TAKES if over else refuses(429, (None, "too many requests"), Retry_After="13")

        server.script = busy_for_a_minute
        assert world.send(notice, way).finished
    assert len(set(server.references())) == len(server.accepted) == 50


def test_a_provider_that_is_away_takes_nothing_and_the_next_run_completes(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    away = SendGrid(host=f"http://127.0.0.1:{port}", key=KEY)
    world = World(tmp_path, everyone(10))
    notice = world.announce(away).notice
    with pytest.raises(NoticeError, match="sendgrid took nothing: the request did not get there: no connection"):
        world.send(notice, away)

    assert world.states(notice.plan) == {State.PENDING: 10}


@pytest.mark.parametrize(
    ("said", "takes"),
    [
        (Says(hangs_up=True), 10),
        (Says(hangs_up=True, takes=False), 0),
        (Says(status=500, errors=((None, "oh"),)), 10),
        (Says(status=502, takes=False), 0),
        *((Says(status=status), 10) for status in (200, 201, 204, 303, 408, 409, 507, 520, 524)),
    ],
    ids=lambda given: f"{given.status}{' cut' * given.hangs_up}" if isinstance(given, Says) else str(given),
)
def test_an_answer_that_nobody_heard_leaves_unknown_and_is_never_sent_again(
    tmp_path: Path, said: Says, takes: int
) -> None:
    with stand_in(at_call(1, said)) as server:
        world, notice, way = planned(tmp_path, server, *everyone(20), batch=10)
        assert not world.send(notice, way).finished
        assert world.states(notice.plan) == {State.UNKNOWN: 10, State.ACCEPTED: 10}
        assert not world.send(notice, way).finished

    assert len(server.accepted) == 10 + takes
    assert len(set(server.references())) == len(server.accepted)


def test_a_provider_that_stalls_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with stand_in(at_call(1, Says(stalls=30))) as server:
        world, notice, way = planned(tmp_path, server, *everyone(5), read_s=0.3)
        assert not world.send(notice, way).finished
    assert world.states(notice.plan) == {State.UNKNOWN: 5}


def test_a_request_that_did_not_leave_as_a_whole_is_known_not_to_have_left() -> None:
    """The other side reads a little and cuts the line: it lacks the end of the request, so it has nothing."""
    listener = socket.create_server(("127.0.0.1", 0))

    def cut() -> None:
        line, _ = listener.accept()
        line.recv(1_000)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()

    reader = threading.Thread(target=cut)
    reader.start()
    far_more_than_the_network_takes_in_without_a_reader = b"x" * 64_000_000
    pool = Pool()
    with pytest.raises(NotSent, match="the connection broke"):
        pool.post(
            f"http://127.0.0.1:{listener.getsockname()[1]}/", far_more_than_the_network_takes_in_without_a_reader, {}
        )
    reader.join()
    listener.close()
    pool.close()


def test_an_interrupt_between_two_requests_of_one_call_forgets_nothing(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, *everyone(10))

        def script(_call: int, body: Mapping[str, Any]) -> Says:
            return refuses(413, (None, "too large")) if len(body["personalizations"]) > 5 else TAKES

        server.script = script
        post, calls = way._call, []

        def interrupted(body: bytes, **other: Any) -> Any:
            calls.append(body)
            if len(calls) == 3:  # after the one that was too large and the first half
                raise KeyboardInterrupt
            return post(body, **other)

        way._call = interrupted  # type: ignore[method-assign]
        with pytest.raises(KeyboardInterrupt):
            world.send(notice, way)
        assert world.states(notice.plan) == {State.ACCEPTED: 5, State.UNKNOWN: 5}


def test_a_preflight_sends_nothing_and_goes_to_our_own_address(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, *everyone(3))
        way.preflight(notice, world.ledger.notices.variants(notice.plan)[0])

    (body,) = server.sandboxed
    (each,) = body["personalizations"]
    assert not server.accepted
    assert each["to"] == [{"email": "support@kvm.hk", "name": "Preflight"}]
    assert each["custom_args"] == {"pn_preflight": "yes"}
    assert world.states(notice.plan) == {State.PENDING: 3}


def test_without_a_key_nothing_begins(tmp_path: Path) -> None:
    with stand_in() as server:
        _, _, way = planned(tmp_path, server, account(1), key="")
        with pytest.raises(NoticeError, match="SENDGRID_API_KEY: there is no key"):
            way.ready()


def test_an_address_beyond_ascii_is_refused_and_named(tmp_path: Path) -> None:
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, account(1), account(2, email="陳@example.com"))
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 1, State.REFUSED: 1}
    assert server.addresses() == ["user1@example.com"]


def test_the_key_stands_in_no_log_no_error_and_no_value(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), stand_in(always(refuses(403))) as server:
        world, notice, way = planned(tmp_path, server, account(1))
        try:
            world.send(notice, way)
        except NoticeError:
            said = traceback.format_exc()
    assert "SendGrid stops us" in said
    assert KEY not in said + caplog.text + repr(way)
    assert "user1@example.com" not in caplog.text


def test_a_redirect_is_not_followed_with_the_key_in_hand(tmp_path: Path) -> None:
    with stand_in() as elsewhere:
        moved = refuses(301, (None, "moved"), Location=f"{elsewhere.host}/v3/mail/send")
        with stand_in(always(moved)) as server:
            world, notice, way = planned(tmp_path, server, account(1))
            with pytest.raises(NoticeError, match="SendGrid stops us: 301"):
                world.send(notice, way)
    assert (elsewhere.calls, elsewhere.connections) == (0, 0)


def test_a_proxy_in_the_environment_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, account(1))
        assert world.send(notice, way).finished


def test_a_connection_that_was_idle_for_long_is_not_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.notices.transports.pooled._IDLE_S", 0.0)
    with stand_in() as server:
        world, notice, way = planned(tmp_path, server, *everyone(2), batch=1)
        assert world.send(notice, way).finished
    assert server.connections == 2


@given(st.integers(min_value=100, max_value=599), st.binary(max_size=80), st.integers(min_value=1, max_value=5))
def test_only_202_ever_means_that_mails_were_taken(status: int, body: bytes, recipients: int) -> None:
    reply = Reply(status=status, headers={}, body=body)
    found = understand(reply, recipients=recipients, now=NOW)
    assert (found.meaning is Meaning.TAKEN) == (status == 202)
    if not 300 <= status < 500:
        assert found.meaning in {Meaning.TAKEN, Meaning.DOUBT, Meaning.WAIT}
    assert all(0 <= place < recipients for place in found.places)
    assert re.match(str(status), found.said)


_FIELDS = st.sampled_from(["personalizations.0.to", "personalizations[2]", "personalizations.99", "from", "", None, 7])
_ERRORS = st.lists(st.fixed_dictionaries({"field": _FIELDS, "message": st.text(max_size=20)}), max_size=4)


@given(_ERRORS, st.integers(min_value=1, max_value=4))
def test_a_refusal_is_about_named_recipients_or_about_all_of_us(errors: list[dict[str, Any]], recipients: int) -> None:
    reply = Reply(status=400, headers={}, body=json.dumps({"errors": errors}).encode())
    found = understand(reply, recipients=recipients, now=NOW)
    assert found.meaning in {Meaning.REFUSED, Meaning.SPLIT, Meaning.STOP}
    assert (found.meaning is Meaning.REFUSED) == bool(found.places)


@pytest.mark.parametrize("asked", ["99999999999999999999", "3601", "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_who_asks_for_more_than_an_hour_is_asked_again_by_a_later_run(tmp_path: Path, asked: str) -> None:
    with stand_in(always(refuses(429, (None, "too many requests"), Retry_After=asked))) as server:
        world, notice, way = planned(tmp_path, server, *everyone(3))
        with pytest.raises(NoticeError, match="sendgrid took nothing: 429 too many requests"):
            world.send(notice, way)
    assert (server.calls, world.states(notice.plan)) == (1, {State.PENDING: 3})


@pytest.mark.parametrize("asked", ["-5", "soon", "", "1e3"])
def test_a_pause_that_nobody_can_read_is_the_loops_own(tmp_path: Path, asked: str) -> None:
    busy = Says(status=429, headers={"Retry-After": asked, "X-RateLimit-Reset": asked}, takes=False)
    with stand_in(at_call(1, busy)) as server:
        world, notice, way = planned(tmp_path, server, *everyone(3))
        assert world.send(notice, way).finished
