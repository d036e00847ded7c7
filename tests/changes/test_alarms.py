"""The alarm rings where the words or the number say more than legal declared."""

from datetime import date

import pytest

from tests.repositories import policy_text
from tests.vocabulary import ENGLISH_RULES
from toolkit.changes.alarms import judge_versions
from toolkit.policy.landing import build_history
from toolkit.policy.revision import Revision


def revision(text: str, day: str) -> Revision:
    source = text.encode()
    return Revision(
        commit=day * 4, landed_on=date.fromisoformat(day), path="policy/privacy.md", blob=text, source=source
    )


@pytest.mark.parametrize(
    ("number", "declared", "reason", "said"),
    [
        ("2.0.0", "material", "", []),
        ("1.0.1", "editorial", "", ["its changes look material (retention); no reason is given"]),
        ("1.0.1", "editorial", "reason: The lawyer's own\n", ["the reason given is: The lawyer's own"]),
        ("2.0.0", "editorial", "", ["its changes look material", "its number rises as for a material version"]),
        ("1.1.0", "material", "", ["its number rises as for a minor version"]),
        ("2.0.0", "consent", "", []),
    ],
)
def test_what_is_declared_too_low_or_numbered_otherwise_is_said(
    number: str, declared: str, reason: str, said: list[str]
) -> None:
    later = policy_text(
        "We keep your data for 5 years.\n", number=number, published="2026-12-01", declared=declared
    ).replace("class:", f"{reason}class:")
    history = build_history("privacy", [revision(policy_text(), "2026-11-23"), revision(later, "2026-12-01")])

    (judged,) = judge_versions(history, ENGLISH_RULES)

    assert len(judged.alarms) == len(said)
    assert all(part in alarm for part, alarm in zip(said, judged.alarms, strict=True))
