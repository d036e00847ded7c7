"""A person's own page: what changed for them, and what counts of what they do there."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from tests.ledger.given import account, consent, receipt
from tests.receiver.house import OLD_KEY, SECOND, THIRD, House, made
from tests.repositories import Repo
from toolkit.ledger.acts import Acts
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.ledger import Ledger
from toolkit.links import LinkKeys

STRANGER = "stranger" + "s" * 40


def fields(page: str, *names: str) -> dict[str, str]:
    """Return what the page's own forms say."""
    said = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    return {name: said[name] for name in names}


def confirmed(house: House, number: int = 0) -> dict[str, str]:
    page = house.get(house.link(number)).data.decode()
    return {"action": "confirm", **fields(page, "version", "digest", "effective")}


def confirm(house: House, number: int = 0) -> int:
    return house.post(house.link(number), form=confirmed(house, number)).status


def answer(house: House, said: str, **other: str) -> int:
    """Press a button of the first consent on the page."""
    page = house.get(house.link()).data.decode()
    form = {"action": "consent", **fields(page, "about", "purpose", "words"), "answer": said, **other}
    return house.post(house.link(), form=form).status


def seen(house: House, number: int = 1) -> tuple[str, ReceiptKind | None]:
    standing = house.ledger.accounts.standing("privacy", f"client-{number}")
    return standing.seen, standing.evidence


def test_it_shows_what_changed_since_the_person_saw_it_last_the_important_first(house: House) -> None:
    page = house.get(house.link()).data.decode()
    assert page.index("Version 2.0.0") < page.index("Version 1.1.0")
    assert "We keep your data for 5 years (before: 3 years)." in page
    assert "It applies from <strong>31 December 2026</strong>" in page
    assert "no record that you saw a version" in page


def test_to_open_it_records_nothing(house: House) -> None:
    for method in ("GET", "HEAD"):
        assert house.ask(method, house.link()).status == 200
    assert next(iter(house.ledger.accounts.standings("privacy"))).seen == ""
    assert house.ledger.evidence.coverage("privacy", "2.0.0")[-1].what == "told"


def test_a_button_that_is_pressed_is_having_seen_it_with_the_words_the_language_and_the_link(house: House) -> None:
    assert confirm(house) == 303
    assert seen(house) == ("2.0.0", ReceiptKind.CONFIRMED)
    page = house.get(house.link()).data.decode()
    assert "Recorded." in page
    assert "You are up to date" in page
    with house.ledger._database.reading() as connection:
        row = connection.exec_driver_sql("SELECT shown, language, ref, source FROM receipts").one()
    assert row == (house.rounds.office.policies.now.history("privacy").versions[-1].digest, "en", house.refs[0], "link")  # type: ignore[union-attr]
    house.ledger.evidence.seal()
    assert house.ledger.evidence.verify() == ()


def test_pressed_again_it_counts_once(house: House) -> None:
    form = confirmed(house)
    assert [house.post(house.link(), form=form).status for _ in range(3)] == [303, 303, 303]
    assert [
        each.accounts for each in house.ledger.evidence.coverage("privacy", "2.0.0") if each.what == "confirmed"
    ] == [1]


