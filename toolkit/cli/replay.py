"""`policy replay`: what the toolkit would have said about an existing history."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.changes.replay import Step
from toolkit.changes.replay import replay as steps_of
from toolkit.changes.rules import Rules
from toolkit.cli.front import AsJson, note, print_json, progress, table, workspace
from toolkit.errors import Misuse, RepositoryError
from toolkit.policy.revision import Revision
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.policy.repository import PolicyRepository

_SUBJECT = 48
_TOPICS = 4


def replay(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A Markdown file in any git repository.")],
    formerly: Annotated[
        list[Path] | None, typer.Option("--formerly", help="An earlier name git cannot see; newest first.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Judge every revision of a file, with or without front matter: UTC date, commit, words changed, class."""
    from toolkit.policy.repository import PolicyRepository

    place = file.absolute()
    if place.is_dir():
        raise Misuse("this is a folder.", where=str(file), mend="Name one Markdown file.")
    repository = context.with_resource(closing(PolicyRepository(_standing_folder(place))))
    paths = [_within(repository, place), *(_within(repository, Path.cwd() / path) for path in formerly or ())]
    revisions = repository.revisions(paths[0], formerly=tuple(paths[1:]))
    if not revisions:
        raise RepositoryError("no commit on this branch holds the file.", where=str(file), mend="Check the path.")
    steps = _judged(revisions, workspace(context).rules)
    if as_json:
        print_json([_step(step) for step in steps])
        return
    head = ("DATE", "COMMIT", "DELETED", "INSERTED", "CLASS", "TOUCHES", "SUBJECT")
    typer.echo(table(head, map(_row, steps)))
    typer.echo(f"\n{_sum(steps)}")
    _hint(repository, revisions[0], workspace(context))


def _judged(revisions: tuple[Revision, ...], rules: Rules) -> list[Step]:
    with progress("Judging", total=len(revisions)) as bar:
        steps = []
        for step in steps_of(revisions, rules):
            steps.append(step)
            bar.advance()
        return steps


def _standing_folder(place: Path) -> Path:
    """Return the nearest folder that exists: the file itself may be gone from the work tree."""
    return next((folder for folder in place.parents if folder.is_dir()), Path())


def _within(repository: "PolicyRepository", place: Path) -> str:
    resolved = place.resolve()
    if not resolved.is_relative_to(repository.root):
        raise Misuse("the file is not in the repository.", where=str(place))
    return resolved.relative_to(repository.root).as_posix()


def _row(step: Step) -> tuple[object, ...]:
    subject = step.revision.subject
    return (
        step.revision.landed_on,
        step.revision.short,
        step.deleted,
        step.inserted,
        step.proposed or "unreadable",
        _remark(step),
        subject if len(subject) <= _SUBJECT else f"{subject[: _SUBJECT - 1]}…",
    )


def _remark(step: Step) -> str:
    """Say in a few words what a revision is about."""
    if step.unchanged:
        return "no word or link changed"
    if step.relinked:
        return "links only"
    if step.problem or not step.topics:
        plain = "marks or headings only" if not step.deleted + step.inserted else ""
        return step.problem or plain
    more = len(step.topics) - _TOPICS
    shown = ", ".join(step.topics[:_TOPICS]).replace("_", " ")
    return f"{shown} and {more} more" if more > 0 else shown


def _sum(steps: list[Step]) -> str:
    unchanged = sum(step.unchanged for step in steps)
    tells = sum(bool(step.proposed and step.proposed.tells) for step in steps)
    return f"{len(steps)} revisions: {tells} material, {unchanged} without a changed word or link."


def _hint(repository: "PolicyRepository", first: Revision, work: Workspace) -> None:
    """Where the history begins with a file that took another's place, say how to go on."""
    for path in repository.removed_beside(first):
        where = work.relative(repository.root / path)
        note(f"note: commit {first.short} added this file and removed another; to go on, add --formerly {where}")


def _step(step: Step) -> dict[str, object]:
    return {
        "date": step.revision.landed_on,
        "commit": step.revision.commit,
        "path": step.revision.path,
        "subject": step.revision.subject,
        "deleted": step.deleted,
        "inserted": step.inserted,
        "proposed": step.proposed,
        "topics": step.topics,
        "unchanged": step.unchanged,
        "relinked": step.relinked,
        "problem": step.problem,
    }
