"""A git repository -> the revisions and histories of the policies in it.

Reads blobs through git's one `cat-file --batch`, never a checkout, and never writes. History is the first-parent
line: what landed, not what was tried on the way. A renamed file goes on under its new name.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path

import git

from toolkit.errors import HistoryError, RepositoryError
from toolkit.policy.classes import Number
from toolkit.policy.document import parse_document
from toolkit.policy.landing import build_history
from toolkit.policy.version import History, Revision, digest_version

# NUL is the one sign that no subject can hold, so that no subject can pass for another field.
_FORMAT = "%x00%H%x00%ct%x00%s%x00"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FILES = frozenset({"100644", "100755"})
# What a reader's own settings, replaced objects or grafts would change about the history.
_PINNED = ("log.showRoot=true", "log.showSignature=false", "i18n.logOutputEncoding=UTF-8", "core.quotePath=false")
_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """One commit's entry for a path, as `git log --raw` has it."""

    commit: str
    landed_at: datetime
    subject: str
    blob: str
    mode: str
    path: str
    removed: bool


class PolicyRepository:
    """The door to git. `zone` is the policy's time zone, in which a commit's date is told."""

    def __init__(self, folder: Path, *, zone: tzinfo = UTC) -> None:
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
        self._repo.git.update_environment(**_ENVIRONMENT)
        self._zone = zone

    @cached_property
    def root(self) -> Path:
        return Path(str(self._repo.working_tree_dir)).resolve()

    def close(self) -> None:
        """End the git process that reads the blobs."""
        self._repo.close()

    def policies(self, folder: str, *, ref: str = "HEAD") -> tuple[str, ...]:
        """Return the names of the policies in a folder at a commit: `privacy` for `privacy.md`."""
        self._refuse_no_commit(ref)
        entries = (
            entry.split("\t", 1) for entry in self._git("ls-tree", "-z", ref, "--", f"{folder}/").split("\0") if entry
        )
        names = (Path(path).name for meta, path in entries if meta.split(" ")[0] in _FILES)
        return tuple(sorted(name[:-3] for name in names if name.endswith(".md") and name.count(".") == 1))

    def history(self, path: str, *, ref: str = "HEAD") -> History:
        """Return the history of one policy's file, with its tags checked.

        Raises `HistoryError` in a shallow clone and wherever the history breaks our rules.
        """
        self._refuse_no_commit(ref)
        history = build_history(Path(path).stem, self.revisions(path, ref=ref))
        if not history.landings:
            known = ", ".join(self.policies(str(Path(path).parent), ref=ref)) or "none"
            raise RepositoryError(f"no commit holds the file '{path}'.", mend=f"The policies there are: {known}.")
        self._check_tags(history, path)
        return history

    def revisions(self, path: str, *, ref: str = "HEAD", formerly: tuple[str, ...] = ()) -> tuple[Revision, ...]:
        """Return every revision of a file on the first-parent line, oldest first, renames followed.

        `formerly` names earlier paths, newest first, for where git cannot see the rename.
        Raises `HistoryError` in a shallow clone.
        """
        if self._git("rev-parse", "--is-shallow-repository").strip() == "true":
            raise HistoryError(
                "this is a shallow clone: its history is cut off, so dates and versions would be wrong.",
                where=str(self.root),
                mend="Run 'git fetch --unshallow' (on a build server: fetch-depth: 0).",
            )
        rows = [row for row in self._trace(path, ref, list(formerly)) if not row.removed]
        landed: list[Revision] = []
        for row in reversed(rows):
            landed.append(self._revision(row, landed[-1].landed_on if landed else date.min))
        return tuple(landed)

    def read(self, ref: str, path: str) -> bytes:
        """Return a file's bytes at a commit. Raises `RepositoryError` where there is none."""
        commit = self._git("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").strip()
        try:
            return self._blob(f"{commit}:{path}")
        except ValueError:
            raise RepositoryError(
                f"commit {ref} has no file '{path}'.", mend="Check the path with 'git ls-tree'."
            ) from None

    def is_commit(self, ref: str) -> bool:
        try:
            self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        except RepositoryError:
            return False
        return True

    def _refuse_no_commit(self, ref: str) -> None:
        if not self.is_commit(ref):
            raise RepositoryError(
                f"there is no commit '{ref}' yet.", where=str(self.root), mend="Commit the policy first."
            )

    def dirty(self, folder: str) -> tuple[str, ...]:
        """Return the files of a folder whose text differs from HEAD's, untracked ones included."""
        listed = self._git("status", "--porcelain", "-z", "--untracked-files=all", "--", folder)
        return tuple(entry[len("XY ") :] for entry in listed.split("\0") if entry)

    def removed_beside(self, revision: Revision) -> tuple[str, ...]:
        """Return the Markdown files that the commit which added `revision` took away: likely earlier names."""
        rows = self._log(f"{revision.commit}^!", ".")
        return tuple(row.path for row in rows if row.removed and row.path.endswith(".md"))

    def _trace(self, path: str, ref: str, formerly: list[str]) -> Iterator[_Row]:
        """Yield the rows of a path newest first, going on under the earlier name at each rename."""
        named = ""  # the earlier name that only the caller knew
        while rows := [row for row in self._log(ref, path) if row.path == path]:
            yield from rows
            oldest, named = rows[-1].commit, ""
            renamed = self._renamed_from(oldest, path)
            if not self.is_commit(f"{oldest}^") or not (renamed or formerly):
                break
            named = "" if renamed else formerly.pop(0)
            path, ref = renamed or named, f"{oldest}^"
        if named or formerly:
            raise RepositoryError(
                f"no commit before the file's first holds '{named or formerly[0]}'.", mend="Check --formerly."
            )

    def _renamed_from(self, commit: str, path: str) -> str:
        listed = self._git(
            "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "-m", "--first-parent", commit
        )
        fields = listed.split("\0")
        renames = (fields[at : at + 3] for at, status in enumerate(fields) if status.startswith("R"))
        return next((old for _, old, new in renames if new == path), "")

    def _log(self, ref: str, *paths: str) -> Iterator[_Row]:
        listed = self._git(
            "log", "--first-parent", "-m", "--no-renames", "--raw", "-z", "--no-abbrev", f"--format={_FORMAT}",
            "--end-of-options", ref, "--", *paths,
        )  # fmt: skip
        fields = iter(listed.split("\0"))
        head: tuple[str, datetime, str] | None = None
        for field in (field.strip("\n") for field in fields):
            if field.startswith(":") and head:
                yield _row(*head, meta=field, path=next(fields))
            elif _COMMIT.fullmatch(field):
                head = field, _instant(next(fields), field), next(fields)

    def _revision(self, row: _Row, not_before: date) -> Revision:
        """Read a row. It landed no earlier than the one before it, whatever a committer's clock said."""
        if row.mode not in _FILES:
            raise HistoryError(
                f"'{row.path}' is a link or a submodule here, not a file.",
                where=row.commit[:10],
                mend="Commit the text itself.",
            )
        return Revision(
            commit=row.commit,
            landed_on=max(row.landed_at.astimezone(self._zone).date(), not_before),
            path=row.path,
            blob=row.blob,
            source=self._blob(row.blob),
            subject=row.subject,
        )

    def _blob(self, name: str) -> bytes:
        _, kind, _, data = self._repo.git.get_object_data(name)
        if kind not in (b"blob", "blob"):
            raise ValueError(f"{name} is no file")
        return bytes(data)

    def _check_tags(self, history: History, path: str) -> None:
        listed = self._git("for-each-ref", "--format=%(refname:strip=2)", f"refs/tags/{history.policy}/")
        for tag in filter(None, listed.split("\n")):
            self._check_tag(tag, history, path)

    def _check_tag(self, tag: str, history: History, path: str) -> None:
        try:
            number = Number.parse(tag.removeprefix(f"{history.policy}/"))
        except ValueError:
            return
        version = history.version(number)
        tagged = parse_document(self.read(tag, version.revision.path), name=f"{tag}:{path}", released=True)
        if tagged.front is None or digest_version(tagged.front, tagged) != version.digest:
            raise HistoryError(
                f"the tag {tag} seals other words than version {number} was released with.",
                where=version.revision.short,
                mend="Someone moved the tag or rewrote the history: find out who before you publish.",
            )

    def _git(self, *arguments: str) -> str:
        """Run git, untouched by the reader's settings. Raises `RepositoryError` with git's own first line."""
        pinned = (part for setting in _PINNED for part in ("-c", setting))
        try:
            return str(self._repo.git.execute(["git", *pinned, *arguments], strip_newline_in_stdout=False))
        except git.GitCommandError as error:
            said = str(error.stderr).strip().removeprefix("stderr:").strip(" '\n").removeprefix("fatal: ")
            first = said.splitlines()[0] if said else "no answer"
            raise RepositoryError(f"git {arguments[0]} failed: {first.rstrip('.')}.", where=str(self.root)) from None


def _row(commit: str, landed_at: datetime, subject: str, *, meta: str, path: str) -> _Row:
    _, mode, _, blob, status = meta.split(" ")
    return _Row(
        commit=commit, landed_at=landed_at, subject=subject, blob=blob, mode=mode, path=path, removed=status == "D"
    )


def _instant(seconds: str, commit: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise HistoryError("the commit's date cannot be read.", where=commit[:10]) from None
