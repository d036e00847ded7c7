"""Whether a new version is numbered, classed, dated and summed up as its changes ask. Pure."""

from collections.abc import Iterator
from datetime import timedelta

from toolkit.policy.classes import Class, Number
from toolkit.policy.version import Version
from toolkit.review.findings import Finding, Rule
from toolkit.review.passage import Passage, Terms


def check_release(passage: Passage, terms: Terms) -> Iterator[Finding]:
    """Yield what is wrong with a version that a landing would release; nothing where it would release none."""
    version = passage.version
    if version is None or passage.before.has(version.number):
        return
    yield from _class(passage)
    yield from _dates(passage, version, terms)
    if version.declared.tells and not version.summary:
        yield Finding(
            rule=Rule.SUMMARY_MISSING,
            path=passage.source.path,
            line=passage.source.line_of_key("class"),
            what=f"version {version.number} is {version.declared}, and no summary says to customers what changes.",
            mend="Write below 'summary: |' what changes for them, each sentence on a line that begins with '- '.",
        )
    if version.declared is Class.CONSENT and version.front.asking is None:
        yield Finding(
            rule=Rule.CONSENT_UNSAID,
            path=passage.source.path,
            line=passage.source.line_of_key("class"),
            what=f"version {version.number} needs consent, and nothing says how it is asked.",
            mend="Add 'consent: portal', 'consent: reply' or 'consent: none'.",
        )


def _class(passage: Passage) -> Iterator[Finding]:
    judged, source = passage.judged, passage.source
    if judged is None:
        return
    if judged.misnumbered:
        yield Finding(
            rule=Rule.NUMBER_CLASS,
            path=source.path,
            line=source.line_of_key("version"),
            what=judged.misnumbered,
            mend=f"Number it {propose_number(judged.before.number, judged.version.declared)}, or declare the class that"
            " the number stands for.",
        )
    if judged.below and not judged.version.front.reason:
        yield Finding(
            rule=Rule.CLASS_REASON,
            path=source.path,
            line=source.line_of_key("class"),
            what=judged.below,
            mend=f"Declare 'class: {judged.verdict.proposed}', or say at 'reason:' why it matters less.",
        )


def _dates(passage: Passage, version: Version, terms: Terms) -> Iterator[Finding]:
    judged = passage.judged
    if judged and version.published < judged.before.published:
        yield Finding(
            rule=Rule.HISTORY_BROKEN,
            path=passage.source.path,
            line=passage.source.line_of_key("published"),
            what=f"{version.number} would be public on {version.published}, before {judged.before.number} is on"
            f" {judged.before.published}, and it holds the words of that.",
            mend=f"Write 'published: {judged.before.published}' or a later day.",
        )
    period = terms.period(version.declared)
    told_on = max(version.published, terms.today) if period else version.published
    earliest = told_on + timedelta(days=period)
    if version.effective < earliest:
        yield Finding(
            rule=Rule.EFFECTIVE_EARLY,
            path=passage.source.path,
            line=passage.source.line_of_key("effective"),
            what=f"{version.effective} leaves customers {max(0, (version.effective - told_on).days)} of {period} days"
            f" of notice, if they are told on {told_on}.",
            mend=f"Write 'effective: {earliest}' or a later day.",
        )


def propose_number(before: Number, declared: Class) -> Number:
    """Return the number that follows another for a version of a class."""
    if declared.tells:
        return Number(before.major + 1, 0, 0)
    if declared is Class.MINOR:
        return Number(before.major, before.minor + 1, 0)
    return Number(before.major, before.minor, before.patch + 1)
