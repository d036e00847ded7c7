"""What a build server runs beside the other commands: `policy comment`, `policy alert`, `policy settings`."""

import sys
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.front import AsJson, print_json, table, workspace
from toolkit.config import Project
from toolkit.errors import Misuse


def comment(
    context: typer.Context,
    report: Annotated[
        Path, typer.Argument(help="The report that 'policy check --report' wrote.", exists=True, dir_okay=False)
    ],
    pull: Annotated[int, typer.Option("--pull", min=1, help="The number of the pull request.")],
) -> None:
    """Write a report under its pull request at GitHub: one comment, changed in place."""
    from toolkit.review.hosting import find_github
    from toolkit.review.report import MARK

    text = report.read_text(encoding="utf-8")
    if not text.startswith(MARK):
        raise Misuse("this is no report of 'policy check'.", where=str(report))
    new = find_github(workspace(context).environment).comment(pull, text)
    typer.echo(f"{'Wrote the' if new else 'Changed the'} comment of pull request {pull}.")


def alert(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="What failed, in one sentence.")],
    about: Annotated[list[str] | None, typer.Option("--about", help="A line more; may be given again.")] = None,
    transport: Annotated[
        str, typer.Option("--transport", help="smtp or sendgrid.", show_default="the one that is set up")
    ] = "",
) -> None:
    """Write to the contact of the settings that something failed."""
    from toolkit.notices.alert import send_alert, write_alert

    work = workspace(context)
    publisher = work.publisher(work.project.settings.home)
    if not publisher.contact:
        raise Misuse("nobody is named to be told.", where="[tool.policy]", mend='Set contact = "privacy@example.com".')
    variant = write_alert(publisher, what, about or [])
    with closing(work.transport(transport or _way_out(work.project))) as way_out:
        answer = send_alert(way_out, publisher, variant, now=work.clock.now())
    typer.echo(f"Told {publisher.contact}: {answer}")


def _way_out(project: Project) -> str:
    """Return a way that reaches somebody: the one of the settings, else the one whose server is named."""
    if project.settings.transport != "outbox":
        return project.settings.transport
    if project.smtp_url or project.sendgrid_key:
        return "smtp" if project.smtp_url else "sendgrid"
    raise Misuse("there is no way to reach anybody.", mend="Set POLICY_SMTP_URL or SENDGRID_API_KEY.")


def settings(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="One setting.", show_default="all of them")] = "",
    as_json: AsJson = False,
) -> None:
    """Print the settings as they are read. Secrets are not among them."""
    found = workspace(context).project.settings
    values = {each.name: getattr(found, each.name) for each in fields(found)}
    if name and name not in values:
        raise Misuse(f"'{name}' is not a setting.", mend=f"Known are: {', '.join(values)}.")
    if as_json:
        print_json({name: values[name]} if name else values)
    elif name:
        sys.stdout.write(f"{_plain(values[name])}\n")
    else:
        typer.echo(table(("SETTING", "VALUE"), ((each, _plain(value)) for each, value in values.items())))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
