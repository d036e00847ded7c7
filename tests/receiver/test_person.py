"""A person's own page: what changed for them, and what counts of what they do there."""

import re
from datetime import date

import pytest

from tests.ledger.given import account
from tests.receiver.house import OLD_KEY, House, made
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.ledger import Ledger
from toolkit.links import LinkKeys

STRANGER = "stranger" + "s" * 40


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="([^"]+)"', page)
    assert found
    return found[1]


def confirm(house: House, number: int = 0) -> int:
    page = house.get(house.link(number)).data.decode()
    return house.post(house.link(number), form={"action": "confirm", "version": "2.0.0", "digest": digest(page)}).status


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
    page = house.get(house.link()).data.decode()
    form = {"action": "confirm", "version": "2.0.0", "digest": digest(page)}
    assert [house.post(house.link(), form=form).status for _ in range(3)] == [303, 303, 303]
    assert [
        each.accounts for each in house.ledger.evidence.coverage("privacy", "2.0.0") if each.what == "confirmed"
    ] == [1]


@pytest.mark.parametrize(
    "form",
    [
        {"action": "confirm", "version": "1.1.0", "digest": "words-1:aa"},
        {"action": "confirm", "version": "2.0.0", "digest": "words-1:aa"},
        {"action": "confirm"},
    ],
)
def test_of_another_version_than_the_page_shows_now_nothing_is_recorded(house: House, form: dict[str, str]) -> None:
    answer = house.post(house.link(), form=form)
    assert answer.status == 409
    assert "Nothing was recorded" in answer.data.decode()
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
    assert "You have not answered yet" in asking.get(asking.link()).data.decode()

    def answer(said: str) -> str:
        form = {"action": "consent", "about": "3.0.0", "purpose": "", "answer": said}
        assert asking.post(asking.link(), form=form).status == 303
        return asking.get(asking.link()).data.decode()

    assert "You consented on 23 November 2026" in answer("given")
    assert "You withdrew your consent on 23 November 2026" in answer("withdrawn")
    (said,) = asking.ledger.responses.consents("privacy", "client-1")
    assert (said.kind, said.version, said.source, said.ref) == ("withdrawn", "3.0.0", "link", asking.refs[0])
    assert said.words.startswith("I consent to version 3.0.0 of the Privacy Policy.")


def test_a_consent_is_refused_without_any_disadvantage_shown(asking: House) -> None:
    form = {"action": "consent", "about": "3.0.0", "purpose": "", "answer": "refused"}
    asking.post(asking.link(), form=form)
    page = asking.get(asking.link()).data.decode()
    assert "You did not consent, on 23 November 2026" in page
    assert "I consent</button>" in page


def test_to_confirm_is_not_to_consent(asking: House) -> None:
    page = asking.get(asking.link()).data.decode()
    asking.post(asking.link(), form={"action": "confirm", "version": "3.0.0", "digest": digest(page)})
    assert seen(asking) == ("3.0.0", ReceiptKind.CONFIRMED)
    assert asking.ledger.responses.consents("privacy", "client-1") == ()


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
