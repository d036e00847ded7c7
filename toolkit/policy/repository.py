"""A git repository -> the policies in it: their revisions and their histories, each read once.

History is the first-parent line: what landed, not what was tried on the way. A renamed file goes on under its new
name.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, tzinfo
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Self

from toolkit.errors import DocumentError, HistoryError, RepositoryError
from toolkit.languages import parse_tag
from toolkit.policy.classes import Number
from toolkit.policy.document import parse_document
from toolkit.policy.landing import build_history
from toolkit.policy.plumbing import LogEntry, Plumbing
from toolkit.policy.revision import Revision
from toolkit.policy.translation import Translation, build_translations
from toolkit.policy.version import History, digest_version

_FILES = frozenset({"100644", "100755"})


class PolicyRepository:
    """The door to git. `zone` is the policy's time zone, in which a commit's date is told."""

    def __init__(self, folder: Path, *, zone: tzinfo = UTC) -> None:
        self._git = Plumbing(folder)
        self._zone = zone

    @property
    def root(self) -> Path:
        return self._git.root

    def close(self) -> None:
        """End the git process that reads the blobs."""
        self._git.close()

    def policies(self, folder: str, *, ref: str = "HEAD") -> tuple[str, ...]:
        """Return the names of the policies in a folder at a commit: `privacy` for `privacy.md`."""
        self._refuse_no_commit(ref)
        names = (name for name in self._files(folder, ref) if name.endswith(".md") and name.count(".") == 1)
        return tuple(sorted(name[:-3] for name in names))

    def _files(self, folder: str, ref: str) -> Iterator[str]:
        """Yield the names of the files in a folder at a commit."""
        listed = self._git.run("ls-tree", "-z", ref, "--", f"{folder}/")
        entries = (entry.split("\t", 1) for entry in listed.split("\0") if entry)
        return (Path(path).name for meta, path in entries if meta.split(" ")[0] in _FILES)

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
        if self._git.run("rev-parse", "--is-shallow-repository").strip() == "true":
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

    def languages(self, folder: str, policy: str, *, ref: str = "HEAD") -> tuple[str, ...]:
        """Return the tags of the files beside a policy at a commit, as written: `zh-Hant` for `privacy.zh-Hant.md`."""
        names = (name for name in self._files(folder, ref) if name.startswith(f"{policy}.") and name.endswith(".md"))
        return tuple(sorted(filter(_is_tag, (name[len(policy) + 1 : -3] for name in names))))

    def translations(self, history: History, path: str, language: str, *, ref: str = "HEAD") -> tuple[Translation, ...]:
        """Return what a file says of a policy's versions in another language. Raises as `history` does."""
        revisions = self.revisions(path, ref=ref)
        line = self._git.run("rev-list", "--first-parent", "--reverse", "--end-of-options", ref).split()
        released = dict(_released(history, line, {revision.commit for revision in revisions}))
        return build_translations(history.policy, language, revisions, released=released)

    def read(self, ref: str, path: str) -> bytes:
        """Return a file's bytes at a commit. Raises `RepositoryError` where there is none."""
        commit = self._git.run("rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}").strip()
        try:
            return self._git.blob(f"{commit}:{path}")
        except ValueError:
            raise RepositoryError(
                f"commit {ref} has no file '{path}'.", mend="Check the path with 'git ls-tree'."
            ) from None

    def is_commit(self, ref: str) -> bool:
        try:
            self._git.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
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
        listed = self._git.run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", folder)
        return tuple(entry[len("XY ") :] for entry in listed.split("\0") if entry)

    def removed_beside(self, revision: Revision) -> tuple[str, ...]:
        """Return the Markdown files that the commit which added `revision` took away: likely earlier names."""
        rows = self._git.log(f"{revision.commit}^!", ".")
        return tuple(row.path for row in rows if row.removed and row.path.endswith(".md"))

    def _trace(self, path: str, ref: str, formerly: list[str]) -> Iterator[LogEntry]:
        """Yield the rows of a path newest first, going on under the earlier name at each rename."""
        named = ""  # the earlier name that only the caller knew
        while rows := [row for row in self._git.log(ref, path) if row.path == path]:
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
        listed = self._git.run(
            "diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--diff-merges=first-parent", commit
        )
        fields = listed.split("\0")
        renames = (fields[at : at + 3] for at, status in enumerate(fields) if status.startswith("R"))
        return next((old for _, old, new in renames if new == path), "")

    def _revision(self, row: LogEntry, not_before: date) -> Revision:
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
            source=self._git.blob(row.blob),
            subject=row.subject,
        )

    def _check_tags(self, history: History, path: str) -> None:
        listed = self._git.run("for-each-ref", "--format=%(refname:strip=2)", f"refs/tags/{history.policy}/")
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


