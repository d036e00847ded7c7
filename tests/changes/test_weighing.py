"""The weights: odds, what decides alone, and when a person must look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vocabulary import ENGLISH_RULES
from toolkit.changes.signals import AGAINST
from toolkit.changes.vocabulary import RULES
from toolkit.changes.weighing import Certainty, parse_weights, probability
from toolkit.errors import SettingsError

SMALL = """
bias = -1.0
decisive = ["denial"]
[thresholds]
alarm = 0.0
sure = 2.0
plain = 1.0
clear = -2.0
agreed = -1.0
[weights]
"name.most" = 1.5
"not menu.all" = -0.5
"""
WEIGHTS = parse_weights(SMALL, where="weights.toml")


def test_odds_are_the_bias_and_what_each_signal_adds() -> None:
    signals = {"name.most": 2.0, "not menu.all": 1.0, "unheard of": 9.0}

    assert WEIGHTS.odds(signals) == pytest.approx(-1 + 3 - 0.5)
    assert [(each.signal, each.adds) for each in WEIGHTS.explain(signals)] == [
        ("name.most", 3.0),
        ("not menu.all", -0.5),
    ]


@pytest.mark.parametrize(
    ("odds", "alarm", "decisive", "found", "certainty"),
    [
        (2.0, True, False, True, Certainty.DECIDED),
        (1.5, True, False, True, Certainty.REVIEW),
        (1.5, True, True, True, Certainty.DECIDED),
        (-2.0, False, False, True, Certainty.DECIDED),
        (-1.5, False, False, True, Certainty.REVIEW),
        (-1.5, False, False, False, Certainty.DECIDED),
        (-0.5, False, False, False, Certainty.REVIEW),
    ],
)
def test_a_person_looks_between_the_limits(
    *, odds: float, alarm: bool, decisive: bool, found: bool, certainty: Certainty
) -> None:
    assert WEIGHTS.certainty(odds, alarm=alarm, decisive=decisive, found=found) is certainty


def test_a_signal_decides_alone_unless_its_clause_is_part_of_the_page() -> None:
    assert WEIGHTS.find_decisive({"denial.most": 0.5}) == ["denial"]
    assert WEIGHTS.find_decisive({"denial.most": 0.25}) == []


def test_what_speaks_for_a_change_never_lowers_the_odds_in_the_shipped_weights() -> None:
    shipped = ENGLISH_RULES.weights.weights

    assert shipped
    assert all(weight <= 0 if name.startswith(AGAINST) else weight >= 0 for name, weight in shipped.items())


@given(st.floats(-700, 700))
def test_a_probability_lies_between_none_and_all(odds: float) -> None:
    assert 0 <= probability(odds) <= 1
    assert probability(odds) == pytest.approx(1 - probability(-odds))


BROKEN = ["", "bias = 'x'", SMALL.replace("sure = 2.0", ""), SMALL.replace("[weights]", "[w]"), "x"]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_weights_are_refused_by_what_is_missing(text: str) -> None:
    with pytest.raises(SettingsError, match="the weights cannot be read"):
        parse_weights(text, where="weights.toml")


def test_the_shipped_weights_say_what_they_reached() -> None:
    head = (RULES / "weights.toml").read_text(encoding="utf-8").partition("bias")[0]

    assert "recall" in head
    assert "decided by machine" in head
