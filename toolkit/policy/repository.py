"""A git repository -> the policies in it: their revisions and their histories.

History is the first-parent line: what landed, not what was tried on the way. A renamed file goes on under its new
name.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from toolkit.errors import DocumentError, HistoryError, RepositoryError
from toolkit.languages import parse_tag
from toolkit.policy.branches import Branches
from toolkit.policy.classes import Class, Number
from toolkit.policy.document import decode
from toolkit.policy.front_matter import parse_front_matter, split
from toolkit.policy.landing import NO_RULES, LandingRules, build_history
from toolkit.policy.plumbing import LogEntry, Plumbing
from toolkit.policy.renames import renames, trace
from toolkit.policy.revision import Revision
from toolkit.policy.tags import Trailers, check_tags, make_tag, read_tag, read_trailers
from toolkit.policy.translation import Translation, build_translations
from toolkit.policy.version import Aside, History

_FILES = frozenset({"100644", "100755"})


class PolicyRepository:
    """The door to git. `zone` is the policy's time zone, in which a commit's date is told.

    No commit lands later than `now`, whatever its own date says; without it, dates are taken as they are.
    """

    def __init__(
        self, folder: Path, *, zone: tzinfo = UTC, rules: LandingRules = NO_RULES, now: datetime | None = None
    ) -> None:
        self._git = Plumbing(folder)
        self._zone = zone
        self._rules = rules
        self._now = now

    @cached_property
    def branches(self) -> Branches:
        """What the repository's branches hold, and how they stand to each other."""
        return Branches(self._git)

    @property
    def root(self) -> Path:
        return self._git.root

    def head(self) -> str:
        """Return the commit that the repository stands at."""
        return self._git.head()

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
        revisions = self.revisions(path, ref=ref)
        troubles = tuple(self._begun_anew(revisions))
        history = build_history(Path(path).stem, revisions, self._rules)
        if not history.landings:
            known = ", ".join(self.policies(str(Path(path).parent), ref=ref)) or "none"
            raise RepositoryError(f"no commit holds the file '{path}'.", mend=f"The policies there are: {known}.")
        self.check_tags(history, path)
        return replace(
            history,
            troubles=(*history.troubles, *troubles),
            asides=tuple(self.asides(history, path, ref=ref)),
            removed=self._removed(path, ref),
        )

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
        rows = [row for row in trace(self._git, path, ref, list(formerly)) if not row.removed]
        landed: list[Revision] = []
        for row in reversed(rows):
            landed.append(self._revision(row, landed[-1].landed_on if landed else date.min, ref))
        return tuple(landed)

    def working(self, name: str, path: str, edit: Revision) -> History:
        """Return a policy's history as it would be with one revision more."""
        return build_history(name, (*self.revisions(path), edit), self._rules)

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

    def files(self, ref: str) -> frozenset[str]:
        """Return the paths of every file at a commit."""
        return frozenset(
            filter(None, self._git.run("ls-tree", "-r", "-z", "--name-only", "--full-tree", ref).split("\0"))
        )

    def is_commit(self, ref: str) -> bool:
        return self._git.is_commit(ref)

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

    def _begun_anew(self, revisions: tuple[Revision, ...]) -> Iterator[str]:
        """Look at a file that begins where another policy ends: what was released there must not be lost.

        Raises `HistoryError` where its first text goes on with a later version: it is the same policy, renamed and
        rewritten at once. Yields a sentence where it begins as a policy of its own.
        """
        for first in revisions[:1]:
            for gone in self.removed_beside(first):
                released = self._number(f"{first.commit}^", gone)
                if released is None or Path(gone).parent != Path(first.path).parent:
                    continue
                if self._is_initial(first):
                    yield (
                        f"'{first.path}' begins as a policy of its own in the commit that took '{gone}' away;"
                        " whoever knows the versions of that one is not told."
                    )
                    continue
                raise HistoryError(
                    f"this commit took '{gone}' with version {released} away and begins '{first.path}' in other words,"
                    " so it cannot be seen to be the same policy.",
                    where=first.short,
                    mend=f"Revert the commit ('git revert {first.short}'). Then rename the file in a commit of its own,"
                    " and change its words in another.",
                )

    def _is_initial(self, revision: Revision) -> bool:
        """Whether a text says that it begins a policy; so does one without front matter, which releases nothing."""
        try:
            parts = split(decode(revision.source, name=revision.path))
            return parts.head is None or (parse_front_matter(parts.head, name=revision.path).declared is Class.INITIAL)
        except DocumentError:
            return True  # it is named for that

    def _number(self, ref: str, path: str) -> Number | None:
        """Return the number that a file carries at a commit; None where it carries none that can be read."""
        try:
            parts = split(decode(self.read(ref, path), name=path))
            return parse_front_matter(parts.head, name=path).number if parts.head is not None else None
        except (DocumentError, RepositoryError):
            return None

    def asides(self, history: History, path: str, *, ref: str = "HEAD") -> Iterator[Aside]:
        """Yield the numbers that only a commit beside the line carries, each with its newest such commit."""
        known = {version.number for version in history.versions}
        for commit in self._git.beside_the_line(ref, path):
            number = None if self._rules.is_draft(commit) else self._number(commit, path)
            if number is not None and number not in known:
                known.add(number)
                yield Aside(number=number, commit=commit, merge=self._git.merge_of(commit, ref))

    def deleted(self, folder: str, *, ref: str = "HEAD") -> Iterator[tuple[str, str]]:
        """Yield each policy that is gone from a folder though it had versions, with the commit that took it away.

        One that was renamed is not gone.
        """
        there = self.policies(folder, ref=ref)
        removed = {row.path for row in self._git.log(ref, folder) if row.removed and _is_policy(row.path, folder)}
        for path in (path for path in removed if Path(path).stem not in there):
            commit = self._removed(path, ref)
            had_versions = self._number(f"{commit}^", path) is not None
            if had_versions and not renames(self._git, commit, path):
                yield Path(path).stem, commit

    def _removed(self, path: str, ref: str) -> str:
        """Return the commit that took a file away; empty while it is there."""
        newest = next((row for row in self._git.log(ref, path) if row.path == path), None)
        return newest.commit if newest and newest.removed else ""

    def _landed_at(self, row: LogEntry, ref: str) -> datetime:
        """Return when a row landed at the latest: a clock that ran ahead does not count.

        The next commit of the line that has no date ahead had it before it; else it is there now.
        """
        if self._now is None or row.landed_at <= self._now:
            return row.landed_at
        after = takewhile(lambda entry: entry[0] != row.commit, self._git.line(ref))
        return next((at for _, at in reversed(list(after)) if at <= self._now), self._now)

    def _revision(self, row: LogEntry, not_before: date, ref: str) -> Revision:
        """Read a row. It landed no earlier than the one before it, whatever a committer's clock said."""
        if row.mode not in _FILES:
            raise HistoryError(
                f"'{row.path}' is a link or a submodule here, not a file.",
                where=row.commit[:10],
                mend="Commit the text itself.",
            )
        landed_at = self._landed_at(row, ref)
        return Revision(
            commit=row.commit,
            landed_on=max(landed_at.astimezone(self._zone).date(), not_before),
            dated_on=None if landed_at == row.landed_at else row.landed_at.astimezone(self._zone).date(),
            earliest_on=None if landed_at == row.landed_at else not_before,
            path=row.path,
            blob=row.blob,
            source=self._git.blob(row.blob),
            subject=row.subject,
        )

    def tag(self, name: str, commit: str, message: str) -> None:
        """Make an annotated tag, unless there is one of that name: the history was read with it then, and it fits."""
        make_tag(self._git, name, commit, message)

    def check_tags(self, history: History, path: str) -> None:
        """Raise `HistoryError` where a tag seals a version that a history lacks, or has in other words."""
        check_tags(self._git, history, path, read=self.read)

    def tag_trailers(self, name: str) -> Trailers:
        """Return the trailers of an annotated tag; none where there is no such tag, or it says nothing."""
        return read_tag(self._git, name)

    def trailers(self, commit: str, path: str) -> Trailers:
        """Return the trailers of a commit's message and, for a merge, of those it brought in that change a file."""
        return read_trailers(self._git, commit, path)


def _is_policy(path: str, folder: str) -> bool:
    """Whether a path is that of a policy in a folder, and of no translation."""
    return Path(path).parent == Path(folder) and path.endswith(".md") and Path(path).name.count(".") == 1


def _is_tag(text: str) -> bool:
    try:
        return bool(parse_tag(text))
    except ValueError:
        return False


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
