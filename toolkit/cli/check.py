"""`policy check`: the gate before a text lands."""

import os
import secrets
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, note, workspace
from toolkit.errors import Misuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.review.findings import Finding
    from toolkit.review.passage import Checked
    from toolkit.workspace import Workspace


class Format(StrEnum):
    TERMINAL = "terminal"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    MARKDOWN = "markdown"


def check(
    context: typer.Context,
    base: Annotated[
        str, typer.Option("--base", help="Compare with this branch or commit.", show_default="the main branch")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="How to say it.")] = Format.TERMINAL,
    as_json: AsJson = False,
    report: Annotated[
        Path | None, typer.Option("--report", help="Also write the report, as Markdown, into this file.")
    ] = None,
    explain: Annotated[str, typer.Option("--explain", help="Explain one rule, with a wrong and a right example.")] = "",
) -> None:
    """Check what a branch makes of the policies. Exits 0 with warnings only, 3 with errors."""
    if explain:
        typer.echo(_page(explain), nl=False)
        return
    from toolkit.review.check import check as look
    from toolkit.review.findings import has_errors

    work = workspace(context)
    checked = look(work, base=base)
    findings = [finding for each in checked for finding in each.findings]
    form = Format.JSON if as_json else form
    written = _report(work, checked) if report or form in (Format.GITHUB, Format.MARKDOWN) else ""
    if report:
        if report.is_symlink():
            raise Misuse("this is a link: it may lead anywhere.", where=str(report), mend="Name a file of its own.")
        report.write_text(written, encoding="utf-8")
    typer.echo(_shown(form, findings, checked, "" if report and form is Format.GITHUB else written), nl=False)
    if form is Format.GITHUB and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(summary).open("a", encoding="utf-8") as out:
            out.write(written)
    if has_errors(findings):
        raise typer.Exit(3)


def _page(rule: str) -> str:
    from toolkit.review.findings import Rule
    from toolkit.review.pages import read_page

    if rule not in list(Rule):
        raise Misuse(f"'{rule}' is no rule.", where="--explain", mend=f"The rules are: {', '.join(Rule)}.")
    return read_page(Rule(rule))


def _report(work: "Workspace", checked: "Sequence[Checked]") -> str:
    from toolkit.review.report import write_report

    return write_report(work, checked, tell=note)


def _shown(form: Format, findings: "Sequence[Finding]", checked: "Sequence[Checked]", written: str) -> str:
    from toolkit.review import formats

    if form is Format.JSON:
        return formats.json_text(findings, checked)
    if form is Format.SARIF:
        return formats.sarif(findings)
    if form is Format.MARKDOWN:
        return written
    if form is Format.GITHUB:
        return formats.annotations(findings) + (formats.quoted(written, secrets.token_hex(16)) if written else "")
    return formats.terminal(findings, checked)
