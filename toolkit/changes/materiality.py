"""Redline -> Verdict: the proposed class, the reasons, the topics. Pure.

A change counts by what was truly added or taken away: words that only moved inside the text, or that still stand
elsewhere in it, date lines and page furniture do not count.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from toolkit.changes.alignment import Op
from toolkit.changes.redline import Aspect, Change, Place, Redline
from toolkit.changes.rules import Plain, Rule, Rules
from toolkit.changes.targets import targets
from toolkit.changes.topics import Topic
from toolkit.policy.classes import Class
from toolkit.policy.document import Document
from toolkit.policy.words import count, fold, is_word, sentences, tokens

_PHRASE = 4
"""A sentence of fewer words may stand elsewhere by chance."""
_REACHES_US = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
_QUOTE = 160


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
    reasons = tuple(reason for change in redline.changed for reason in _weigh(change, redline, rules))
    return Verdict(proposed=max((reason.proposed for reason in reasons), default=Class.EDITORIAL), reasons=reasons)


def _weigh(change: Change, redline: Redline, rules: Rules) -> Iterator[Reason]:
    if Aspect.WORDS in change.aspects:
        yield from _words(change, redline, rules)
    if Aspect.LINKS in change.aspects:
        yield from _links(change, redline, rules)
    if change.place is Place.MOVED:
        yield _plain(Plain.MOVED, change, change.after, rules)
    if change.place in (Place.ADDED, Place.REMOVED):
        return
    for aspect, plain in _BY_ASPECT.items():
        if aspect in change.aspects:
            yield _plain(plain, change, change.after, rules)


_BY_ASPECT = {Aspect.NUMBER: Plain.NUMBER, Aspect.DEPTH: Plain.DEPTH, Aspect.COLUMN: Plain.COLUMN}
_CLASSES = {
    Plain.WORDING: Class.MINOR,
    Plain.LANGUAGE: Class.MINOR,
    Plain.OPPOSITE: Class.MATERIAL,
    Plain.LINK: Class.MINOR,
    Plain.CONTACT_LINK: Class.MATERIAL,
    Plain.MOVED: Class.EDITORIAL,
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


def _words(change: Change, redline: Redline, rules: Rules) -> Iterator[Reason]:
    delta = _delta(change, redline, rules)
    if not delta.words or _is_date_line(delta, rules):
        return
    found = [(rule, text) for rule in rules.rules if (text := _found(rule, delta))]
    for rule, text in found:
        yield Reason(rule=rule.id, proposed=rule.proposed, topic=rule.topic, text=text, why=rule.why, change=change)
    turned = [f"{was} → {becomes}" for was, becomes in delta.exchanged if rules.spelling.are_opposites(was, becomes)]
    if turned:
        yield _plain(Plain.OPPOSITE, change, ", ".join(turned), rules)
    elif not found and not _is_respelling(delta, rules):
        plain = Plain.LANGUAGE if rules.foreign else Plain.WORDING
        yield _plain(plain, change, delta.added or delta.gone, rules)


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


def _delta(change: Change, redline: Redline, rules: Rules) -> _Delta:
    added = _fresh(change, Op.INSERT, redline.old, rules)
    gone = _fresh(change, Op.DELETE, redline.new, rules)
    return _Delta(change=change, added=added, gone=gone)


def _is_date_line(delta: _Delta, rules: Rules) -> bool:
    """Whether nothing but the date of a line like `Last Updated` changed."""
    words = filter(is_word, tokens(f"{delta.added} {delta.gone}"))
    return bool(rules.furniture.search(delta.clause)) and all(map(rules.dates.match, words))


def _fresh(change: Change, op: Op, other: Document, rules: Rules) -> str:
    """Return the words of one side that are new there, without furniture.

    What stands in the other document as a whole sentence is said there still. A part of a sentence is not: struck from
    one, it may limit another.
    """
    parts = (part for sentence, parts in _sentences(change, op) if not _is_said(sentence, other) for part in parts)
    kept = (rules.furniture.sub("", fold(part)).strip() for part in parts)
    return " ".join(part for part in kept if part)


def _is_said(sentence: str, other: Document) -> bool:
    return count(sentence) >= _PHRASE and fold(sentence).casefold() in other.sentences


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


def _is_respelling(delta: _Delta, rules: Rules) -> bool:
    """Whether each changed word is only written otherwise: organise for organize, seperate for separate."""
    return bool(delta.exchanged) and all(rules.spelling.is_respelling(was, new) for was, new in delta.exchanged)


def _found(rule: Rule, delta: _Delta) -> str:
    """Return the words the rule found on one side more often than on the other; empty where it does not hold."""
    added = Counter(match.group().casefold() for match in rule.words.finditer(delta.added))
    gone = Counter(match.group().casefold() for match in rule.words.finditer(delta.gone))
    words = (added - gone) + (gone - added)
    if not words or (rule.context and not rule.context.search(delta.clause)):
        return ""
    return ", ".join(sorted(words, key=lambda word: (-words[word], word)))[:_QUOTE]
