import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from tests.notices.world import (
    BODY,
    MATERIAL,
    PUBLISHER,
    SUMMARY,
    account,
    history_of,
    material_version,
    templates,
    three_versions,
)
from tests.repositories import policy_text
from tests.vocabulary import ENGLISH, ENGLISH_RULES
from toolkit.changes.materiality import judge
from toolkit.changes.redline import compare
from toolkit.config import shipped
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Variant
from toolkit.notices.excerpts import MOST, choose_changes, excerpt
from toolkit.notices.facts import Publisher
from toolkit.notices.limits import LARGEST_HTML, LONGEST_LINE
from toolkit.notices.plan import Writer
from toolkit.notices.tags import MARK, TAG, find_values, personalize
from toolkit.notices.templates import Templates
from toolkit.policy.classes import Number
from toolkit.policy.document import Document, parse_document
from toolkit.policy.version import History

ANNOUNCED_ON = date(2026, 12, 1)


def write(
    history: History | None = None,
    *,
    since: str = "1.0.0",
    publisher: Publisher = PUBLISHER,
    with_templates: Templates | None = None,
    on: date = ANNOUNCED_ON,
    number: str = "2.0.0",
) -> Variant:
    history = history or three_versions()
    version = history.version(Number.parse(number))
    used = with_templates or templates()[0]
    writer = Writer(
        publisher=publisher,
        templates={used.language: used},
        rules=ENGLISH_RULES,
        history=history,
        version=version,
        on=on,
    )
    return writer.write(used.language, since)


def parse(text: str) -> Document:
    return parse_document(text, name="policy.md")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put an account's values in the place of the tags."""
    return TAG.sub(lambda match: values[match.group()], text)


def edited(name: str, source: str) -> Templates:
    """Return the English templates with one file of them changed."""
    english = templates()[0]
    return replace(english, sources={**english.sources, name: source})


