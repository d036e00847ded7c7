"""Labelled pairs of texts, with the signals of what changed between them."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.vocabulary import ENGLISH_RULES
from toolkit.changes.materiality import find_reasons
from toolkit.changes.redline import compare
from toolkit.changes.signals import UNSURE
from toolkit.policy.classes import Class
from toolkit.policy.document import Document, parse_document

_CLEARLY = 0.5


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A pair: what a lawyer called it, who published it, its signals, and whether a rule found anything material.

    `unsure`: a person has to look, whatever the odds.
    """

    name: str
    material: bool
    publisher: str
    authored: bool
    signals: dict[str, float]
    found: bool
    unsure: bool

    def has_any(self, decisive: Sequence[str]) -> bool:
        return any(self.signals.get(f"{name}.most", 0.0) >= _CLEARLY for name in decisive)


def read_pairs(folder: Path) -> list[Labelled]:
    """Read every pair that `labels.jsonl` names."""
    lines = (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [_read(json.loads(line), folder / "pairs") for line in lines if line.strip()]


def read_cases(folder: Path) -> list[Labelled]:
    """Read our own golden cases: small, and each sure. Those that name a certainty test the weights, and make none."""
    said = [(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in sorted(folder.glob("*.toml"))]
    return [_read_case(case, name) for name, case in said if "certainty" not in case]


def _read_case(case: dict[str, str], name: str) -> Labelled:
    old, new = (parse_document(case[side], name=side) for side in ("before", "after"))
    return _label(name, old, new, material=Class(case["class"]).tells, publisher=name, authored=True)


def _read(label: dict[str, str], pairs: Path) -> Labelled:
    return _label(
        label["id"],
        _document(pairs / f"{label['id']}.old.md"),
        _document(pairs / f"{label['id']}.new.md"),
        material=label["verdict"] == "material",
        publisher=_publisher(label["source"]),
        authored=label["kind"] == "authored",
    )


def _label(name: str, old: Document, new: Document, *, material: bool, publisher: str, authored: bool) -> Labelled:
    reasons, signals = find_reasons(compare(old, new), ENGLISH_RULES)
    return Labelled(
        name=name,
        material=material,
        publisher=publisher,
        authored=authored,
        signals=dict(signals),
        unsure=any(name in signals for name in UNSURE),
        found=any(reason.proposed >= Class.MATERIAL for reason in reasons),
    )


def _document(file: Path) -> Document:
    return parse_document(file.read_bytes(), name=file.name)


def _publisher(source: str) -> str:
    """Return who published a text: the repository, or the service where one holds the texts of many."""
    repository, _, path = source.partition(":")
    return path.partition("/")[0] if path.count("/") == 1 and "versions" in repository else repository
