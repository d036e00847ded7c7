"""Why a change counts, as a lawyer reads it: the sentence before and after, on which topic, in whose favour. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from toolkit.changes.durations import Durations
from toolkit.changes.matching import Pair
from toolkit.changes.redline import Change
from toolkit.changes.rules import Favour, Plain, Rule, Rules
from toolkit.changes.signals import Told
from toolkit.changes.topics import Topic
from toolkit.policy.classes import Class
from toolkit.policy.words import words

_QUOTE = 160
_NEXT_BEST = 0.8
"""A sentence's second topic is told, too, where it has so much of the first one's hits."""
_MOST = 3
"""Topics of one change at most."""
_HEADING = 0.5
"""What it adds to a topic's hits that the heading speaks of it."""
_FEW = 2


class Direction(StrEnum):
    """Whom a change favours: it gives the person more, or less, or it cannot be told."""

    MORE = "more"
    LESS = "less"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a change counts: the rule that found it, the words it found, in which clause, on what topic.

    `before` and `after` are the sentences the words stand in; one of them is empty where there is none. `weight` is
    what the clause adds to the odds that the whole is material; it sorts the reasons. `elsewhere`: its words
    still stand in another place, so that it is minor at most.
    """

    rule: str
    proposed: Class
    topic: Topic | None
    text: str
    why: str
    change: Change
    before: str = ""
    after: str = ""
    direction: Direction = Direction.OTHER
    weight: float = 0.0
    elsewhere: bool = False


def say(reason: Reason) -> str:
    """Return a reason in one line: why, in whose favour, where, and the sentence before and after."""
    place = f" In “{reason.change.clause.path[-1]}”:" if reason.change.clause.path else ""
    return f"{reason.why}{_FAVOURS[reason.direction]}{place} {_sentences(reason)} [{reason.rule}]"


def _sentences(reason: Reason) -> str:
    before, after = _short(reason.before), _short(reason.after)
    if before == after:
        return reason.text
    if before and after:
        return f"“{before}” → “{after}”"
    return f"new: “{after}”" if after else f"gone: “{before}”"


def _short(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= _LINE else f"{line[:_LINE].rstrip()}…"


_LINE = 240
_FAVOURS = {
    Direction.MORE: " The person gets more.",
    Direction.LESS: " The person gets less.",
    Direction.OTHER: "",
}


def plain_reason(plain: Plain, change: Change, text: str, rules: Rules) -> Reason:
    """Return the reason that lies in the kind of change, whatever its words."""
    return Reason(
        rule=plain.value,
        proposed=_CLASSES[plain],
        topic=Topic.CONTROLLER_CONTACT if plain is Plain.CONTACT_LINK else None,
        text=text[:_QUOTE],
        why=rules.whys[plain],
        change=change,
        before=change.before,
        after=change.after,
    )


_CLASSES = {
    Plain.WORDING: Class.MINOR,
    Plain.LANGUAGE: Class.MINOR,
    Plain.OPPOSITE: Class.MATERIAL,
    Plain.MARK: Class.MATERIAL,
    Plain.PROMISE: Class.MATERIAL,
    Plain.LINK: Class.MINOR,
    Plain.CONTACT_LINK: Class.MATERIAL,
    Plain.MOVED: Class.MINOR,
    Plain.HEADING: Class.MINOR,
    Plain.NUMBER: Class.EDITORIAL,
    Plain.DEPTH: Class.MINOR,
    Plain.COLUMN: Class.MINOR,
}


def net_reasons(told: Told, rules: Rules) -> Iterator[Reason]:
    """Yield a change's reasons, a topic each: for every sentence with net words what it is most about."""
    weight = sum(rules.weights.weights.get(f"{name}.most", 0.0) * value for name, value in told.signals.items())
    by_id = {rule.id: rule for rule in rules.rules}
    named: set[Topic | None] = set()
    unknown = None
    for pair in told.pairs:
        found = _topics(told, pair, rules)
        for rule in found:
            if by_id[rule].topic not in named and len(named) < _MOST:
                named.add(by_id[rule].topic)
                yield _reason(by_id[rule], told, pair, rules, weight * told.counts)
        unknown = unknown or (None if found else pair)
    if unknown and not named:
        plain = Plain.LANGUAGE if rules.foreign else Plain.WORDING
        yield _unknown(plain, told, unknown, rules, weight * told.counts)