@pytest.mark.parametrize(
    "form",
    [
        {"version": "1.1.0"},
        {"digest": "words-1:aa"},
        {"effective": "2026-12-30"},
        {"digest": ""},
    ],
)
def test_of_another_version_than_the_page_shows_now_nothing_is_recorded(house: House, form: dict[str, str]) -> None:
    said = house.post(house.link(), form={**confirmed(house), **form})
    assert said.status == 409
    assert "Nothing was recorded" in said.data.decode()
    assert seen(house) == ("", None)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/n/abc", 404, "This link does not work"),
        ("/n/" + "x" * 5_000, 404, "This link does not work"),
        ("/n/%00%ff", 404, "This link does not work"),
        ("stranger", 404, "This link does not work"),
        ("changed", 404, "This link does not work"),
        ("expired", 410, "This link has expired"),
        ("of another ledger", 410, "leads nowhere any more"),
    ],
)
def test_a_link_that_is_none_is_told_so_kindly_and_records_nothing(
    house: House, path: str, status: int, says: str
) -> None:
    made_up = {
        "stranger": house.link(key=STRANGER),
        "changed": house.link(0).replace(house.refs[0], house.refs[1]),
        "expired": house.link(expires_on=date(2026, 11, 22)),
        "of another ledger": f"/n/{LinkKeys(keys=(OLD_KEY,)).sign('f' * 32, expires_on=date(2027, 1, 1))}",
    }.get(path, path)
    for answer in (house.get(made_up), house.post(made_up, form={"action": "object", "text": "no"})):
        assert (answer.status, says in answer.data.decode()) == (status, True)
        assert "support@kvm.hk" in answer.data.decode()
    assert house.ledger.responses.unforwarded() == ()


def test_a_link_of_an_older_key_works_and_so_does_its_last_day(house: House) -> None:
    assert house.get(house.link(key=OLD_KEY)).status == 200
    assert house.get(house.link(expires_on=date(2026, 11, 23))).status == 200


def test_the_link_of_an_erased_account_leads_nowhere(house: House) -> None:
    house.ledger.accounts.erase("client-1")
    assert house.get(house.link()).status == 410


def test_an_objection_is_recorded_and_reaches_the_contact_with_the_persons_address_to_answer_to(house: House) -> None:
    text = "<b>No.</b>\n-pn.name.h- \x07\u202e I object.\n" + "long " * 300
    assert house.post(house.link(), form={"action": "object", "text": text}).status == 303
    assert "We have your message of 23 November 2026" in house.get(house.link()).data.decode()
    house.forward()
    assert house.ledger.responses.unforwarded() == ()
    (written,) = (house.folder / "build" / "outbox").rglob("*.eml")
    mail = written.read_text(encoding="utf-8")
    assert "To: support@kvm.hk" in mail
    assert "Reply-To: person1@example.com" in mail
    assert "Account: client-1" in mail
    assert "<b>No.</b>" in mail.split("text/html")[0]
    assert "&lt;b&gt;No.&lt;/b&gt;" in mail.split("text/html")[1]
    house.ledger.evidence.seal()
    assert house.ledger.evidence.verify() == ()


def test_nobody_can_fill_the_contacts_mailbox_through_a_link(house: House) -> None:
    answers = [house.post(house.link(), form={"action": "object", "text": f"No {at}."}) for at in range(6)]
    assert [each.status for each in answers] == [303] * 5 + [429]
    assert "several messages from you today" in answers[-1].data.decode()
    assert len(house.ledger.responses.unforwarded()) == 5


def test_what_a_person_wrote_is_never_shown_on_a_page(house: House) -> None:
    house.post(house.link(), form={"action": "object", "text": "<script>alert(1)</script>"})
    assert "<script" not in house.get(house.link()).data.decode()


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"action": "delete"},
        {"action": "object"},
        {"action": "object", "text": "  "},
        {"action": "consent", "about": "2.0.0", "purpose": "", "answer": "given"},
        {"action": "consent", "about": "", "purpose": "news", "answer": "given"},
        {f"field{number}": "x" for number in range(30)},
    ],
)
def test_a_form_that_is_none_of_the_page_records_nothing(house: House, form: dict[str, str]) -> None:
    assert house.post(house.link(), form=form).status == 400
    assert house.ledger.responses.unforwarded() == ()
    assert seen(house) == ("", None)


def test_a_visit_is_recorded_only_where_the_settings_say_so_and_proves_nothing(
    ledger: Ledger, tmp_path: object
) -> None:
    house = made(tmp_path / "project", ledger)  # type: ignore[operator]
    house.tell(1)
    with house.serving(visits=True):
        house.ask("HEAD", house.link())
        assert "visited" not in {each.what for each in ledger.evidence.coverage("privacy", "2.0.0")}
        house.get(house.link())
        house.get(house.link())
    assert {each.what: each.accounts for each in ledger.evidence.coverage("privacy", "2.0.0")}["visited"] == 1
    assert seen(house) == ("", None)


