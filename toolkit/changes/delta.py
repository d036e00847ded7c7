"""What one change truly adds and takes away. Pure.

Words do not count that still stand under the same heading, that are furniture, or that are only written otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, product

from toolkit.changes import marks
from toolkit.changes.alignment import Op, Run
from toolkit.changes.redline import Aspect, Change, Redline
from toolkit.changes.rules import Rules
from toolkit.changes.said import Said, read_both
from toolkit.policy.clauses import Block
from toolkit.policy.words import count, fold, sentences, words

_NEAR = 6
"""So many words, deleted and inserted in one place, are looked through for opposites."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """What both documents say, and the rules to judge it by."""

    old: Said
    new: Said
    rules: Rules


@dataclass(frozen=True, kw_only=True)
class Delta:
    """What one change truly adds and takes away, and the clause it stands in.

    `under` is what it stands under: headings, and the line before a list. `elsewhere`: some of its words are not among
    them, for they still stand in another place.
    """

    change: Change
    added: str
    gone: str
    elsewhere: bool = False
    under: str = ""

    @property
    def says(self) -> bool:
        """Whether anything counts: a word, or a mark that says something."""
        return bool(count(self.added) + count(self.gone)) or marks.differ(self.change.before, self.change.after)

    @cached_property
    def clause(self) -> str:
        return fold(f"{self.change.clause.place} {self.change.before} {self.change.after}")

    @cached_property
    def exchanged(self) -> tuple[tuple[str, str], ...]:
        """The words that took another's place, one by one; empty where it is not clear which took which."""
        added, gone = words(self.added), words(self.gone)
        return tuple(zip(gone, added, strict=True)) if len(added) == len(gone) else ()

    def turned(self, rules: Rules) -> list[str]:
        """Return the words that became their opposite, and the denials that moved to other words."""
        near = (pair for pair in _near(self.change.runs) if rules.spelling.are_opposites(*pair))
        moved = (was for was, becomes in self.exchanged if was == becomes and rules.spelling.count_denials(was))
        return [*(f"{was} → {becomes}" for was, becomes in near), *moved]


Deltas = Mapping[int, Delta]
"""The delta of each change, by the change's `id`."""


def read_sides(redline: Redline, rules: Rules) -> Sides:
    """Read both documents of a redline, to find the deltas of its changes."""
    old, new = read_both(redline.old, redline.new)
    return Sides(old=old, new=new, rules=rules)


def find_deltas(redline: Redline, sides: Sides) -> Deltas:
    """Find the delta of every change of words."""
    return {id(change): find_delta(change, sides) for change in redline.changed if Aspect.WORDS in change.aspects}


def find_delta(change: Change, sides: Sides) -> Delta:
    (added, moved_in), (gone, moved_out) = _fresh(change, Op.INSERT, sides), _fresh(change, Op.DELETE, sides)
    elsewhere = moved_in or moved_out
    delta = Delta(change=change, added=added, gone=gone, elsewhere=elsewhere, under=_under(change, sides))
    pairs = [pair for pair in delta.exchanged if not _is_respelling(*pair, change, sides.rules)]
    if len(pairs) == len(delta.exchanged):
        return delta
    return replace(delta, added=" ".join(new for _, new in pairs), gone=" ".join(was for was, _ in pairs))


def _under(change: Change, sides: Sides) -> str:
    if change.new_at is not None:
        return " ".join(sides.new.keys[change.new_at][2])
    return " ".join(sides.old.keys[change.old_at][2]) if change.old_at is not None else ""


