"""What a branch changes beside the policies: what judges them, and what readers see around them.

A pull request must not bring its own judge. So settings and rules that decide about a text do not change together with
it, and whatever else reaches readers is named.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.config import FILE
from toolkit.errors import RepositoryError
from toolkit.review.findings import Finding, Rule
from toolkit.workspace import Workspace

_JUDGING = ("checks_off", "drafts", "language", "late_days", "notice_period", "policies", "home")
_AROUND = ("site/", "notices/", "mkdocs.yml", ".github/", ".gitlab-ci.yml")
_RULES = "rules/"


def find_surroundings(work: Workspace, base: str, *, changes: bool) -> Iterator[Finding]:
    """Yield what changes around the policies since a branch began; `changes` says that a policy does, too."""
    branches = work.policies.repository.branches
    since = branches.fork(base)
    if not since:
        return
    top = work.root.resolve().relative_to(work.policies.repository.root).as_posix()
    inside = "" if top == "." else f"{top}/"
    files = [file.removeprefix(inside) for file in branches.changed(since) if file.startswith(inside)]
    settings = tuple(_settings(work, since, f"{inside}{FILE}")) if FILE in files else ()
    judging = [f"'{name}' in {FILE}" for name in settings if name in _JUDGING]
    judging += [file for file in files if file.startswith(_RULES)]
    if judging and changes:
        yield _judge(judging)
        return
    others = [f"'{name}' in {FILE}" for name in settings if name not in _JUDGING]
    others += [file for file in files if file.startswith(_AROUND)]
    if named := judging + others:
        yield _around(named)


def _settings(work: Workspace, since: str, path: str) -> Iterator[str]:
    """Yield the names of the settings that are others than at a commit."""
    try:
        before = _table(work.policies.repository.read(since, path))
    except RepositoryError:
        return  # there were none: the project begins here
    now = _table((work.root / FILE).read_bytes()) if (work.root / FILE).is_file() else {}
    yield from (name for name in sorted({*before, *now}) if before.get(name) != now.get(name))


def _table(text: bytes) -> Mapping[str, Any]:
    try:
        table = tomllib.loads(text.decode("utf-8")).get("tool", {}).get("policy", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError):
        return {}
    return table if isinstance(table, dict) else {}


def _judge(named: list[str]) -> Finding:
    return Finding(
        rule=Rule.JUDGE_CHANGED,
        path=FILE,
        line=1,
        what=f"the words change together with what judges them: {_few(named)}.",
        mend="Change those in a pull request of their own, and let operations approve it.",
    )


def _around(named: list[str]) -> Finding:
    return Finding(
        rule=Rule.SURROUNDINGS_CHANGED,
        path=FILE,
        line=1,
        what=f"more than policies changes here: {_few(named)}.",
        mend="Read those changes, too: they reach readers, or decide what may be published.",
    )


def _few(named: list[str], most: int = 6) -> str:
    more = f" and {len(named) - most} more" if len(named) > most else ""
    return ", ".join(named[:most]) + more
