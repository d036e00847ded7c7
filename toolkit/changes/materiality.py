"""Redline -> Verdict: the proposed class, the reasons, the topics. Pure.

A change counts by what was truly added or taken away: a sentence that still stands under its heading, date lines and
page furniture do not count, nor does a word that is only written otherwise.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from toolkit.changes.alignment import Op
from toolkit.changes.redline import Aspect, Change, Place, Redline
from toolkit.changes.rules import Plain, Rule, Rules
from toolkit.changes.said import Said, read_said
from toolkit.changes.targets import targets
from toolkit.changes.topics import Topic
from toolkit.policy.classes import Class
from toolkit.policy.words import count, fold, is_word, sentences, tokens

_REACHES_US = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
_QUOTE = 160
_SPEAKING, _SILENT = frozenset("%‰#&@/*†‡"), frozenset("|^`~©®™°")
_MINUS = re.compile(r"(?<![\w)])[-−]\d[\d.,]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a change counts: the rule that found it, the words it found, in which clause, on what topic."""

    rule: str
    proposed: Class
    topic: Topic | None
    text: str
    why: str
    change: Change


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The class the toolkit proposes, with every reason. It may raise an alarm, never lower a declared class."""

    proposed: Class
    reasons: tuple[Reason, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of the reasons that carry the proposed class, in the rubric's order."""
        found = {reason.topic for reason in self.reasons if reason.proposed == self.proposed}
        return tuple(topic for topic in Topic if topic in found)


def judge(redline: Redline, rules: Rules) -> Verdict:
    """Propose a class for what a redline shows, by the rules of its language.

    Each aspect of each change is weighed by itself, so that one aspect never hides another.
    """
    sides = _Sides(old=read_said(redline.old), new=read_said(redline.new), rules=rules)
    reasons = tuple(reason for change in redline.changed for reason in _weigh(change, redline, sides))
    return Verdict(proposed=max((reason.proposed for reason in reasons), default=Class.EDITORIAL), reasons=reasons)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sides:
    """What both documents say, and the rules to judge it by."""

    old: Said
    new: Said
    rules: Rules


def _weigh(change: Change, redline: Redline, sides: _Sides) -> Iterator[Reason]:
    rules = sides.rules
    if change.place is Place.MOVED:
        yield from _moved(change, sides)
    if Aspect.WORDS in change.aspects:
        yield from _words(change, sides)
    if Aspect.LINKS in change.aspects:
        yield from _links(change, redline, rules)
    if change.place in (Place.ADDED, Place.REMOVED):
        return
    for aspect, plain in _BY_ASPECT.items():
        if aspect in change.aspects:
            yield _plain(plain, change, change.after, rules)


def _moved(change: Change, sides: _Sides) -> Iterator[Reason]:
    """Weigh words under another heading like new ones: what "we never sell" heads is not what "we sell" heads."""
    was = sides.old.unders[change.old_at] if change.old_at is not None else ()
    becomes = sides.new.unders[change.new_at] if change.new_at is not None else ()
    if sides.new.is_same(becomes, was, sides.old):
        yield _plain(Plain.MOVED, change, change.after, sides.rules)
        return
    found = list(_by_rule(_Delta(change=change, added=fold(change.after), gone=""), sides.rules))
    denies = sides.rules.spelling.count_denials
    if denies(" ".join(was)) != denies(" ".join(becomes)):
        found.append(_plain(Plain.OPPOSITE, change, change.after, sides.rules))
    yield from found or [_plain(Plain.HEADING, change, change.after, sides.rules)]


_BY_ASPECT = {Aspect.NUMBER: Plain.NUMBER, Aspect.DEPTH: Plain.DEPTH, Aspect.COLUMN: Plain.COLUMN}
_CLASSES = {
    Plain.WORDING: Class.MINOR,
    Plain.LANGUAGE: Class.MINOR,
    Plain.OPPOSITE: Class.MATERIAL,
    Plain.LINK: Class.MINOR,
    Plain.CONTACT_LINK: Class.MATERIAL,
    Plain.MOVED: Class.EDITORIAL,
    Plain.HEADING: Class.MINOR,
    Plain.NUMBER: Class.EDITORIAL,
    Plain.DEPTH: Class.MINOR,
    Plain.COLUMN: Class.MINOR,
}


def _plain(plain: Plain, change: Change, text: str, rules: Rules) -> Reason:
    """Return the reason that lies in the kind of change, whatever its words."""
    topic = Topic.CONTROLLER_CONTACT if plain is Plain.CONTACT_LINK else None
    return Reason(
        rule=plain.value,
        proposed=_CLASSES[plain],
        topic=topic,
        text=text[:_QUOTE],
        why=rules.whys[plain],
        change=change,
    )


def _words(change: Change, sides: _Sides) -> Iterator[Reason]:
    rules = sides.rules
    delta = _delta(change, sides)
    if not delta.words and not _signs_differ(change):
        return
    turned = [f"{was} → {becomes}" for was, becomes in delta.exchanged if rules.spelling.are_opposites(was, becomes)]
    found = list(_by_rule(delta, rules))
    yield from found
    if turned:
        yield _plain(Plain.OPPOSITE, change, ", ".join(turned), rules)
    elif not found:
        plain = Plain.LANGUAGE if rules.foreign else Plain.WORDING
        yield _plain(plain, change, delta.added or delta.gone or change.after, rules)


