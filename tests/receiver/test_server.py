"""The service as a stranger meets it: too much, too slow, the wrong path, the wrong method."""

import logging
import socket
import time
from contextlib import suppress

import pytest
import urllib3

from tests.receiver.house import House, raw_request, signed
from toolkit.errors import LedgerError, Misuse
from toolkit.receiver import server, web
from toolkit.receiver.server import bind


def test_it_says_whether_it_works(house: House) -> None:
    answer = house.get("/healthz")
    assert answer.status == 200
    assert answer.json() == {
        "status": "ok",
        "day": "2026-11-23",
        "policies": ["privacy"],
        "stale": False,
        "posts_waiting": 0,
    }


def test_it_counts_by_route_and_never_by_path(house: House) -> None:
    house.get(house.link())
    house.get("/nowhere/at/all")
    counted = house.get("/metrics").data.decode()
    assert 'policy_requests_total{route="/n/{token}",status="200"} 1.0' in counted
    assert 'policy_requests_total{route="none",status="404"} 1.0' in counted
    assert house.refs[0] not in counted


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/n/",
        "/n",
        "/n/a/b",
        "//n/x",
        "/n/../v1/standing",
        "/v1/standing/",
        "/%2e%2e/etc/passwd",
        "/V1/STANDING",
        "/.env",
    ],
)
def test_a_path_is_right_or_not_there(house: House, path: str) -> None:
    answer = raw_request(house.url, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404")


def test_a_method_that_is_not_meant_is_405(house: House) -> None:
    for method, path in (("DELETE", house.link()), ("GET", "/events/sendgrid"), ("PUT", "/v1/receipts")):
        assert house.ask(method, path).status == 405


def test_every_answer_is_careful_also_one_that_refuses(house: House) -> None:
    for answer in (house.get("/healthz"), house.get("/nowhere"), house.post("/v1/receipts"), house.get("/n/x")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "server" not in answer.headers


@pytest.mark.parametrize("path", ["/events/sendgrid", "/v1/receipts", "page"])
def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(house: House, path: str) -> None:
    where, key = (house.link(), "") if path == "page" else (path, house.key())
    body = b"[" + b" " * web.LARGEST_POST + b"]"
    headers = signed(house.signer, b"[]")
    assert house.post(where, key=key, body=body, headers=headers).status == 413
    chunks = iter([body[at : at + 100_000] for at in range(0, len(body), 100_000)])
    with suppress(urllib3.exceptions.ProtocolError):  # the answer may come, and the line be closed, before all was sent
        assert house.post(where, key=key, body=chunks, headers=headers).status == 413


def test_a_body_that_comes_too_slowly_is_given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "SLOWEST", 0.3)
    head = f"POST {house.link()} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100\r\n\r\na="
    assert raw_request(house.url, head.encode()).startswith(b"HTTP/1.1 408")


def test_a_connection_that_sends_no_request_is_closed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_FIRST_REQUEST_S", 0.3)
    began = time.monotonic()
    assert raw_request(house.url, b"GET / HTTP/1.1\r\nX-Slow: ") == b""
    assert time.monotonic() - began < 4


def test_a_second_request_that_does_not_end_is_closed_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_FIRST_REQUEST_S", 0.3)
    with socket.create_connection(("127.0.0.1", int(house.url.rpartition(":")[2])), timeout=4) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /he")
        assert connection.recv(65_536) == b""


def test_who_goes_away_in_the_middle_of_a_body_is_no_fault_of_ours(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    head = f"POST {house.link()} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na"
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", int(house.url.rpartition(":")[2]))) as connection:
                connection.sendall(head.encode())
        time.sleep(0.3)
        assert house.get("/healthz").status == 200
    assert caplog.text == ""


def test_a_header_without_end_is_refused(house: House) -> None:
    answer = raw_request(house.url, b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 2_000_000 + b"\r\n\r\n")
    assert not answer.startswith(b"HTTP/1.1 2")


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /healthz HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /healthz\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /v1/receipts HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
    ],
)
def test_what_is_no_request_harms_nobody(house: House, request_: bytes) -> None:
    found = raw_request(house.url, request_, wait=1)
    assert not found.startswith(b"HTTP/1.1 5")
    assert house.get("/healthz").status == 200


def test_a_ledger_that_is_away_is_503_and_no_detail_leaves(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    key = house.key()

    def away(*_: object, **__: object) -> None:
        raise LedgerError("the database at 10.1.2.3 does not answer.")

    monkeypatch.setattr(house.ledger.accounts, "position", away)
    answer = house.get("/v1/standing?account=client-1", key=key)
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert b"10.1.2.3" not in answer.data


def test_a_mistake_of_ours_is_logged_by_its_place_and_without_any_value(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("person1@example.com")

    key = house.key()
    monkeypatch.setattr(house.ledger.accounts, "position", broken)
    with caplog.at_level(logging.ERROR):
        answer = house.get("/v1/standing?account=client-1", key=key)
    assert (answer.status, b"person1" in answer.data) == (500, False)
    assert "ValueError at test_server.py" in caplog.text
    assert "policy" in {record.name for record in caplog.records}
    assert "person1" not in caplog.text
    assert answer.headers["x-frame-options"] == "DENY"
    assert 'policy_requests_total{route="/v1/standing",status="500"} 1.0' in house.get("/metrics").data.decode()


def test_nothing_is_logged_of_a_request_that_went_well(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        house.get(house.link())
        house.provider_posts()
    assert {record.name for record in caplog.records} <= {"urllib3.connectionpool", "asyncio"}  # the test's own


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    taken = bind("127.0.0.1", 0)
    with pytest.raises(Misuse, match="nobody can listen there"):
        bind("127.0.0.1", taken.getsockname()[1])
    taken.close()
