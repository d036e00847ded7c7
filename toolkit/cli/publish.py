"""`policy publish`: the site, built from what is committed."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, Sealed, note, print_json, say_alarms, say_odd, say_unreleased, workspace
from toolkit.policy.version import Status
from toolkit.workspace import SITE, Workspace

if TYPE_CHECKING:
    from toolkit.site.publish import Published


def publish(
    context: typer.Context,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Show the site of that day.", show_default="today"),
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", help="The folder to build into.", show_default="build/site")
    ] = None,
    tag: Annotated[
        bool, typer.Option("--tag", help="Also tag each published version in git, like privacy/2.0.0.")
    ] = False,
    sealed: Sealed = False,
    as_json: AsJson = False,
) -> None:
    """Build the public site into a folder. A build that fails leaves the standing site as it was."""
    from toolkit.changes.alarms import judge_versions
    from toolkit.site.publish import publish as build

    work = workspace(context)
    folder = (to or work.root / SITE).resolve()
    day = on.date() if on else work.today
    done = build(work.project, work.policies, on=day, to=folder, sealed=sealed)
    if tag:
        _tag(work, done)
    for file in done.dirty:
        note(f"note: {file} differs from the last commit; the site shows what is committed.")
    for name, commit in work.policies.deleted():
        note(f"note: '{name}' was deleted by commit {commit[:10]}: its versions are not published any more.")
    for policy in sorted({version.policy for version in done.versions}):
        say_odd(work.history(policy))
        say_unreleased(work.history(policy))
        say_alarms(judge_versions(work.history(policy), work.rules))
    if as_json:
        print_json(_published(done))
        return
    binding = ", ".join(f"{v.policy} {v.number}" for v in done.versions if v.status is Status.IN_FORCE)
    typer.echo(
        f"Built {done.pages} pages into {work.relative(folder)}, as on {done.on}."
        f" In force: {binding or 'no version yet'}."
    )


def _tag(work: Workspace, done: "Published") -> None:
    """Tag each published version, with the decision on it in the tag's message."""
    from toolkit.review.decisions import read_decisions, tag_message, tag_name

    posted = {(each.policy, each.number) for each in done.versions}
    for policy in sorted({each.policy for each in done.versions}):
        for decision in read_decisions(work, work.history(policy)):
            version = decision.version
            if (policy, str(version.number)) in posted:
                work.policies.repository.tag(tag_name(version), version.commit, tag_message(decision))


def _published(done: "Published") -> dict[str, object]:
    return {
        "folder": str(done.to),
        "address": done.address,
        "on": done.on,
        "pages": done.pages,
        "versions": [
            {"policy": v.policy, "number": v.number, "state": v.status, "address": v.address} for v in done.versions
        ],
        "not_committed": done.dirty,
    }
