"""A file under the names it had: each name logged by itself, and only true renames followed."""

from collections.abc import Iterator

from toolkit.errors import RepositoryError
from toolkit.policy.plumbing import LogEntry, Plumbing


def trace(git: Plumbing, path: str, ref: str, formerly: list[str]) -> Iterator[LogEntry]:
    """Yield the rows of a path newest first, going on under the earlier name at each rename."""
    named = ""  # the earlier name that only the caller knew
    while rows := [row for row in git.log(ref, path) if row.path == path]:
        renamed = ""
        for row in rows:
            yield row
            # What was there under this name before is another file.
            if row.added and (renamed := renamed_from(git, row.commit, path)):
                break
        oldest, named = row.commit, ""
        if not git.is_commit(f"{oldest}^") or not (renamed or formerly):
            break
        named = "" if renamed else formerly.pop(0)
        path, ref = renamed or named, f"{oldest}^"
    if named or formerly:
        raise RepositoryError(
            f"no commit before the file's first holds '{named or formerly[0]}'.", mend="Check --formerly."
        )


def renames(git: Plumbing, commit: str, path: str) -> bool:
    """Whether a commit gave a file another name."""
    return any(old == path for old, _ in _renamed(git, commit))


def renamed_from(git: Plumbing, commit: str, path: str) -> str:
    """Return the name that a file had before a commit; empty where it was not renamed."""
    return next((old for old, new in _renamed(git, commit) if new == path), "")


def _renamed(git: Plumbing, commit: str) -> Iterator[tuple[str, str]]:
    """Yield the old and the new name of each file that a commit renamed."""
    listed = git.run(
        "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--diff-merges=first-parent", commit
    )
    fields = listed.split("\0")
    return ((fields[at + 1], fields[at + 2]) for at, status in enumerate(fields) if status.startswith("R"))
