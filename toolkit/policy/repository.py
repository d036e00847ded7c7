"""A git repository -> the revisions and histories of the policies in it.

Reads blobs through git's one `cat-file --batch`, never a checkout, and never writes. History is the first-parent
line: what landed, not what was tried on the way. A renamed file goes on under its new name.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path

import git

from toolkit.errors import HistoryError, RepositoryError
from toolkit.policy.document import parse_document
from toolkit.policy.front_matter import Number
from toolkit.policy.landing import build_history
from toolkit.policy.version import History, Revision, seal

_FORMAT = "%x1e%H%x1f%ct%x1f%s%x1f"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """One commit's entry for a path, as `git log --raw` has it."""

    commit: str
    landed_at: datetime
    subject: str
    blob: str
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
        self._zone = zone

    @cached_property
    def root(self) -> Path:
        return Path(str(self._repo.working_tree_dir)).resolve()

    def close(self) -> None:
        """End the git process that reads the blobs."""
        self._repo.close()

    def policies(self, folder: str, *, ref: str = "HEAD") -> tuple[str, ...]:
        """Return the names of the policies in a folder at a commit: `privacy` for `privacy.md`."""
        with _translated(ref):
            listed = str(self._repo.git.ls_tree("-z", "--name-only", ref, "--", f"{folder}/"))
        names = (Path(path).name for path in listed.split("\0") if path.endswith(".md"))
        return tuple(sorted(name[:-3] for name in names if name.count(".") == 1))

    def history(self, path: str, *, ref: str = "HEAD") -> History:
        """Return the history of one policy's file, with its tags checked.

        Raises `HistoryError` in a shallow clone and wherever the history breaks our rules.
        """
        history = build_history(Path(path).stem, self.revisions(path, ref=ref))
        if not history.landings:
            raise RepositoryError(f"no commit holds the file '{path}'.", where=ref, mend="Commit it first.")
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
        return tuple(self._revision(row) for row in reversed(rows))

    def read(self, ref: str, path: str) -> bytes:
        """Return a file's bytes at a commit. Raises `RepositoryError` where there is none."""
        with _translated(ref):
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
        except git.GitCommandError:
            return False
        return True

    def dirty(self, folder: str) -> tuple[str, ...]:
        """Return the files of a folder whose text differs from HEAD's, untracked ones included."""
        listed = self._git("status", "--porcelain", "-z", "--untracked-files=all", "--", folder)
        return tuple(entry[len("XY ") :] for entry in listed.split("\0") if entry)

    def removed_beside(self, revision: Revision) -> tuple[str, ...]:
        """Return the Markdown files that the commit which added `revision` took away: likely earlier names."""
        rows = self._log(f"{revision.commit}^!", "*.md")
        return tuple(row.path for row in rows if row.removed)

    def _trace(self, path: str, ref: str, formerly: list[str]) -> Iterator[_Row]:
        """Yield the rows of a path newest first, going on under the earlier name at each rename."""
        while True:
            rows = list(self._log(ref, path))
            yield from rows
            if not rows:
                return
            oldest = rows[-1].commit
            earlier = self._renamed_from(oldest, path) or (formerly.pop(0) if formerly else "")
            if not earlier or not self.is_commit(f"{oldest}^"):
                return
            path, ref = earlier, f"{oldest}^"

    def _renamed_from(self, commit: str, path: str) -> str:
        listed = self._git(
            "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "-m", "--first-parent", commit
        )
        fields = listed.split("\0")
        renames = (fields[at : at + 3] for at, status in enumerate(fields) if status.startswith("R"))
        return next((old for _, old, new in renames if new == path), "")

    def _log(self, ref: str, *paths: str) -> Iterator[_Row]:
        with _translated(ref):
            listed = self._git(
                "log", "--first-parent", "-m", "--no-renames", "--raw", "-z", "--no-abbrev", f"--format={_FORMAT}",
                "--end-of-options", ref, "--", *paths,
            )  # fmt: skip
        for record in listed.split("\x1e")[1:]:
            commit, seconds, subject, raw = record.split("\x1f", 3)
            landed_at = datetime.fromtimestamp(int(seconds), UTC)
            fields = raw.strip("\0\n").split("\0")
            for meta, path in zip(fields[::2], fields[1::2], strict=False):
                _, _, _, blob, status = meta.split(" ")
                yield _Row(
                    commit=commit, landed_at=landed_at, subject=subject, blob=blob, path=path, removed=status == "D"
                )

    def _revision(self, row: _Row) -> Revision:
        return Revision(
            commit=row.commit,
            landed_on=row.landed_at.astimezone(self._zone).date(),
            path=row.path,
            blob=row.blob,
            source=self._blob(row.blob),
            subject=row.subject,
        )

    def _blob(self, name: str) -> bytes:
        return bytes(self._repo.git.get_object_data(name)[3])

    def _check_tags(self, history: History, path: str) -> None:
        listed = self._git("for-each-ref", "--format=%(refname:strip=2)", f"refs/tags/{history.policy}/")
        for tag in filter(None, listed.split("\n")):
            self._check_tag(tag, history, path)

    def _check_tag(self, tag: str, history: History, path: str) -> None:
        try:
            number = Number.parse(tag.rpartition("/")[2])
        except ValueError:
            return
        version = history.version(number)
        tagged = parse_document(self.read(tag, version.revision.path), name=f"{tag}:{path}", released=True)
        if tagged.front is None or seal(tagged.front, tagged) != version.digest:
            raise HistoryError(
                f"the tag {tag} seals other words than version {number} was released with.",
                where=version.revision.short,
                mend="Someone moved the tag or rewrote the history: find out who before you publish.",
            )

    def _git(self, *arguments: str) -> str:
        return str(self._repo.git.execute(["git", *arguments], strip_newline_in_stdout=False))


@contextmanager
def _translated(ref: str) -> Iterator[None]:
    try:
        yield
    except git.GitCommandError as error:
        said = str(error.stderr).strip().removeprefix("stderr:").strip(" '\n").removeprefix("fatal: ")
        raise RepositoryError(f"git cannot read '{ref}': {said.splitlines()[0] if said else 'no answer'}.") from None
