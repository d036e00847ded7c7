"""Git's plumbing: what the toolkit runs, and what git answers. Untouched by the reader's own settings.

The user's and the system's configuration are not read at all. What the repository's own configuration would change is
given on the command line, which goes before it. Blobs come through git's one `cat-file --batch`, never a checkout.
Nothing is written but a tag where one is asked for.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import git

from toolkit.errors import HistoryError, RepositoryError

# NUL is the one sign that no subject can hold, so that no subject can pass for another field.
_FORMAT = "%x00%H%x00%ct%x00%s%x00"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_PINNED = (
    "log.showRoot=true",
    "log.showSignature=false",
    "log.diffMerges=first-parent",
    "log.follow=false",
    "log.mailmap=false",
    f"diff.orderFile={os.devnull}",
    "diff.renames=false",
    "diff.renameLimit=0",
    "diff.relative=false",
    "diff.ignoreSubmodules=none",
    "i18n.logOutputEncoding=UTF-8",
    "core.quotePath=false",
    "advice.graftFileDeprecated=false",
    "core.fsmonitor=false",  # or `git status` would run a program of the repository's choice
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    f"core.excludesFile={os.devnull}",
)
_DIFF = ("--diff-merges=first-parent", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-relative", "--no-color")
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_PARAMETERS": "",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_EXTERNAL_DIFF": "",
    "GIT_DIFF_OPTS": "",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_GLOB_PATHSPECS": "0",
    "GIT_NOGLOB_PATHSPECS": "0",
    "GIT_ICASE_PATHSPECS": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry:
    """One commit's entry for a path, as `git log --raw` has it."""

    commit: str
    landed_at: datetime
    subject: str
    blob: str
    mode: str
    path: str
    added: bool
    removed: bool


class Plumbing:
    """The repository that a folder lies in."""

    def __init__(self, folder: Path) -> None:
        try:
            self._repo = git.Repo(folder, search_parent_directories=True)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError):
            raise RepositoryError(
                "this folder is not in a git repository.",
                where=str(folder),
                mend="Run 'git init' and commit the policy.",
            ) from None
        if self._repo.working_tree_dir is None:
            raise RepositoryError("the repository is bare.", where=str(folder), mend="Use a clone with a work tree.")
        # Which folders the user trusts is no matter of history, and git reads nothing of others.
        trusted = self._trusted()
        self._repo.git.update_environment(**self._place(), **_ENVIRONMENT, **_configured(trusted))

    def _trusted(self) -> list[str]:
        asked = self._repo.git.execute(["git", "config", "--get-all", "safe.directory"], with_exceptions=False)
        return str(asked).splitlines()

    def _place(self) -> dict[str, str]:
        """Name the repository, for a hook's environment may name another."""
        return {"GIT_DIR": str(self._repo.git_dir), "GIT_WORK_TREE": str(self._repo.working_tree_dir)}

    @cached_property
    def root(self) -> Path:
        return Path(str(self._repo.working_tree_dir)).resolve()

    def close(self) -> None:
        """End the git process that reads the blobs."""
        self._repo.close()

    def run(self, *arguments: str) -> str:
        """Run git and return what it prints. Raises `RepositoryError` with git's own first line."""
        pinned = (part for setting in _PINNED for part in ("-c", setting))
        try:
            return str(self._repo.git.execute(["git", *pinned, *arguments], strip_newline_in_stdout=False))
        except git.GitCommandError as error:
            said = str(error.stderr).strip().removeprefix("stderr:").strip(" '\n").removeprefix("fatal: ")
            first = said.splitlines()[0] if said else "no answer"
            raise RepositoryError(f"git {arguments[0]} failed: {first.rstrip('.')}.", where=str(self.root)) from None

    def head(self) -> str:
        """Return the commit at HEAD. Read from git's files, for this may be asked often, and a process costs."""
        try:
            return str(git.SymbolicReference.dereference_recursive(self._repo, "HEAD"))
        except ValueError as error:
            raise RepositoryError(f"HEAD cannot be read: {error}.", where=str(self.root)) from None

    def is_commit(self, ref: str) -> bool:
        try:
            self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        except RepositoryError:
            return False
        return True

    def merge_base(self, one: str, other: str) -> str:
        """Return the newest commit that two have in common; empty where they have none."""
        try:
            return self.run("merge-base", "--end-of-options", one, other).strip()
        except RepositoryError:
            return ""

    def blob(self, name: str) -> bytes:
        """Return a file's bytes by its object's name. Raises `ValueError` where the name is no file's."""
        _, kind, _, data = self._repo.git.get_object_data(name)
        if kind not in (b"blob", "blob"):
            raise ValueError(f"{name} is no file")
        return bytes(data)

    def log(self, ref: str, *paths: str) -> Iterator[LogEntry]:
        """Yield the entries for some paths on the first-parent line, newest first."""
        listed = self.run(
            "log", "--first-parent", *_DIFF, "--raw", "-z", "--no-abbrev", "--no-notes", f"--format={_FORMAT}",
            "--end-of-options", ref, "--", *paths,
        )  # fmt: skip
        fields = iter(listed.split("\0"))
        head: tuple[str, datetime, str] | None = None
        for entry in (entry.strip("\n") for entry in fields):
            if entry.startswith(":") and head:
                yield _row(*head, meta=entry, path=next(fields))
            elif _COMMIT.fullmatch(entry):
                head = entry, _instant(next(fields), entry), next(fields)

    def line(self, ref: str) -> Iterator[tuple[str, datetime]]:
        """Yield the commits of the first-parent line with their dates, newest first."""
        for entry in self.run("log", "--first-parent", "--format=%H %ct", "--end-of-options", ref).splitlines():
            commit, _, seconds = entry.partition(" ")
            yield commit, _instant(seconds, commit)

    def beside_the_line(self, ref: str, path: str) -> Iterator[str]:
        """Yield the commits that changed a path and stand behind another parent than the first, newest first."""
        line = {commit for commit, _ in self.line(ref)}
        touching = self.run("rev-list", "--full-history", "--end-of-options", ref, "--", path).split()
        return (commit for commit in touching if commit not in line)

    def merge_of(self, commit: str, ref: str) -> str:
        """Return the commit of the first-parent line that brought in one that stands beside it."""
        after = set(self.run("rev-list", "--ancestry-path", f"{commit}..{ref}").split())
        return [found for found, _ in self.line(ref) if found in after][-1]


def _configured(trusted: Sequence[str]) -> dict[str, str]:
    """Return the environment that gives git these folders to trust, and no other setting."""
    pairs = ((f"GIT_CONFIG_KEY_{at}", f"GIT_CONFIG_VALUE_{at}") for at in range(len(trusted)))
    named = {
        name: text
        for (key, value), folder in zip(pairs, trusted, strict=True)
        for name, text in ((key, "safe.directory"), (value, folder))
    }
    return {"GIT_CONFIG_COUNT": str(len(trusted)), **named}


def _row(commit: str, landed_at: datetime, subject: str, *, meta: str, path: str) -> LogEntry:
    _, mode, _, blob, status = meta.split(" ")
    return LogEntry(
        commit=commit,
        landed_at=landed_at,
        subject=subject,
        blob=blob,
        mode=mode,
        path=path,
        added=status == "A",
        removed=status == "D",
    )


def _instant(seconds: str, commit: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise HistoryError("the commit's date cannot be read.", where=commit[:10]) from None
