"""Findings for a terminal, for a program, and for the hosts of pull requests. Pure."""

import json
from collections.abc import Sequence
from importlib import metadata
from typing import Any
from urllib.parse import quote

from toolkit.changes.render.terminal import clean
from toolkit.review.findings import Finding, Rule, Severity
from toolkit.review.passage import Checked

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def terminal(findings: Sequence[Finding], checked: Sequence[Checked]) -> str:
    """Return one finding a line, how to mend it below, and the sum."""
    lines = (
        f"{each.where}: {each.severity}: {_one_line(each.what)} [{each.rule}]\n    {_one_line(each.mend)}\n"
        for each in findings
    )
    return clean("".join(lines) + f"{_sum(findings, checked)}\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sum(findings: Sequence[Finding], checked: Sequence[Checked]) -> str:
    names = ", ".join(each.policy for each in checked) or "no policy"
    errors = sum(each.severity is Severity.ERROR for each in findings)
    if not findings:
        return f"Checked: {names}. Nothing is wrong."
    more = " 'policy check --explain RULE' says more."
    return f"Checked: {names}. {_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}.{more}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def json_text(findings: Sequence[Finding], checked: Sequence[Checked]) -> str:
    """Return one JSON object: `policies` with what would land, and `findings`."""
    said = {
        "errors": sum(each.severity is Severity.ERROR for each in findings),
        "warnings": sum(each.severity is Severity.WARNING for each in findings),
        "policies": [_policy(each) for each in checked],
        "findings": [
            {
                "rule": each.rule,
                "severity": each.severity,
                "path": each.path,
                "line": each.line,
                "what": each.what,
                "mend": each.mend,
            }
            for each in findings
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _policy(checked: Checked) -> dict[str, Any]:
    passage = checked.passage
    judged, version = passage.judged, passage.version
    return {
        "policy": checked.policy,
        "path": checked.branch.path,
        "number": str(version.number) if version else None,
        "class": version.declared if version else None,
        "proposed": judged.verdict.proposed if judged else None,
        "certainty": judged.verdict.certainty if judged else None,
        "topics": judged.verdict.topics if judged else [],
        "new": judged is not None,
    }


def sarif(findings: Sequence[Finding]) -> str:
    """Return the findings as SARIF 2.1.0, which other hosts and editors read."""
    rules = sorted({finding.rule for finding in findings})
    run = {
        "tool": {
            "driver": {
                "name": "policy check",
                "version": metadata.version("kvm-policy-toolkit"),
                "rules": [{"id": rule, "defaultConfiguration": {"level": rule.severity}} for rule in rules],
            }
        },
        "results": [_result(finding, rules) for finding in findings],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding, rules: Sequence[Rule]) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": quote(finding.path)}, "region": {"startLine": finding.line}}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.severity,
        "message": {"text": f"{finding.what} {finding.mend}"},
        "locations": [{"physicalLocation": place}],
    }


def annotations(findings: Sequence[Finding]) -> str:
    """Return the commands with which a GitHub runner marks the lines of a pull request."""
    return "".join(
        f"::{each.severity} file={_property(each.path)},line={each.line},title={_property(each.rule)}"
        f"::{_message(f'{each.what} {each.mend}')}\n"
        for each in findings
    )


def quoted(text: str, token: str) -> str:
    """Return a text such that a GitHub runner takes none of its lines for a command."""
    return f"::stop-commands::{token}\n{text}\n::{token}::\n"


def _message(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
