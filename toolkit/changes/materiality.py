"""Redline -> Verdict: the proposed class, the reasons, the topics. Pure.

A change counts by what was truly added or taken away: date lines and page furniture do not count, nor does a word that
is only written otherwise. What still stands under its heading is a move, and no more than minor.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.changes.delta import Delta, Deltas, Sides, find_deltas, read_sides
from toolkit.changes.reasons import Reason, net_reasons, plain_reason, quote
from toolkit.changes.redline import Aspect, Change, Place, Redline
from toolkit.changes.rules import Plain, Rule, Rules
from toolkit.changes.said import Under
from toolkit.changes.signals import UNSURE, Told, sum_up, tell_all
from toolkit.changes.targets import targets
from toolkit.changes.topics import Topic
from toolkit.changes.weighing import Certainty, Contribution
from toolkit.policy.classes import Class
from toolkit.policy.words import fold, words

_REACHES_US = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
_SHORT = 4  # words of a clause that is looked at as a whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The class the toolkit proposes, with every reason, the weightiest first.

    It may raise an alarm, never lower a declared class.

    `certainty` says whether the machine may decide or a person has to look. `odds` is the logarithm of the odds that
    the whole is material; 0 is as likely as not. `contributions` is what made them, and `decisive`
    names what makes the change material whatever the odds are.
    """

    proposed: Class
    reasons: tuple[Reason, ...]
    certainty: Certainty
    odds: float
    contributions: tuple[Contribution, ...]
    decisive: tuple[str, ...] = ()

    @property
    def stands_for(self) -> Class:
        """The class to act by until legal has declared one: material where a person has to look."""
        return max(self.proposed, Class.MATERIAL) if self.certainty is Certainty.REVIEW else self.proposed

    @property
    def telling(self) -> tuple[Reason, ...]:
        """The reasons that carry the proposed class."""
        return tuple(reason for reason in self.reasons if reason.proposed == self.proposed)

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics of the reasons that carry the proposed class, in the rubric's order."""
        found = {reason.topic for reason in self.telling}
        return tuple(topic for topic in Topic if topic in found)


def judge(redline: Redline, rules: Rules) -> Verdict:
    """Propose a class for what a redline shows, by the rules of its language and what their signals weigh.

    Each aspect of each change is looked at by itself, so that one aspect never hides another.
    """
    reasons, signals = find_reasons(redline, rules)
    return decide(reasons, signals, rules)


def find_reasons(redline: Redline, rules: Rules) -> tuple[tuple[Reason, ...], Mapping[str, float]]:
    """Find what counts in each change, whatever the whole text weighs, and the signals of the whole."""
    sides = read_sides(redline, rules)
    deltas = find_deltas(redline, sides)
    told = tell_all(redline, deltas, rules)
    return _reasons(redline, sides, deltas, told), sum_up(told)


def _reasons(redline: Redline, sides: Sides, deltas: Deltas, told: Sequence[Told]) -> tuple[Reason, ...]:
    net = {id(each.net.change): each for each in told if each.net}
    weighed: list[Reason] = []
    for change in redline.changed:
        if id(change) in deltas:
            weighed += _words(change, deltas[id(change)], sides, net.get(id(change)))
        weighed += _weigh(change, redline, sides)
    return (*weighed, *_short_opposites(redline, sides.rules), *_other_headings(redline, sides))


def decide(reasons: Sequence[Reason], signals: Mapping[str, float], rules: Rules) -> Verdict:
    """Weigh what was found.

    Where the whole is not as heavy as a material change, no reason is more than minor, but for a word turned into its
    opposite, a promise that is gone, or an address that people write to.
    """
    weights = rules.weights
    odds = weights.odds(signals)
    found = max((reason.proposed for reason in reasons), default=Class.EDITORIAL)
    reasons = [replace(each, proposed=min(each.proposed, Class.MINOR)) if each.elsewhere else each for each in reasons]
    alone = {*weights.find_decisive(signals), *(reason.rule for reason in reasons if _decides(reason))}
    decisive = bool(alone)
    alarm = decisive or weights.is_alarm(odds)
    if alarm and not rules.foreign:
        reasons = _with_one_that_tells(reasons)
    elif weights.weights and not rules.foreign:
        reasons = [replace(reason, proposed=min(reason.proposed, Class.MINOR)) for reason in reasons]
    proposed = max((reason.proposed for reason in reasons), default=Class.EDITORIAL)
    certainty = weights.certainty(odds, alarm=alarm, decisive=decisive, found=found >= Class.MATERIAL)
    unsure = found > Class.EDITORIAL and (rules.foreign or (not alarm and any(name in signals for name in UNSURE)))
    return Verdict(
        proposed=proposed,
        reasons=tuple(sorted(reasons, key=lambda each: (-each.proposed.rank, not _names(each, alone), -each.weight))),
        certainty=Certainty.REVIEW if unsure else certainty,
        odds=odds,
        contributions=weights.explain(signals),
        decisive=tuple(sorted(alone)),
    )


