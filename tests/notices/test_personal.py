"""A person's own page, and the link that leads to it: what it may hold, asks, and shows first."""

from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

import pytest
from markupsafe import Markup

from tests.notices.test_compose import ANNOUNCED_ON, write
from tests.notices.world import PUBLISHER, account, consent_version, templates, three_versions
from tests.vocabulary import ENGLISH, ENGLISH_RULES
from toolkit.errors import NoticeError
from toolkit.ledger.acts import Consent, ConsentKind
from toolkit.notices.personal import (
    Asked,
    Personal,
    find_asked,
    order_steps,
    refuse_without_page,
    style_source,
    write_page,
    write_trouble,
)
from toolkit.notices.plan import Writer
from toolkit.notices.tags import find_values, personalize
from toolkit.notices.templates import HTML, LINK, PAGE, Templates
from toolkit.policy.classes import Number
from toolkit.policy.version import History

LINKED = replace(PUBLISHER, personal=True)
TODAY = date(2026, 12, 2)
NEWS = "You may send me news by e-mail."


def asked(history: History, *said: Consent, purposes: dict[str, str] | None = None) -> tuple[Asked, ...]:
    wording = replace(ENGLISH, purposes=MappingProxyType(purposes or {}))
    return find_asked(history, wording, said=said, on=TODAY, date_of=datetime.date)


def consent(kind: ConsentKind = ConsentKind.GIVEN, **other: str) -> Consent:
    given = {"account": "c1", "policy": "privacy", "version": "2.0.0", "words": "Yes.", **other}
    return Consent(kind=kind, happened_at=datetime.fromisoformat("2026-12-01T09:00:00+00:00"), **given)


def page(**other: object) -> Personal:
    given: dict[str, object] = {
        **dict.fromkeys(("service", "contact", "title", "version", "digest", "since"), "x"),
        **dict.fromkeys(("effective", "seen", "seen_on", "seen_withdrawn", "how", "until"), ""),
        **dict.fromkeys(("steps", "coming", "withdrawn", "asked", "objected_on"), ()),
        **dict.fromkeys(("first", "up_to_date", "closed", "answerable"), False),
        "language": "en",
        "redline": Markup(),
        "legend": Markup(),
        "policy_link": "https://kvm.hk/privacy/2.0.0/",
        "history_link": "https://kvm.hk/privacy/history/",
        **other,
    }
    return Personal(**given)  # type: ignore[arg-type]


def test_a_mail_holds_the_link_of_its_own_account_beside_the_plain_ones_in_both_parts() -> None:
    variant = write(publisher=LINKED)
    values = find_values(personalize(account(), "user1@example.com", link="https://kvm.hk/notice/n/token"))
    for body in (variant.text, variant.html):
        for tag, value in values.items():
            body = body.replace(tag, value)  # noqa: PLW2901 - filled in as a transport does
        assert "https://kvm.hk/notice/n/token" in body
        assert "This link is personal." in body
        assert "https://kvm.hk/privacy/2.0.0/" in body


def test_where_there_are_no_pages_a_mail_does_not_speak_of_one() -> None:
    variant = write()
    assert "-pn.link." not in variant.text + variant.html
    assert "personal" not in variant.text + variant.html


@pytest.mark.parametrize("href", ["-pn.link.t-", "https://evil.example/?-pn.link.h-", "-pn.link.h-#x", "-pn.name.h-"])
def test_no_other_address_may_hold_an_accounts_values(href: str) -> None:
    (english,) = templates()
    source = english.sources[HTML].replace('href="{{ link }}"', f'href="{href}"')
    assert source != english.sources[HTML]
    changed = replace(english, sources=MappingProxyType({**english.sources, HTML: source}))
    with pytest.raises(NoticeError, match="'href' in <a>"):
        write(publisher=LINKED, with_templates=changed)


def test_a_version_is_asked_about_only_where_it_asks_on_the_page() -> None:
    (found,) = asked(three_versions(consent_version("portal")))
    assert (found.version, found.purpose, found.said, found.given) == ("2.0.0", "", "", False)
    assert found.words.startswith("I consent to version 2.0.0 of the Privacy Policy.")
    assert asked(three_versions(consent_version("reply"))) == ()
    assert asked(three_versions(consent_version("none"))) == ()
    assert asked(three_versions()) == ()


def test_the_newest_answer_stands_with_its_day() -> None:
    history = three_versions(consent_version("portal"))
    words = asked(history)[0].words
    (found,) = asked(history, consent(ConsentKind.WITHDRAWN, words=words))
    assert (found.said, found.said_on, found.given) == ("withdrawn", "1 December 2026", False)
    assert asked(history, consent(words=words))[0].given


def test_a_purpose_is_asked_about_by_its_own_words_whatever_the_version() -> None:
    (found,) = asked(three_versions(), consent(purpose="news", version="1.0.0", words=NEWS), purposes={"news": NEWS})
    assert (found.version, found.purpose, found.words, found.given) == ("", "news", NEWS, True)


def test_what_customers_must_be_told_of_comes_first() -> None:
    history = three_versions()
    writer = Writer(
        publisher=PUBLISHER,
        templates={"en": templates()[0]},
        rules=ENGLISH_RULES,
        history=history,
        version=history.versions[-1],
        on=ANNOUNCED_ON,
    )
    differences = writer.differences(history.version(Number.parse("1.0.0")))
    steps = order_steps(PUBLISHER, ENGLISH, differences, on=TODAY)
    assert [(step.version, step.tells) for step in steps] == [("2.0.0", True), ("1.0.1", False)]


def test_whatever_a_value_holds_the_page_shows_it_as_text() -> None:
    odd = "<script>alert(1)</script>"
    shown = write_page(templates()[0], page(title=odd, contact=odd, asked=(Asked(version="", purpose="x", words=odd),)))
    assert "<script" not in shown


def test_a_page_allows_just_its_own_style() -> None:
    assert style_source(templates()[0]).startswith("'sha256-")


@pytest.mark.parametrize("kind", ["forged", "expired", "gone", "changed", "asked"])
def test_every_trouble_says_that_nothing_was_recorded_and_whom_to_write_to(kind: str) -> None:
    shown = write_trouble(templates()[0], kind, PUBLISHER)
    assert "Nothing was recorded" in shown
    assert PUBLISHER.contact in shown


@pytest.mark.parametrize("name", [PAGE, LINK])
def test_a_language_without_a_page_is_named(name: str) -> None:
    (english,) = templates()
    sources = {key: source for key, source in english.sources.items() if key != name}
    lacking = Templates(language="en", folder="notices/en", sources=MappingProxyType(sources), wording=english.wording)
    with pytest.raises(NoticeError, match=f"'{name}' is missing"):
        refuse_without_page(lacking)


def test_an_answer_to_words_with_an_address_in_them_is_known_again() -> None:
    """The record keeps no address, not even our own."""
    words = "You may write to me; I can stop it at privacy@example.hk."
    said = consent(purpose="news", words="You may write to me; I can stop it at <address>")
    (found,) = asked(three_versions(), said, purposes={"news": words})
    assert (found.words, found.given) == (words, True)
