"""A logistic regression whose weights keep their sign: what speaks for a change may only raise it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from toolkit.changes.signals import AGAINST

Signals = dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """The weights that were found, and the odds of a text without any signal."""

    bias: float
    weights: dict[str, float]

    def odds(self, signals: Signals) -> float:
        """Return the logarithm of the odds that a change is material."""
        return self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signals.items())


def fit(
    rows: Sequence[Signals],
    material: Sequence[bool],
    names: Sequence[str],
    *,
    strength: float,
    counts: Sequence[float],
) -> Fitted:
    """Find the weights that tell the material rows from the others. A lower `strength` keeps them smaller.

    `counts` says how often each row counts.
    """
    values = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    truth, often = np.array(material, float), np.array(counts)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = values @ weights[1:] + weights[0]
        error = often * (1 / (1 + np.exp(-odds)) - truth)
        slope = np.concatenate([[error.sum()], values.T @ error + weights[1:] / strength])
        missed = (often * (np.logaddexp(0, odds) - truth * odds)).sum()
        return float(missed + (weights[1:] ** 2).sum() / (2 * strength)), slope

    bounds = [(None, None), *((None, 0) if name.startswith(AGAINST) else (0, None) for name in names)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    weights = {name: round(float(weight), 3) for name, weight in zip(names, found[1:], strict=True)}
    return Fitted(bias=round(float(found[0]), 3), weights={name: weight for name, weight in weights.items() if weight})


def leave_out(groups: Sequence[str], folds: int) -> list[int]:
    """Deal whole groups out to folds of like size; return each row's fold."""
    sizes = {group: groups.count(group) for group in set(groups)}
    load, dealt = [0] * folds, {}
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        dealt[group] = load.index(min(load))
        load[dealt[group]] += sizes[group]
    return [dealt[group] for group in groups]
