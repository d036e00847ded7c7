"""`policy publish` and `policy verify`: the site, built from what is committed, and whether it is what is served."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, Sealed, note, print_json, say_alarms, say_odd, say_unreleased, workspace
from toolkit.errors import Misuse, SiteError
from toolkit.policy.version import Status
from toolkit.workspace import SITE, Workspace

if TYPE_CHECKING:
    from toolkit.site.deploy import Destination
    from toolkit.site.publish import Published
    from toolkit.site.verify import Checkup

_BRANCH = "git:"


def publish(
    context: typer.Context,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="Show the site of that day.", show_default="today"),
    ] = None,
    to: Annotated[
        str, typer.Option("--to", help="A folder, or git:BRANCH for a host's pages.", show_default="build/site")
    ] = "",
    push: Annotated[bool, typer.Option("--push", help="With git:BRANCH, also push the branch to origin.")] = False,
    tag: Annotated[
        bool, typer.Option("--tag", help="Also tag each published version in git, like privacy/2.0.0.")
    ] = False,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Serve the site before this one again; build nothing.")
    ] = False,
    sealed: Sealed = False,
    as_json: AsJson = False,
) -> None:
    """Build the public site and put it live at once. A build that fails leaves the standing site as it was."""
    work = workspace(context)
    if rollback:
        _roll_back(work, to, as_json=as_json)
        return
    from toolkit.site.publish import publish as build

    day = on.date() if on else work.today
    done = build(work.project, work.policies, on=day, to=_destination(work, to, push=push), sealed=sealed)
    if tag:
        _tag(work, done)
    _say(work, done)
    if as_json:
        print_json(_published(done))
        return
    binding = ", ".join(f"{v.policy} {v.number}" for v in done.versions if v.status is Status.IN_FORCE)
    same = "" if done.changed else " It is the same site as before."
    typer.echo(
        f"Built {done.pages} pages into {_where(work, done.to)}, as on {done.on}."
        f" In force: {binding or 'no version yet'}.{same}"
    )


def _destination(work: Workspace, to: str, *, push: bool) -> "Destination":
    from toolkit.site.deploy import ServedBranch, served_folder

    if to.startswith(_BRANCH):
        branch = to.removeprefix(_BRANCH)
        if not branch or branch.startswith("-"):
            raise Misuse(f"'{to}' names no branch.", where="--to", mend="Write it like git:gh-pages.")
        if branch == work.policies.repository.branches.current():
            raise Misuse("this is the branch of the policies themselves.", where="--to", mend="Name another.")
        return ServedBranch(repository=work.policies.repository, branch=branch, push=push)
    if push:
        raise Misuse("only a branch can be pushed.", where="--push", mend="Write it like --to git:gh-pages --push.")
    return served_folder(_folder(work, to))


def _folder(work: Workspace, to: str) -> Path:
    return Path(os.path.normpath((Path(to) if to else work.root / SITE).absolute()))


def _where(work: Workspace, label: str) -> str:
    return label if label.startswith(_BRANCH) else work.relative(Path(label))


def _roll_back(work: Workspace, to: str, *, as_json: bool) -> None:
    from toolkit.site.deploy import served_folder

    if to.startswith(_BRANCH):
        raise Misuse(
            "a branch is rolled back with git.", where="--to", mend="'git revert' its newest commit, and push."
        )
    folder = served_folder(_folder(work, to))
    release = folder.roll_back()
    note("note: what is served now may be older than what applies: 'policy verify' says so. Publish again to go on.")
    if as_json:
        print_json({"folder": folder.label, "release": release.name})
    else:
        typer.echo(f"{_where(work, folder.label)} serves the site before again.")


def _say(work: Workspace, done: "Published") -> None:
    from toolkit.changes.alarms import judge_versions

    for file in done.dirty:
        note(f"note: {file} differs from the last commit; the site shows what is committed.")
    for name, commit in work.policies.deleted():
        note(f"note: '{name}' was deleted by commit {commit[:10]}: its versions are not published any more.")
    for policy in sorted({version.policy for version in done.versions}):
        say_odd(work.history(policy))
        say_unreleased(work.history(policy))
        say_alarms(judge_versions(work.history(policy), work.rules))


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
        "folder": done.to,
        "address": done.address,
        "on": done.on,
        "pages": done.pages,
        "changed": done.changed,
        "versions": [
            {"policy": v.policy, "number": v.number, "state": v.status, "address": v.address} for v in done.versions
        ],
        "not_committed": done.dirty,
    }


def verify(
    context: typer.Context,
    url: Annotated[
        str, typer.Argument(help="Where the site is served.", show_default="the site_url of the settings")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Every page, not only what is in force.")] = False,
    wait: Annotated[float, typer.Option("--wait", min=0, max=3600, help="Seconds to try again while it differs.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Fetch the live page and prove that it says what is in force. Exits 3 where it does not."""
    from toolkit.site.publish import build_pages
    from toolkit.site.verify import verify_pages

    work = workspace(context)
    built = build_pages(work.project, work.policies, on=work.today)
    wanted = [each for each in built if every or (each[0].listed and each[0].number)]
    found = verify_pages(url or work.project.settings.site_url, wanted, wait=wait)
    if as_json:
        print_json({"on": work.today, "true": all(each.is_true for each in found), "pages": list(map(_checkup, found))})
    else:
        for each in found:
            typer.echo(_shown(work, each), nl=False)
    if wrong := [each for each in found if not each.is_true]:
        verb = "does" if len(wrong) == 1 else "do"
        raise SiteError(
            f"{len(wrong)} of {len(found)} pages {verb} not say what applies on {work.today}.",
            where=wrong[0].url,
            mend="Publish again, then look at what stands between: a cache, another folder, another server.",
        )


def _shown(work: Workspace, checkup: "Checkup") -> str:
    from toolkit.changes.render import terminal

    page = checkup.page
    version = f"{page.policy} {page.number}" if page.number else page.title
    if checkup.is_true:
        return f"{checkup.url} says {version}, word for word.\n"
    if checkup.problem or checkup.redline is None:
        return f"{checkup.url} should say {version}: {checkup.problem}.\n"
    if checkup.redline.is_empty:
        expected, served = checkup.difference
        return (
            f"{checkup.url} has the words of {version}, but is not the page that is built from git.\n"
            f"  expected: {terminal.clean(expected)}\n  served:   {terminal.clean(served)}\n"
        )
    return f"{checkup.url} does not say {version}:\n{terminal.render(checkup.redline, work.wording, colour=False)}\n"


def _checkup(checkup: "Checkup") -> dict[str, object]:
    changes = checkup.redline.changed if checkup.redline else ()
    return {
        "url": checkup.url,
        "policy": checkup.page.policy or None,
        "number": checkup.page.number or None,
        "true": checkup.is_true,
        "problem": checkup.problem or None,
        "first_difference": checkup.difference or None,
        "differences": [{"expected": change.before, "served": change.after} for change in changes if change.is_sealed],
    }
