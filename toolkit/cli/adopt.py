"""`policy adopt` and `policy init`: how a policy comes into the toolkit."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.front import AsJson, note, print_json, workspace
from toolkit.errors import Misuse


class Host(StrEnum):
    GITHUB = "github"
    GITLAB = "gitlab"


def adopt(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="The policy as it is: .txt, .html or .docx.", exists=True, dir_okay=False)
    ],
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The Markdown file to write.", show_default="print it")
    ] = None,
    title: Annotated[str, typer.Option("--title", help="Its title.", show_default="its first heading")] = "",
    published: Annotated[
        datetime | None,
        typer.Option(
            "--published", formats=["%Y-%m-%d"], help="Its date.", show_default="the one it names, else today"
        ),
    ] = None,
    onto: Annotated[
        Path | None,
        typer.Option(
            "--onto", help="Edit this Markdown file as the Word document was edited.", exists=True, dir_okay=False
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --onto: only say what would change.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn an existing policy into Markdown with a head. No word is lost: before and after are compared."""
    from toolkit.policy.adopt import adopt as read

    if onto:
        _edit(file, onto, dry_run=dry_run, as_json=as_json)
        return
    if out and out.exists() and not force:
        raise Misuse("this file is there already.", where=str(out), mend="Name another, or say --force.")
    day = published.date() if published else None
    adopted = read(file, today=workspace(context).today, title=title, published=day)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(adopted.text, encoding="utf-8")
    for each in adopted.notes:
        note(f"note: {each}")
    said = (
        f"{adopted.headings} headings, {adopted.items} list items, {adopted.words:,} words: the same before and after."
        f" Published {adopted.published}."
    )
    if as_json:
        print_json(
            {
                "output": str(out) if out else None,
                "title": adopted.title,
                "published": adopted.published,
                "headings": adopted.headings,
                "items": adopted.items,
                "words": adopted.words,
                "notes": adopted.notes,
            }
        )
    elif out:
        typer.echo(f"Wrote {out}. {said}")
    else:
        typer.echo(adopted.text, nl=False)
        note(said)


def _edit(file: Path, onto: Path, *, dry_run: bool, as_json: bool) -> None:
    """Take what was changed in Word over into the Markdown, and touch nothing else."""
    from toolkit.policy.adopt.tracked import read_edited
    from toolkit.policy.document import decode
    from toolkit.review.onto import put_onto, with_line_ends

    if file.suffix.casefold() != ".docx":
        raise Misuse("only a Word document can be put onto a Markdown file.", where=str(file), mend="Save it as .docx.")
    raw = onto.read_bytes()
    source = decode(raw, name=str(onto))
    plain = source.replace("\r\n", "\n")
    edited = put_onto(plain, read_edited(file.read_bytes(), str(file)), name=str(onto))
    if edited.text != plain and not dry_run:
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        onto.write_bytes(mark + with_line_ends(edited.text, source).encode())
    if as_json:
        print_json(
            {
                "path": str(onto),
                "changed": edited.changed,
                "added": edited.added,
                "removed": edited.removed,
                "written": edited.text != plain and not dry_run,
                "notes": edited.notes,
            }
        )
        return
    for each in edited.notes:
        note(f"note: {each}")
    counts = f"{edited.changed} clauses changed, {edited.added} added, {edited.removed} removed"
    if edited.text == plain:
        typer.echo(f"{onto} says what {file} says: nothing to write.")
    else:
        typer.echo(f"{'Would edit' if dry_run else 'Edited'} {onto}: {counts}. The same words in both, word by word.")


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    service: Annotated[str, typer.Option("--service", help="The name customers know you by.")] = "Our service",
    site_url: Annotated[str, typer.Option("--url", help="Where the site will be.")] = "http://localhost/",
    contact: Annotated[str, typer.Option("--contact", help="Where questions go.")] = "privacy@example.com",
    sender: Annotated[str, typer.Option("--sender", help="Whom notices come from.", show_default="the contact")] = "",
    time_zone: Annotated[str, typer.Option("--time-zone", help="The policy's own.")] = "UTC",
    host: Annotated[Host, typer.Option("--host", help="Whose workflows to lay out.")] = Host.GITHUB,
    adopted: Annotated[
        Path | None,
        typer.Option("--adopt", help="Begin with this policy: .txt, .html or .docx.", exists=True, dir_okay=False),
    ] = None,
) -> None:
    """Lay out a new repository of policies that builds and passes its check at once."""
    from toolkit.policy.adopt import adopt as read
    from toolkit.review.init import Beginning, begin

    today = workspace(context).today
    taken = read(adopted, today=today) if adopted else None
    url = site_url if site_url.endswith("/") else f"{site_url}/"
    settings = begin(
        folder.resolve(),
        Beginning(
            service=service,
            site_url=url,
            time_zone=time_zone,
            contact=contact,
            sender=sender,
            today=today,
            text=taken.text if taken else "",
            host=host.value,
        ),
    )
    for each in taken.notes if taken else ():
        note(f"note: {each}")
    typer.echo(f"Laid out {folder}: {settings.policies}/, notices/, site/, mkdocs.yml, pyproject.toml, the workflows.")
    typer.echo(f"Next: cd {folder}; policy check; policy preview.")
    if not taken:
        typer.echo(f"Then put your words into {settings.policies}/{settings.home}.md.")
    if "localhost" in settings.site_url or settings.contact.endswith("@example.com"):
        note("note: the address or the contact is made up; put your own into pyproject.toml and mkdocs.yml.")
