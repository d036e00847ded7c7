"""The net words of a change: those that neither document says elsewhere, and that say something else. Pure.

A word does not count that stands in the other document within a run of six words (text that moved, was split, merged
or said twice), that is only written otherwise, that is a date or a web address, or that is struck here and added again
in the same clause. But a phrase struck from a sentence counts though it stands in another: a run must reach beyond the
changed words, or the whole sentence must have changed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from toolkit.changes.alignment import Op
from toolkit.changes.flow import RUN, Flow, read_flow, word_spans
from toolkit.changes.redline import Change, Redline
from toolkit.changes.rules import Rules
from toolkit.policy.words import fold, sentence_ends, words

_WEB = re.compile(
    r"(?!.*@)(?:https?$|www\.|[\w-]+(?:[./][\w-]+)*\.(?:com|org|net|io|co|hk|uk|de|eu|html?|js|gov|info|pdf)\b)",
    re.IGNORECASE,
)
_HIDDEN_ADDRESS = re.compile(r"\[?email.?protected\]?|/cdn-cgi/", re.IGNORECASE)
_NEIGHBOURS = 3
"""Signs between two words of one date at most."""


@dataclass(frozen=True, kw_only=True)
class Half:
    """One side of a changed clause: its text, its plain words, and which of them are net."""

    text: str
    words: tuple[str, ...]
    net: tuple[int, ...]

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        return word_spans(self.text)

    @cached_property
    def sentences(self) -> tuple[int, ...]:
        """The number of the sentence that each word stands in."""
        return _number_sentences(self.text, self.spans)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The net words as they stand in the text."""
        return tuple(self.word(at) for at in self.net)

    @cached_property
    def plain(self) -> tuple[str, ...]:
        return tuple(self.words[at] for at in self.net)

    def word(self, at: int) -> str:
        start, end = self.spans[at]
        return self.text[start:end]

    def sentence(self, number: int) -> str:
        """Return one sentence as it stands in the text."""
        start, end = self.bounds(number)
        return self.text[start:end].strip()

    def bounds(self, number: int) -> tuple[int, int]:
        """Return where a sentence begins and ends, in characters."""
        return self._ends[number], self._ends[number + 1]

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return 0, *sentence_ends(self.text), len(self.text)

    @cached_property
    def touched(self) -> tuple[int, ...]:
        """The numbers of the sentences that have net words, in order."""
        return tuple(dict.fromkeys(self.sentences[at] for at in self.net))


NOTHING_SAID = Half(text="", words=(), net=())


@dataclass(frozen=True, kw_only=True)
class Net:
    """A change with its net words: `gone` on the old side, `come` on the new one.

    `swapped`: the words of the clause are the same, and stand in another order.
    """

    change: Change
    gone: Half
    come: Half
    swapped: bool = False

    def __bool__(self) -> bool:
        return bool(self.gone.net or self.come.net)

    @property
    def halves(self) -> tuple[Half, Half]:
        return self.gone, self.come

    @cached_property
    def said(self) -> tuple[str, ...]:
        return (*self.gone.said, *self.come.said)


@dataclass(frozen=True, kw_only=True)
class Flows:
    """Both documents as streams of words, with the rules to read them by."""

    old: Flow
    new: Flow
    rules: Rules


def read_flows(redline: Redline, rules: Rules) -> Flows:
    """Read both documents of a redline as streams of words."""
    old, new = (read_flow(document.clauses, rules.spelling) for document in (redline.old, redline.new))
    return Flows(old=old, new=new, rules=rules)


def find_net(change: Change, flows: Flows) -> Net:
    """Find the net words of a change."""
    gone, come = _half(change, Op.DELETE, flows), _half(change, Op.INSERT, flows)
    if gone.plain != come.plain and _letters(gone) == _letters(come):  # only glued together, or taken apart
        return Net(change=change, gone=replace(gone, net=()), come=replace(come, net=()))
    gone, come = _readable(change, gone, come, flows.rules)
    gone, come = (_without_respellings(change, half, flows.rules) for half in (gone, come))
    if _say_as_long(gone, come, flows.rules):
        return Net(change=change, gone=replace(gone, net=()), come=replace(come, net=()))
    less, more = _cancelled(gone, come, flows.rules)
    if gone.net and come.net and not less.net and not more.net and _tells(gone, come, flows.rules):
        return Net(change=change, gone=gone, come=come, swapped=True)
    return Net(change=change, gone=less, come=more)


def _tells(gone: Half, come: Half, rules: Rules) -> bool:
    """Whether words took each other's place, and not only small ones."""
    stems = [[rules.spelling.stem(word) for word in half.plain] for half in (gone, come)]
    return stems[0] != stems[1] and sum(not rules.signs.small.fullmatch(word) for word in set(gone.plain)) > 1


def _say_as_long(gone: Half, come: Half, rules: Rules) -> bool:
    """Whether nothing but a period changed, and it is as long as before: 30 days for a month."""
    durations = rules.durations
    if not durations.units or not gone.net or not come.net:
        return False
    was, becomes = (durations.find(" ".join(map(half.sentence, half.touched))) for half in (gone, come))
    return bool(was) and was == becomes and all(map(durations.is_part, (*gone.said, *come.said)))


