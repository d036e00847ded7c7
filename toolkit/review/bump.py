"""The head of a file for its next version: number, dates and a first draft of the summary. Pure.

Only the lines of the keys that it sets are written; every other byte of the file stays as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.changes.materiality import Verdict, judge
from toolkit.changes.redline import Change, Place, compare
from toolkit.changes.render.terminal import clean
from toolkit.errors import DocumentError
from toolkit.policy.classes import Asking, Class, Number
from toolkit.policy.document import Document
from toolkit.policy.front_matter import FrontMatter, parse_front_matter, split
from toolkit.policy.version import History, Version
from toolkit.review.passage import Terms
from toolkit.review.release import propose_number

_FIRST = Number(1, 0, 0)
_MOST = 6
SPARE = 3
"""Days that are proposed beside the notice period: a merge takes its time, and so do many mails."""

_LONGEST = 300
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the person asks for; what they leave open is proposed."""

    declared: Class | None = None
    published: date | None = None
    effective: date | None = None
    reason: str = ""
    asking: Asking | None = None
    after: Number | None = None


@dataclass(frozen=True, kw_only=True)
class Head:
    """The next version's head. `verdict` is None for the first version."""

    number: Number
    declared: Class
    published: date
    effective: date
    summary: tuple[str, ...]
    reason: str
    asking: Asking | None
    verdict: Verdict | None


def propose_head(history: History, document: Document, wish: Wish, terms: Terms) -> Head | None:
    """Propose the head for a text that is to follow a history; None where it says what the newest version says."""
    before = _before(history, wish)
    if before is None:
        published = wish.published or terms.today
        return Head(
            number=_FIRST,
            declared=Class.INITIAL,
            published=published,
            effective=wish.effective or published,
            summary=document.front.summary if document.front else (),
            reason="",
            asking=None,
            verdict=None,
        )
    redline = compare(before.document, document)
    if redline.is_empty:
        return None
    verdict = judge(redline, terms.rules)
    mine = document.front if document.front and not history.has(document.front.number) else None
    declared = wish.declared or (max(verdict.proposed, mine.declared) if mine else verdict.stands_for)
    earliest = max(terms.today, before.published)
    published = wish.published or max(earliest, mine.published if mine else earliest)
    return Head(
        number=_free(history, before.number, declared),
        declared=declared,
        published=published,
        effective=wish.effective or max(_effective(published, declared, terms), before.effective, _chosen(mine)),
        summary=_summary(document.front, before, verdict),
        reason=wish.reason or _kept_reason(document.front, before),
        asking=_asking(document.front, wish) if declared is Class.CONSENT else None,
        verdict=verdict,
    )


def _before(history: History, wish: Wish) -> Version | None:
    if wish.after is not None:
        return history.version(wish.after)
    standing = [version for version in history.versions if version.withdrawn_on is None]
    return standing[-1] if standing else None


def _effective(published: date, declared: Class, terms: Terms) -> date:
    """Return the first day that leaves customers their notice, with some days more for the merge and the mails."""
    period = terms.period(declared)
    return published + timedelta(days=period + SPARE if period else 0)


def _chosen(mine: FrontMatter | None) -> date:
    return mine.effective if mine else date.min


def _free(history: History, before: Number, declared: Class) -> Number:
    number = propose_number(before, declared)
    while history.has(number):
        number = propose_number(number, declared)
    return number


def _kept_reason(front: FrontMatter | None, before: Version) -> str:
    return front.reason if front and front.reason != before.front.reason else ""


def _asking(front: FrontMatter | None, wish: Wish) -> Asking | None:
    return wish.asking or (front.asking if front else None)


def _summary(front: FrontMatter | None, before: Version, verdict: Verdict) -> tuple[str, ...]:
    """Return what legal wrote for this version, else a draft from the reasons."""
    if front and front.summary and front.summary != before.summary:
        return front.summary
    telling = [reason.change for reason in verdict.telling]
    by_place = {(change.old_at, change.new_at): change for change in telling if not change.clause.level}
    changes = list(by_place.values()) or telling[:1]
    drafted = [_sentence(change) for change in changes[:_MOST]]
    return (*drafted, *([f"{len(changes) - _MOST} more changes."] if len(changes) > _MOST else []))