def _names(reason: Reason, alone: set[str]) -> bool:
    """Whether a reason is of a rule that decides alone."""
    return reason.rule in alone or f"rule {reason.rule}" in alone


def _decides(reason: Reason) -> bool:
    return reason.rule in _DECISIVE and reason.proposed >= Class.MATERIAL


_DECISIVE = frozenset({Plain.OPPOSITE, Plain.MARK, Plain.CONTACT_LINK, Plain.PROMISE})


def _with_one_that_tells(reasons: Sequence[Reason]) -> list[Reason]:
    """Where the whole looks material and no rule says so, the weightiest reason does: its words are shown."""
    if not reasons or any(reason.proposed >= Class.MATERIAL for reason in reasons):
        return list(reasons)
    first = max(reasons, key=lambda reason: reason.weight)
    told = replace(first, proposed=Class.MATERIAL, topic=first.topic or Topic.OTHER)
    return [told if reason is first else reason for reason in reasons]


def _weigh(change: Change, redline: Redline, sides: Sides) -> Iterator[Reason]:
    rules = sides.rules
    if change.place is Place.MOVED:
        yield from _moved(change, sides)
    if Aspect.LINKS in change.aspects:
        yield from _links(change, redline, rules)
    if change.place in (Place.ADDED, Place.REMOVED):
        return
    for aspect, plain in _BY_ASPECT.items():
        if aspect in change.aspects:
            yield plain_reason(plain, change, change.after, rules)


def _moved(change: Change, sides: Sides) -> Iterator[Reason]:
    """Weigh words under another heading like new ones: what "we never sell" heads is not what "we sell" heads."""
    was, becomes = _unders(change, sides)
    if sides.new.is_same(becomes, was, sides.old):
        yield plain_reason(Plain.MOVED, change, change.after, sides.rules)
        return
    found = list(_by_rule(Delta(change=change, added=fold(change.after), gone=""), sides.rules))
    if _denials_differ(was, becomes, sides.rules):
        found.append(plain_reason(Plain.OPPOSITE, change, change.after, sides.rules))
    yield from found or [plain_reason(Plain.HEADING, change, change.after, sides.rules)]


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
            yield plain_reason(plain, change, change.after, sides.rules)


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
    return plain_reason(Plain.OPPOSITE, new, f"{old.before} → {new.after}", rules)


_BY_ASPECT = {Aspect.NUMBER: Plain.NUMBER, Aspect.DEPTH: Plain.DEPTH, Aspect.COLUMN: Plain.COLUMN}


def _words(change: Change, delta: Delta, sides: Sides, told: Told | None) -> Iterator[Reason]:
    """Weigh a change's net words; where it has none, what it says under this heading and no longer, or not yet."""
    rules = sides.rules
    if told:
        yield from net_reasons(told, rules)
    elif delta.says:
        yield from _said_elsewhere(delta, rules)
    elif delta.elsewhere and change.place is not Place.MOVED:
        yield plain_reason(Plain.MOVED, change, change.clause.text, rules)
    if turned := delta.turned(rules):
        yield plain_reason(Plain.OPPOSITE, change, ", ".join(turned), rules)


def _said_elsewhere(delta: Delta, rules: Rules) -> Iterator[Reason]:
    """Weigh words that stand in the other text, too, and meant something where they stood: a promise for this plan."""
    found = list(_by_rule(delta, rules))
    if marks := [reason for reason in found if not words(reason.text)]:  # a currency, a limit: no words of their own
        yield from (replace(reason, rule=Plain.MARK, why=f"{reason.why} {rules.whys[Plain.MARK]}") for reason in marks)
        return
    if found and rules.spelling.count_denials(delta.added) != rules.spelling.count_denials(delta.gone):
        yield replace(found[0], rule=Plain.PROMISE, why=rules.whys[Plain.PROMISE])
    yield from (replace(reason, elsewhere=True) for reason in found)
    if not found:
        plain = Plain.LANGUAGE if rules.foreign else Plain.WORDING
        yield plain_reason(plain, delta.change, delta.added or delta.gone or delta.change.after, rules)


def _by_rule(delta: Delta, rules: Rules) -> Iterator[Reason]:
    for rule in rules.rules:
        if text := _found(rule, delta):
            yield Reason(
                rule=rule.id,
                proposed=rule.proposed,
                topic=rule.topic,
                text=text,
                why=rule.why,
                change=delta.change,
                before=delta.change.before,
                after=delta.change.after,
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
        yield plain_reason(Plain.CONTACT_LINK, change, text, rules)
    elif not whole:
        yield plain_reason(Plain.LINK, change, text, rules)


def _found(rule: Rule, delta: Delta) -> str:
    """Return the words the rule found on one side more often than on the other; empty where it does not hold."""
    added = Counter(match.group().casefold() for match in rule.words.finditer(delta.added))
    gone = Counter(match.group().casefold() for match in rule.words.finditer(delta.gone))
    words = (added - gone) + (gone - added)
    if not words or (rule.context and not rule.context.search(delta.clause)):
        return ""
    return quote(words)
