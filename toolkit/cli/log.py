"""`policy log`: the versions of a policy, as git has them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.changes.alarms import Judged, judge_versions
from toolkit.cli.front import AsJson, OfDocument, note, print_json, say_alarms, say_odd, table, workspace
from toolkit.policy.objections import find_objections
from toolkit.policy.translation import Translation
from toolkit.policy.version import Deed, History, Landing, Version
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.review.decisions import Decision


def log(
    context: typer.Context,
    document: OfDocument = "privacy",
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="Also the commits that released nothing.")] = False,
    decisions: Annotated[bool, typer.Option("--decisions", help="Who decided what about each version.")] = False,
) -> None:
    """List a policy's versions: number, dates, class, state and commit."""
    work = workspace(context)
    history = work.history(document)
    if decisions:
        _decisions(work, history, as_json=as_json)
        return
    judged = {each.version.number: each for each in judge_versions(history, work.rules)}
    if as_json:
        print_json(
            {
                "policy": history.policy,
                "on": work.today,
                "versions": [
                    _version(history, version, work.today) | _judgement(judged.get(version.number))
                    for version in reversed(history.versions)
                ],
                "translations": [_translation(each) for each in history.translations],
                "troubles": history.troubles,
                "revisions": [_landing(landing) for landing in reversed(history.landings)],
            }
        )
        return
    head = ("NUMBER", "PUBLISHED", "EFFECTIVE", "CLASS", "STATE", "COMMIT")
    typer.echo(table(head, (_row(history, version, work.today) for version in reversed(history.versions))))
    if history.translations:
        titles = ("TRANSLATION", "REVIEWED", "LANDED", "COMMIT")
        typer.echo(f"\n{table(titles, map(_translation_row, history.translations))}")
    _tell(history, every=every)
    say_alarms(judged.values())
    say_odd(history)
    for objection in find_objections(history):
        note(f"note: {objection}")
    for file in work.policies.repository.dirty(work.policies.path(document)):
        note(f"note: {file} differs from the last commit; the log shows what is committed.")


def _decisions(work: Workspace, history: History, *, as_json: bool) -> None:
    from toolkit.review.decisions import read_decisions

    found = list(read_decisions(work, history))
    if as_json:
        print_json({"policy": history.policy, "decisions": [_decision(each) for each in found]})
        return
    head = ("NUMBER", "PROPOSED", "DECLARED", "APPROVED BY", "KEPT IN", "REASON")
    rows = (
        (
            each.version.number,
            each.proposed or "-",
            each.version.declared,
            "; ".join(each.approved_by) or "nobody named",
            each.kept_in,
            each.version.front.reason or "-",
        )
        for each in found
    )
    typer.echo(table(head, rows))


def _decision(decision: "Decision") -> dict[str, object]:
    version = decision.version
    return {
        "number": str(version.number),
        "proposed": decision.proposed,
        "declared": version.declared,
        "reason": version.front.reason,
        "approved_by": decision.approved_by,
        "kept_in": decision.kept_in,
        "commit": version.commit,
    }


def _row(history: History, version: Version, on: date) -> tuple[object, ...]:
    return (
        version.number,
        version.published,
        version.effective,
        version.declared,
        history.status(version, on),
        version.revision.short,
    )


def _tell(history: History, *, every: bool) -> None:
    """Print what landed beside the versions: formatting counted, the others one by one."""
    others = [landing for landing in history.landings if landing.deed is not Deed.RELEASE]
    formatting = [landing for landing in others if landing.deed is Deed.FORMATTING]
    if formatting and not every:
        noun = "revision" if len(formatting) == 1 else "revisions"
        typer.echo(
            f"\n{len(formatting)} {noun} changed no visible word and no link, and moved no date (--all lists them)."
        )
    quiet = (Deed.FORMATTING, Deed.DRAFT, Deed.REFUSED)
    shown = others if every else [landing for landing in others if landing.deed not in quiet]
    if shown:
        typer.echo()
    for landing in shown:
        note_ = f": {landing.note}" if landing.note else ""
        typer.echo(f"{landing.revision.landed_on}  {landing.revision.short}  {_name(landing)}{note_}")


def _name(landing: Landing) -> str:
    return "formatting only" if landing.deed is Deed.FORMATTING else str(landing.deed)


def _version(history: History, version: Version, on: date) -> dict[str, object]:
    return {
        "number": str(version.number),
        "title": version.title,
        "published": version.published,
        "effective": version.effective,
        "class": version.declared,
        "state": history.status(version, on),
        "summary": version.summary,
        "reason": version.front.reason,
        "commit": version.commit,
        "landed": version.landed_on,
        "digest": version.digest,
        "postponements": [
            {"commit": moved.commit, "landed": moved.landed_on, "from": moved.was, "to": moved.becomes}
            for moved in version.postponements
        ],
        "withdrawn": version.withdrawn_on,
    }


def _translation_row(translation: Translation) -> tuple[object, ...]:
    reviewed = "yes" if translation.reviewed else "no: never mailed"
    return translation.label, reviewed, translation.revision.landed_on, translation.revision.short


def _translation(translation: Translation) -> dict[str, object]:
    return {
        "label": translation.label,
        "number": str(translation.number),
        "language": translation.language,
        "title": translation.front.title,
        "summary": translation.front.summary,
        "reviewed": translation.reviewed,
        "commit": translation.revision.commit,
        "landed": translation.revision.landed_on,
        "digest": translation.digest,
    }


def _judgement(judged: Judged | None) -> dict[str, object]:
    if judged is None:
        return {"proposed": None, "certainty": None, "topics": [], "alarms": []}
    verdict = judged.verdict
    return {
        "proposed": verdict.proposed,
        "certainty": verdict.certainty,
        "topics": verdict.topics,
        "alarms": judged.alarms,
    }


def _landing(landing: Landing) -> dict[str, object]:
    return {
        "commit": landing.revision.commit,
        "landed": landing.revision.landed_on,
        "deed": landing.deed,
        "number": str(landing.number) if landing.number else None,
        "note": landing.note,
        "subject": landing.revision.subject,
    }
