"""`policy bump`: the head of the file for the next version."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, OfDocument, note, print_json, workspace
from toolkit.errors import Misuse
from toolkit.policy.classes import Asking, Class, Number

if TYPE_CHECKING:
    from toolkit.changes.materiality import Verdict
    from toolkit.review.bump import Head

_DAY = ["%Y-%m-%d"]


def bump(
    context: typer.Context,
    document: OfDocument = "privacy",
    declared: Annotated[
        Class | None, typer.Option("--class", help="Declare this class.", show_default="the proposed one")
    ] = None,
    published: Annotated[
        datetime | None, typer.Option("--published", formats=_DAY, help="The day of posting.", show_default="today")
    ] = None,
    effective: Annotated[
        datetime | None,
        typer.Option("--effective", formats=_DAY, help="The day from which it binds.", show_default="after the notice"),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why the class is lower than proposed.")] = "",
    asking: Annotated[
        Asking | None, typer.Option("--consent", help="How consent is asked, for a version that needs it.")
    ] = None,
    after: Annotated[str, typer.Option("--after", help="The version that it follows.", show_default="the newest")] = "",
    base: Annotated[
        str, typer.Option("--base", help="Compare with this branch or commit.", show_default="the main branch")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show it; write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the head of the working text for its next version: number, dates, class, a draft of the summary."""
    from toolkit.review.bump import Wish, write_head
    from toolkit.review.next import find_next

    work = workspace(context)
    wish = Wish(
        declared=declared,
        published=published.date() if published else None,
        effective=effective.date() if effective else None,
        reason=reason,
        asking=asking,
        after=_number(after),
    )
    text, file, head, title = find_next(work, document, wish, base=base)
    if head is None:
        if as_json:
            print_json({"number": None, "written": False})
        else:
            typer.echo(f"{work.relative(file)} says what the version before it says: it needs no new number.")
        return
    written = write_head(text, head, title=title)
    if not dry_run:
        _write(file, written)
    _say(head)
    if as_json:
        print_json(_head(head) | {"written": not dry_run, "path": work.relative(file)})
        return
    typer.echo(_shown(head))
    typer.echo(
        "Nothing was written." if dry_run else f"Written to the head of {work.relative(file)}. Read the summary."
    )


def _proposed(verdict: "Verdict") -> str:
    return verdict.proposed + ("; a person must look" if verdict.certainty == "review" else "")


def _number(text: str) -> Number | None:
    try:
        return Number.parse(text) if text else None
    except ValueError as error:
        raise Misuse(str(error), where="--after") from None


def _write(file: Path, text: str) -> None:
    """Write a text whole or not at all, with its own line ends."""
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(text.encode())
    part.chmod(file.stat().st_mode & 0o777)
    part.replace(file)


def _say(head: "Head") -> None:
    verdict = head.verdict
    if verdict and head.declared < verdict.proposed and not head.reason:
        note(f"note: the changes look {verdict.proposed}; to declare {head.declared}, say why with --reason.")
    if head.declared is Class.CONSENT and head.asking is None:
        note("note: say how consent is asked, with --consent.")


def _shown(head: "Head") -> str:
    lines = [
        f"version    {head.number}",
        f"class      {head.declared}" + (f" (proposed: {_proposed(head.verdict)})" if head.verdict else ""),
        f"published  {head.published}",
        f"effective  {head.effective}",
        *(f"summary    - {sentence}" for sentence in head.summary),
    ]
    return "\n".join(lines)


def _head(head: "Head") -> dict[str, object]:
    return {
        "number": str(head.number),
        "class": head.declared,
        "proposed": head.verdict.proposed if head.verdict else None,
        "certainty": head.verdict.certainty if head.verdict else None,
        "published": date.isoformat(head.published),
        "effective": date.isoformat(head.effective),
        "summary": head.summary,
        "reason": head.reason,
    }
