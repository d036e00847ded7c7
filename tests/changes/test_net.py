"""Which words of a change count: those that neither text says elsewhere, and that say something else."""

import pytest

from tests.vocabulary import ENGLISH_RULES
from toolkit.changes.net import Net, find_net, read_flows
from toolkit.changes.redline import Aspect, compare
from toolkit.policy.document import parse_document


def nets(old: str, new: str) -> list[Net]:
    redline = compare(parse_document(old, name="old"), parse_document(new, name="new"))
    flows = read_flows(redline, ENGLISH_RULES)
    return [find_net(change, flows) for change in redline.changed if Aspect.WORDS in change.aspects]


def said(old: str, new: str) -> list[str]:
    """Return every net word, those that are gone first."""
    found = nets(old, new)
    return [*(word for net in found for word in net.gone.said), *(word for net in found for word in net.come.said)]


LONG = "We tell you about every change of this text in good time."


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"Calm. {LONG}", f"Calm.\n\n{LONG}"),
        (f"{LONG}\n\nWe keep names.", f"We keep names.\n\n{LONG}"),
        (f"{LONG} {LONG}", LONG),
        ("We process orders.", "We processed orders."),
        ("Their organisation.", "Their organization."),
        ("We recieve it.", "We receive it."),
        ("In force since 1 May 2025.", "In force since 3 June 2026."),
        ("See www.a.example.com/privacy now.", "See www.b.example.com/privacy now."),
        ("Write to dpo@a.example.", "Write to [email protected]."),
        ("Services.If you ask.", "Services. If you ask."),
        ("Within 30 days.", "Within one month."),
        ("For fourteen days.", "For two weeks."),
    ],
)
def test_what_is_said_elsewhere_or_only_written_otherwise_does_not_count(old: str, new: str) -> None:
    assert said(old, new) == []
    assert said(new, old) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("We keep it 3 years.", "We keep it 5 years.", ["3", "5"]),
        ("Children under 16 may not join.", "Children under 13 may not join.", ["16", "13"]),
        ("Within 30 days.", "Within 90 days.", ["30", "90"]),
        ("We sell to Acme.", "We sell to Bolt.", ["Acme", "Bolt"]),
    ],
)
def test_what_says_something_else_counts(old: str, new: str, words: list[str]) -> None:
    assert said(old, new) == words


def test_a_limit_struck_from_one_sentence_counts_though_it_stands_in_another() -> None:
    limit = "where you have told us before that you agree to it"
    old, new = f"We call you {limit}.\n\nWe mail you {limit}.", f"We call you.\n\nWe mail you {limit}."

    assert said(old, new)


def test_a_denial_that_moves_to_other_words_counts() -> None:
    assert "not" in said("We do not sell it, and we share it.", "We sell it, and we do not share it.")


def test_words_that_took_each_others_place_are_told_apart() -> None:
    (net,) = nets("The police see it; insurers never.", "Insurers see it; the police never.")

    assert net.swapped
    assert net
