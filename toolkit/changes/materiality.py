"""Redline -> Verdict: the proposed class, the reasons, the topics. Pure.

A change counts by what was truly added or taken away: date lines and page furniture do not count, nor does a word that
is only written otherwise. What still stands under its heading is a move, and no more than minor.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.changes.delta import Delta, Sides, find_delta
from toolkit.changes.redline import Aspect, Change, Place, Redline
from toolkit.changes.rules import Plain, Rule, Rules
from toolkit.changes.said import Under, read_both
from toolkit.changes.targets import targets
from toolkit.changes.topics import Topic
from toolkit.policy.classes import Class
from toolkit.policy.words import fold, words

_REACHES_US = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
_QUOTE = 160
_SHORT = 4  # words of a clause that is looked at as a whole


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
    old, new = read_both(redline.old, redline.new)
    sides = Sides(old=old, new=new, rules=rules)
    weighed = (reason for change in redline.changed for reason in _weigh(change, redline, sides))
    reasons = (*weighed, *_short_opposites(redline, rules), *_other_headings(redline, sides))
    return Verdict(proposed=max((reason.proposed for reason in reasons), default=Class.EDITORIAL), reasons=reasons)


def _weigh(change: Change, redline: Redline, sides: Sides) -> Iterator[Reason]:
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


def _moved(change: Change, sides: Sides) -> Iterator[Reason]:
    """Weigh words under another heading like new ones: what "we never sell" heads is not what "we sell" heads."""
    was, becomes = _unders(change, sides)
    if sides.new.is_same(becomes, was, sides.old):
        yield _plain(Plain.MOVED, change, change.after, sides.rules)
        return
    found = list(_by_rule(Delta(change=change, added=fold(change.after), gone=""), sides.rules))
    if _denials_differ(was, becomes, sides.rules):
        found.append(_plain(Plain.OPPOSITE, change, change.after, sides.rules))
    yield from found or [_plain(Plain.HEADING, change, change.after, sides.rules)]


def _unders(change: Change, sides: Sides) -> tuple[Under, Under]:
    """Return what a clause stood under, and what it stands under now."""
    was = sides.old.keys[change.old_at][2] if change.old_at is not None else ()
    return was, sides.new.keys[change.new_at][2] if change.new_at is not None else ()


def _denials_differ(was: Under, becomes: Under, rules: Rules) -> bool:
    denies = rules.spelling.count_denials
    return denies(" ".join(was)) != denies(" ".join(becomes))


def _other_headings(redline: Redline, sides: Sides) -> Iterator[Reason]:
    """Find what stayed in its place and stands under another heading, or another line before its list, all the same."""
    known = set()
    for change in redline.changes:
        if change.place is not Place.SAME or change.old_at is None or change.new_at is None:
            continue
        places = was, becomes = _unders(change, sides)
        if places not in known and not sides.new.is_same(becomes, was, sides.old):
            known.add(places)
            plain = Plain.OPPOSITE if _denials_differ(was, becomes, sides.rules) else Plain.HEADING
            yield _plain(plain, change, change.after, sides.rules)


def _short_opposites(redline: Redline, rules: Rules) -> Iterator[Reason]:
    """Find short clauses, such as a table's cells, that took the place of their opposites: too unlike to be paired."""
    gone: list[Change] = []
    come: list[Change] = []
    for change in (*redline.changes, None):
        if change and change.place is Place.REMOVED and not come:
            gone.append(change)
        elif change and change.place is Place.ADDED:
            come.append(change)
        else:
            if len(gone) == len(come):
                yield from (_opposite(*pair, rules) for pair in zip(gone, come, strict=True) if _turn(*pair, rules))
            gone, come = [change] if change and change.place is Place.REMOVED else [], []


def _turn(old: Change, new: Change, rules: Rules) -> bool:
    was, becomes = (words(fold(each)) for each in (old.before, new.after))
    return len(was) == len(becomes) <= _SHORT and any(map(rules.spelling.are_opposites, was, becomes))


def _opposite(old: Change, new: Change, rules: Rules) -> Reason:
    return _plain(Plain.OPPOSITE, new, f"{old.before} → {new.after}", rules)


_BY_ASPECT = {Aspect.NUMBER: Plain.NUMBER, Aspect.DEPTH: Plain.DEPTH, Aspect.COLUMN: Plain.COLUMN}
_CLASSES = {
    Plain.WORDING: Class.MINOR,
    Plain.LANGUAGE: Class.MINOR,
    Plain.OPPOSITE: Class.MATERIAL,
    Plain.LINK: Class.MINOR,
    Plain.CONTACT_LINK: Class.MATERIAL,
    Plain.MOVED: Class.MINOR,
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


def _words(change: Change, sides: Sides) -> Iterator[Reason]:
    rules = sides.rules
    delta = find_delta(change, sides)
    if not delta.says:
        if delta.elsewhere and change.place is not Place.MOVED:
            yield _plain(Plain.MOVED, change, change.clause.text, rules)
        return
    found = list(_by_rule(delta, rules))
    yield from found
    if turned := delta.turned(rules):
        yield _plain(Plain.OPPOSITE, change, ", ".join(turned), rules)
    elif not found:
        plain = Plain.LANGUAGE if rules.foreign else Plain.WORDING
        yield _plain(plain, change, delta.added or delta.gone or change.after, rules)


def _by_rule(delta: Delta, rules: Rules) -> Iterator[Reason]:
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


def _found(rule: Rule, delta: Delta) -> str:
    """Return the words the rule found on one side more often than on the other; empty where it does not hold."""
    added = Counter(match.group().casefold() for match in rule.words.finditer(delta.added))
    gone = Counter(match.group().casefold() for match in rule.words.finditer(delta.gone))
    words = (added - gone) + (gone - added)
    if not words or (rule.context and not rule.context.search(delta.clause)):
        return ""
    return ", ".join(sorted(words, key=lambda word: (-words[word], word)))[:_QUOTE]
