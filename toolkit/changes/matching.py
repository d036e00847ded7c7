"""Which rules find something in the net words of a change, sentence by sentence. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.changes.net import Half, Net
from toolkit.changes.rules import Rule, Rules

_SHARED = 0.3
"""Two sentences of one clause are one, reworded, from this share of common words on."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A sentence with net words, before and after; one side is empty where the sentence is new or gone.

    `gone` and `come` are its net words, `hits` the words that each rule, by its name, finds more often on one side than
    on the other.
    """

    before: str
    after: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    hits: Mapping[str, Counter[str]]

    @property
    def net(self) -> int:
        return len(self.gone) + len(self.come)

    @property
    def said(self) -> tuple[str, ...]:
        return (*self.gone, *self.come)

    @property
    def text(self) -> str:
        return f"{self.before} {self.after}"


def find_pairs(net: Net, rules: Rules) -> tuple[Pair, ...]:
    """Pair the sentences of a change that have net words, and find what the rules find in each pair."""
    return tuple(_pair(net, was, becomes, rules) for was, becomes in _paired(net))


def sum_hits(pairs: tuple[Pair, ...]) -> dict[str, int]:
    """Return how many words each rule found in all pairs together."""
    found: Counter[str] = Counter()
    for pair in pairs:
        found.update({rule: sum(words.values()) for rule, words in pair.hits.items()})
    return dict(found)


def _paired(net: Net) -> Iterator[tuple[int | None, int | None]]:
    """Yield the numbers of the sentences that belong together, new ones first, in order."""
    left = list(net.gone.touched)
    for becomes in net.come.touched:
        was = _counterpart(net.come, becomes, net.gone)
        if was in left:
            left.remove(was)
        yield was, becomes
    for was in left:
        yield was, _counterpart(net.gone, was, net.come)


def _counterpart(half: Half, number: int, other: Half) -> int | None:
    """Return the other side's sentence that shares most words with a sentence, where it shares enough."""
    own = _words(half, number)
    shared = [(_share(own, _words(other, each)), -each) for each in sorted(set(other.sentences))]
    best = max(shared, default=(0.0, 0))
    return -best[1] if best[0] >= _SHARED else None


def _share(own: Counter[str], other: Counter[str]) -> float:
    return (own & other).total() / max(1, own.total(), other.total())


def _words(half: Half, number: int) -> Counter[str]:
    return Counter(word for word, sentence in zip(half.words, half.sentences, strict=True) if sentence == number)


def _pair(net: Net, was: int | None, becomes: int | None, rules: Rules) -> Pair:
    before = "" if was is None else net.gone.sentence(was)
    after = "" if becomes is None else net.come.sentence(becomes)
    around = f"{net.change.clause.place} {before} {after}"
    hits = {}
    for rule in rules.rules:
        if rule.context and not rule.context.search(around):
            continue
        gone, come = _found(rule, net.gone, was), _found(rule, net.come, becomes)
        if words := (come - gone) + (gone - come):
            hits[rule.id] = words
    return Pair(
        before=before,
        after=after,
        gone=_net_words(net.gone, was),
        come=_net_words(net.come, becomes),
        hits=hits,
    )


def _net_words(half: Half, number: int | None) -> tuple[str, ...]:
    return tuple(half.word(at) for at in half.net if half.sentences[at] == number)


def _found(rule: Rule, half: Half, number: int | None) -> Counter[str]:
    """Count what a rule finds in one sentence, where a net word is part of it."""
    own = [half.spans[at] for at in half.net if half.sentences[at] == number] if number is not None else []
    if not own:
        return Counter()
    start, end = half.bounds(number or 0)
    return Counter(
        match.group().casefold()
        for match in rule.words.finditer(half.text, start, end)
        if any(match.start() < last and first < match.end() for first, last in own)
    )
