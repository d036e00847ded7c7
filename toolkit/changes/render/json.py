"""A redline and its verdict as JSON. Pure."""

import json

from toolkit.changes.alignment import Run
from toolkit.changes.materiality import Verdict
from toolkit.changes.reasons import Reason
from toolkit.changes.redline import Aspect, Change, Redline
from toolkit.changes.weighing import probability
from toolkit.policy.clauses import Clause


def render(redline: Redline, verdict: Verdict) -> str:
    """Return one JSON object: the verdict with `reasons` and `signals`, and `changes` without unchanged clauses."""
    return json.dumps(
        {
            "old": {"name": redline.old.name, "digest": redline.old.digest},
            "new": {"name": redline.new.name, "digest": redline.new.digest},
            "proposed": verdict.proposed,
            "certainty": verdict.certainty,
            "decisive": verdict.decisive,
            "probability": round(probability(verdict.odds), 3),
            "topics": verdict.topics,
            "reasons": [_reason(reason) for reason in verdict.reasons],
            "signals": [
                {"signal": each.signal, "value": round(each.value, 3), "adds": round(each.adds, 3)}
                for each in verdict.contributions
            ],
            "changes": [_change(change) for change in redline.changed],
        },
        ensure_ascii=False,
        indent=2,
    )


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "rule": reason.rule,
        "class": reason.proposed,
        "topic": reason.topic,
        "clause": reason.change.clause.place,
        "text": reason.text,
        "before": reason.before,
        "after": reason.after,
        "direction": reason.direction,
        "weight": round(reason.weight, 3),
        "why": reason.why,
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "place": change.place,
        "aspects": [aspect for aspect in Aspect if aspect in change.aspects],
        "clause": change.clause.place,
        "before": _side(change.old),
        "after": _side(change.new),
        "runs": [_run(run) for run in change.runs],
    }


def _run(run: Run) -> dict[str, object]:
    said: dict[str, object] = {"op": run.op, "text": run.text}
    return said | {"moved": run.moved} if run.moved else said


def _side(clause: Clause | None) -> dict[str, object] | None:
    if clause is None:
        return None
    return {
        "text": clause.text,
        "block": clause.block,
        "links": [{"text": link.text, "target": link.target, "title": link.title} for link in clause.links],
        "level": clause.level,
        "nesting": clause.nesting,
        "column": clause.column,
    }
