"""A redline and its verdict as JSON. Pure."""

import json

from toolkit.changes.materiality import Reason, Verdict
from toolkit.changes.redline import Aspect, Change, Redline
from toolkit.policy.clauses import Clause


def render(redline: Redline, verdict: Verdict) -> str:
    """Return one JSON object: `proposed`, `topics`, `reasons` and `changes`, unchanged clauses left out."""
    return json.dumps(
        {
            "old": {"name": redline.old.name, "digest": redline.old.digest},
            "new": {"name": redline.new.name, "digest": redline.new.digest},
            "proposed": verdict.proposed,
            "topics": verdict.topics,
            "reasons": [_reason(reason) for reason in verdict.reasons],
            "changes": [_change(change) for change in redline.changed],
        },
        ensure_ascii=False,
        indent=2,
    )


def _reason(reason: Reason) -> dict[str, str | None]:
    return {
        "rule": reason.rule,
        "class": reason.proposed,
        "topic": reason.topic,
        "clause": reason.change.clause.place,
        "text": reason.text,
        "why": reason.why,
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "place": change.place,
        "aspects": [aspect for aspect in Aspect if aspect in change.aspects],
        "clause": change.clause.place,
        "before": _side(change.old),
        "after": _side(change.new),
        "runs": [{"op": run.op, "text": run.text} for run in change.runs],
    }


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