def test_who_saw_the_version_between_is_shown_only_what_came_after(house: House) -> None:
    page = house.get(house.link()).data.decode()
    house.ledger.accounts.record([account(1, created=date(2026, 11, 5))])
    later = house.get(house.link()).data.decode()
    assert "Version 1.1.0" in page
    assert "<h2>Version 1.1.0" not in later


def test_consent_is_given_and_withdrawn_on_one_page_as_easily_with_the_words_that_were_shown(asking: House) -> None:
    def page() -> str:
        return asking.get(asking.link()).data.decode()

    assert "You have not answered yet" in page()
    assert answer(asking, "given") == 303
    assert "You consented on 23 November 2026" in page()
    assert answer(asking, "withdrawn") == 303
    assert "You withdrew your consent on 23 November 2026" in page()
    (said,) = asking.ledger.responses.consents("privacy", "client-1")
    assert (said.kind, said.version, said.source, said.ref) == ("withdrawn", "3.0.0", "link", asking.refs[0])
    assert said.words.startswith("I consent to version 3.0.0 of the Privacy Policy.")


def test_a_consent_is_refused_without_any_disadvantage_shown(asking: House) -> None:
    assert answer(asking, "refused") == 303
    page = asking.get(asking.link()).data.decode()
    assert "You did not consent, on 23 November 2026" in page
    assert "I consent</button>" in page


def test_an_answer_to_other_words_than_are_asked_now_is_not_recorded(asking: House) -> None:
    assert answer(asking, "given", words="0" * 32) == 409
    assert asking.ledger.responses.consents("privacy", "client-1") == ()


def test_what_was_given_to_words_that_nobody_asks_any_more_can_still_be_withdrawn(asking: House) -> None:
    given = (consent(1, words="Older words."), consent(1, purpose="gone", words="You may call me."))
    asking.ledger.responses.record(Acts(consents=given))
    page = asking.get(asking.link()).data.decode()
    assert page.count("Withdraw my consent") == 2
    assert "Older words." in page
    assert "You have not answered yet" in page  # the words of today were never answered
    withdrawn = {"action": "consent", "about": "", "purpose": "gone", "answer": "withdrawn"}
    words = hashlib.sha256(b"You may call me.").hexdigest()[:32]
    assert asking.post(asking.link(), form={**withdrawn, "answer": "given", "words": words}).status == 400
    assert asking.post(asking.link(), form={**withdrawn, "words": words}).status == 303
    assert "You may call me." not in asking.get(asking.link()).data.decode()


def test_who_closed_the_account_is_asked_for_nothing_and_can_withdraw(asking: House) -> None:
    asking.ledger.responses.record(Acts(consents=(consent(1, words="Older words."),)))
    asking.ledger.accounts.record([account(1, closed=date(2026, 11, 1))])
    page = asking.get(asking.link()).data.decode()
    assert "I consent</button>" not in page
    assert "close your account" not in page
    assert page.count("Withdraw my consent") == 1


def test_to_confirm_is_not_to_consent_and_what_is_to_come_stays_on_the_page(asking: House) -> None:
    assert confirm(asking) == 303
    assert seen(asking) == ("3.0.0", ReceiptKind.CONFIRMED)
    assert asking.ledger.responses.consents("privacy", "client-1") == ()
    page = asking.get(asking.link()).data.decode()
    assert "You are up to date" in page
    assert "It applies from <strong>31 December 2026</strong>" in page
    assert "except what version 3.0.0 changes, unless you consent to that" in page


def test_doing_nothing_is_said_to_change_nothing_where_only_consent_would(asking: House) -> None:
    asking.ledger.accounts.record([account(1, created=date(2026, 11, 22))])
    asking.ledger.responses.record(Acts(receipts=(receipt(1),)))
    page = asking.get(asking.link()).data.decode()
    assert "You can consent to version 3.0.0 below. Doing nothing is no consent." in page


