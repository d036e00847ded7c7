"""Net words -> signals: what speaks for a material change and what against one, as figures. Pure.

A signal is told of each clause first. A document's signal is the greatest of its clauses' (`most`) and, on a
logarithmic scale, their sum (`all`). A clause that looks like part of the page counts for less.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log1p, log2

from toolkit.changes.delta import Deltas
from toolkit.changes.layout import Layout, read_layout
from toolkit.changes.matching import Pair, find_pairs, sum_hits
from toolkit.changes.net import NOTHING_SAID, Flows, Half, Net, find_net, hides_address, read_flows
from toolkit.changes.redline import Aspect, Change, Place, Redline
from toolkit.changes.rules import Rules
from toolkit.changes.targets import targets
from toolkit.policy.clauses import Block, Inline

AGAINST = "not "
"""The beginning of the name of every signal that speaks against a material change."""

NOTHING = f"{AGAINST}anything"
"""The signal of a text that says nothing new and leaves nothing out."""

UNSURE = ("swapped.most", "extent.most")
"""Words took each other's place, or one such as `only` or `some` came or went: a person has to look."""

_DAMPED = 0.5
"""What a clause's signals count for each sign that it is part of the page."""
_REACHES_US = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
_FORM = re.compile(r"contact|privacy-?(?:request|form|choice)|dsar|support|request|opt", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.&'-]+")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_GLUED = re.compile(r"[a-z][.:,)][A-Z]|[a-z][A-Z][a-z]")
_VERSION = re.compile(r"\d+\.\d[\d.]*")
_NEAR = 64  # pairs of words, struck and added in one clause, among which opposites are looked for
_SHORT = 5
_FEW_REPEATS = 2
_PARTLY, _MANY, _LONG, _LINKED = 0.6, 5, 400, 0.5
_SPEAKING_HEADINGS = frozenset(
    {
        "collection", "purpose", "sharing", "rights", "retention", "security", "tracking", "children", "controller",
        "transfer", "legal-basis",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Told:
    """A clause's net words, what the rules find in its sentences, and the signals of both."""

    net: Net
    under: str
    pairs: tuple[Pair, ...]
    signals: Mapping[str, float]

    @cached_property
    def counts(self) -> float:
        """What the clause counts: less for each sign that it is part of the page."""
        return float(_DAMPED ** len(self.signals.keys() & _PART_OF_PAGE))

    def value(self, signal: str) -> float:
        """Return what a signal of this clause counts. What speaks plainly counts in a sentence without a verb, too."""
        if signal in _SPEAKS_PLAINLY:
            return self.signals[signal] * float(_DAMPED ** len(self.signals.keys() & (_PART_OF_PAGE - _NO_PRACTICE)))
        return self.signals[signal] * self.counts


_PART_OF_PAGE = frozenset(
    f"{AGAINST}{what}"
    for what in (
        "menu", "heading", "linked", "short", "markup", "repeated", "renamed", "pointer", "announced", "no verb",
        "figures", "glued", "dialog",
    )
)  # fmt: skip

_NO_PRACTICE = frozenset(f"{AGAINST}{what}" for what in ("pointer", "announced", "no verb", "repeated", "renamed"))
_SPEAKS_PLAINLY = frozenset({"denial", "modal", "opposite", "rule notification", "rule notice-period"})


def tell_all(redline: Redline, deltas: Deltas, rules: Rules) -> tuple[Told, ...]:
    """Find the net words of every change that says anything, and tell their signals."""
    looked_at = [change for change in redline.changed if Aspect.LINKS in change.aspects or _says(change, deltas)]
    if not looked_at:
        return ()
    flows = read_flows(redline, rules)
    nets = [
        find_net(change, flows) if _says(change, deltas) else Net(change=change, gone=NOTHING_SAID, come=NOTHING_SAID)
        for change in looked_at
    ]
    return _tell(nets, deltas, flows, read_layout(redline, rules))


def _says(change: Change, deltas: Deltas) -> bool:
    delta = deltas.get(id(change))
    return delta is not None and delta.says


def _tell(nets: Sequence[Net], deltas: Deltas, flows: Flows, layout: Layout) -> tuple[Told, ...]:
    """Tell the signals of every change with net words."""
    swaps = Counter(map(_swap, nets))
    seen: set[tuple[tuple[str, ...], ...]] = set()
    found = []
    for net in nets:
        signals = dict(_of_links(net, flows))
        pairs = find_pairs(net, flows.rules) if net else ()
        under = deltas[id(net.change)].under if net else ""
        if net:
            signals |= dict(_of_words(net, under, sum_hits(pairs), flows, layout))
            signals |= dict(_of_repeats(net, swaps, seen))
        if signals:
            found.append(Told(net=net, under=under, pairs=pairs, signals=signals))
    return tuple(found)


def sum_up(told: Sequence[Told]) -> dict[str, float]:
    """Return a document's signals, `NAME.most` and `NAME.all`, from those of its clauses."""
    if not told:
        return {NOTHING: 1}
    most: dict[str, float] = {}
    sums: dict[str, float] = {}
    for each in told:
        for name in each.signals:
            counts = each.value(name)
            most[name] = max(most.get(name, 0.0), counts)
            sums[name] = sums.get(name, 0.0) + counts
    return {f"{name}.most": value for name, value in most.items()} | {
        f"{name}.all": log1p(value) for name, value in sums.items()
    }


def _swap(net: Net) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(set(half.plain))) for half in net.halves)


def _of_repeats(
    net: Net, swaps: Counter[tuple[tuple[str, ...], ...]], seen: set[tuple[tuple[str, ...], ...]]
) -> Iterator[tuple[str, float]]:
    swap = _swap(net)
    if swap in seen:
        yield f"{AGAINST}repeated", 1
    seen.add(swap)
    if all(swap) and swaps[swap] > _FEW_REPEATS:
        yield f"{AGAINST}renamed", 1


def _of_links(net: Net, flows: Flows) -> Iterator[tuple[str, float]]:
    change = net.change
    if Aspect.LINKS not in change.aspects or change.place in (Place.ADDED, Place.REMOVED):
        return
    for was, becomes in targets(change):
        if _REACHES_US.match(was) or _REACHES_US.match(becomes):
            if not hides_address(change) and (_unknown(was, flows.new.known) or _unknown(becomes, flows.old.known)):
                yield "address link", 1
        elif was and becomes and _page(was) != _page(becomes):
            yield "link", 1
            if _FORM.search(was + becomes):
                yield "form link", 1


def _unknown(target: str, known: frozenset[str]) -> bool:
    """Whether the other text does not print the address that a link leads to."""
    address = _REACHES_US.sub("", target.partition(" ")[0]).partition("?")[0].casefold()
    return bool(address) and address not in known


def _page(target: str) -> str:
    """Return the page a link leads to, whatever its protocol and query."""
    bare = re.sub(r"[?#].*", "", re.sub(r"^https?://(?:www\.)?", "", target.partition(" ")[0]))
    return bare.rstrip("/").casefold()


def _of_words(
    net: Net, under: str, hits: Mapping[str, int], flows: Flows, layout: Layout
) -> Iterator[tuple[str, float]]:
    content = [
        half.word(at) for half in net.halves for at in half.net if not flows.rules.signs.small.fullmatch(half.words[at])
    ]
    yield "words", min(log1p(len(net.said)), 4)
    if net.swapped:
        yield "swapped", 1
    if not net.change.clause.level and any(map(flows.rules.signs.extent.fullmatch, net.said)):
        yield "extent", 1
    if not content:
        yield f"{AGAINST}content", 1
    yield from _of_sentences(net, flows)
    yield from _of_form(net, content, flows, layout)
    yield from _of_rules(net, hits, flows)
    if content and not net.change.clause.level:
        yield from _of_place(under, flows)
    if not net.change.clause.level:
        yield from _of_exchanges(net, flows)
    yield from _of_names(net, content, flows, layout)


def _of_sentences(net: Net, flows: Flows) -> Iterator[tuple[str, float]]:
    signs = flows.rules.signs
    sentences = [(half, number, half.sentence(number)) for half in net.halves for number in half.touched]
    text = " . ".join(sentence for _, _, sentence in sentences)
    if signs.data.search(text):
        yield "data", 1
    if signs.practice.search(text):
        if signs.people.search(text):
            yield "practice", 1
    elif not net.change.clause.level:
        yield f"{AGAINST}no verb", 1
    if any(
        signs.practice.search(sentence) and signs.data.search(sentence) and _is_new(half, number)
        for half, number, sentence in sentences
    ):
        yield "whole sentence", 1
    if signs.pointer.search(text):
        yield f"{AGAINST}pointer", 1
    if len(text) < _LONG and signs.announcement.search(text):
        yield f"{AGAINST}announced", 1
    if signs.noise.search(text):
        yield f"{AGAINST}markup", 1
    if signs.dialog.search(text):
        yield f"{AGAINST}dialog", 1


def _is_new(half: Half, number: int) -> bool:
    """Whether most of a sentence of some length is net."""
    own = sum(1 for at in half.net if half.sentences[at] == number)
    return own >= _MANY and own > _PARTLY * half.sentences.count(number)


def _of_form(net: Net, content: Sequence[str], flows: Flows, layout: Layout) -> Iterator[tuple[str, float]]:
    clause = net.change.clause
    if clause.level:
        yield f"{AGAINST}heading", 1
    elif len(flows.rules.spelling.plain_words(clause.text)) < _SHORT:
        yield f"{AGAINST}short", 1
    linked = sum(span.end - span.start for span in clause.spans if span.kind is Inline.LINK)
    if linked > _LINKED * len(clause.text):
        yield f"{AGAINST}linked", 1
    if layout.is_menu(net.change):
        yield f"{AGAINST}menu", 1
    if content and not any(map(_LETTERS.search, content)):
        yield f"{AGAINST}figures", 1
    if any(map(_GLUED.search, content)):
        yield f"{AGAINST}glued", 1
    if clause.block is Block.CELL:
        yield "cell", 1
    if clause.block is Block.ITEM:
        yield "item", 1


def _of_rules(net: Net, hits: Mapping[str, int], flows: Flows) -> Iterator[tuple[str, float]]:
    if net.change.clause.level:
        return
    for rule, found in hits.items():
        yield f"rule {rule}", log2(1 + min(found, 3))
    if hits:
        words = {half.words[at] for half in net.halves for at in half.net} - (flows.old.known & flows.new.known)
        unknown = [word for word in words if not flows.rules.signs.small.fullmatch(word)]
        yield "unknown words", min(log1p(len(unknown)), 3)


def _of_place(under: str, flows: Flows) -> Iterator[tuple[str, float]]:
    """Tell of what the headings and the line above a clause speak."""
    for rule in flows.rules.rules:
        if rule.id in _SPEAKING_HEADINGS and rule.words.search(under):
            yield f"under {rule.id}", 1


def _of_exchanges(net: Net, flows: Flows) -> Iterator[tuple[str, float]]:
    spelling, signs = flows.rules.spelling, flows.rules.signs
    gone, come = (set(half.plain) for half in net.halves)
    if any(map(spelling.count_denials, gone ^ come)):
        yield "denial", 1
    if any(map(signs.modals.fullmatch, gone)) and any(map(signs.modals.fullmatch, come)):
        yield "modal", 1
    if len(gone) * len(come) <= _NEAR and any(spelling.are_opposites(was, to) for was in gone for to in come):
        yield "opposite", 1


def _of_names(net: Net, content: Sequence[str], flows: Flows, layout: Layout) -> Iterator[tuple[str, float]]:
    signs, clause = flows.rules.signs, net.change.clause
    mails = any("@" in word for word in net.said)
    figures = any(word[0].isdigit() and not _VERSION.fullmatch(word) for word in net.said)
    names = [] if clause.level else list(_names(net))
    new = [word for half, at, word in names if at and half.words[at] not in _other(half, net, flows)]
    around = f"{clause.place} {net.come.text} {net.gone.text}"
    if mails:
        yield "mail address", 1
    if figures:
        yield "figure", 1
    if any(at for _, at, _ in names):
        yield "name", 1
    if new:
        yield "new name", 1
    if signs.recipients.search(around) and (new or (names and clause.block in (Block.ITEM, Block.CELL))):
        yield "new recipient", 1
    if any(map(signs.company.match, content)):
        yield "company", 1
    if names and signs.company.search(f"{net.come.text} {net.gone.text}"):
        yield "company near", 1
    if (figures or names) and signs.address.search(layout.block(net.change)):
        yield "address", 1
    if (figures or names or mails) and signs.contact.search(around):
        yield "contact", 1


def _names(net: Net) -> Iterator[tuple[Half, int, str]]:
    """Yield the words written like names: each with its place in its sentence, 0 for the first, which is always so."""
    for half in net.halves:
        for at in half.net:
            if _NAME.match(half.word(at)):
                inside = at if at and half.sentences[at] == half.sentences[at - 1] else 0
                yield half, inside, half.word(at)


def _other(half: Half, net: Net, flows: Flows) -> frozenset[str]:
    return flows.old.known if half is net.come else flows.new.known
