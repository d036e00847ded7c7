"""Signals -> how likely a change is material, and whether that is certain enough to go without a person. Pure.

A logistic regression: each signal has a weight, what speaks for a change may only raise the odds, and what speaks
against it only lower them. The weights lie in one file, which `python -m tests.training` writes from labelled pairs.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import exp
from types import MappingProxyType

from toolkit.errors import SettingsError

FILE = "weights.toml"
_CLEARLY = 0.5
"""A signal decides where at most one sign says that its clause is part of the page."""


class Certainty(StrEnum):
    """Whether the machine may decide, or a person has to look."""

    DECIDED = "decided"
    REVIEW = "review"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """What one signal adds to the odds: its weight times its value."""

    signal: str
    value: float
    weight: float

    @property
    def adds(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """Odds, as logarithms: 0 is as likely as not.

    From `alarm` on a change is proposed as material; from `sure` on that is certain, and from `plain` on where one
    signal alone decides. Up to `clear` it is certain that
    it is not, and up to `agreed` where no rule found anything material either.
    """

    alarm: float
    sure: float
    plain: float
    clear: float
    agreed: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """What each signal weighs, and from which odds on what is said.

    One `decisive` signal makes a change material whatever the rest of the text looks like: a denial that comes or goes,
    another period. They are rare, and a regression that saw few of them weighs them too lightly.
    """

    bias: float
    thresholds: Thresholds
    weights: Mapping[str, float] = field(repr=False)
    decisive: frozenset[str] = frozenset()

    def explain(self, signals: Mapping[str, float]) -> tuple[Contribution, ...]:
        """Return what each signal adds, the heaviest first; a signal without weight adds nothing."""
        found = (
            Contribution(signal=name, value=value, weight=self.weights[name])
            for name, value in signals.items()
            if value and name in self.weights
        )
        return tuple(sorted(found, key=lambda each: (-abs(each.adds), each.signal)))

    def odds(self, signals: Mapping[str, float]) -> float:
        """Return the odds, as a logarithm, that a change with these signals is material."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signals.items())

    def is_alarm(self, odds: float) -> bool:
        return odds >= self.thresholds.alarm

    def find_decisive(self, signals: Mapping[str, float]) -> list[str]:
        """Return the signals that decide alone."""
        return [name for name in sorted(self.decisive) if signals.get(f"{name}.most", 0.0) >= _CLEARLY]

    def certainty(self, odds: float, *, alarm: bool, decisive: bool, found: bool) -> Certainty:
        """Say whether odds are far enough from even.

        `alarm`: the change is called material. `decisive`: one signal alone says so. `found`: a rule found something
        material.
        """
        high = self.thresholds.plain if decisive else self.thresholds.sure
        low = self.thresholds.clear if found else self.thresholds.agreed
        certain = odds >= high if alarm else odds <= low
        return Certainty.DECIDED if certain else Certainty.REVIEW


NO_WEIGHTS = Weights(
    bias=0.0,
    thresholds=Thresholds(alarm=1.0, sure=1.0, plain=1.0, clear=-1.0, agreed=-1.0),
    weights=MappingProxyType({}),
)
"""Nothing is known: the rules alone propose, and a person has to look at every change."""


def probability(odds: float) -> float:
    """Return odds, a logarithm, as a probability from 0 to 1."""
    return 1 / (1 + exp(-odds)) if odds >= 0 else 1 - 1 / (1 + exp(odds))


def parse_weights(text: str, *, where: str) -> Weights:
    """Parse a file of weights. Raises `SettingsError` naming what is missing in it."""
    try:
        table = tomllib.loads(text)
        thresholds = Thresholds(**{name: float(table["thresholds"][name]) for name in Thresholds.__slots__})
        weights = {str(name): float(value) for name, value in table["weights"].items()}
        bias, decisive = float(table["bias"]), frozenset(map(str, table["decisive"]))
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        what = f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else str(error)
        raise SettingsError(
            f"the weights cannot be read: {what}.",
            where=where,
            mend="Take the toolkit's own weights.toml, or write one with 'python -m tests.training'.",
        ) from None
    return Weights(bias=bias, thresholds=thresholds, weights=MappingProxyType(weights), decisive=decisive)
