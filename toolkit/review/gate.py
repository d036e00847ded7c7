"""Whether what a branch makes of a policy may land: its number, class, dates, and what was released before. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from toolkit.changes.alarms import judge_versions
from toolkit.changes.redline import Redline, compare
from toolkit.errors import DocumentError, HistoryError
from toolkit.policy.classes import Class, Number
from toolkit.policy.document import Document, parse_document
from toolkit.policy.front_matter import FrontMatter
from toolkit.policy.landing import LandingRules, build_history
from toolkit.policy.revision import Revision
from toolkit.policy.version import Deed, History, Version, digest_version
from toolkit.review.findings import Finding, Rule
from toolkit.review.passage import Branch, Passage, Terms
from toolkit.review.release import check_release
from toolkit.review.source import Source


def pass_gate(branch: Branch, terms: Terms) -> Passage:
    """Play a branch's landing through, squashed, and say what is wrong with it."""
    before = standing_history(branch, terms.landing)
    final = branch.final
    if final is None:
        source = Source(branch.path, "")
        return Passage(before=before, after=None, document=None, source=source, findings=tuple(_gone(before, source)))
    source = Source(branch.path, final.source.decode("utf-8", errors="replace"))
    try:
        document = parse_document(final.source, name=branch.path, released=True)
    except DocumentError as error:
        return Passage(before=before, after=None, document=None, source=source, findings=(_unreadable(error, source),))
    return _land(
        branch, terms, before, Passage(before=before, after=None, document=document, source=source, findings=())
    )


def _land(branch: Branch, terms: Terms, before: History, passage: Passage) -> Passage:
    final, document = branch.final, passage.document
    assert final is not None and document is not None and document.front is not None  # noqa: S101, PT018 - parsed above
    touched = _touched(before, document)
    if touched:
        edit = compare(touched.document, document)
        return replace(
            passage, after=before, findings=(_edited(before, touched, document, edit, passage.source),), edit=edit
        )
    try:
        after = build_history(branch.policy, _landing(branch), terms.landing)
    except (HistoryError, DocumentError) as error:
        broken = _stale(document.front, terms, passage.source) or _broken(error, passage.source)
        return replace(passage, findings=(broken,))
    judged = next((each for each in judge_versions(after, terms.rules) if not before.has(each.version.number)), None)
    landed = replace(passage, after=after, judged=judged)
    found = (*check_release(landed, terms), *_old_version(landed), *_steps(branch, terms.landing, after))
    return replace(landed, findings=found)


def _landing(branch: Branch) -> tuple[Revision, ...]:
    """Return the main line's revisions with the branch's text as one more, where it is another text."""
    return (*branch.before, branch.final) if branch.changes and branch.final else branch.before


def standing_history(branch: Branch, rules: LandingRules) -> History:
    """Return the main line's history; a newest revision that cannot land released nothing, and may be mended here."""
    revisions = branch.before
    while True:
        try:
            return build_history(branch.policy, revisions, rules)
        except (HistoryError, DocumentError):
            revisions = revisions[:-1]


def _gone(before: History, source: Source) -> Iterator[Finding]:
    if before.versions:
        numbers = ", ".join(str(version.number) for version in before.versions)
        yield Finding(
            rule=Rule.VERSION_LOST,
            path=source.path,
            line=1,
            what=f"the file is gone or has another name, and with it the released versions {numbers}.",
            mend="Put the file back under its name: its versions have permanent addresses.",
        )


def _unreadable(error: DocumentError, source: Source) -> Finding:
    line = error.where.rpartition(":")[2]
    return Finding(
        rule=Rule.FRONT_MATTER,
        path=source.path,
        line=int(line) if line.isdigit() else 1,
        what=error.what,
        mend=error.mend or "Correct it there.",
    )


def _touched(before: History, document: Document) -> Version | None:
    """Return the released version whose number the text carries with other words, or None."""
    front = document.front
    assert front is not None  # noqa: S101 - `released=True` asked for it
    known = next((version for version in before.versions if version.number == front.number), None)
    return known if known and digest_version(front, document) != known.digest else None


def _edited(before: History, known: Version, document: Document, edit: Redline, source: Source) -> Finding:
    newest = max(version.number for version in before.versions)
    if known.number == newest and not edit.is_empty:
        first = next(change for change in edit.changes if change.is_sealed)
        return Finding(
            rule=Rule.NUMBER_MISSING,
            path=source.path,
            line=source.line_of((first.new or first.clause).text),
            what=f"words or links changed, and the number is still {known.number}.",
            mend="Give the text a new number at its head ('policy bump' proposes one), or undo the change.",
        )
    key = "version" if not edit.is_empty else _key(known, document)
    what = "its words" if not edit.is_empty else f"'{key}'"
    return Finding(
        rule=Rule.RELEASED_TOUCHED,
        path=source.path,
        line=source.line_of_key(key),
        what=f"version {known.number} is released, and {what} would be another than it was released with.",
        mend="Give these words a number of their own, or put back what was released.",
    )


