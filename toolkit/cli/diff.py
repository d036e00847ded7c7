"""`policy diff`: two texts side by side, wherever they stand."""

import os
import shutil
import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from toolkit.changes.materiality import Verdict, judge
from toolkit.changes.reasons import say
from toolkit.changes.redline import Redline, compare
from toolkit.changes.weighing import Certainty, probability
from toolkit.changes.wording import Wording
from toolkit.cli.front import AsJson, OfDocument, workspace
from toolkit.errors import Misuse
from toolkit.policy.classes import Number
from toolkit.policy.document import Document, parse_document
from toolkit.workspace import Workspace

_REASONS = 10


class Format(StrEnum):
    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    HTML = "html"
    SIDES = "sides"
    DOCX = "docx"
    JSON = "json"


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help="A file, a version's number, or a git revision (REV or REV:PATH).")],
    new: Annotated[str, typer.Argument(help="The same, for the newer side.")],
    document: OfDocument = "privacy",
    form: Annotated[Format, typer.Option("--format", help="How to show it.")] = Format.TERMINAL,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; needed for docx.", show_default="print it")
    ] = None,
    author: Annotated[
        str, typer.Option("--author", help="Whom Word names at each change.", show_default="the service")
    ] = "",
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what made the class: each signal and its weight.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two texts, word by word, and the class the change would have."""
    work = workspace(context)
    redline = compare(_side(work, old, document), _side(work, new, document))
    verdict = judge(redline, work.rules)
    if as_json:
        form = Format.JSON
    if form is Format.DOCX:
        _write_word(work, redline, out, author)
        return
    _put(_shown(redline, verdict, work.wording, form), out)
    if explain and form in (Format.TERMINAL, Format.MARKDOWN):
        typer.echo(_explained(verdict), nl=False)


def _put(text: str, out: Path | None) -> None:
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
        typer.echo(f"Wrote {out}.")
    else:
        typer.echo(text, nl=False)


def _write_word(work: Workspace, redline: Redline, out: Path | None, author: str) -> None:
    if out is None:
        raise Misuse("a Word document is no text to print.", where="--format docx", mend="Name a file with --output.")
    from toolkit.changes.render import docx

    signed = docx.Signed(author=author or work.project.settings.service, at=work.clock.now())
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(docx.render(redline, signed))
    typer.echo(f"Wrote {out}: {len(redline.changed)} changed clauses, each change tracked.")


def _side(work: Workspace, name: str, document: str) -> Document:
    """Read one side: an existing file, else a version's number, else a git revision."""
    file = Path(name)
    if file.is_file():
        return parse_document(file.read_bytes(), name=name)
    if _is_number(name):
        return replace(work.version(document, name).document, name=f"{document} {name}")
    revision, _, path = name.partition(":")
    if not work.policies.repository.is_commit(revision):
        raise Misuse(f"'{name}' is no file, no version and no commit.", mend="'policy log' lists the versions.")
    path = path or work.policies.path(document)
    return parse_document(work.policies.repository.read(revision, path), name=f"{revision}:{path}")


def _is_number(name: str) -> bool:
    try:
        Number.parse(name)
    except ValueError:
        return False
    return True


def _shown(redline: Redline, verdict: Verdict, wording: Wording, form: Format) -> str:
    title = f"{redline.old.name} → {redline.new.name}"
    if form is Format.JSON:
        from toolkit.changes.render import json

        return json.render(redline, verdict) + "\n"
    if form is Format.HTML:
        from toolkit.changes.render import html

        return html.page(redline, wording, title=title, verdict=_verdict(verdict))
    if form is Format.SIDES:
        from toolkit.changes.render import sides

        return sides.page(redline, wording, title=title, verdict=_verdict(verdict))
    if form is Format.MARKDOWN:
        from toolkit.changes.render import markdown

        return f"{markdown.render(redline, wording)}\n{markdown.lines(_verdict(verdict))}"
    return _terminal(redline, verdict, wording)


def _terminal(redline: Redline, verdict: Verdict, wording: Wording) -> str:
    from toolkit.changes.render import terminal

    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    width = min(100, shutil.get_terminal_size((100, 24)).columns)
    return f"{terminal.render(redline, wording, colour=colour, width=width)}\n{terminal.clean(_verdict(verdict))}"


def _verdict(verdict: Verdict) -> str:
    topics = f" ({', '.join(verdict.topics).replace('_', ' ')})" if verdict.topics else ""
    lines = [f"Proposed class: {verdict.proposed}{topics}. {_CERTAINTIES[verdict.certainty]}"]
    telling = verdict.telling
    lines += [f"- {say(reason)}" for reason in telling[:_REASONS]]
    others = len(verdict.reasons) - len(telling[:_REASONS])
    if others:
        noun = "reason" if others == 1 else "reasons"
        lines.append(f"- and {others} more {noun}, some of a lower class (--format json lists them all)")
    return "\n".join(lines) + "\n"


_CERTAINTIES = {
    Certainty.DECIDED: "That is certain enough.",
    Certainty.REVIEW: "A person must look: until a class is declared, it counts as material.",
}


def _explained(verdict: Verdict) -> str:
    """Show what each signal added to the odds."""
    lines = [
        f"{each.adds:+7.2f}  {each.signal} ({each.value:.2f} × {each.weight:+.2f})" for each in verdict.contributions
    ]
    odds = f"{verdict.odds:+7.2f}  odds, as a logarithm: material with a probability of {probability(verdict.odds):.0%}"
    alone = [f"         decides alone: {', '.join(verdict.decisive)}"] if verdict.decisive else []
    return "\n".join([*lines, odds, *alone]) + "\n"