def _by_rule(delta: "_Delta", rules: Rules) -> Iterator[Reason]:
    for rule in rules.rules:
        if text := _found(rule, delta):
            yield Reason(
                rule=rule.id, proposed=rule.proposed, topic=rule.topic, text=text, why=rule.why, change=delta.change
            )


def _links(change: Change, redline: Redline, rules: Rules) -> Iterator[Reason]:
    """Judge links that lead elsewhere: an address people write to is part of how they use their rights.

    A link that comes or goes with its clause is judged by the clause's words, unless it leads to such an address
    that the other text does not have.
    """
    whole = change.place in (Place.ADDED, Place.REMOVED)
    other = redline.old if change.place is Place.ADDED else redline.new
    known = {link.target for clause in other.clauses for link in clause.links} if whole else set()
    if whole and all(link.target in known for link in change.clause.links):
        return
    pairs = list(targets(change))
    reaches = [pair for pair in pairs if any(map(_REACHES_US.match, pair))]
    text = "; ".join(f"{was or '–'} → {becomes or '–'}" for was, becomes in reaches or pairs)
    if reaches:
        yield _plain(Plain.CONTACT_LINK, change, text, rules)
    elif not whole:
        yield _plain(Plain.LINK, change, text, rules)


@dataclass(frozen=True, kw_only=True)
class _Delta:
    """What one change truly adds and takes away, and the clause it stands in."""

    change: Change
    added: str
    gone: str

    @cached_property
    def clause(self) -> str:
        return fold(f"{self.change.clause.place} {self.change.before} {self.change.after}")

    @cached_property
    def words(self) -> int:
        return count(self.added) + count(self.gone)

    @cached_property
    def exchanged(self) -> tuple[tuple[str, str], ...]:
        """The words that took another's place, one by one; empty where it is not clear which took which."""
        added, gone = (list(filter(is_word, tokens(side))) for side in (self.added, self.gone))
        return tuple(zip(gone, added, strict=True)) if len(added) == len(gone) else ()


def _delta(change: Change, sides: _Sides) -> _Delta:
    """Return what a change truly adds and takes away, without the words that are only written otherwise."""
    added, gone = _fresh(change, Op.INSERT, sides), _fresh(change, Op.DELETE, sides)
    delta = _Delta(change=change, added=added, gone=gone)
    pairs = [pair for pair in delta.exchanged if not _is_respelling(*pair, change, sides.rules)]
    if len(pairs) == len(delta.exchanged):
        return delta
    return _Delta(change=change, added=" ".join(new for _, new in pairs), gone=" ".join(was for was, _ in pairs))


def _fresh(change: Change, op: Op, sides: _Sides) -> str:
    """Return the words of one side that are new there.

    What stands in the other document as a whole sentence under the same heading is said there still. A part of a
    sentence is not: struck from one, it may limit another.
    """
    here, there = (sides.new, sides.old) if op is Op.INSERT else (sides.old, sides.new)
    clause, at = (change.new, change.new_at) if op is Op.INSERT else (change.old, change.old_at)
    under = here.unders[at] if at is not None else ()
    above = clause.path[-1] if clause and clause.path else ""
    parts = (
        fold(part)
        for sentence, parts in _sentences(change, op)
        if not sides.rules.furniture.has(sentence, above)
        and not there.has(sentence, under, here, heading=bool(change.clause.level))
        for part in parts
    )
    return " ".join(part for part in parts if part)


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

    Capitals inside a sentence may tell a name, or a term that the policy defines; in a heading they do not.
    """
    if was.casefold() == becomes.casefold():
        return bool(change.clause.level) or _is_written_large(change) or {was, becomes} <= _first_words(change)
    return rules.spelling.is_respelling(was, becomes)


def _is_written_large(change: Change) -> bool:
    """Whether one side is written in capitals altogether, as some write a heading, and is the other otherwise."""
    return change.before.casefold() == change.after.casefold() and (change.before.isupper() or change.after.isupper())


def _first_words(change: Change) -> set[str]:
    sides = (sentences(change.before), sentences(change.after))
    return {words[0] for side in sides for each in side if (words := list(filter(is_word, tokens(each))))}


def _signs_differ(change: Change) -> bool:
    """Whether other signs stand there that say something: a currency, a percentage, a limit, a tick, a minus."""
    return _signs(change.before) != _signs(change.after)


def _signs(text: str) -> Counter[str]:
    symbols = (sign for sign in fold(text) if sign in _SPEAKING or unicodedata.category(sign).startswith("S"))
    return Counter(sign for sign in symbols if sign not in _SILENT) + Counter(_MINUS.findall(text))


def _found(rule: Rule, delta: _Delta) -> str:
    """Return the words the rule found on one side more often than on the other; empty where it does not hold."""
    added = Counter(match.group().casefold() for match in rule.words.finditer(delta.added))
    gone = Counter(match.group().casefold() for match in rule.words.finditer(delta.gone))
    words = (added - gone) + (gone - added)
    if not words or (rule.context and not rule.context.search(delta.clause)):
        return ""
    return ", ".join(sorted(words, key=lambda word: (-words[word], word)))[:_QUOTE]
