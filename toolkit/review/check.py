"""The gate before a text lands: every policy, its translations, and what the branch does to what was released."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from toolkit.errors import DocumentError, HistoryError, SettingsError, SiteError
from toolkit.languages import parse_tag, shorter_tags
from toolkit.policy.landing import build_history
from toolkit.policy.objections import find_objections
from toolkit.policy.version import History
from toolkit.review.branch import find_base, read_branch
from toolkit.review.facts import check_facts
from toolkit.review.findings import ALWAYS, Finding, Rule
from toolkit.review.gate import pass_gate
from toolkit.review.headings import check_headings
from toolkit.review.links import Pages, check_links
from toolkit.review.passage import Branch, Checked, Passage, Terms
from toolkit.review.signs import check_name, check_signs
from toolkit.review.source import Source
from toolkit.review.surroundings import find_surroundings
from toolkit.review.translations import check_translation, parse_translated
from toolkit.review.unfair import Unfair, check_wording, parse_unfair
from toolkit.site.checks import refuse_unsafe
from toolkit.site.pages import HISTORY
from toolkit.workspace import Workspace

_UNFAIR = Path(__file__).parent / "unfair"


def check(work: Workspace, *, base: str = "") -> tuple[Checked, ...]:
    """Check every policy of a project: the working text, as it would land on the main line.

    Raises `ToolkitError` where the repository cannot be read at all.
    """
    policies = work.policies
    against = find_base(policies, base)
    names = {*policies.names_at(against), *policies.names, *_working_names(policies.files())}
    off = _off(work)
    terms = terms_of(work)
    unfair = find_unfair(work)
    branches = [read_branch(policies, name, base=against, today=work.today) for name in sorted(names)]
    passages = [_pass(work, branch, terms, against) for branch in branches]
    anchors = _pages(work, passages)
    around = tuple(find_surroundings(work, against, changes=any(branch.changes for branch in branches)))
    checked = [
        Checked(branch=branch, passage=passage, findings=_sorted(_all(work, branch, passage, anchors, unfair), off))
        for branch, passage in zip(branches, passages, strict=True)
    ]
    orphans = tuple(_orphans(work, {branch.policy for branch in branches}))
    if not checked:
        return ()
    return (replace(checked[0], findings=_sorted((*checked[0].findings, *orphans, *around), off)), *checked[1:])


def find_unfair(work: Workspace) -> tuple[Unfair, ...]:
    """Return the unfair wording of the governing language; none where nobody has listed any."""
    for tag in shorter_tags(work.project.settings.language):
        for folder in (work.root / "rules" / "unfair", _UNFAIR):
            if (file := folder / f"{tag}.toml").is_file():
                return parse_unfair(file.read_text(encoding="utf-8-sig"), where=str(file))
    return ()


def _off(work: Workspace) -> frozenset[str]:
    off = frozenset(work.project.settings.checks_off)
    if strange := (off - set(Rule)) | (off & ALWAYS):
        raise SettingsError(
            f"'{min(strange)}' in 'checks_off' is no rule that can be switched off.",
            where="[tool.policy]",
            mend=f"Those that can be switched off are: {', '.join(each for each in Rule if each not in ALWAYS)}.",
        )
    return off


def terms_of(work: Workspace) -> Terms:
    settings = work.project.settings
    return Terms(
        rules=work.rules,
        landing=work.landing,
        today=work.today,
        material=settings.notice_period.material,
        consent=settings.notice_period.consent,
    )


def _working_names(files: Iterable[Path]) -> Iterator[str]:
    return (file.stem for file in files if file.name.count(".") == 1)


def _pass(work: Workspace, branch: Branch, terms: Terms, base: str) -> Passage:
    passage = pass_gate(branch, terms)
    if branch.moved:
        return replace(passage, findings=(_behind(branch, passage),))
    return replace(passage, findings=(*passage.findings, *_lost(work, branch, passage, base)))


def _behind(branch: Branch, passage: Passage) -> Finding:
    versions = passage.before.versions
    newer = f" (version {versions[-1].number})" if versions else ""
    return Finding(
        rule=Rule.BRANCH_BEHIND,
        path=branch.path,
        line=1,
        what=f"the main branch has a newer text{newer} than the one that this was begun from.",
        mend="Update the branch from the main branch ('Update branch' in the pull request), then read the text again."
        " Where the main branch itself was overwritten, push the old commit back.",
    )


def _lost(work: Workspace, branch: Branch, passage: Passage, base: str) -> Iterator[Finding]:
    """Look whether tags seal what the main line will not have; on the main branch itself also at its merges."""
    repository = work.policies.repository
    own = repository.branches.current() == base.rpartition("/")[2]
    history = _standing_here(work, branch) if own else passage.after
    if history is None:
        return
    try:
        repository.check_tags(history, branch.path)
    except HistoryError as error:
        yield _not_there(branch, error)
    if own:
        history = replace(history, asides=tuple(repository.asides(history, branch.path)))
        for objection in find_objections(history):
            yield _not_there(branch, objection)


def _standing_here(work: Workspace, branch: Branch) -> History | None:
    try:
        return build_history(branch.policy, work.policies.repository.revisions(branch.path), work.landing)
    except (HistoryError, DocumentError):
        return None  # the gate says what is wrong with it


def _not_there(branch: Branch, error: HistoryError) -> Finding:
    return Finding(rule=Rule.VERSION_LOST, path=branch.path, line=1, what=error.what, mend=error.mend)


def _all(
    work: Workspace,
    branch: Branch,
    passage: Passage,
    anchors: Mapping[str, frozenset[str] | None],
    unfair: tuple[Unfair, ...],
) -> Iterator[Finding]:
    yield from passage.findings
    yield from check_name(branch)
    document, source = passage.document, passage.source
    if document is None:
        return
    settings = work.project.settings
    pages = Pages(site=settings.site_url, home=settings.path_of(branch.policy), anchors=anchors)
    yield from check_signs(document, source)
    yield from check_links(document, source, pages)
    yield from check_headings(document, source)
    yield from check_facts(document, source)
    yield from check_wording(document, source, unfair)
    yield from _unsafe(branch, passage)
    yield from _translations(work, branch, passage)


def _unsafe(branch: Branch, passage: Passage) -> Iterator[Finding]:
    version = passage.version
    if version is None or passage.document is None or branch.final is None:
        return
    try:
        refuse_unsafe(replace(version, shown=passage.document, revision=branch.final))
    except SiteError as error:
        line = error.where.rpartition(":")[2]
        at = int(line) if line.isdigit() else 1
        yield Finding(
            rule=Rule.UNSAFE_MARKUP,
            path=passage.source.path,
            line=at,
            what=f"{error.what.rstrip('.')}.",
            mend=error.mend,
        )


def _translations(work: Workspace, branch: Branch, passage: Passage) -> Iterator[Finding]:
    for file in work.policies.files():
        if not file.name.startswith(f"{branch.policy}.") or file.name.count(".") == 1:
            continue
        path = work.policies.path(file.stem)
        source = Source(path, file.read_bytes().decode("utf-8", errors="replace"))
        try:
            _refuse_tag(file.stem.partition(".")[2])
            translated = parse_translated(source)
        except (DocumentError, ValueError) as error:
            yield _unreadable_translation(path, error)
            continue
        if passage.version:
            yield from check_translation(translated, passage.version)


def _refuse_tag(tag: str) -> None:
    """Raise `DocumentError` where a file's name writes its language in another way: pages are named by it."""
    if parse_tag(tag) != tag:
        raise DocumentError(
            f"'{tag}' is not how the language is written.", mend=f"Name the file with {parse_tag(tag)}."
        )


