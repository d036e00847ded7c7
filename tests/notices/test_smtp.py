"""The way through a mail server, against a real one."""

import contextlib
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.notices.world import World, account, everyone
from tests.providers.smtp import Answer, Certificate, MailServer, free_port
from toolkit.errors import Misuse, NoticeError
from toolkit.ledger.entries import Account, Notice
from toolkit.ledger.states import State
from toolkit.notices.transports.smtp import Smtp
from toolkit.notices.transports.smtp_session import Server, parse_server


def planned(folder: Path, way: Smtp, *given: Account) -> tuple[World, Notice]:
    world = World(folder, given)
    return world, world.announce(way).notice


def only(*addresses: str, said: str, times: int = 1_000) -> Answer:
    return lambda address, time: said if address in addresses and time <= times else ""


def texts(world: World) -> list[tuple[str, str]]:
    with world.ledger._database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT state, text FROM outcomes ORDER BY report, place").all()
    return [(state, text) for state, text in rows]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C reach the tests, also where they run in the background and would not hear it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_mails_go_over_several_connections_that_stay_open(tmp_path: Path) -> None:
    with MailServer() as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(300))
        assert world.send(notice, way).finished
        way.close()
    assert server.addresses() == sorted(each.email for each in everyone(300))
    assert 2 <= len(server.sessions) <= 4


def test_the_servers_answer_is_recorded_with_its_enhanced_code(tmp_path: Path) -> None:
    with MailServer(at_recipient=only("user2@example.com", said="550 5.1.1 No such user here")) as server:
        way = Smtp(server=parse_server(server.url), connections=1)
        world, notice = planned(tmp_path, way, *everyone(2))
        assert world.send(notice, way).finished
    assert texts(world) == [("accepted", "250 2.0.0 Ok: queued as 000001"), ("refused", "550 5.1.1 No such user here")]


@pytest.mark.parametrize("where", ["at_recipient", "at_end"])
def test_a_recipient_who_is_put_off_is_tried_again_and_one_who_is_refused_is_not(tmp_path: Path, where: str) -> None:
    asked: list[str] = []

    def answer(address: str, time: int) -> str:
        asked.append(address)
        if address == "user3@example.com":
            return "450 4.2.0 Greylisted" if time == 1 else ""
        return "554 5.2.2 Mailbox full" if address == "user4@example.com" else ""

    with MailServer(**{where: answer}) as server:  # type: ignore[arg-type]
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(6))
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 5, State.REFUSED: 1}
    assert (asked.count("user3@example.com"), asked.count("user4@example.com")) == (2, 1)
    assert len(set(server.addresses())) == len(server.taken) == 5


def test_a_line_that_is_cut_after_the_mail_left_makes_just_that_mail_unknown(tmp_path: Path) -> None:
    with MailServer(drops=frozenset({"user5@example.com"})) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(40))
        assert not world.send(notice, way).finished
        assert not world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 39, State.UNKNOWN: 1}
    assert len(set(server.addresses())) == len(server.taken) == 40


ABOUT_US = [
    "530 5.7.0 Authentication required",
    "550 5.1.8 Sender address rejected: Domain not found",
    "504 5.5.2 Helo command rejected: need fully-qualified hostname",
    "550 5.4.5 Daily user sending limit exceeded",
    "552 5.3.4 Message size exceeds fixed limit",
]
PERHAPS_ABOUT_US = [
    "554 5.7.1 Relay access denied",
    "550 5.7.515 not authenticated",
    "550 relay not permitted",
    "554 Transaction failed: 203.0.113.9 is on a block list",
]


@pytest.mark.parametrize("said", [*ABOUT_US, *PERHAPS_ABOUT_US])
@pytest.mark.parametrize("many", [3, 40])
def test_a_server_that_does_not_let_us_send_refuses_nobody(tmp_path: Path, said: str, many: int) -> None:
    with MailServer(at_recipient=lambda _address, _time: said) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(many))
        with pytest.raises(NoticeError, match=said):
            world.send(notice, way)
        assert world.states(notice.plan) == {State.PENDING: many}
        server.at_recipient = lambda _address, _time: ""
        assert world.send(notice, way).finished