def test_how_the_newest_version_was_seen_is_named_for_what_it_was(house: House) -> None:
    house.ledger.responses.record(Acts(receipts=(receipt(1, ReceiptKind.SIGNED_UP),)))
    assert "you signed up under version 2.0.0" in house.get(house.link()).data.decode()
    house.ledger.responses.record(Acts(receipts=(receipt(2, ReceiptKind.ACKNOWLEDGED),)))
    assert "you acknowledged version 2.0.0 in our product" in house.get(house.link(1)).data.decode()


def test_who_saw_a_version_that_was_withdrawn_is_told_so_and_compared_with_what_binds(
    ledger: Ledger, tmp_path: Path
) -> None:
    found = made(tmp_path / "project", ledger)
    Repo(found.folder).commit(SECOND, at="2026-11-22T10:00:00+08:00", message="Withdraw 2.0.0")
    later = THIRD.replace("version: 2.0.0", "version: 3.0.0").replace("published: 2026-11-20", "published: 2026-11-23")
    Repo(found.folder).commit(later, at="2026-11-23T10:00:00+08:00")
    found.tell(1)
    ledger.responses.record(Acts(receipts=(receipt(1),)))
    with found.serving():
        page = found.get(found.link()).data.decode()
        standing = found.get("/v1/standing?account=client-1", key=found.key()).json()
    assert "You saw version 2.0.0 on 23 November 2026. It was withdrawn on 22 November 2026" in page
    assert "we compare with version 1.1.0" in page
    assert "We keep your data for 5 years (before: 3 years)." in page
    assert (standing["up_to_date"], standing["show"]["since"]) == (False, "1.1.0")


def test_an_account_older_than_the_history_is_not_told_that_the_first_version_applied_then(house: House) -> None:
    page = house.get(house.link()).data.decode()
    assert "the first one we have on record" in page
    house.ledger.accounts.record([account(1, created=date(2026, 10, 15))])
    assert "which applied when your account began" in house.get(house.link()).data.decode()


def test_ten_thousand_signs_of_any_script_are_taken_whole_and_more_are_refused_in_words_for_people(
    house: House,
) -> None:
    whole = "我" * 4_000 + "\r\n" * 2_000 + "x" * 4_000
    assert house.post(house.link(), form={"action": "object", "text": whole}).status == 303
    assert house.ledger.responses.unforwarded()[0].objection.text == whole.replace("\r\n", "\n")
    for longer in ("x" * 10_001, "我" * 30_000):
        said = house.post(house.link(), form={"action": "object", "text": longer})
        assert said.status == 413
        assert "Your message is too long" in said.data.decode()
    assert len(house.ledger.responses.unforwarded()) == 1


def test_an_objection_is_to_the_version_that_the_page_showed(asking: House) -> None:
    asking.post(asking.link(), form={"action": "object", "text": "No.", "version": "2.0.0"})
    asking.post(asking.link(), form={"action": "object", "text": "No.", "version": "9.9.9"})
    assert [each.objection.version for each in asking.ledger.responses.unforwarded()] == ["2.0.0", "3.0.0"]


def test_the_page_says_until_when_its_link_works(house: House) -> None:
    assert "It works until 23 November 2027." in house.get(house.link()).data.decode()


def test_the_page_loads_nothing_is_not_framed_not_kept_and_not_indexed(house: House) -> None:
    answer = house.get(house.link())
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert not re.findall(r"<script|<img|<link|src=|@import|url\(", answer.data.decode())


def test_without_keys_links_answer_503(ledger: Ledger, tmp_path: object) -> None:
    house = made(tmp_path / "project", ledger)  # type: ignore[operator]
    house.tell(1)
    house.environment["POLICY_LINK_KEYS"] = ""
    with house.serving():
        assert house.get(house.link()).status == 503
