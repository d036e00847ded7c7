"""Where a built site goes: a folder that a web server reads, or a branch that a host's pages are served from.

A folder is a link to the newest of its releases, which lie beside it. So a reader sees the old site or the new one,
and the one before stays for `policy publish --rollback`.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from toolkit.errors import RepositoryError, SiteError
from toolkit.policy.repository import PolicyRepository
from toolkit.site.record import FILE, NOTHING, Record, parse_record, read_record, refuse_foreign

_ABANDONED = 3_600  # seconds after which a build that was killed is cleared away
_HOSTS = frozenset((".nojekyll", "CNAME"))


class Destination(Protocol):
    """Takes a built site, whole or not at all."""

    @property
    def label(self) -> str:
        """What a person calls it."""

    def record(self) -> Record:
        """Return what was ever shown there. Raises `SiteError` for a place that holds anything else than a site."""

    def folder(self) -> AbstractContextManager[Path]:
        """Give an empty folder to build into; it is gone afterwards unless it was put live."""

    def put(self, folder: Path, message: str) -> bool:
        """Put a built folder live. Returns whether anything changed there."""


@dataclass(frozen=True)
class ServedFolder:
    """A folder to be served. `path` becomes a link into `.NAME.releases`, which lies beside it."""

    path: Path

    @property
    def label(self) -> str:
        return str(self.path)

    @property
    def releases(self) -> Path:
        return self.path.with_name(f".{self.path.name}.releases")

    def record(self) -> Record:
        refuse_foreign(self.path)
        records = [read_record(self.path), *(read_record(release) for release in self._numbered())]
        digests: dict[tuple[str, str], str] = {}
        for record in filter(None, records):
            digests = {**record.digests, **digests}
        return Record(digests=digests, files=frozenset())

    @contextmanager
    def folder(self) -> Iterator[Path]:
        with self._alone():
            self._clear_abandoned()
            folder = Path(tempfile.mkdtemp(prefix="building-", dir=self.releases))
            folder.chmod(0o755)  # a temporary folder is private; a web server must read this one
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let nobody else publish there meanwhile; whoever comes second waits."""
        self.releases.mkdir(mode=0o755, parents=True, exist_ok=True)
        with (self.releases / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def put(self, folder: Path, message: str) -> bool:  # noqa: ARG002 - a folder keeps no messages
        before = self._current()
        release = self._name(folder)
        self._link(release)
        for old in self._numbered():
            if old not in (release, before):
                shutil.rmtree(old, ignore_errors=True)
        return True

    def roll_back(self) -> Path:
        """Serve the release before the one that is served. Raises `SiteError` where there is none."""
        refuse_foreign(self.path)
        with self._alone():
            return self._back()

    def _back(self) -> Path:
        served = self.releases / self.path.readlink().name if self.path.is_symlink() else None
        earlier = [each for each in self._numbered() if served and int(each.name) < int(served.name)]
        if not earlier:
            raise SiteError(
                "there is no earlier site to go back to.",
                where=self.label,
                mend="One is kept from each publishing to the next; publish again from the commit that was right.",
            )
        self._link(earlier[-1])
        return earlier[-1]

    def _current(self) -> Path | None:
        """Return the release that is served. A folder of an earlier toolkit is made the first release."""
        if self.path.is_symlink():
            release = self.releases / self.path.readlink().name
            return release if release.is_dir() else None
        return self._name(self.path) if self.path.exists() else None

    def _numbered(self) -> list[Path]:
        if not self.releases.is_dir():
            return []
        return sorted(
            (each for each in self.releases.iterdir() if each.name.isdigit()), key=lambda each: int(each.name)
        )

    def _name(self, folder: Path) -> Path:
        """Give a folder the next number among the releases."""
        numbers = [int(each.name) for each in self._numbered()]
        release = self.releases / str(max(numbers, default=0) + 1)
        folder.rename(release)
        return release

    def _link(self, release: Path) -> None:
        """Let the link lead to a release: made beside it and renamed over it, so that it is never missing."""
        link = self.releases / f"link-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self.releases.name) / release.name)
        link.replace(self.path)

    def _clear_abandoned(self) -> None:
        for each in self.releases.glob("building-*"):
            if time.time() - each.stat().st_mtime > _ABANDONED:
                shutil.rmtree(each, ignore_errors=True)


def served_folder(path: Path) -> ServedFolder:
    """Return a folder as a destination. A link that is not ours is followed: what it leads to is meant."""
    releases = f".{path.name}.releases"
    if path.is_symlink() and path.readlink().parent != Path(releases):
        try:
            path = path.resolve()
        except (OSError, RuntimeError):
            raise SiteError("this link leads in a circle.", where=str(path)) from None
    return ServedFolder(path)


@dataclass(frozen=True)
class ServedBranch:
    """A branch whose root a host serves. With `push`, it is pushed to `remote` as well."""

    repository: PolicyRepository
    branch: str
    remote: str = "origin"
    push: bool = False

    @property
    def label(self) -> str:
        return f"git:{self.branch}"

    def record(self) -> Record:
        tip = self._tip()
        if not tip:
            return NOTHING
        try:
            record = parse_record(self.repository.read(tip, FILE), where=f"{tip}:{FILE}")
        except RepositoryError:
            record = NOTHING
        foreign = self.repository.files(tip) - record.files - {FILE} - _HOSTS
        if foreign:
            raise SiteError(
                f"'{min(foreign)}' in it does not belong to the site, and publishing replaces the whole branch.",
                where=self.label,
                mend="Name a branch that holds nothing else, or a new one.",
            )
        return record

    @contextmanager
    def folder(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="policy-site-") as folder:
            yield Path(folder)

    def put(self, folder: Path, message: str) -> bool:
        from ghp_import import GhpError, ghp_import

        tip = self._tip()
        if tip:
            self._git("update-ref", f"refs/heads/{self.branch}", tip)
        here = Path.cwd()
        os.chdir(self.repository.root)
        try:
            with _committer():
                ghp_import(folder, branch=self.branch, mesg=message, nojekyll=True, remote="", cname=self._cname(tip))
        except GhpError as error:
            raise SiteError(f"the branch cannot be written: {error}", where=self.label) from None
        finally:
            os.chdir(here)
        changed = not tip or bool(self._git("diff", "--name-only", tip, f"refs/heads/{self.branch}", "--"))
        if not changed:
            self._git("update-ref", f"refs/heads/{self.branch}", tip)  # no commit for the same site
        if self.push:
            self._git("push", self.remote, f"refs/heads/{self.branch}:refs/heads/{self.branch}")
        return changed

    def _cname(self, tip: str) -> str | None:
        """Return the host's own name of the site, which must outlive the files around it."""
        try:
            return self.repository.read(tip, "CNAME").decode().strip() if tip else None
        except RepositoryError:
            return None

    def _tip(self) -> str:
        """Return the newest commit of the branch; empty where there is none.

        That is the remote's, where it is known, unless the local branch has it and more.
        """
        local, remote = f"refs/heads/{self.branch}", f"refs/remotes/{self.remote}/{self.branch}"
        known = [ref for ref in (remote, local) if self.repository.is_commit(ref)]
        if len(known) == 2 and self._git("merge-base", remote, local) == self._git("rev-parse", remote):  # noqa: PLR2004
            known = [local]
        return self._git("rev-parse", known[0]) if known else ""

    def _git(self, *arguments: str) -> str:
        """Run git with the user's own settings: pushing needs their credentials."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.repository.root, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = done.stderr.strip().splitlines() or ["no answer"]
            raise SiteError(
                f"git {arguments[0]} failed: {said[-1]}",
                where=self.label,
                mend="Fetch the branch and publish again." if arguments[0] == "push" else "",
            )
        return done.stdout.strip()


@contextmanager
def _committer() -> Iterator[None]:
    """Name a committer where nobody has set one, as on a build server."""
    given = {"GIT_COMMITTER_NAME": "policy", "GIT_COMMITTER_EMAIL": "policy@localhost"}
    asked = subprocess.run(["git", "var", "GIT_COMMITTER_IDENT"], capture_output=True, check=False)
    added = given if asked.returncode else {}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name)