class Reader(HTMLParser):
    """What a reader sees of a mail, and what its markup names."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.attributes = "", [""], [("", "")]
        self._hidden = False
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self._hidden = tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the library's shape
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._hidden else data


FACTS = (
    "Kvmcloud",
    "otice of a policy change",
    "We are changing our Privacy Policy",
    "2.0.0",
    "applies from 31 December 2026",
    "We now keep account data for 5 years after you close your account (before: 3 years).",
    "We now share billing data with advertising partners too.",
    "Compared with version 1.0.1",
    "plus 3 years after termination",
    "plus 5 years after termination",
    "who receives your information",
    "how long we keep your information",
    "Please read what changes and what you can do",
    "If you do nothing, the new version applies to you",
    "the information we already hold about you",
    "before 31 December 2026",
    "https://kvm.hk/privacy/2.0.0/",
    "https://kvm.hk/privacy/2.0.0/changes/",
    "https://kvm.hk/privacy/history/",
    "support@kvm.hk",
    "Account: -pn.account.",
    "Name: -pn.name.",
    "E-mail: -pn.email.",
    "It is not advertising",
)


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_the_law_asks_for_stands_in_both_parts(fact: str) -> None:
    mail = write()
    assert fact in " ".join(mail.text.split())
    assert fact in Reader(mail.html).text


def test_the_subject_says_that_a_policy_changes_and_when() -> None:
    assert write().subject == "Kvmcloud: change to our Privacy Policy from 31 December 2026"


def test_the_mail_fetches_nothing_from_outside() -> None:
    reader = Reader(write().html)
    assert not {"img", "link", "script", "iframe", "form", "object", "svg"} & set(reader.tags)
    assert not [name for name, _ in reader.attributes if name in {"src", "srcset", "background"}]
    assert "url(" not in write().html
    links = {value for name, value in reader.attributes if name == "href"}
    assert all(link.startswith(("https://kvm.hk/privacy/", "mailto:support@kvm.hk")) for link in links)


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('<img src="https://x.example/p.gif">', "<img>"),
        ("<script>1</script>", "<script>"),
        ("<p style=\"background: u\\72l('https://x.example')\">", "'style' in <p>"),
        ("<!--[if mso]><img src='https://x.example/p.gif'><![endif]-->", "a comment"),
        ('<meta http-equiv="refresh" content="0;url=https://x.example">', "'http-equiv' in <meta>"),
        ('<a href="javascript:alert(1)">x</a>', "'href' in <a>"),
        ('<a href="https://x.example/?m={{ email }}">x</a>', "'href' in <a>"),
        ('<button formaction="https://x.example">x</button>', "<button>"),
        ('<link rel="stylesheet" href="https://x.example/a.css">', "<link>"),
        ("<p style=\"background: URL('https://x.example/p.gif')\">", "'style' in <p>"),
        ("<style>@import 'https://x.example/a.css';</style>", "a style that fetches something"),
        ('<table background="https://x.example/p.gif"></table>', "'background' in <table>"),
        ('<p onclick="x()">', "'onclick' in <p>"),
    ],
)
def test_a_template_that_would_fetch_something_is_refused(planted: str, found: str) -> None:
    with pytest.raises(NoticeError, match=r"en/notice\.html: the mail holds " + re.escape(found)):
        write(with_templates=edited("notice.html", f"<html><body>{planted}</body></html>"))


def test_the_changes_are_those_since_the_version_the_reader_knows() -> None:
    middle = policy_text(
        BODY.replace("12 months", "6 months"),
        number="1.1.0",
        published="2026-11-25",
        declared="minor",
        summary="- We keep usage logs for 6 months.",
    )
    history = history_of(
        (policy_text(BODY), "2026-11-23"),
        (middle, "2026-11-25"),
        (material_version(MATERIAL.replace("twelve months", "6 months")), "2026-12-01"),
    )
    old, new = write(history, since="1.0.0").text, write(history, since="1.1.0").text
    assert "usage logs for 6 months" in old
    assert "for 12 months" in old
    assert "6 months" not in new
    assert old.index("With version 1.1.0, since 25 November 2026:") < old.index(
        "With version 2.0.0, from 31 December 2026:"
    )


def test_old_and_new_words_are_marked_by_elements_and_by_words() -> None:
    html = write().html
    assert re.search(r"<del [^>]*>3</del>", html)
    assert re.search(r"<ins [^>]*>5</ins>", html)
    assert "Old:" in html
    assert "New:" in html


def test_a_new_clause_and_a_removed_one_say_so() -> None:
    body = MATERIAL.replace("## 2. Payments\n\nWe share", "## 2. Health\n\nWe collect biometric data.\n\nWe share")
    assert "Old: (this was not in the policy)" in write(three_versions(material_version(body))).text
    body = MATERIAL.replace("- **Usage Logs**: for twelve months\n", "")
    assert "New: (this is no longer in the policy)" in write(three_versions(material_version(body))).text


def test_many_and_long_changes_are_capped_and_counted() -> None:
    clauses = [f"We share your data number {at} with partner {at}, {'and so on ' * 200}end.\n" for at in range(40)]
    mail = write(three_versions(material_version("\n".join(clauses))))
    assert mail.text.count("- Old: ") == MOST
    assert re.search(r"\d+ more passages change too", mail.text)
    assert len(mail.html.encode()) < LARGEST_HTML / 2


def test_html_in_the_policy_or_the_summary_is_text() -> None:
    summary = "- Now <b>bold</b> & <img src=x>."
    body = MATERIAL.replace("payment processors", "payment processors `<img src=x>`")
    mail = write(three_versions(material_version(body, summary=summary)))
    assert "img" not in Reader(mail.html).tags
    assert "Now &lt;b&gt;bold&lt;/b&gt; &amp; &lt;img src=x&gt;." in mail.html
    assert "Now <b>bold</b> & <img src=x>." in mail.text


def test_a_version_without_a_summary_cannot_be_announced() -> None:
    with pytest.raises(NoticeError, match=r"policy/privacy\.md:1: version 2\.0\.0 has no summary"):
        write(three_versions(material_version(summary="")))


def test_a_publisher_without_a_contact_cannot_announce() -> None:
    with pytest.raises(NoticeError, match="'contact' is not an e-mail address"):
        write(publisher=replace(PUBLISHER, contact=""))


def test_a_text_that_looks_like_an_account_value_is_refused() -> None:
    with pytest.raises(NoticeError, match=r"policy/privacy\.md: '-pn\.' stands in the text"):
        write(three_versions(material_version(summary="- Dear -pn.name.h-, we changed.")))
    with pytest.raises(NoticeError, match=r"en/notice\.txt: '-pn\.' stands in the text"):
        write(with_templates=edited("notice.txt", "-pn.phone.t-"))
    with pytest.raises(NoticeError, match=r"en/subject\.txt: '-pn\.' stands in the text"):
        write(with_templates=edited("subject.txt", "For {{ name }}"))


def test_a_subject_is_one_line_and_not_empty() -> None:
    assert write(with_templates=edited("subject.txt", "A\n B\r\nC")).subject == "A B C"
    with pytest.raises(NoticeError, match="the subject is empty"):
        write(with_templates=edited("subject.txt", "{# nothing #}"))


@pytest.mark.parametrize("summary", [f"- {'very ' * 400}long.", f"- {'我們保留你的資料五年。' * 60}"])
def test_no_line_is_longer_than_mail_servers_take(summary: str) -> None:
    mail = write(three_versions(material_version(summary=summary)))
    widest = find_values(
        personalize(account("<" * 900, name="&" * 900, email=f"{'x' * 240}@example.com"), "a@b.example")
    )
    for part in (mail.text, mail.html):
        assert max(len(line.encode()) for line in fill(part, widest).splitlines()) <= LONGEST_LINE


def test_a_line_that_cannot_be_broken_is_an_error_not_a_broken_mail() -> None:
    with pytest.raises(NoticeError, match="a line of the mail is longer than 997 octets"):
        write(publisher=replace(PUBLISHER, site_url=f"https://kvm.hk/{'x' * 1000}/"))


def test_a_mail_that_mail_programs_would_cut_is_an_error() -> None:
    with pytest.raises(NoticeError, match="36,000 are the most"):
        write(
            three_versions(material_version(summary="\n".join(f"- Sentence {at} {'x ' * 200}." for at in range(200))))
        )


def test_after_filling_in_no_tag_remains() -> None:
    mail = write()
    values = find_values(
        personalize(account(name='Ada "<b>" -pn.name.h-, Ltd.\r\nBcc: eve@example.com'), "a@b.example")
    )
    assert MARK not in fill(mail.text, values)
    assert MARK not in fill(mail.html, values)


def test_the_same_facts_make_the_same_mail() -> None:
    assert write() == write()


def test_the_page_names_its_language_and_title_and_both_schemes() -> None:
    html = write().html
    assert html.startswith('<!DOCTYPE html><html lang="en" dir="ltr">')
    assert f"<title>{write().subject}</title>" in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "@media (prefers-color-scheme: dark)" in html
    assert re.search(r"<body style=\"[^\"]*font-size: 16px", html)
    assert len(html.encode()) < LARGEST_HTML


def test_the_text_part_is_complete_and_wrapped() -> None:
    lines = write().text.splitlines()
    assert all(len(line) <= 72 or "://" in line for line in lines)
    for sentence in SUMMARY.splitlines():
        assert sentence[2:] in " ".join(write().text.split())


def _colours(css: str) -> list[tuple[str, dict[str, str]]]:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    parsed = [
        (selector.strip(), dict(re.findall(r"(?:^|[\s;])(color|background-color): (#[0-9a-f]{6})", body)))
        for selector, body in rules
    ]
    return [(selector, colours) for selector, colours in parsed if colours]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_contrast_is_enough_in_both_schemes() -> None:
    css = re.sub(r"/\*.*?\*/", "", (shipped("notices") / "en" / "notice.css").read_text(), flags=re.DOTALL)
    light, _, dark = css.partition("@media (prefers-color-scheme: dark) {")
    assert [selector for selector, _ in _colours(light)] == [
        "body", ".kind", ".excerpt", ".place", "del", "ins", "a",
    ]  # fmt: skip
    assert {selector for selector, _ in _colours(dark)} == {selector for selector, _ in _colours(light)}
    for selector, colours in _colours(light) + _colours(dark):
        low, high = sorted(map(_luminance, (colours["color"], colours["background-color"])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, selector


def test_a_change_without_a_rule_is_shown_or_counted_too() -> None:
    body = MATERIAL + "\nAn odd clause nobody has a rule for stands here.\n"

    assert "An odd clause nobody has a rule for stands here." in write(three_versions(material_version(body))).text


def test_a_link_that_leads_elsewhere_is_shown_with_both_targets() -> None:
    old, new = "[Write to us](mailto:a@example.hk) about it.", "[Write to us](mailto:b@example.hk) about it."
    (shown,) = choose_changes(found := compare(parse(old), parse(new)), judge(found, ENGLISH_RULES))

    assert excerpt(shown, ENGLISH).text_before.endswith("[mailto:a@example.hk]")
    assert excerpt(shown, ENGLISH).text_after.endswith("[mailto:b@example.hk]")


def test_an_address_that_changes_with_a_headings_number_stands_in_the_notice() -> None:
    old = "## 7. Write to [us](mailto:a@example.hk)\n\nYou may object.\n"
    new = old.replace("7.", "8.").replace("mailto:a@", "mailto:b@")
    history = history_of((policy_text(old), "2026-11-23"), (material_version(new), "2026-12-01"))

    text = write(history).text

    assert "[mailto:a@example.hk]" in text
    assert "[mailto:b@example.hk]" in text


def test_a_version_that_binds_already_is_not_announced_with_a_deadline() -> None:
    late = write(on=date(2027, 2, 1))

    assert "has applied since 31 December 2026" in " ".join(late.text.split())
    assert "before 31 December 2026" not in late.text + late.html


def test_each_link_of_a_mail_leads_where_its_words_say() -> None:
    text = write().text
    for words, page in (
        ("The new version:", "2.0.0/"),
        ("rely on changed.", "1.0.1/changes/"),
        ("What changed from version 1.0.1 to 2.0.0, word by word:", "2.0.0/changes/"),
        ("All versions and their dates:", "history/"),
    ):
        assert re.search(rf"{words}\s+https://kvm\.hk/privacy/{re.escape(page)}\n", text), words