@pytest.mark.parametrize("said", [*ABOUT_US, *PERHAPS_ABOUT_US])
def test_a_server_that_blocks_us_on_the_way_stops_the_run_and_refuses_nobody(tmp_path: Path, said: str) -> None:
    asked: list[str] = []

    def block(address: str, _time: int) -> str:
        asked.append(address)
        return said if len(asked) > 5 else ""

    with MailServer(at_recipient=block) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(150))
        with pytest.raises(NoticeError, match=said):
            world.send(notice, way)
    states = world.states(notice.plan)
    assert states[State.ACCEPTED] == len(server.taken) == 5
    assert states.get(State.REFUSED, 0) <= 3  # what other connections heard at the same moment
    assert len(asked) < 100


BAD_MAILBOXES = [
    "552 5.2.2 Mailbox is over quota",
    "501 5.1.3 Bad recipient address syntax",
    "550 5.1.1 No such user",
    "550 5.5.0 Requested action not taken: mailbox unavailable",
    "550 5.4.1 Recipient address rejected: Access denied",
    "550 User unknown",
]


@pytest.mark.parametrize("said", BAD_MAILBOXES)
def test_a_bad_mailbox_is_refused_and_holds_up_nobody(tmp_path: Path, said: str) -> None:
    with MailServer(at_recipient=only("user3@example.com", said=said)) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(60))
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 59, State.REFUSED: 1}


def test_many_bad_mailboxes_side_by_side_hold_up_nobody(tmp_path: Path) -> None:
    bad = [f"user{at}@example.com" for at in range(6, 30)]
    with MailServer(at_recipient=only(*bad, said="550 User unknown")) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(60))
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 36, State.REFUSED: 24}


def test_a_bad_mailbox_that_is_left_over_for_a_later_run_is_refused_by_it(tmp_path: Path) -> None:
    answers = {"user9@example.com": "450 4.2.0 Greylisted"}
    with MailServer(at_recipient=lambda address, _time: answers.get(address, "")) as server:
        world, notice = planned(tmp_path, Smtp(server=parse_server(server.url)), *everyone(9))
        assert not world.send(notice, Smtp(server=parse_server(server.url)), waits=False).finished
        answers["user9@example.com"] = "550 User unknown"
        assert world.send(notice, Smtp(server=parse_server(server.url))).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 8, State.REFUSED: 1}


def test_one_recipient_who_is_refused_for_the_servers_policy_holds_up_nobody(tmp_path: Path) -> None:
    said = "550 5.7.1 Recipient address rejected: Access denied"
    with MailServer(at_recipient=only("user1@example.com", said=said)) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(20))
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 19, State.REFUSED: 1}


class Rough:
    """A mail server that answers to the end of each mail whatever it is told to, and keeps what it received whole."""

    def __init__(self, answer: Callable[[int], bytes], *, pause: float = 0.0) -> None:
        self.received: list[str] = []
        self._answer, self._pause, self._lock = answer, pause, threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def server(self) -> Server:
        return Server(host="127.0.0.1", port=self._listener.getsockname()[1], encrypted=False)

    def close(self) -> None:
        self._listener.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError), line, line.makefile("rb") as lines:
            line.sendall(b"220 hi\r\n")
            to = ""
            for said in lines:
                if said.upper().startswith(b"EHLO"):
                    line.sendall(b"250-hi\r\n250 8BITMIME\r\n")
                elif said.upper().startswith(b"RCPT"):
                    to = said.decode().partition("<")[2].partition(">")[0]
                    line.sendall(b"250 ok\r\n")
                elif said.upper().startswith(b"DATA"):
                    line.sendall(b"354 go on\r\n")
                    while lines.readline() != b".\r\n":
                        pass
                    with self._lock:
                        self.received.append(to)
                        number = len(self.received)
                    time.sleep(self._pause)
                    answer = self._answer(number)
                    line.sendall(answer)
                    if not answer.endswith(b"\n"):
                        return
                else:
                    line.sendall(b"250 ok\r\n")


@pytest.mark.parametrize(
    "answer", [b"", b"25", b"2", b"2.0.0 Ok queued\r\n", b"Ok\r\n", b"354 go on\r\n", b"999 x\r\n"]
)
def test_an_answer_to_a_whole_mail_that_is_no_clear_no_leaves_it_unknown(tmp_path: Path, answer: bytes) -> None:
    server = Rough(lambda mail: answer if mail == 1 else b"250 ok\r\n")
    way = Smtp(server=server.server)
    world, notice = planned(tmp_path, way, *everyone(3))
    assert not world.send(notice, way).finished
    assert not world.send(notice, way).finished
    server.close()
    assert world.states(notice.plan) == {State.ACCEPTED: 2, State.UNKNOWN: 1}
    assert sorted(server.received) == sorted(each.email for each in everyone(3))


