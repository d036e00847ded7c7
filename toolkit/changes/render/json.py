"""A redline and its verdict as JSON. Pure."""

import json

from toolkit.changes.materiality import Reason, Verdict
from toolkit.changes.redline import Change, Redline


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
        "kind": change.kind,
        "clause": change.clause.place,
        "before": change.before if change.old else None,
        "after": change.after if change.new else None,
        "links": {
            "before": [link.target for link in change.old.links] if change.old else [],
            "after": [link.target for link in change.new.links] if change.new else [],
        },
        "runs": [{"op": run.op, "text": run.text} for run in change.runs],
    }