def _is_tag(text: str) -> bool:
    try:
        return bool(parse_tag(text))
    except ValueError:
        return False


def _canonical(tag: str, path: str) -> str:
    """Return a tag. Raises `DocumentError` where a file's name writes it in another way, for it names pages later."""
    if parse_tag(tag) != tag:
        raise DocumentError(f"'{tag}' is not how the language is written.", where=path, mend=f"Write {parse_tag(tag)}.")
    return tag


def _released(history: History, line: list[str], wanted: set[str]) -> Iterator[tuple[str, frozenset[Number]]]:
    """Yield for each wanted commit of a line, oldest first, the versions released with it or before."""
    by_commit: dict[str, set[Number]] = {}
    for version in history.versions:
        by_commit.setdefault(version.commit, set()).add(version.number)
    known: set[Number] = set()
    for commit in line:
        known |= by_commit.get(commit, set())
        if commit in wanted:
            yield commit, frozenset(known)


class PolicyFolder:
    """The folder of a project's policies, in its repository. Every history is read once."""

    def __init__(self, repository: PolicyRepository, folder: PurePosixPath) -> None:
        self.repository = repository
        self._folder = folder
        self._histories: dict[str, History] = {}

    @classmethod
    def open(cls, root: Path, folder: str, *, zone: tzinfo = UTC) -> Self:
        """Open a project's folder of policies: it may be a link, and a project may lie deep in its repository.

        Raises `RepositoryError` where it leads out of the repository.
        """
        repository = PolicyRepository(root, zone=zone)
        place = (root / folder).resolve()
        if not place.is_relative_to(repository.root):
            repository.close()
            raise RepositoryError(
                "the policies lie outside the git repository.", where=str(place), mend="Keep the folder inside it."
            )
        return cls(repository, PurePosixPath(place.relative_to(repository.root).as_posix()))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.repository.close()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The policies at HEAD: `privacy` for `privacy.md`."""
        return self.repository.policies(self._folder.as_posix())

    def path(self, name: str) -> str:
        """Return a policy's file as git names it, from the repository's root."""
        return (self._folder / f"{name}.md").as_posix()

    def history(self, name: str) -> History:
        """Return a policy's history at HEAD. Raises as `PolicyRepository.history` does."""
        if name not in self._histories:
            self._histories[name] = self._translated(self.repository.history(self.path(name)))
        return self._histories[name]

    def _translated(self, history: History) -> History:
        found: list[Translation] = []
        troubles: list[str] = []
        for tag in self.repository.languages(self._folder.as_posix(), history.policy):
            path = self.path(f"{history.policy}.{tag}")
            try:
                found += self.repository.translations(history, path, _canonical(tag, path))
            except (DocumentError, HistoryError) as error:
                troubles.append(str(error))
        return replace(history, translations=tuple(found), troubles=tuple(troubles))

    def dirty(self) -> tuple[str, ...]:
        """Return the files of the folder whose text differs from HEAD's, untracked ones included."""
        return self.repository.dirty(self._folder.as_posix())