def test_a_server_that_cuts_the_line_again_and_again_ends_the_run(tmp_path: Path) -> None:
    server = Rough(lambda mail: b"" if mail % 2 == 0 else b"250 ok\r\n")
    way = Smtp(server=server.server)
    world, notice = planned(tmp_path, way, *everyone(300))
    with pytest.raises(NoticeError, match="nobody knows what smtp took"):
        world.send(notice, way)
    server.close()
    assert world.states(notice.plan)[State.UNKNOWN] < 20
    assert len(set(server.received)) == len(server.received)


@pytest.mark.usefixtures("interruptible")
# A signal that comes while Python tidies up is reported there and goes no further; the next one stops the run.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("times", [1, 2, 3])
def test_whoever_insists_on_stopping_makes_unknown_and_never_sends_twice(tmp_path: Path, times: int) -> None:
    server = Rough(lambda _mail: b"250 ok\r\n", pause=1.5)
    way = Smtp(server=server.server)
    world, notice = planned(tmp_path, way, *everyone(9))

    def insist() -> None:
        while not server.received:
            time.sleep(0.01)
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.2)

    insisting = threading.Thread(target=insist)
    insisting.start()
    with pytest.raises(KeyboardInterrupt):
        world.send(notice, way)
    with contextlib.suppress(KeyboardInterrupt):
        insisting.join()
    time.sleep(2)
    server._pause = 0
    world.send(notice, Smtp(server=server.server))
    server.close()
    assert len(set(server.received)) == len(server.received)


def test_an_address_stands_in_no_error(tmp_path: Path) -> None:
    with MailServer(at_recipient=lambda address, _time: f"450 4.2.0 <{address}>: Greylisted") as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(2))
        with pytest.raises(NoticeError, match=r"450 4\.2\.0") as error:
            world.send(notice, way)
    assert "example.com" not in str(error.value)


def test_a_server_that_takes_our_mails_may_refuse_one_recipient_for_its_policy(tmp_path: Path) -> None:
    with MailServer(at_recipient=only("user9@example.com", said="550 5.7.1 Not wanted here")) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(10))
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 9, State.REFUSED: 1}


def test_lines_that_begin_with_a_period_arrive_as_they_are(tmp_path: Path) -> None:
    with MailServer() as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, account(1))
        variant = world.ledger.notices.variants(notice.plan)[0]
        dotted = replace(variant, text=".\n..two\n" + variant.text)
        claimed = world.ledger.sending.claim(
            notice.plan, size=1, lease=timedelta(seconds=30), token="mine", on=world.today()
        )
        (parcel,) = way.pack(notice, dotted, claimed, dated_at=datetime(2026, 12, 2, tzinfo=UTC))
        way.hand_over(parcel)
    assert server.taken[0].body.rstrip() == parcel.mails[0].body.rstrip()


def test_an_address_beyond_ascii_goes_with_smtputf8_and_the_others_without(tmp_path: Path) -> None:
    with MailServer() as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, account(1), account(2, email="陳@example.com"))
        assert world.send(notice, way).finished
    found = {mail.to: "SMTPUTF8" in mail.options for mail in server.taken}
    assert found == {"user1@example.com": False, "陳@example.com": True}


def test_an_address_beyond_ascii_is_refused_where_the_server_takes_none(tmp_path: Path) -> None:
    with MailServer(beyond_ascii=False) as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, account(1), account(2, email="陳@example.com"))
        assert world.send(notice, way).finished
    assert world.states(notice.plan) == {State.ACCEPTED: 1, State.REFUSED: 1}
    assert ("refused", "the server takes no address beyond ASCII") in texts(world)


def test_a_login_goes_over_an_encrypted_line_only(tmp_path: Path) -> None:
    certificate = Certificate(tmp_path)
    with MailServer(certificate=certificate, login=("us", "secret")) as server:
        to = Server(host="127.0.0.1", port=server.port, user="us", password="secret")
        way = Smtp(server=to, trust=certificate.trusted())
        world, notice = planned(tmp_path, way, *everyone(5))
        way.ready()
        assert world.send(notice, way).finished
        way.close()
    assert len(server.taken) == 5


