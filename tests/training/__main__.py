"""Write the weights of the verdict from labelled pairs: python -m tests.training FOLDER [--write].

FOLDER holds `labels.jsonl`, an object a line with `id`, `verdict`, `source` and `kind`, and `pairs/ID.old.md` and
`pairs/ID.new.md`. The figures are those of pairs whose publishers were left out. Needs `pip install --group training`.
"""

import argparse
import sys
from pathlib import Path

from tests.training.figures import Scored, choose, write_figures
from tests.training.fit import Fitted, fit, leave_out
from tests.training.pairs import Labelled, read_cases, read_pairs

FOLDS = 10
STRENGTH = 1.0
HIGHEST = -0.83
"""The alarm is no higher: a new kind of data in a short list has to raise it, as our own cases say."""
CASE = 0.5
"""How often one of our own cases counts, beside a labelled pair: they are small, and no real text."""
CASES = Path(__file__).parents[1] / "changes" / "cases"
TARGET = Path(__file__).parents[2] / "toolkit" / "changes" / "rules" / "weights.toml"
DECISIVE = (
    "denial", "modal", "opposite", "address", "address link", "mail address", "company", "rule named-recipient",
    "rule retention-period", "rule notice-period", "rule new-use", "rule response-time", "rule children-age",
    "rule fees", "rule automated-decisions",
)  # fmt: skip
"""Signals that decide alone: over the labelled pairs nine in ten changes with one of them are material, or more."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write toolkit/changes/rules/weights.toml")
    asked = parser.parse_args()
    pairs, cases = read_pairs(asked.folder), read_cases(CASES)
    names = sorted({name for pair in [*pairs, *cases] for name in pair.signals})
    scored = _score_left_out(pairs, cases, names)
    fitted = _fit(pairs, cases, names)
    thresholds = choose(scored, HIGHEST)
    figures = write_figures(scored, thresholds)
    sys.stdout.write(f"{figures}\n")
    if asked.write:
        TARGET.write_text(_file(figures, thresholds, fitted.bias, fitted.weights), encoding="utf-8")


def _score_left_out(pairs: list[Labelled], cases: list[Labelled], names: list[str]) -> list[Scored]:
    """Score each pair with weights found without its publisher."""
    folds = leave_out([pair.publisher for pair in pairs], FOLDS)
    scored = []
    for fold in range(FOLDS):
        rest = [pair for pair, at in zip(pairs, folds, strict=True) if at != fold]
        fitted = _fit(rest, cases, names)
        scored += [
            Scored(pair=pair, odds=fitted.odds(pair.signals), decisive=pair.has_any(DECISIVE))
            for pair, at in zip(pairs, folds, strict=True)
            if at == fold
        ]
    return scored


def _fit(pairs: list[Labelled], cases: list[Labelled], names: list[str]) -> Fitted:
    rows = [*pairs, *cases]
    return fit(
        [row.signals for row in rows],
        [row.material for row in rows],
        names,
        strength=STRENGTH,
        counts=[1.0] * len(pairs) + [CASE] * len(cases),
    )


def _file(figures: str, thresholds: dict[str, float], bias: float, weights: dict[str, float]) -> str:
    lines = [
        "# What each signal weighs: `python -m tests.training FOLDER --write` writes this file from labelled pairs.",
        "# A signal is told of each changed clause (toolkit/changes/signals.py). `.most` is the greatest of them, and",
        "# `.all` the logarithm of 1 and their sum. Odds are logarithms, and 0 is as likely as not.",
        "# What was reached on pairs whose publishers were left out:",
        *(f"#   {line}" for line in figures.splitlines()),
        "",
        f"bias = {bias}",
        "# One of these makes a change material, whatever the rest looks like.",
        f"decisive = [{', '.join(f'{chr(34)}{name}{chr(34)}' for name in DECISIVE)}]",
        "",
        "[thresholds]",
        *(f"{name} = {value}" for name, value in thresholds.items()),
        "",
        "[weights]",
        *(f'"{name}" = {value}' for name, value in sorted(weights.items(), key=lambda each: (-each[1], each[0]))),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
