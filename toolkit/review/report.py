"""The report under a pull request: what to do next, what would land, what changes, and the mail customers would get."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.changes.alarms import Judged
from toolkit.changes.materiality import Verdict
from toolkit.changes.reasons import Reason, say
from toolkit.changes.redline import Redline, compare
from toolkit.changes.render.markdown import escape, render
from toolkit.changes.render.terminal import clean
from toolkit.changes.rules import Plain
from toolkit.changes.topics import Topic
from toolkit.changes.weighing import Certainty
from toolkit.errors import LedgerError, Misuse, ToolkitError
from toolkit.policy.classes import Class
from toolkit.policy.front_matter import split
from toolkit.policy.version import Deed, Version
from toolkit.review.bump import Wish, propose_head, write_head
from toolkit.review.check import terms_of
from toolkit.review.findings import Finding, Severity, has_errors
from toolkit.review.passage import Checked, Passage

if TYPE_CHECKING:
    from toolkit.ledger.entries import Variant
    from toolkit.notices.plan import Plan
    from toolkit.workspace import Workspace

MARK = "<!-- policy-check -->"
"""The first line of every report: by it a host's comment is found again."""

_LONGEST = 60_000  # signs; GitHub refuses comments beyond 65,536
_REASONS = 10
_MENTION = re.compile(r"(?<![\w.])@(?=\w)")
_NEW_USES = frozenset({Topic.PURPOSE, Topic.AUTOMATED_DECISIONS})
_CERTAINTIES = {Certainty.DECIDED: "decided by the rules", Certainty.REVIEW: "a person must look"}
_MUST_LOOK = (
    "**A person must look.** The words are neither clearly material nor clearly not. Until a class is declared, the"
    " change counts as material."
)
_UNKNOWN_WORDS = (
    "**No rule knows these words.** Decide yourself: who gets data, what it is used for, how long it is kept and what"
    " people can do are material."
)
_ASK_CONSENT = (
    "**Is data that you hold already put to a new use?** Then telling is not enough: declare `class: consent`, and say"
    " with `consent: portal`, `reply` or `none` how you ask."
)
_ABOUT_HEAD = (
    "Put these lines in the place of the head of the file, from the first `---` to the second."
    " Then say in your own words, below `summary`, what changes for customers."
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """The notice as it would go out: how many accounts, None without a ledger, and the mail to most of them."""

    accounts: int | None
    subject: str
    text: str


def write_report(work: "Workspace", checked: Sequence[Checked], *, tell: Callable[[str], None]) -> str:
    """Write the report of a check as Markdown. What cannot be shown is left out, and `tell` is given the cause."""
    parts = [MARK]
    for each in checked:
        if each.branch.changes or each.findings:
            parts += _policy(work, each, tell)
    if len(parts) == 1:
        parts.append("## Policy check\n\nNo policy changes here, and nothing is wrong.")
    return _cut([part if "```" in part else _uncalled(part) for part in parts]) + "\n"


def _policy(work: "Workspace", checked: Checked, tell: Callable[[str], None]) -> Iterator[str]:
    passage = checked.passage
    version, judged = passage.version, passage.judged
    title = version.title if version else checked.policy
    yield f"## {escape(title)}: {_verdict(checked)}"
    yield from _next(work, checked)
    if judged and version:
        yield _facts(work, judged, version)
        yield from _reasons(judged.verdict)
        redline = compare(judged.before.document, version.document)
        yield _folded("What changes, word by word", render(redline, work.wording))
        if version.announceable:
            yield from _notice(work, checked, version, tell)
    elif passage.edit is not None:
        yield from _edit(work, passage, passage.edit)


def _verdict(checked: Checked) -> str:
    if has_errors(checked.findings):
        return "not ready to merge"
    version = checked.passage.version
    if checked.passage.judged and version:
        return f"version {version.number} is ready to merge"
    return "nothing is in the way"


def _next(work: "Workspace", checked: Checked) -> Iterator[str]:
    """Yield what is to be done, errors first, in words that need nothing but the web editor."""
    errors = [each for each in checked.findings if each.severity is Severity.ERROR]
    warnings = [each for each in checked.findings if each.severity is Severity.WARNING]
    if errors:
        yield "### What to do next"
        yield "\n".join(f"{at}. {_line(each)}" for at, each in enumerate(errors, start=1))
        files = ", ".join(dict.fromkeys(_code_span(each.path) for each in errors))
        yield (
            f"Open {files} in this branch with the pencil, change it there, and commit to this branch."
            " This comment is then written anew."
        )
    elif checked.branch.changes:
        yield "### What to do next"
        yield _merge(work, checked)
    if warnings:
        yield "### Worth a look"
        yield "\n".join(f"- {_line(each)}" for each in warnings)


def _line(finding: Finding) -> str:
    place = f"**Line {finding.line}** of {_code_span(finding.path)}"
    return f"{place}: {escape(finding.what)} {escape(finding.mend)} (`{finding.rule}`)"


def _code_span(text: str) -> str:
    """Return a text as code; a sign that would end it is left out, as no name needs it."""
    return f"`{clean(text).replace('`', '')}`"


def _merge(work: "Workspace", checked: Checked) -> str:
    version = checked.passage.version
    if checked.passage.judged is None or version is None:
        return _without_version(checked)
    settings = work.project.settings
    page = "The page is published by itself." if settings.adopted else "Operations publish the page."
    told = "Operations send the notice." if version.declared.tells else "Nobody is told."
    return (
        "1. Read the comparison and the summary below: customers read both."
        " Have a second person approve this pull request.\n"
        "2. Press **Squash and merge**, and write into the message who approved, a line for each:"
        " `Approved-by: Name <name@example.hk>`\n"
        f"3. That releases the version and seals its words. {page} {told}"
    )


def _without_version(checked: Checked) -> str:
    """Say what a landing does that releases nothing: it may move a date, or take a version back."""
    after = checked.passage.after
    last = after.landings[-1] if after and after.landings else None
    if last and last.deed is Deed.POSTPONEMENT:
        return (
            f"Merging postpones version {last.number}, {last.note}. Whoever was told of it knows the old date:"
            " operations plan a new notice."
        )
    if last and last.deed is Deed.WITHDRAWAL:
        return (
            f"Merging goes back to version {last.number} and {last.note}. Whoever was told of that has to hear that it"
            " does not apply: operations see to it."
        )
    return "Merge it when you are content: it releases no version, and nobody is told."


def _facts(work: "Workspace", judged: Judged, version: Version) -> str:
    proposed = judged.verdict.proposed
    rows = [
        ("Version", f"{version.number}, after {judged.before.number}"),
        ("Class", f"declared {version.declared}, proposed {proposed}"),
        ("Certainty", _CERTAINTIES[judged.verdict.certainty]),
        ("Published", str(version.published)),
        ("In force from", str(version.effective)),
    ]
    if version.declared.tells:
        rows.append(("Earliest lawful day in force", _earliest(work, version)))
    if version.front.reason:
        rows.append(("Reason for a lower class", version.front.reason))
    return "| | |\n|---|---|\n" + "\n".join(f"| {name} | {escape(' '.join(value.split()))} |" for name, value in rows)


def _earliest(work: "Workspace", version: Version) -> str:
    periods = work.project.settings.notice_period
    days = {"material": periods.material, "consent": periods.consent}.get(version.declared, 0)
    first = max(version.published, work.today)
    return (
        f"{first + timedelta(days=days)} ({days} days of notice as your settings ask, if customers are told on {first})"
    )


def _reasons(verdict: Verdict) -> Iterator[str]:
    telling = verdict.telling
    if not telling:
        return
    yield f"### Why it looks {verdict.proposed}"
    if verdict.certainty is Certainty.REVIEW:
        yield _MUST_LOOK
    lines = [_reason(reason) for reason in telling[:_REASONS]]
    if len(telling) > _REASONS:
        lines.append(f"- and {len(telling) - _REASONS} more")
    yield "\n".join(dict.fromkeys(lines))
    if verdict.proposed is Class.MINOR and any(reason.rule == Plain.WORDING for reason in telling):
        yield _UNKNOWN_WORDS
    if set(verdict.topics) & _NEW_USES:
        yield _ASK_CONSENT


def _reason(reason: Reason) -> str:
    return f"- {escape(say(reason))}"


def _edit(work: "Workspace", passage: Passage, edit: Redline) -> Iterator[str]:
    """Show what words without a number would be, and the head to put above them."""
    head = propose_head(passage.before, passage.document, Wish(), terms_of(work)) if passage.document else None
    if head and head.verdict:
        looks = f"It looks **{head.verdict.proposed}**."
        yield f"### A head for this change\n\n{looks} {_ABOUT_HEAD}"
        yield _code(_head_of(write_head(passage.source.text, head, title="")), "yaml")
        yield from _reasons(head.verdict)
    yield _folded("What changes, word by word", render(edit, work.wording))


def _head_of(text: str) -> str:
    return f"---\n{chr(10).join(split(text).head or ())}\n---"


def _notice(work: "Workspace", checked: Checked, version: Version, tell: Callable[[str], None]) -> Iterator[str]:
    try:
        told = _told(work, checked, version)
    except ToolkitError as error:
        tell(f"note: the notice cannot be shown: {error}")
        yield f"### The notice\n\nIt cannot be written yet: {escape(error.what)} {escape(error.mend)}"
        return
    yield "### The notice"
    if told.accounts is None:
        yield "How many accounts are told is not known here: no ledger is at hand."
    else:
        yield f"{told.accounts:,} account{'' if told.accounts == 1 else 's'} would be told."
    yield _folded(f"The mail: {told.subject}", _code(told.text, "text"))


def _told(work: "Workspace", checked: Checked, version: Version) -> Told:
    """Plan the notice as it would be on its day, with the ledger where there is one. Nothing is kept."""
    on = max(work.today, version.published)
    plan = _planned(work, checked, version, on)
    if plan and plan.variants:
        most = max(range(len(plan.variants)), key=lambda at: plan.readers[at])
        mail = plan.variants[most]
    else:
        mail = _written(work, checked, version, on)
    return Told(accounts=plan.audience if plan else None, subject=mail.subject, text=mail.text)


def _planned(work: "Workspace", checked: Checked, version: Version, on: date) -> "Plan | None":
    history = checked.passage.after
    assert history is not None  # noqa: S101 - the version stands in it
    try:
        with work.ledger() as ledger, closing(work.transport("outbox")) as way_out:
            return work.plan(ledger, history, version, way_out, on=on)
    except (LedgerError, Misuse):
        return None


def _written(work: "Workspace", checked: Checked, version: Version, on: date) -> "Variant":
    from toolkit.notices.plan import Writer

    history = checked.passage.after
    assert history is not None  # noqa: S101 - the version stands in it
    by_language = {each.language: each for each in work.templates}
    writer = Writer(
        publisher=work.publisher(history.policy),
        templates=by_language,
        rules=work.rules,
        history=history,
        version=version,
        on=on,
    )
    language = work.project.settings.language
    basis = history.basis(max(v.number for v in history.versions if v.number < version.number), on)
    return writer.write(language if language in by_language else next(iter(by_language)), str(basis.number))


def _folded(title: str, text: str) -> str:
    return f"<details><summary>{_uncalled(html.escape(clean(title)))}</summary>\n\n{text.rstrip()}\n\n</details>"


def _code(text: str, language: str) -> str:
    """Return a text as a block of code: nothing in it is read as Markdown."""
    fence = "`" * max(3, _longest_fence(text) + 1)
    return f"{fence}{language}\n{clean(text).rstrip()}\n{fence}"


def _longest_fence(text: str) -> int:
    return max((len(part) for part in "".join(c if c == "`" else " " for c in text).split()), default=0)


def _uncalled(text: str) -> str:
    """Part the sign of a mention from its name: hosts write to whoever is named so, even where Markdown escapes it."""
    return _MENTION.sub("@\u200b", text)


def _cut(parts: Sequence[str]) -> str:
    """Keep a report within what a host takes for one comment: the longest folded parts go first."""
    kept = list(parts)
    while len(text := "\n\n".join(kept)) > _LONGEST:
        longest = max(range(len(kept)), key=lambda at: len(kept[at]) if kept[at].startswith("<details>") else 0)
        if not kept[longest].startswith("<details>"):
            return text[:_LONGEST].rpartition("\n")[0]
        kept[longest] = "*Too long for this comment: 'policy check --format markdown' shows it.*"
    return text