def stops(folder: Path, said: str, **server: Any) -> None:
    """See that a server stops us before anything is claimed."""
    with MailServer(certificate=server.get("certificate"), login=server.get("login")) as running:
        to = Server(host="127.0.0.1", port=running.port, user="us", password=server.get("password", "secret"))
        way = Smtp(server=to, trust=server.get("trust"))
        with pytest.raises(NoticeError, match=said) as error:
            way.ready()
        assert "secret" not in str(error.value)
    assert not running.taken


def test_a_server_without_encryption_gets_nothing(tmp_path: Path) -> None:
    stops(tmp_path, "it offers no encryption")


def test_a_certificate_that_nobody_trusts_ends_it(tmp_path: Path) -> None:
    stops(tmp_path, "the encrypted connection fails", certificate=Certificate(tmp_path))


def test_a_wrong_password_ends_it(tmp_path: Path) -> None:
    mine = Certificate(tmp_path)
    stops(tmp_path, "the login is refused: 535 5.7.8", certificate=mine, login=("us", "other"), trust=mine.trusted())


def test_a_server_that_is_not_there_is_named_before_anything_is_claimed() -> None:
    way = Smtp(server=parse_server(f"smtp://127.0.0.1:{free_port()}"))
    with pytest.raises(NoticeError, match=r"smtp://127\.0\.0\.1:\d+: the mail server does not answer"):
        way.ready()


def test_a_server_that_goes_away_on_the_way_loses_and_doubles_nobody(tmp_path: Path) -> None:
    with MailServer() as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(250))
        hand_over: Callable[..., Any] = way.hand_over
        calls: list[int] = []

        def away_after_one(parcel: Any) -> Any:
            calls.append(1)
            if len(calls) == 2:
                server.stop()
            return hand_over(parcel)

        way.hand_over = away_after_one  # type: ignore[method-assign]
        with pytest.raises(NoticeError, match="smtp took nothing"):
            world.send(notice, way)
    assert world.states(notice.plan)[State.PENDING] == 150
    with MailServer(port=server.port) as again:
        assert world.send(notice, Smtp(server=parse_server(again.url))).finished
    assert sorted(server.addresses() + again.addresses()) == sorted(each.email for each in everyone(250))


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_waits_for_the_mails_under_way_and_knows_what_became_of_each(tmp_path: Path) -> None:
    with MailServer() as server:
        way = Smtp(server=parse_server(server.url))
        world, notice = planned(tmp_path, way, *everyone(60))

        def stop(address: str, _time: int) -> str:
            if address == "user30@example.com":
                os.kill(os.getpid(), signal.SIGINT)
            return ""

        server.at_recipient = stop
        with pytest.raises(KeyboardInterrupt):
            world.send(notice, way)
        states = world.states(notice.plan)
        assert set(states) == {State.ACCEPTED, State.PENDING}
        assert states[State.ACCEPTED] == len(server.taken)
        server.at_recipient = lambda _address, _time: ""
        assert world.send(notice, way).finished
    assert len(set(server.addresses())) == len(server.taken) == 60


@pytest.mark.parametrize(
    ("url", "shown", "encrypted"),
    [
        ("smtp://mail.example.com", "smtp://mail.example.com:587", True),
        ("smtps://us:p%40ss@mail.example.com", "smtps://mail.example.com:465", True),
        ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525", False),
        ("smtp://localhost", "smtp://localhost:587", False),
        ("smtp://[::1]:25", "smtp://[::1]:25", False),
        ("smtps://127.0.0.1", "smtps://127.0.0.1:465", True),
    ],
)
def test_a_server_is_named_by_a_url(url: str, shown: str, encrypted: bool) -> None:
    server = parse_server(url)
    assert (server.shown, server.encrypted) == (shown, encrypted)
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize(
    "url", ["", "mail.example.com", "http://x", "smtp://", "smtp://u:hunter2@x:port", "smtp://x/y"]
)
def test_what_names_no_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(Misuse, match="POLICY_SMTP_URL") as error:
        parse_server(url)
    assert not re.search("hunter2", str(error.value))


def test_a_login_that_cannot_be_written_is_said_without_repeating_it(tmp_path: Path) -> None:
    mine = Certificate(tmp_path)
    stops(
        tmp_path,
        "a login beyond ASCII cannot be written",
        certificate=mine,
        login=("us", "other"),
        trust=mine.trusted(),
        password="sécret",
    )
