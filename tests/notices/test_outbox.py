import csv
import re
import stat
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notices.world import NOW, PUBLISHER, World, account
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Account, State, Variant
from toolkit.notices.limits import LONGEST_LINE
from toolkit.notices.mime import compile_mail
from toolkit.notices.tags import MARK, clean

HEADERS = {
    "To",
    "Date",
    "Message-ID",
    "From",
    "Reply-To",
    "Subject",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
}
VARIANT = Variant(
    language="en", since="1.0.0", subject="A change, för you", text="Hi -pn.name.t-\n", html="<p>-pn.name.h-</p>\n"
)


def parse(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    assert body["Content-Transfer-Encoding"] == "8bit"
    return str(body.get_content())


def sent(tmp_path: Path, *given: Account) -> World:
    world = World(tmp_path, given)
    plan = world.announce()
    world.send(world.ledger.notice(plan.hash))
    return world


def only_mail(world: World) -> EmailMessage:
    (file,) = world.mails()
    return parse(file.read_bytes())


def test_a_mail_carries_the_headers_of_a_notice_and_no_others(tmp_path: Path) -> None:
    mail = only_mail(sent(tmp_path, account(1, name="Ada Lovelace")))
    assert set(mail.keys()) == HEADERS
    assert mail["To"].addresses[0].display_name == "Ada Lovelace"
    assert mail["To"].addresses[0].addr_spec == "user1@example.com"
    assert mail["From"] == PUBLISHER.sender
    assert mail["Reply-To"] == "support@kvm.hk"
    assert mail["Subject"] == "Kvmcloud: change to our Privacy Policy from 31 December 2026"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Content-Language"] == "en"
    assert mail["List-Unsubscribe"] is None
    assert abs((parsedate_to_datetime(str(mail["Date"])) - NOW).total_seconds()) < 5
    assert re.fullmatch(r"<[0-9a-f]{32}@kvm\.hk>", str(mail["Message-ID"]))
    assert mail.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in mail.iter_parts()] == ["text/plain", "text/html"]


def test_both_parts_name_the_account_and_no_tag_remains(tmp_path: Path) -> None:
    mail = only_mail(sent(tmp_path, account(1, name="Söhne & <b>Co</b>, Ltd.")))
    text, html = part(mail, "plain"), part(mail, "html")
    assert "Account: c00001\nName: Söhne & <b>Co</b>, Ltd.\nE-mail: user1@example.com" in text.replace("\r\n", "\n")
    assert "Söhne &amp; &lt;b&gt;Co&lt;/b&gt;, Ltd." in html
    assert MARK not in text + html


def test_lines_are_short_and_end_as_mail_wants_them(tmp_path: Path) -> None:
    (file,) = sent(tmp_path, account(1, name="&" * 500)).mails()
    raw = file.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= LONGEST_LINE


nasty = st.sampled_from(
    [
        "A\r\nBcc: eve@example.com",
        'A" <eve@example.com>, "B',
        "=?utf-8?q?=0D=0ABcc:_eve?=",
        "\\",
        '"',
        "陳大文,",
        "a\0b",
    ]
)