def _half(change: Change, op: Op, flows: Flows) -> Half:
    here, there = (flows.new, flows.old) if op is Op.INSERT else (flows.old, flows.new)
    clause, at = (change.new, change.new_at) if op is Op.INSERT else (change.old, change.old_at)
    if clause is None or at is None:
        return NOTHING_SAID
    spans = word_spans(clause.text)
    start = here.starts[at]
    words = here.words[start : start + len(spans)]
    changed = _changed(change, op, spans)
    if not any(changed):
        return Half(text=clause.text, words=words, net=())
    whole = _wholly_changed(changed, _number_sentences(clause.text, spans))
    net = tuple(
        word for word, own in enumerate(changed) if own and not _stands(here, there, at, word, changed, whole[word])
    )
    return Half(text=clause.text, words=words, net=net)


def _changed(change: Change, op: Op, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Say for each word of one side whether the redline marks any of it."""
    at, marked = 0, []
    for run in change.runs:
        if run.op is op:
            marked.append((at, at + len(run.text)))
        at += len(run.text) if run.op in (op, Op.KEEP) else 0
    found, next_mark = [], 0
    for start, end in spans:
        while next_mark < len(marked) and marked[next_mark][1] <= start:
            next_mark += 1
        found.append(next_mark < len(marked) and marked[next_mark][0] < end)
    return found


def _number_sentences(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    ends, number, found = [*sentence_ends(text), len(text) + 1], 0, []
    for start, _ in spans:
        while start >= ends[number]:
            number += 1
        found.append(number)
    return tuple(found)


def _wholly_changed(changed: Sequence[bool], sentences: Sequence[int]) -> list[bool]:
    """Say for each word whether all words of its sentence changed."""
    kept = {number for number, own in zip(sentences, changed, strict=True) if not own}
    return [number not in kept for number in sentences]


def _stands(here: Flow, there: Flow, clause: int, word: int, changed: Sequence[bool], whole: bool) -> bool:  # noqa: PLR0917
    """Whether a changed word stands in the other document within a run that reaches beyond the changed words."""
    for first, run in here.around(clause, word):
        if run in there.runs and (whole or _reaches_beyond(range(first, first + RUN), changed)):
            return True
    return False


def _reaches_beyond(run: range, changed: Sequence[bool]) -> bool:
    return run.start < 0 or run.stop > len(changed) or not all(changed[run.start : run.stop])


def _letters(half: Half) -> str:
    return "".join(sign for word in half.said for sign in fold(word).casefold() if sign.isalnum())


def hides_address(change: Change) -> bool:
    """Whether a page hides its mail addresses from those who collect them, on either side."""
    links = [link.target for clause in (change.old, change.new) if clause for link in clause.links]
    return any(map(_HIDDEN_ADDRESS.search, (change.before, change.after, *links)))


def _readable(change: Change, gone: Half, come: Half, rules: Rules) -> tuple[Half, Half]:
    """Leave out web addresses and dates, and mail addresses where one side hides them from collectors."""
    hides = hides_address(change)
    return _without_addresses(gone, rules, hides=hides), _without_addresses(come, rules, hides=hides)


def _without_addresses(half: Half, rules: Rules, *, hides: bool) -> Half:
    dates = frozenset(_dates(half, rules)) if half.net else frozenset()
    net = tuple(at for at in half.net if at not in dates and not _is_address(half.word(at), hides=hides))
    return replace(half, net=net)


def _is_address(word: str, *, hides: bool) -> bool:
    return bool(_WEB.match(word)) or (hides and ("@" in word or word.casefold() in ("email", "protected")))


def _dates(half: Half, rules: Rules) -> Iterator[int]:
    """Yield the words of dates: neighbours that may belong to one, with a month or a year among them."""
    run: list[int] = []
    for at, (start, _) in enumerate(half.spans):
        near = bool(run) and start - half.spans[run[-1]][1] <= _NEIGHBOURS
        if run and not (near and rules.furniture.may_date(half.word(at))):
            yield from _dated(run, half, rules)
            run = []
        if rules.furniture.may_date(half.word(at)):
            run.append(at)
    yield from _dated(run, half, rules)


def _dated(run: list[int], half: Half, rules: Rules) -> list[int]:
    return run if rules.furniture.is_date([half.word(at) for at in run]) else []


def _without_respellings(change: Change, half: Half, rules: Rules) -> Half:
    """Leave out words that took the place of themselves, or gave it up to themselves, written otherwise."""
    known = frozenset(word for pair in _exchanged(change) if rules.spelling.is_respelling(*pair) for word in pair)
    return replace(half, net=tuple(at for at in half.net if half.word(at) not in known)) if known else half


def _exchanged(change: Change) -> Iterator[tuple[str, str]]:
    """Yield the words that took another's place, one by one, where it is clear which took which."""
    for one, other in pairwise(change.runs):
        if (one.op, other.op) == (Op.DELETE, Op.INSERT):
            was, becomes = words(one.text), words(other.text)
            if len(was) == len(becomes):
                yield from zip(was, becomes, strict=True)


def _cancelled(gone: Half, come: Half, rules: Rules) -> tuple[Half, Half]:
    """Leave out what is struck and added in the same clause. A denial that moves says something else."""
    stems = [[rules.spelling.stem(word) for word in half.plain] for half in (gone, come)]
    both = Counter(stems[0]) & Counter(stems[1])
    for word in [word for word in both if rules.spelling.count_denials(word)]:
        del both[word]
    return _without(gone, stems[0], both.copy()), _without(come, stems[1], both.copy())


def _without(half: Half, stems: list[str], both: Counter[str]) -> Half:
    left = []
    for at, stem in zip(half.net, stems, strict=True):
        if both[stem]:
            both[stem] -= 1
        else:
            left.append(at)
    return replace(half, net=tuple(left))