def _topics(told: Told, pair: Pair, rules: Rules) -> list[str]:
    """Return the rules of the one topic that a sentence is most about, or of two that it is as much about."""
    if told.net.change.clause.level:
        return []
    place = told.under
    score: dict[str, float] = {}
    for rule in rules.rules:
        if rule.id in pair.hits:
            spoken = rule.context is None and rule.words.search(place)
            score[rule.id] = (min(sum(pair.hits[rule.id].values()), _MOST) + (_HEADING if spoken else 0)) * rule.rank
    if not score and pair.net >= _FEW and rules.signs.data.search(pair.text):
        return [rule.id for rule in rules.rules if rule.rank and not rule.context and rule.words.search(place)][:1]
    best = sorted(score.items(), key=lambda each: -each[1])[:2]
    return [rule for rule, hits in best if hits >= _NEXT_BEST * best[0][1]]


def _reason(rule: Rule, told: Told, pair: Pair, rules: Rules, weight: float) -> Reason:
    found = pair.hits.get(rule.id) or Counter(pair.said)
    subject = _subject(pair, rules) if rule.topic is Topic.OTHER else rule
    return Reason(
        rule=rule.id,
        proposed=rule.proposed if rule.applies(before=pair.before, after=pair.after) else Class.MINOR,
        topic=subject.topic if subject else rule.topic,
        text=quote(found),
        why=rule.why,
        change=told.net.change,
        before=pair.before,
        after=pair.after,
        direction=_direction(subject or rule, pair, rules),
        weight=weight,
    )


def _unknown(plain: Plain, told: Told, pair: Pair, rules: Rules, weight: float) -> Reason:
    return Reason(
        rule=plain.value,
        proposed=_CLASSES[plain],
        topic=None,
        text=" ".join(pair.said)[:_QUOTE],
        why=rules.whys[plain],
        change=told.net.change,
        before=pair.before,
        after=pair.after,
        weight=weight,
    )


def quote(words: Counter[str]) -> str:
    """Return words in one line, the most frequent first."""
    return ", ".join(sorted(words, key=lambda word: (-words[word], word)))[:_QUOTE]


def _subject(pair: Pair, rules: Rules) -> Rule | None:
    """Return the rule that a sentence is most about: what a denial denies."""
    found = [
        (len(rule.words.findall(pair.text)) * rule.rank, -at)
        for at, rule in enumerate(rules.rules)
        if rule.topic is not Topic.OTHER and rule.context is None
    ]
    hits, at = max(found, default=(0.0, 0))
    return rules.rules[-at] if hits else None


def _direction(rule: Rule, pair: Pair, rules: Rules) -> Direction:
    """Tell whom a change favours: by which period is longer, else by what comes or goes, turned round by a denial."""
    longer = _longer(pair, rules.durations)
    if rule.longer and longer:
        return _turn(rule.longer, turned=longer < 0)
    if not rule.added:
        return Direction.OTHER
    denied, denies = (rules.spelling.count_denials(side) > 0 for side in (pair.before, pair.after))
    if pair.before and pair.after and denied is not denies:
        return _turn(rule.added, turned=denies)
    if bool(pair.come) == bool(pair.gone) or not _is_plain(rule, pair, rules):
        return Direction.OTHER
    return _turn(rule.added, turned=bool(pair.gone) != (denies if pair.come else denied))


def _is_plain(rule: Rule, pair: Pair, rules: Rules) -> bool:
    """Whether it is plain what more or less of a rule's words means.

    A whole sentence says who does it, and makes no exception; of a part, the rule's words are those that came or went.
    """
    if rules.signs.exceptions.search(pair.text) or _of_rights(rule, pair, rules):
        return False
    if not (pair.before and pair.after):
        return bool(rules.signs.people.search(pair.text))
    said = {word.casefold() for word in pair.said}
    return all(set(words(found.casefold())) <= said for found in pair.hits.get(rule.id, ()))


def _of_rights(rule: Rule, pair: Pair, rules: Rules) -> bool:
    """Whether a sentence speaks of people's rights, and the rule does not: a right to have a decision reviewed."""
    rights = (each for each in rules.rules if each.topic is Topic.RIGHTS and each.context is None)
    return rule.topic is not Topic.RIGHTS and any(each.words.search(pair.text) for each in rights)


def _longer(pair: Pair, durations: Durations) -> int:
    """Return 1 where the longest period of a sentence became longer, -1 where it became shorter, 0 where neither."""
    was, becomes = (max(durations.find(side), default=0) for side in (pair.before, pair.after))
    return (was < becomes) - (becomes < was) if was and becomes else 0


def _turn(favour: Favour, *, turned: bool) -> Direction:
    return Direction.MORE if (favour is Favour.MORE) is not turned else Direction.LESS
