"""The first version of this repository's own policy, as it was sealed: what legal makes of the text later is theirs."""

from functools import cache
from pathlib import Path

from toolkit.policy.classes import Number
from toolkit.policy.folder import PolicyFolder

ROOT = Path(__file__).parents[1]


@cache
def first_version() -> str:
    """Return the file that released 1.0.0, from git's history."""
    with PolicyFolder.open(ROOT, "policy") as policies:
        return policies.history("privacy").version(Number(1, 0, 0)).revision.source.decode()
