import re
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
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
from toolkit.ledger.entries import Account, Variant
from toolkit.ledger.states import State
from toolkit.notices.limits import LONGEST_LINE
from toolkit.notices.mime import compile_mail, rebuild
from toolkit.notices.tags import MARK, clean, personalize

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
    world.send(world.ledger.notices.find(plan.hash))
    return world


def only_mail(world: World) -> EmailMessage:
    (file,) = world.mails()
    return parse(file.read_bytes())


def test_a_file_that_a_mail_program_took_away_is_not_written_again(tmp_path: Path) -> None:
    world = World(tmp_path, [account(at) for at in (1, 2)])
    notice = world.announce().notice
    world.send(notice)
    refs = tuple(world.ref(f"c{at:05d}") for at in (1, 2))
    world.outbox.file(notice.plan, refs[0]).unlink()
    assert [(each.ref, each.state) for each in world.outbox.ask(notice.plan, refs)] == [(refs[1], State.ACCEPTED)]
    assert [each.state for each in world.outbox.ask(notice.plan, ("never written",))] == [State.PENDING]


def test_a_file_that_was_not_moved_into_its_place_yet_is_written_again(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1)])
    notice = world.announce().notice
    world.send(notice)
    (mail,) = world.mails()
    mail.rename(f"{mail}.part")  # as a sender leaves it that was killed just before
    assert [each.state for each in world.outbox.ask(notice.plan, (world.ref("c00001"),))] == [State.PENDING]


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
    raw = pattern.write(personalize(account(1, name=name), "user1@example.com"), date=NOW, ref="0" * 32)
    mail = parse(raw)
    assert set(mail.keys()) == HEADERS
    (to,) = mail["To"].addresses
    assert to.addr_spec == "user1@example.com"
    assert all(len(line) <= LONGEST_LINE for line in raw.split(b"\r\n"))


@pytest.mark.parametrize("name", ["Ada Lovelace", "O'Brien, Ltd.", "陳大文 " * 20, 'The "Best" \\ One', "Søren"])
def test_a_name_arrives_as_it_is(name: str) -> None:
    pattern = compile_mail(VARIANT, sender=PUBLISHER.sender, reply_to=PUBLISHER.contact)
    raw = pattern.write(personalize(account(1, name=name), "user1@example.com"), date=NOW, ref="0" * 32)
    # The newer parser of Python 3.11 puts spaces between encoded words; the older reads them as RFC 2047 says.
    to = str(make_header(decode_header(message_from_bytes(raw)["To"])))
    assert parseaddr(to) == (clean(name), "user1@example.com")
    assert parse(raw)["Subject"] == VARIANT.subject


def test_a_subject_cannot_begin_a_header() -> None:
    with pytest.raises(NoticeError, match="head cannot be written"):
        compile_mail(replace(VARIANT, subject="A\r\nBcc: x@y.example"), sender=PUBLISHER.sender, reply_to="")


def test_file_names_and_message_ids_are_the_deliverys_reference(tmp_path: Path) -> None:
    world = sent(tmp_path, account("ada", email="ada@example.com"))
    (file,) = world.mails()
    ref = world.ledger.accounts.standing("privacy", "ada").ref
    assert file == world.outbox.file(world.ledger.notices.newest_first()[0].plan, ref)
    assert file.stem == ref
    assert str(parse(file.read_bytes())["Message-ID"]) == f"<{ref}@kvm.hk>"


def test_two_ledgers_give_one_plan_to_the_same_accounts_other_names(tmp_path: Path) -> None:
    worlds = [sent(tmp_path / name, account(1), account(2)) for name in ("a", "b")]
    names = [{file.name for file in world.mails()} for world in worlds]
    assert len(names[0]) == len(names[1]) == 2
    assert not names[0] & names[1]


def test_one_of_200_mails_is_rebuilt_to_the_byte_from_the_record_alone(tmp_path: Path) -> None:
    """What stands of the other 199 is not read: their values and salts are gone by then."""
    people = [account(at, name=f"Sæmi <{at}> & Co", email=f"user{at}@bücher.example") for at in range(1, 201)]
    world = sent(tmp_path, *people)
    ref = world.ledger.accounts.standing("privacy", "c00100").ref
    written = world.outbox.file(world.ledger.notices.newest_first()[0].plan, ref).read_bytes()
    for other in people:
        if other.id != "c00100":
            world.ledger.accounts.erase(other.id)
    world.ledger.accounts.record([account(100, name="Renamed since", email="moved@example.com")])

    (kept,) = world.ledger.evidence.handed_over(ref)

    assert rebuild(kept) == written
    assert b"xn--bcher-kva.example" in written
    with pytest.raises(NoticeError, match="not the one that was handed over"):
        rebuild(replace(kept, dated_at=kept.dated_at + timedelta(seconds=1)))


def test_a_mail_to_an_erased_account_cannot_be_shown(tmp_path: Path) -> None:
    world = sent(tmp_path, account(1))
    ref = world.ledger.accounts.standing("privacy", "c00001").ref
    world.ledger.accounts.erase("c00001")
    (kept,) = world.ledger.evidence.handed_over(ref)
    with pytest.raises(NoticeError, match="erased with its account"):
        rebuild(kept)


def test_mails_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    world = sent(tmp_path, account(1))
    (file,) = world.mails()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(world.folder.rglob("*.part"))


def test_asked_again_the_outbox_knows_what_is_there(tmp_path: Path) -> None:
    world = sent(tmp_path, account(1))
    plan = world.ledger.notices.newest_first()[0].plan
    ref = world.ledger.accounts.standing("privacy", "c00001").ref
    outcomes = world.outbox.ask(plan, (ref, "0" * 32))
    assert {outcome.ref: outcome.state for outcome in outcomes} == {ref: State.ACCEPTED, "0" * 32: State.PENDING}


def test_an_outbox_that_cannot_be_written_is_our_error(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1)])
    plan = world.announce()
    world.outbox.folder.write_text("a file where the folder should be")
    with pytest.raises(NoticeError, match="the outbox cannot be written"):
        world.send(world.ledger.notices.find(plan.hash))
    assert world.states(plan.hash) == {State.PENDING: 1}


def test_the_date_is_the_injected_one(tmp_path: Path) -> None:
    pattern = compile_mail(VARIANT, sender=PUBLISHER.sender, reply_to=PUBLISHER.contact)
    date = datetime(2020, 2, 29, 12, tzinfo=UTC)
    raw = pattern.write(personalize(account(1), "user1@example.com"), date=date, ref="0" * 32)
    assert parse(raw)["Date"].datetime == date


def test_an_outbox_that_never_served_a_plan_is_certain_of_nothing(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1)])
    plan = world.announce()
    assert world.outbox.ask(plan.hash, ("0" * 32,)) == ()
    world.outbox.pack(plan.notice, plan.variants[0], (), dated_at=NOW)
    (said,) = world.outbox.ask(plan.hash, ("0" * 32,))
    assert said.state is State.PENDING
    assert world.outbox.ask(plan.hash[:16] + "0" * 48, ("0" * 32,)) == ()