@given(name=nasty | st.text(st.characters(), max_size=80))
def test_no_name_can_inject_a_header_or_a_second_address(name: str) -> None:
    pattern = compile_mail(VARIANT, sender=PUBLISHER.sender, reply_to=PUBLISHER.contact)
    raw = pattern.mail(account(1, name=name), address="user1@example.com", date=NOW, key="0" * 32)
    mail = parse(raw)
    assert set(mail.keys()) == HEADERS
    (to,) = mail["To"].addresses
    assert to.addr_spec == "user1@example.com"
    assert all(len(line) <= LONGEST_LINE for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("name", ["Ada Lovelace", "O'Brien, Ltd.", "陳大文 " * 20, 'The "Best" \\ One', "Søren"])
def test_a_name_arrives_as_it_is(name: str) -> None:
    pattern = compile_mail(VARIANT, sender=PUBLISHER.sender, reply_to=PUBLISHER.contact)
    raw = pattern.mail(account(1, name=name), address="user1@example.com", date=NOW, key="0" * 32)
    # The newer parser of Python 3.11 puts spaces between encoded words; the older reads them as RFC 2047 says.
    to = str(make_header(decode_header(message_from_bytes(raw)["To"])))
    assert parseaddr(to) == (clean(name), "user1@example.com")
    assert parse(raw)["Subject"] == VARIANT.subject


def test_a_subject_cannot_begin_a_header() -> None:
    with pytest.raises(NoticeError, match="head cannot be written"):
        compile_mail(replace(VARIANT, subject="A\r\nBcc: x@y.example"), sender=PUBLISHER.sender, reply_to="")


def test_the_same_plan_makes_the_same_files(tmp_path: Path) -> None:
    worlds = [sent(tmp_path / name, account(1), account(2)) for name in ("a", "b")]
    names = [{file.relative_to(world.folder): file.read_bytes() for file in world.mails()} for world in worlds]
    assert names[0] == names[1]
    assert len(names[0]) == 2


def test_file_names_and_message_ids_say_nothing_of_the_account(tmp_path: Path) -> None:
    (file,) = sent(tmp_path, account("ada", email="ada@example.com")).mails()
    assert re.fullmatch(r"([0-9a-f]{2})/\1[0-9a-f]{30}\.eml", file.relative_to(file.parents[1]).as_posix())
    assert file.stem not in str(parse(file.read_bytes())["Message-ID"])


def test_mails_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    world = sent(tmp_path, account(1))
    (file,) = world.mails()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(world.folder.rglob("*.part"))


def test_the_index_leads_from_the_account_to_its_file_and_holds_no_formula(tmp_path: Path) -> None:
    ids = ["c1", "=1+1", "+1", "-1", "@x", 'a"b,c']
    world = sent(tmp_path, *(account(one, email="same@example.com") for one in ids))
    (index,) = world.folder.rglob("index.csv")
    with index.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["account"] for row in rows] == ["c1", "'=1+1", "'+1", "'-1", "'@x", 'a"b,c']
    assert {index.parent / row["file"] for row in rows} == set(world.mails())


def test_asked_again_the_outbox_knows_what_is_there_and_lists_it_once(tmp_path: Path) -> None:
    world = sent(tmp_path, account(1), account(2))
    notice = world.ledger.notices()[0]
    (index,) = world.folder.rglob("index.csv")
    index.write_text("".join(index.read_text().splitlines(keepends=True)[:2]))  # killed before the second line
    for _ in range(2):
        outcomes = world.outbox.ask(notice, ("c00001", "c00002", "c00003"))
    assert {outcome.account: outcome.state for outcome in outcomes} == {
        "c00001": State.ACCEPTED,
        "c00002": State.ACCEPTED,
        "c00003": State.PENDING,
    }
    assert len(index.read_text().splitlines()) == 3


def test_an_outbox_that_cannot_be_written_is_our_error(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1)])
    plan = world.announce()
    world.outbox.folder.write_text("a file where the folder should be")
    with pytest.raises(NoticeError, match="the outbox cannot be written"):
        world.send(world.ledger.notice(plan.hash))
    assert world.states(plan.hash) == {State.PENDING: 1}


def test_the_date_is_the_injected_one(tmp_path: Path) -> None:
    pattern = compile_mail(VARIANT, sender=PUBLISHER.sender, reply_to=PUBLISHER.contact)
    date = datetime(2020, 2, 29, 12, tzinfo=UTC)
    raw = pattern.mail(account(1), address="user1@example.com", date=date, key="0" * 32)
    assert parse(raw)["Date"].datetime == date


def test_an_outbox_that_never_served_a_plan_is_certain_of_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1)])
    notice = world.announce().notice
    assert world.outbox.ask(notice, ("c00001",)) == ()
    world.outbox.pack(notice, notice.variants[0], ())
    (said,) = world.outbox.ask(notice, ("c00001",))
    assert said.state is State.PENDING
    other = replace(notice, plan=notice.plan[:16] + "0" * 48)
    assert world.outbox.ask(other, ("c00001",)) == ()
