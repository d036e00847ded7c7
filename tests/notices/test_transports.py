"""What every way out promises, whatever it speaks: one suite for all of them."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.notices.world import World, account, accounts
from tests.providers.sendgrid import KEY, StandIn
from tests.providers.smtp import MailServer
from toolkit.ledger.entries import Account, Notice
from toolkit.ledger.states import State
from toolkit.notices.mime import rebuild
from toolkit.notices.transports import Transport
from toolkit.notices.transports.outbox import Outbox
from toolkit.notices.transports.sendgrid import SendGrid
from toolkit.notices.transports.smtp import Smtp
from toolkit.notices.transports.smtp_session import parse_server

DATED = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What came out at the other end, in the words that a reader sees."""

    to: str
    reference: str
    subject: str
    text: str
    html: str
    language: str
    sender_is_a_machine: str


@dataclass(frozen=True, kw_only=True)
class Way:
    """A transport with its other end."""

    transport: Transport
    arrived: Callable[[], list[Arrived]]


def read_mail(raw: bytes) -> Arrived:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text
    assert html
    return Arrived(
        to=mail["To"].addresses[0].addr_spec,
        reference=str(mail["Message-ID"]).strip("<>").partition("@")[0],
        subject=mail["Subject"],
        text=text.get_content().replace("\r\n", "\n"),
        html=html.get_content().replace("\r\n", "\n"),
        language=mail["Content-Language"],
        sender_is_a_machine=mail["Auto-Submitted"],
    )


def outbox(folder: Path, _stack: ExitStack) -> Way:
    way = Outbox(folder=folder / "out", host="build/outbox")
    return Way(transport=way, arrived=lambda: [read_mail(file.read_bytes()) for file in way.folder.rglob("*.eml")])


def smtp(_folder: Path, stack: ExitStack) -> Way:
    server = stack.enter_context(MailServer())
    way = Smtp(server=parse_server(server.url))
    stack.callback(way.close)
    return Way(transport=way, arrived=lambda: [read_mail(mail.body) for mail in server.taken])


def sendgrid(_folder: Path, stack: ExitStack) -> Way:
    server = stack.enter_context(StandIn())
    way = SendGrid(host=server.host, key=KEY)
    stack.callback(way.close)

    def arrived() -> list[Arrived]:
        assert not server.broken_rules
        return [
            Arrived(
                to=mail.to,
                reference=mail.arguments["pn_ref"],
                subject=mail.subject,
                text=mail.text,
                html=mail.html,
                language=mail.headers["Content-Language"],
                sender_is_a_machine=mail.headers["Auto-Submitted"],
            )
            for mail in server.accepted
        ]

    return Way(transport=way, arrived=arrived)


@pytest.fixture(params=[outbox, smtp, sendgrid], ids=lambda make: str(make.__name__))
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    with ExitStack() as stack:
        yield request.param(tmp_path, stack)


def announced(folder: Path, way: Way, *given: Account) -> tuple[World, Notice]:
    world = World(folder, given)
    return world, world.announce(way.transport).notice


def test_everyone_gets_one_mail_and_the_record_says_so(way: Way, tmp_path: Path) -> None:
    world, notice = announced(tmp_path, way, *accounts(250))
    sent = world.send(notice, way.transport)

    assert sent.finished
    assert world.states(notice.plan) == {State.ACCEPTED: 250}
    assert sorted(mail.to for mail in way.arrived()) == sorted(each.email for each in accounts(250))


def test_what_arrives_are_the_words_that_the_record_shows_for_its_reference(way: Way, tmp_path: Path) -> None:
    world, notice = announced(tmp_path, way, account(1, name="Ada Lovelace"), account(2, name="Ben & <Jerry>"))
    world.send(notice, way.transport)

    arrived = {mail.to: mail for mail in way.arrived()}
    for at in (1, 2):
        (handed_over,) = world.ledger.evidence.handed_over(world.ref(f"c{at:05d}"))
        assert arrived[f"user{at}@example.com"] == read_mail(rebuild(handed_over))


def test_two_accounts_with_one_address_get_a_mail_each_and_never_in_one_parcel(way: Way, tmp_path: Path) -> None:
    shared = [account(at, email=email) for at, email in enumerate(("a@example.com", "A@example.com", "b@example.com"))]
    world, notice = announced(tmp_path, way, *shared)
    token = "mine"
    claimed = world.ledger.sending.claim(
        notice.plan, size=10, lease=timedelta(seconds=30), token=token, on=world.today()
    )
    variant = world.ledger.notices.variants(notice.plan)[0]
    parcels = way.transport.pack(notice, variant, claimed, dated_at=DATED)
    world.ledger.sending.release(notice.plan, token=token)

    for parcel in parcels:
        addresses = [mail.filled.address.casefold() for mail in parcel.mails]
        assert len(set(addresses)) == len(addresses)
    assert sorted(mail.ref for parcel in parcels for mail in parcel.mails) == sorted(one.ref for one in claimed)
    world.send(notice, way.transport)
    assert len(way.arrived()) == 3
    assert len({mail.reference for mail in way.arrived()}) == 3


HOSTILE = [
    "Ada\r\nBcc: eve@example.com",
    "{{ 7*7 }} {% raw %} ${x} %(x)s",
    "-pn.email.h- -name- -pn.account.t-",
    "<b>bold</b><script>x()</script> & \"quoted\" 'so'",
    "\u202eadA \u2067right\u2069 to left",
    "=?utf-8?q?Eve?= , ; <eve@example.com>",
    "Ada\x00\x07\u2028Line",
    "陳大文",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_is_never_read_as_anything_but_a_name(way: Way, tmp_path: Path, name: str) -> None:
    world, notice = announced(tmp_path, way, account(1, name=name))
    world.send(notice, way.transport)

    (mail,) = way.arrived()
    assert mail.to == "user1@example.com"
    assert "49" not in re.findall(r"Name: (.*)", mail.text)[0]
    assert "eve@example.com" not in mail.to
    assert "<script" not in mail.html
    assert "<b>" not in mail.html
    assert not set("\r\x00\x07\u202e\u2067") & set(mail.text.replace("\r\n", "\n"))
    (handed_over,) = world.ledger.evidence.handed_over(mail.reference)
    assert handed_over.filled is not None
    assert f"Name: {handed_over.filled.name}" in mail.text
    if "-pn." in name:
        assert "user1@example.com" not in re.findall(r"Name: (.*)", mail.text)[0]


def test_it_knows_nothing_more_of_what_it_answered_for(way: Way, tmp_path: Path) -> None:
    world, notice = announced(tmp_path, way, account(1))
    world.send(notice, way.transport)
    known = way.transport.ask(notice.plan, (world.ref("c00001"),))

    assert not [outcome for outcome in known if outcome.state is not State.ACCEPTED]


def test_a_mail_says_its_language_and_that_a_machine_wrote_it(way: Way, tmp_path: Path) -> None:
    world, notice = announced(tmp_path, way, account(1))
    world.send(notice, way.transport)

    (mail,) = way.arrived()
    assert (mail.language, mail.sender_is_a_machine) == ("en", "auto-generated")
    assert re.fullmatch(r"[0-9a-f]{32}", mail.reference)
