"""A project's repository -> the pages of its site on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from toolkit.changes.vocabulary import find_wording
from toolkit.changes.wording import Wording
from toolkit.config import Project
from toolkit.errors import SiteError
from toolkit.policy.document import parse_document
from toolkit.policy.folder import PolicyFolder
from toolkit.policy.landing import LandingRules
from toolkit.policy.objections import refuse_objectionable
from toolkit.policy.revision import Revision
from toolkit.policy.version import Deed, History
from toolkit.site.pages import Comparison, Page, make_pages


@dataclass(frozen=True, kw_only=True)
class Site:
    """What is to be built, in which words, for which day. `dirty` names the policy files with a text not committed.

    `changes` is the address of the page that compares a working text with the version in force; empty without one.
    """

    on: date
    wording: Wording
    pages: tuple[Page, ...]
    histories: tuple[History, ...] = field(repr=False)
    dirty: tuple[str, ...] = ()
    changes: str = ""

    @property
    def digests(self) -> Mapping[tuple[str, str], str]:
        """The digest of each version that is shown, by policy and number."""
        shown = {(page.policy, page.number) for page in self.pages if page.number}
        every = {(h.policy, str(version.number)): version.digest for h in self.histories for version in h.versions}
        return {key: digest for key, digest in every.items() if key in shown}


def read_site(project: Project, policies: PolicyFolder, *, on: date) -> Site:
    """Read HEAD and make the pages of a day. What is in the folder but not committed is named in `dirty`.

    Raises `ToolkitError` where the repository, a history or a text cannot be published.
    """
    histories = [policies.history(name) for name in policies.names]
    if project.settings.home in dict(policies.deleted()):
        histories.append(policies.history(project.settings.home))
    for history in histories:
        refuse_objectionable(history)
    return _site(project, policies, histories, on)


def read_working_site(project: Project, policies: PolicyFolder, *, on: date) -> Site:
    """Make the pages as the files in the working folder would have them, released or not.

    A text whose number is published later than `on` is shown as on that later day, else it could not be seen.
    """
    histories = [_working_history(policies, name, on) for name in policies.names]
    comparisons = tuple(_against_force(policies, histories, on))
    on = max([on, *(_edited_on(history) for history in histories)])
    site = _site(project, policies, histories, on, comparisons)
    changes = [f"{project.settings.path_of(each.policy)}{each.number}/changes/" for each in comparisons]
    return replace(site, changes=changes[0] if changes else "")


def open_policies(project: Project, *, now: datetime) -> PolicyFolder:
    settings = project.settings
    rules = LandingRules(late_days=settings.late_days, drafts=settings.drafts)
    return PolicyFolder.open(project.root, settings.policies, zone=settings.zone, rules=rules, now=now)


def templates(folder: Path, wording: Wording) -> Environment:
    """Return the templates of a folder; every text put into them is escaped, and a date written out."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = wording.write_date
    return environment


def _site(
    project: Project,
    policies: PolicyFolder,
    histories: Sequence[History],
    on: date,
    comparisons: Sequence[Comparison] = (),
) -> Site:
    wording = find_wording(project.settings.language, project.folders("notices"))
    pages = _pages(project, histories, on, wording, comparisons)
    return Site(on=on, wording=wording, pages=pages, histories=tuple(histories), dirty=policies.dirty())


def _pages(
    project: Project, histories: Sequence[History], on: date, wording: Wording, comparisons: Sequence[Comparison]
) -> tuple[Page, ...]:
    environment = templates(project.folder("site/pages"), wording)
    try:
        return make_pages(
            histories,
            on=on,
            settings=project.settings,
            templates=environment,
            wording=wording,
            comparisons=comparisons,
        )
    except TemplateError as error:
        raise SiteError(f"a page's template cannot be used: {error}", where=_place(error)) from None


def _place(error: TemplateError) -> str:
    """Return the template and the line an error was found on, as far as Jinja tells."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", None)
    return f"site/pages/{name}:{line}" if name and line else "site/pages"


_WORKING = "working text"


def _working_history(policies: PolicyFolder, name: str, on: date) -> History:
    """Return a file's history as it would be if its working text were committed on that day."""
    path = policies.path(name)
    file = policies.repository.root / path
    revisions = policies.repository.revisions(path)
    if not file.exists() or file.read_bytes() == revisions[-1].source:
        return policies.history(name)
    edit = Revision(commit=_WORKING, landed_on=on, path=path, blob=_WORKING, source=file.read_bytes())
    return _showing(policies.repository.working(name, path, edit))


def _showing(history: History) -> History:
    """Show a working text in the place of the sealed words whose number it still carries."""
    last = history.landings[-1]
    if last.deed is not Deed.UNRELEASED_EDIT:
        return history
    shown = parse_document(last.revision.source, name=last.revision.path, released=True)
    versions = (replace(v, shown=shown) if v.number == last.number else v for v in history.versions)
    return replace(history, versions=tuple(versions))


def _against_force(policies: PolicyFolder, histories: Sequence[History], on: date) -> Iterator[Comparison]:
    """Yield for each working text the version in force, in its sealed words: its page of changes compares with it."""
    for history in histories:
        last = history.landings[-1]
        if last.revision.commit != _WORKING or last.number is None:
            continue
        before = policies.history(history.policy).in_force(on)
        if before:
            sealed = replace(before, shown=before.document)
            yield Comparison(policy=history.policy, number=str(last.number), before=sealed)


def _edited_on(history: History) -> date:
    last = history.landings[-1]
    if last.revision.commit != _WORKING or last.number is None:
        return date.min
    return history.version(last.number).published
