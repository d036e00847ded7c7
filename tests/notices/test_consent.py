"""A version that needs consent: the mail says how it is asked, and nothing but an answer is ever one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.notices.world import (
    NEWEST,
    TODAY,
    World,
    account,
    consent_version,
    first_version,
    history_of,
    material_version,
    three_versions,
)
from tests.repositories import policy_text
from toolkit.errors import DocumentError
from toolkit.policy.classes import Asking
from toolkit.policy.front_matter import FrontMatter, parse_front_matter, split

ASKED = {
    "portal": "We ask you for it in the customer portal, after you log in.",
    "reply": "To give it, answer this message and say that you consent to version 2.0.0.",
    "none": "We do not ask you for your consent to that, and you need not do anything.",
}


@pytest.mark.parametrize("asking", list(ASKED))
def test_the_mail_says_how_consent_is_asked_and_that_silence_is_none(tmp_path: Path, asking: str) -> None:
    world = World(tmp_path, [account(1)], three_versions(consent_version(asking)))
    (variant,) = world.plan().variants
    for words in (" ".join(variant.text.split()), " ".join(variant.html.split())):
        assert ASKED[asking] in words
        assert not [said for other, said in ASKED.items() if other != asking and said in words]
        assert ("Doing nothing is no consent." in words) is (asking != "none")
        assert ("This change needs your consent." in words) is (asking != "none")
        assert ("where you consent" in words) is (asking != "none")
        assert ("but not to the information we already hold about you" in words) is (asking == "none")
        assert "nothing changes for the information we already hold about you." in words
        assert "applies to you" not in words
    assert variant.subject.endswith(", if you consent") is (asking != "none")


def test_being_told_of_it_is_neither_seeing_it_nor_consent(tmp_path: Path) -> None:
    world = World(tmp_path, [account(1)], three_versions(consent_version()))
    assert world.send(world.announce().notice).finished
    standing = world.ledger.accounts.standing("privacy", "c00001")
    assert (standing.told, standing.seen, standing.evidence) == ("2.0.0", "", None)
    assert world.history.basis(NEWEST, world.history.version(NEWEST).effective).number < NEWEST


def test_how_consent_is_asked_is_sealed_with_the_words() -> None:
    digests = {
        history_of((first_version(), "2026-11-23"), (text, "2026-12-01")).version(NEWEST).digest
        for text in (material_version(declared="consent"), *(consent_version(asking) for asking in Asking))
    }
    assert len(digests) == 4


def parse(line: str, *, declared: str) -> FrontMatter:
    head = split(policy_text(declared=declared).replace("class:", f"{line}\nclass:")).head
    assert head is not None
    return parse_front_matter(head, name="privacy.md")


def test_only_a_version_of_class_consent_says_how_it_is_asked() -> None:
    with pytest.raises(DocumentError, match="'consent' says how consent is asked, and the class is material"):
        parse("consent: portal", declared="material")


def test_another_way_to_ask_is_refused_with_those_there_are() -> None:
    with pytest.raises(DocumentError, match="'silence' is no way to ask for consent") as error:
        parse("consent: silence", declared="consent")
    assert error.value.mend == "Use one of: portal, reply, none."


def test_a_late_notice_speaks_in_the_past(tmp_path: Path) -> None:
    history = history_of(
        (first_version(), "2026-11-23"), (material_version().replace("2026-12-31", "2026-12-02"), "2026-12-01")
    )
    world = World(tmp_path, [account(1)], history)
    (variant,) = world.plan(now=datetime(2026, 12, 2, tzinfo=UTC)).variants
    assert history.version(NEWEST).effective == TODAY
    assert variant.subject == "Kvmcloud: change to our Privacy Policy since 2 December 2026"
    assert "We have changed our Privacy Policy." in variant.text
    assert "has applied since 2 December 2026" in variant.text
    assert "WHAT HAS CHANGED" in variant.text
    assert "will" not in variant.text
    assert "We have changed our Privacy Policy" in variant.html
