"""Where in a document a clause stands: in its prose, in a menu at its edge, in a block of an address. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from toolkit.changes.redline import Change, Redline
from toolkit.changes.rules import Rules
from toolkit.policy.clauses import Clause
from toolkit.policy.words import count

_PROSE = 48
"""A clause of fewer signs is no prose; of a language without spaces between words, of a third as many."""
_MENU = 8
"""So many clauses without prose in a row are a menu."""
_LINE = 8
"""A line of fewer words is read with its neighbours, as an address is."""
_NEIGHBOURS = 2


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Both sides' clauses, and the places of those that stand in menus."""

    old: Sequence[Clause]
    new: Sequence[Clause]
    old_menus: frozenset[int]
    new_menus: frozenset[int]

    def is_menu(self, change: Change) -> bool:
        """Whether a change stands in a menu: a long row without prose, or before or after all prose."""
        return change.new_at in self.new_menus if change.new_at is not None else change.old_at in self.old_menus

    def block(self, change: Change) -> str:
        """Return a clause's words, of a short line with those of its neighbours, on both sides."""
        return f"{_block(self.new, change.new_at)} {_block(self.old, change.old_at)}"


def read_layout(redline: Redline, rules: Rules) -> Layout:
    """Find the menus of both documents."""
    old, new = redline.old.clauses, redline.new.clauses
    return Layout(old=old, new=new, old_menus=_menus(old, rules), new_menus=_menus(new, rules))


def _menus(clauses: Sequence[Clause], rules: Rules) -> frozenset[int]:
    prose = [at for at, clause in enumerate(clauses) if _is_prose(clause.text, rules.signs.practice)]
    if not prose:
        return frozenset()
    edges = [*range(prose[0]), *range(prose[-1] + 1, len(clauses))]
    gaps = (range(before + 1, after) for before, after in pairwise(prose))
    return frozenset([*edges, *(at for gap in gaps if len(gap) >= _MENU for at in gap)])


@lru_cache(maxsize=16_384)
def _is_prose(text: str, practice: re.Pattern[str]) -> bool:
    """Whether a text is a sentence about what is done. Versions share most of their clauses."""
    wide = any(mark in text for mark in "。；：，")
    ends = wide or any(mark in text for mark in ".;:")
    return ends and len(text) >= (_PROSE // 3 if wide else _PROSE) and bool(practice.search(text))


def _block(clauses: Sequence[Clause], at: int | None) -> str:
    if at is None:
        return ""
    if count(clauses[at].text) >= _LINE:
        return clauses[at].text
    return " ".join(clause.text for clause in clauses[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1])
