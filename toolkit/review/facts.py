"""Facts that a text says twice, and differently: how long something is kept, an address, where a link leads. Pure.

It is a reader's suspicion and no proof, so each is a warning. Two periods are compared only where they stand beside the
same label, such as "Account Data".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import unquote, urlsplit

from rapidfuzz.distance import OSA

from toolkit.addresses import mail_address
from toolkit.policy.document import Document
from toolkit.policy.words import sentences
from toolkit.review.findings import Finding, Rule
from toolkit.review.source import Source

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PERIOD = re.compile(rf"\b(\d+|{'|'.join(_NUMBERS)})[ -](day|week|month|year)s?\b", re.IGNORECASE)
_FORMER = re.compile(
    r"\([^)]*\b(?:before|previously|formerly|until now|was|were)\b[^)]*\)|\binstead of\b.*", re.IGNORECASE
)
_KEEPS = re.compile(r"\b(?:keep|kept|retain|stor|hold|held|delet|eras|remov|retention)\w*", re.IGNORECASE)
_ANSWERS = re.compile(r"\b(?:respond|reply|answer|response)\w*\b", re.IGNORECASE)
_LABEL = re.compile(r"([^.:;]{3,40}):\s")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CODE = re.compile(r"\b[A-Z]{1,4}\d{4,}\b")
_STREET = re.compile(
    r"\b(\d+[A-Za-z]?)\s+((?:[A-Z][\w'’.]*\s+){1,3}(?:Road|Street|Avenue|Lane|Drive|Square|Boulevard))\b"
)
_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})/?", re.IGNORECASE)
_NEAR = 2
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class _Said:
    """A value that a sentence gives to a subject. Equal values compare equal: 12 months are one year."""

    subject: str
    value: tuple[int, int]
    words: str
    sentence: str
    line: int


def check_facts(document: Document, source: Source) -> Iterator[Finding]:
    """Yield each pair of places that say one fact differently, at the later of the two."""
    for first, then in _contradictions(tuple(_periods(document, source))):
        yield _finding(
            source,
            then.line,
            f"{then.subject}: {then.words} here, and {first.words} in line {first.line}.",
            "Write the same period in both places, or say what each is about.",
        )
    yield from _links(document, source)
    yield from _near(document, source)
    yield from _streets(document, source)


def _finding(source: Source, line: int, what: str, mend: str) -> Finding:
    return Finding(rule=Rule.FACTS_DIFFER, path=source.path, line=line, what=what, mend=mend)


def _contradictions(said: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    first: dict[str, _Said] = {}
    for each in sorted(said, key=lambda each: each.line):
        before = first.setdefault(each.subject, each)
        if before.value != each.value:
            yield before, each


def _periods(document: Document, source: Source) -> Iterator[_Said]:
    labels = tuple(_labels(document))
    summary = document.front.summary if document.front else ()
    line = source.line_of_key("summary")
    for at, sentence in enumerate(summary, start=1):
        yield from _said(sentence, labels, source.line_with(sentence) if sentence in source.text else line + at)
    for clause in document.clauses:
        for sentence in sentences(clause.words):
            yield from _said(sentence, labels, source.line_of(sentence))


def _labels(document: Document) -> Iterator[str]:
    """Yield what the text gives a period under its own label, as its list of periods does."""
    for clause in document.clauses:
        found = _LABEL.match(clause.words)
        if found and _PERIOD.search(clause.words):
            yield found[1].casefold()


def _said(sentence: str, labels: Sequence[str], line: int) -> Iterator[_Said]:
    text = _FORMER.sub("", sentence)
    periods = list(_PERIOD.finditer(text))
    if len(periods) != 1:
        return
    value, folded = _value(periods[0]), text.casefold()
    labelled = _LABEL.match(text)
    for label in labels:
        if (labelled and labelled[1].casefold() == label) or (label in folded and _KEEPS.search(text)):
            yield _Said(label.capitalize(), value, periods[0].group(), sentence, line)
    if _ANSWERS.search(text) and re.search(r"\bwithin\b", folded):
        yield _Said("The time for our answer", value, periods[0].group(), sentence, line)


def _value(found: re.Match[str]) -> tuple[int, int]:
    """Return a period as months and days."""
    number, unit = found[1].casefold(), found[2].casefold()
    count = _NUMBERS.index(number) + 1 if number in _NUMBERS else int(number)
    return count * _MONTHS.get(unit, 0), count * _DAYS.get(unit, 0)


def _links(document: Document, source: Source) -> Iterator[Finding]:
    """Find links whose words are an address, and that lead to another one."""
    for clause in document.clauses:
        for link in clause.links:
            shown, leads = _address(link.text), _address(link.target)
            if shown and leads and shown != leads:
                yield _finding(
                    source,
                    source.line_with(link.target),
                    f"the link reads “{link.text}” and leads to {link.target}.",
                    "Write the same address in both places.",
                )


def _address(text: str) -> str:
    """Return the mail address or the host that a text is, in small letters; empty where it is none."""
    plain = text.strip().casefold()
    if plain.startswith("mailto:"):
        return unquote(urlsplit(plain).path)
    if mail_address(plain):
        return plain
    found = _HOST.match(plain)
    return found[1].removeprefix("www.") if found and (found.end() == len(plain) or "://" in plain) else ""


def _near(document: Document, source: Source) -> Iterator[Finding]:
    """Find mail addresses and registered numbers that differ by a slip, or in the end of the domain only."""
    for pattern in (_MAIL, _CODE):
        found = dict.fromkeys(each.rstrip(".") for each in pattern.findall(document.text))
        for one, other in combinations(found, 2):
            if OSA.distance(one, other) <= _NEAR or _other_end(one, other):
                yield _finding(
                    source,
                    source.line_with(other),
                    f"“{other}” here, and “{one}” in line {source.line_with(one)}.",
                    "Write it in the same way everywhere, or say what each is for.",
                )


def _other_end(one: str, other: str) -> bool:
    return "@" in one and one.rpartition(".")[0] == other.rpartition(".")[0]


def _streets(document: Document, source: Source) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for number, street in _STREET.findall(document.text):
        before = first.setdefault(street, number)
        if before != number:
            yield _finding(
                source,
                source.line_with(f"{number} {street}"),
                f"“{number} {street}” here, and “{before} {street}” in another place.",
                "Write the same address in both places.",
            )