def _sentence(change: Change) -> str:
    heading = f"“{change.clause.path[-1]}”: " if change.clause.path else ""
    if change.place is Place.ADDED:
        return f"New: {heading}{_short(change.after)}"
    if change.place is Place.REMOVED:
        return f"No longer: {heading}{_short(change.before)}"
    if change.before == change.after:
        leads = ", ".join(link.target for link in change.clause.links)
        return f"{heading}{_short(change.after)}" + (f" (links to {leads})" if leads else "")
    return f"{heading}{_short(change.after)} (before: {_short(change.before)})"


def _short(text: str) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


def write_head(text: str, head: Head, *, title: str) -> str:
    """Return a file's text with the head of its next version. A file without a head gets one above its first line.

    Comments behind a value, keys that it does not set, line ends and the body stay as they are.
    """
    written = _with_head(text, head, title)
    _read_back(written, head)
    return written


def _read_back(text: str, head: Head) -> None:
    """Raise `DocumentError` where a written head does not read as it was meant: YAML has more forms than ours."""
    try:
        front = parse_front_matter(split(text).head or (), name="the head")
        same = (front.number, front.declared, front.published, front.effective, front.asking) == (
            (head.number, head.declared, head.published, head.effective, head.asking)
        )
    except DocumentError:
        same = False
    if not same:
        raise DocumentError(
            "the head of the file is written in a form that cannot be changed by machine.",
            mend="Write each key at the beginning of a line, 'key: value', and try again; nothing was written.",
        )


def _with_head(text: str, head: Head, title: str) -> str:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = _LINE.findall(text.removeprefix(mark))
    end = _ending(lines)
    fence = next((at for at, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), 0)
    if not lines or lines[0].rstrip() != "---" or not fence:
        body = text.removeprefix(mark)
        fresh = [f"title: {title}{end}", *_set([], _values(head), end)]
        return f"{mark}---{end}{''.join(fresh)}---{end}{end}{body}"
    return mark + "".join([lines[0], *_set(lines[1:fence], _values(head), end), *lines[fence:]])


def _ending(lines: Sequence[str]) -> str:
    first = lines[0] if lines else ""
    return "\r\n" if first.endswith("\r\n") else "\r" if first.endswith("\r") else "\n"


def _values(head: Head) -> Mapping[str, str | None]:
    """Return each key's value as it is written; None for one that must go."""
    return {
        "version": str(head.number),
        "published": head.published.isoformat(),
        "effective": head.effective.isoformat(),
        "class": head.declared.value,
        "consent": head.asking.value if head.asking else None,
        "reason": _quoted(head.reason),
        "summary": "\n".join(("|", *(f"  - {sentence}" for sentence in head.summary))) if head.summary else None,
    }


def _quoted(text: str) -> str:
    """Return a text in YAML's double quotes, in which every sign can be written."""
    escaped = " ".join(clean(text).split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _set(lines: Sequence[str], values: Mapping[str, str | None], end: str) -> Iterator[str]:
    """Yield the lines of a head with some values set; keys that it lacks come at its end."""
    left = dict(values)
    blocks = _blocks(lines)
    for block in blocks:
        key = _key(block[0])
        if key not in left:
            yield from block
        elif (value := left.pop(key)) is not None:
            yield from _written(block, key, value, end)
    for key, value in left.items():
        if value is not None and value != '""':
            yield from _written([], key, value, end)


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines key by key: what is indented, empty or an item of a list belongs to the key above."""
    block: list[str] = []
    for line in lines:
        if block and _key(line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _key(line: str) -> str:
    found = re.match(r"['\"]?([\w-]+)['\"]?\s*:(?:\s|$)", line)
    return found[1] if found else ""


def _written(block: Sequence[str], key: str, value: str, end: str) -> Iterator[str]:
    first, *others = value.split("\n")
    comment = _comment(block[0]) if block and not others else ""
    yield f"{key}: {first}{comment}{end}"
    for line in others:
        yield f"{line}{end}"
    yield from _after(block)


def _comment(line: str) -> str:
    """Return the comment behind a plain value, with the space before it."""
    found = re.match(r"[^:]+:\s*(?:\"[^\"]*\"|'[^']*'|[^\s#\"'|>][^#\r\n]*?)?(\s+#[^\r\n]*)", line)
    return found[1] if found else ""


def _after(block: Sequence[str]) -> Iterator[str]:
    """Yield the comments and empty lines that end a block: they belong to what follows."""
    tail: list[str] = []
    for line in reversed(block[1:]):
        if line.strip() and not line.startswith("#"):
            break
        tail.append(line)
    yield from reversed(tail)