def _key(known: Version, document: Document) -> str:
    """Return the key of the front matter that differs from a released version's."""
    mine, its = document.front, known.front
    assert mine is not None  # noqa: S101 - `released=True` asked for it
    pairs = (
        ("title", mine.title, its.title),
        ("published", mine.published, its.published),
        ("class", mine.declared, its.declared),
        ("summary", mine.summary, its.summary),
        ("reason", mine.reason, its.reason),
        ("consent", mine.asking, its.asking),
    )
    return next((key for key, here, there in pairs if here != there), "version")


def _broken(error: HistoryError | DocumentError, source: Source) -> Finding:
    return Finding(
        rule=Rule.HISTORY_BROKEN,
        path=source.path,
        line=source.line_of_key("published" if "published" in error.what else "version"),
        what=error.what,
        mend=error.mend or "Correct the number and the dates at the head of the file.",
    )


def _stale(front: FrontMatter, terms: Terms, source: Source) -> Finding | None:
    """Say that a text waited too long: its date would tell of a day on which nobody could read it."""
    days = terms.landing.late_days
    if days is None or (terms.today - front.published).days <= days or front.declared is Class.INITIAL:
        return None
    return Finding(
        rule=Rule.HISTORY_BROKEN,
        path=source.path,
        line=source.line_of_key("published"),
        what=f"it says that it is published on {front.published}, and it can land on {terms.today} at the earliest.",
        mend=f"Write 'published: {terms.today}', and see that 'effective' still leaves customers their time.",
    )


def _old_version(passage: Passage) -> Iterator[Finding]:
    """Look at a text that carries a released number with its own words: dates may move later, versions be withdrawn."""
    after, source = passage.after, passage.source
    last = after.landings[-1] if after and after.landings else None
    if last is None or after is None or len(after.landings) == len(passage.before.landings):
        return
    if last.deed is Deed.UNRELEASED_EDIT:
        yield Finding(
            rule=Rule.RELEASED_TOUCHED,
            path=source.path,
            line=source.line_of_key("effective" if "effective" in last.note else "version"),
            what=f"{last.note}.",
            mend="Put back what was released, or release a new number.",
        )
    if last.deed is Deed.WITHDRAWAL:
        yield Finding(
            rule=Rule.VERSION_WITHDRAWN,
            path=source.path,
            line=source.line_of_key("version"),
            what=f"this goes back to {last.number} and {last.note}, for good.",
            mend="Merge it if that is meant. Who was told of it has to be told that it does not apply.",
        )


def _steps(branch: Branch, rules: LandingRules, after: History) -> Iterator[Finding]:
    """Look at each commit of the branch: a rebase merge would land them one by one."""
    if len(branch.steps) + len(branch.beside) < 2:  # noqa: PLR2004 - one commit is its own squash
        return
    landed = _rebased(branch, rules)
    if landed is None or landed != _words(after) or _abandoned(branch, after):
        text = branch.final.source.decode("utf-8", errors="replace") if branch.final else ""
        yield Finding(
            rule=Rule.REBASE_UNFINISHED,
            path=branch.path,
            line=Source(branch.path, text).line_of_key("version"),
            what="an earlier commit of the branch carries another number, or the same with other words: a rebase merge"
            " or a merge commit would bring that in.",
            mend="Squash when you merge. Where the host allows nothing else, this rule can be switched off.",
        )


def _abandoned(branch: Branch, after: History) -> bool:
    """Whether a commit of the branch carries a number that the finished text gave up: a merge commit keeps it."""
    for each in (*branch.beside, *branch.steps):
        try:
            front = parse_document(each.source, name=each.path, released=True).front
        except DocumentError:
            continue
        if front and not after.has(front.number):
            return True
    return False


def _rebased(branch: Branch, rules: LandingRules) -> dict[Number, str] | None:
    try:
        return _words(build_history(branch.policy, (*branch.before, *branch.beside, *branch.steps), rules))
    except (HistoryError, DocumentError):
        return None


def _words(history: History) -> dict[Number, str]:
    return {version.number: f"{version.digest} {version.withdrawn_on}" for version in history.versions}