def _fresh(change: Change, op: Op, sides: Sides) -> tuple[str, bool]:
    """Return the words of one side that are new there, and whether others of them still stand elsewhere.

    What stands in the other document under the same heading is said there still: a whole clause as often, or a whole
    sentence of a paragraph. Not so where its order counts, or where it points at what stands before it. A part of a
    sentence is never said elsewhere: struck from one, it may limit another.
    """
    here, there = (sides.new, sides.old) if op is Op.INSERT else (sides.old, sides.new)
    clause, at = (change.new, change.new_at) if op is Op.INSERT else (change.old, change.old_at)
    own = [fold(run.text) for run in change.runs if run.op is op]
    if clause is None or at is None or not own:
        return " ".join(own), False
    key = here.keys[at]
    if not _depends(change, sides.rules) and there.has_clause(key, here):
        return "", clause.words in there.texts  # or it is only written otherwise, in capitals
    listed = clause.block is Block.CELL or (clause.block is Block.ITEM and key[2][-1:] != ("",)) or here.is_led(at)
    above = clause.path[-1] if clause.path else ""
    if sides.rules.furniture.covers(clause.text, words(" ".join(own)), above=above, listed=listed):
        return "", False
    still = clause.block is Block.PARAGRAPH and not sides.rules.foreign
    parts = [
        (fold(part), still and not _points(sentence, sides.rules) and there.has_sentence(sentence, key[2], here))
        for sentence, parts in _sentences(change, op)
        for part in parts
    ]
    return " ".join(part for part, said in parts if part and not said), any(said for _, said in parts)


def _depends(change: Change, rules: Rules) -> bool:
    """Whether what a clause says depends on where it stands: a numbered item, or one that points at others."""
    tags = [tag for tag, _ in change.clause.containers if tag in ("ul", "ol")]
    return tags[-1:] == ["ol"] or (not change.clause.level and _points(change.clause.words, rules))


def _points(text: str, rules: Rules) -> bool:
    """Whether a text points at what stands before it. In a language without rules nobody can tell."""
    return rules.foreign or bool(rules.pointing.search(text))


def _near(runs: tuple[Run, ...]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a deleted and an inserted word that stand in one place."""
    for one, other in pairwise(runs):
        if {one.op, other.op} == {Op.DELETE, Op.INSERT}:
            gone, come = (one, other) if one.op is Op.DELETE else (other, one)
            sides = words(fold(gone.text)), words(fold(come.text))
            if max(map(len, sides)) <= _NEAR:
                yield from product(*sides)


def _sentences(change: Change, op: Op) -> Iterator[tuple[str, list[str]]]:
    """Yield each sentence of one side that has words of its own, with those words in order."""
    text, own = "", []
    for run in change.runs:
        if run.op is op:
            own.append((len(text), len(text) + len(run.text)))
        text += run.text if run.op in (op, Op.KEEP) else ""
    start = 0
    for sentence in sentences(text):
        at = text.index(sentence, start)
        start = at + len(sentence)
        parts = [text[max(a, at) : min(b, start)] for a, b in own if max(a, at) < min(b, start)]
        if parts:
            yield sentence, parts


def _is_respelling(was: str, becomes: str, change: Change, rules: Rules) -> bool:
    """Whether a changed word is only written otherwise: organise for organize, seperate for separate.

    The same word elsewhere is no spelling. Capitals inside a sentence may tell a name, or a term that the policy
    defines, and capitals throughout an abbreviation.
    """
    if was == becomes:
        return False
    if was.casefold() != becomes.casefold():
        return rules.spelling.is_respelling(was, becomes)
    if _is_written_large(change):
        return True
    short = any(word.isupper() and len(word) > 1 for word in (was, becomes))
    return not short and (bool(change.clause.level) or {was, becomes} <= _first_words(change))


def _is_written_large(change: Change) -> bool:
    """Whether one side is written in capitals altogether, as some write a heading, and is the other otherwise."""
    several = len(words(change.before)) > 1
    same = change.before.casefold() == change.after.casefold()
    return several and same and (change.before.isupper() or change.after.isupper())


def _first_words(change: Change) -> set[str]:
    sides = (sentences(change.before), sentences(change.after))
    return {found[0] for side in sides for each in side if (found := words(each))}
