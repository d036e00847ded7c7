"""Redline -> Verdict: the proposed class, the reasons, the topics. Pure.

A change counts by what was truly added or taken away: words that only moved inside the text, or that still stand
elsewhere in it, date lines and page furniture do not count.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from toolkit.changes.alignment import Op
from toolkit.changes.redline import Change, Kind, Redline
from toolkit.changes.rules import Rule, Rules
from toolkit.changes.targets import targets
from toolkit.changes.topics import Topic
from toolkit.policy.classes import Class
from toolkit.policy.document import Document
from toolkit.policy.words import count, fold, is_word, tokens

_CALM = frozenset({Kind.UNCHANGED, Kind.FORMATTED, Kind.RENUMBERED})
_SENTENCE = re.compile(r"(?<=[.!?;。！？；])\s+")
_PHRASE = 4
"""A sentence of fewer words may stand elsewhere by chance."""
_RESPELT = 0.7
"""From this likeness on, one word in another's place is a spelling of it."""
_REACHES_US = re.compile(r"(?:mailto|tel):")
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
    """Propose a class for what a redline shows, by the rules of its language."""
    deltas = tuple(filter(None, (_delta(change, redline, rules) for change in redline.changed)))
    reasons = tuple(reason for delta in deltas for reason in _reasons(delta, rules))
    ranks = [reason.proposed for reason in reasons]
    return Verdict(proposed=max(ranks, default=Class.EDITORIAL), reasons=reasons)


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


def _delta(change: Change, redline: Redline, rules: Rules) -> _Delta | None:
    if change.kind in _CALM:
        return None
    added = _fresh(change, Op.INSERT, redline.old, rules)
    gone = _fresh(change, Op.DELETE, redline.new, rules)
    delta = _Delta(change=change, added=added, gone=gone)
    if _is_date_line(delta, rules):
        return None
    return delta if delta.words or change.kind is Kind.RELINKED else None


def _is_date_line(delta: _Delta, rules: Rules) -> bool:
    """Whether nothing but the date of a line like `Last Updated` changed."""
    words = filter(is_word, tokens(f"{delta.added} {delta.gone}"))
    return bool(rules.furniture.search(delta.clause)) and all(map(rules.dates.match, words))


def _fresh(change: Change, op: Op, other: Document, rules: Rules) -> str:
    """Return the words of one side that the other document does not hold as a whole sentence, without furniture."""
    said = " … ".join(run.text for run in change.runs if run.op is op)
    sentences = (rules.furniture.sub("", fold(sentence)).strip() for sentence in _SENTENCE.split(said))
    return " ".join(s for s in sentences if s and (count(s) < _PHRASE or s.casefold() not in other.words))


def _reasons(delta: _Delta, rules: Rules) -> Iterator[Reason]:
    found = False
    for rule in rules.rules:
        text = _found(rule, delta)
        if text:
            found = True
            yield Reason(
                rule=rule.id, proposed=rule.proposed, topic=rule.topic, text=text, why=rule.why, change=delta.change
            )
    if delta.change.kind is Kind.RELINKED:
        yield _relinked(delta.change)
    elif not found and not _is_respelling(delta):
        yield _plain(delta, "wording", "The wording changes, in words that no rule knows.")


def _relinked(change: Change) -> Reason:
    """Judge a link that leads elsewhere: an address people write to is part of how they use their rights."""
    text = "; ".join(targets(change))
    if _REACHES_US.search(text):
        why, topic, proposed = (
            "An address that people write to or call changes.",
            Topic.CONTROLLER_CONTACT,
            Class.MATERIAL,
        )
        return Reason(rule="contact-link", proposed=proposed, topic=topic, text=text[:_QUOTE], why=why, change=change)
    why = "A link leads elsewhere."
    return Reason(rule="link", proposed=Class.MINOR, topic=None, text=text[:_QUOTE], why=why, change=change)


def _is_respelling(delta: _Delta) -> bool:
    """Whether each changed word is only written otherwise: organise for organize, seperate for separate."""
    added, gone = (list(filter(is_word, tokens(side.casefold()))) for side in (delta.added, delta.gone))
    if len(added) != len(gone):
        return False
    return all(
        was.isalpha() and Levenshtein.normalized_similarity(was, becomes) >= _RESPELT
        for was, becomes in zip(gone, added, strict=True)
    )


def _plain(delta: _Delta, rule: str, why: str) -> Reason:
    text = (delta.added or delta.gone or delta.change.after)[:_QUOTE]
    return Reason(rule=rule, proposed=Class.MINOR, topic=None, text=text, why=why, change=delta.change)


def _found(rule: Rule, delta: _Delta) -> str:
    """Return the words the rule found on one side more often than on the other; empty where it does not hold."""
    added = Counter(match.group().casefold() for match in rule.words.finditer(delta.added))
    gone = Counter(match.group().casefold() for match in rule.words.finditer(delta.gone))
    words = (added - gone) + (gone - added)
    if not words or (rule.context and not rule.context.search(delta.clause)):
        return ""
    return ", ".join(sorted(words, key=lambda word: (-words[word], word)))[:_QUOTE]
