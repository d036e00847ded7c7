"""The portal's own side: typed questions and answers, asked again where nothing came, and recorded once."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.ledger.given import NOW
from tests.receiver.house import CONSENT, FIRST, SECOND, THIRD, House, made
from toolkit.errors import PortalError
from toolkit.ledger.acts import Scope
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.ledger import Ledger
from toolkit.portal import client
from toolkit.portal.client import Portal
from toolkit.portal.messages import Answer, Consent, Receipt, Shown, SignUp


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=lambda: NOW) as ledger:
        found = made(tmp_path / "project", ledger, FIRST, SECOND, THIRD, CONSENT)
        found.tell(1, 2)
        with found.serving():
            yield found


@pytest.fixture
def portal(house: House) -> Iterator[Portal]:
    with Portal(f"{house.url}/", house.key()) as opened:
        yield opened


def test_it_shows_what_must_be_shown_and_records_that_it_was_acknowledged(portal: Portal, house: House) -> None:
    standing = portal.standing("client-1")
    assert standing is not None
    assert standing.show is not None
    assert [step.version for step in standing.show.steps] == ["3.0.0", "2.0.0", "1.1.0"]
    receipt = Receipt(
        account="client-1", version=standing.show.version, kind=Shown.ACKNOWLEDGED, digest=standing.show.digest
    )
    assert portal.record(receipt).recorded == 1
    again = portal.standing("client-1")
    assert again is not None
    assert again.up_to_date
    assert house.ledger.accounts.standing("privacy", "client-1").evidence is ReceiptKind.ACKNOWLEDGED


def test_an_account_nobody_knows_is_none_and_a_policy_nobody_has_is_an_error(portal: Portal) -> None:
    assert portal.standing("nobody") is None
    with pytest.raises(PortalError, match="no such policy"):
        portal.standing("client-1", policy="terms")


def test_what_did_not_change_is_not_sent_again(portal: Portal, house: House) -> None:
    first, second = portal.standing("client-1"), portal.standing("client-1")
    assert first == second
    assert 'route="/v1/standing",status="304"} 1.0' in house.get("/metrics").data.decode()


def test_what_is_remembered_is_bounded(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_MOST_KNOWN", 1)
    for account in ("client-1", "client-2", "client-1"):
        found = portal.standing(account)
        assert found is not None
        assert found.account == account
    assert len(portal._known) == 1


def test_many_at_once(portal: Portal) -> None:
    found = portal.standings(["client-2", "nobody"])
    assert ([each.account for each in found.standings], found.unknown) == (["client-2"], ("nobody",))


def test_a_customer_signs_up_and_consents(portal: Portal, house: House) -> None:
    assert portal.sign_up(SignUp(account="new", version="2.0.0", email="new@example.com")).recorded == 1
    consent = Consent(account="new", version="3.0.0", answer=Answer.GIVEN, words="Yes, train on my files.")
    assert portal.consent(consent).recorded == 1
    standing = portal.standing("new")
    assert standing is not None
    assert [(each.version, each.answer) for each in standing.consents] == [("3.0.0", Answer.GIVEN)]
    assert house.ledger.responses.consents("privacy", "new")[0].source == "portal: key-0"


def test_one_name_counts_once(portal: Portal) -> None:
    receipt = Receipt(account="client-1", version="2.0.0", kind=Shown.SHOWN)
    assert (portal.record(receipt, name="a").again, portal.record(receipt, name="a").again) == (False, True)


def test_a_refusal_is_one_sentence(house: House) -> None:
    with Portal(f"{house.url}/", house.key(Scope.READ)) as portal, pytest.raises(PortalError, match="403: not allowed"):
        portal.record(Receipt(account="client-1", version="2.0.0", kind=Shown.SHOWN))
    with Portal(f"{house.url}/", "policy_wrong") as portal, pytest.raises(PortalError, match="401") as caught:
        portal.standing("client-1")
    assert "policy_wrong" not in str(caught.value)
    assert "policy_wrong" not in repr(portal)


def test_a_service_that_is_away_is_asked_again_and_then_given_up() -> None:
    waited: list[float] = []
    portal = Portal("http://127.0.0.1:9/", "policy_x", sleep=waited.append)
    with pytest.raises(PortalError, match="does not answer"):
        portal.standing("client-1")
    assert waited == [0.5, 1.0, 2.0]


class _Moody(BaseHTTPRequestHandler):
    """Answers 503 once, and remembers under which name it was asked."""

    names: ClassVar[list[str | None]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.names.append(self.headers.get("idempotency-key"))
        body = b'{"recorded":1}'
        self.send_response(503 if len(self.names) == 1 else 200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def test_what_was_not_answered_is_asked_again_under_the_same_name() -> None:
    _Moody.names.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Moody)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    portal = Portal(f"http://127.0.0.1:{server.server_port}/", "policy_x", sleep=lambda _: None)
    receipt = Receipt(account="client-1", version="2.0.0", kind=Shown.SHOWN)
    try:
        assert portal.record(receipt).recorded == 1
    finally:
        portal.close()
        server.shutdown()
        server.server_close()
    first, second = _Moody.names
    assert first == second
    assert first


def test_a_wrong_address_is_said_so(portal: Portal, house: House) -> None:
    with pytest.raises(PortalError, match="Not Found"):
        replace(portal, url=f"{house.url}/n/").standing("client-1")