def _orphans(work: Workspace, policies: Collection[str]) -> Iterator[Finding]:
    """Yield the translations that have no original."""
    for file in work.policies.files():
        original = file.name.partition(".")[0]
        if file.name.count(".") > 1 and original not in policies:
            yield Finding(
                rule=Rule.TRANSLATION_BEHIND,
                path=work.policies.path(file.stem),
                line=1,
                what=f"it translates '{original}', and there is no such policy.",
                mend="Correct the file's name, or take it away.",
            )


def _unreadable_translation(path: str, error: DocumentError | ValueError) -> Finding:
    where = error.where.rpartition(":")[2] if isinstance(error, DocumentError) else ""
    return Finding(
        rule=Rule.FRONT_MATTER,
        path=path,
        line=int(where) if where.isdigit() else 1,
        what=error.what if isinstance(error, DocumentError) else f"{error}.",
        mend=(error.mend if isinstance(error, DocumentError) else "") or "Correct it there.",
    )


def _pages(work: Workspace, passages: Iterable[Passage]) -> Mapping[str, frozenset[str] | None]:
    """Return the addresses that the site will have, with the anchors of the texts that are looked at."""
    settings, found = work.project.settings, dict[str, frozenset[str] | None]()
    for passage in passages:
        history: History = passage.after or passage.before
        home = settings.path_of(history.policy)
        clauses = passage.document.clauses if passage.document else ()
        found[home] = frozenset(clause.anchor for clause in clauses) if clauses else None
        found[f"{home}{HISTORY}"] = None
        for version in history.versions:
            found[f"{home}{version.number}/"] = frozenset(c.anchor for c in version.document.clauses)
            if history.previous(version):
                found[f"{home}{version.number}/changes/"] = None
    return found


def _sorted(findings: Iterable[Finding], off: frozenset[str]) -> tuple[Finding, ...]:
    kept = {finding for finding in findings if finding.rule not in off}
    return tuple(sorted(kept, key=lambda each: (each.path, each.line, each.rule, each.what)))
