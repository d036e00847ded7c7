"""Branches: which there are, what one has and another has not. Nothing is checked out or merged."""

from toolkit.policy.plumbing import Plumbing


class Branches:
    """The branches of a repository."""

    def __init__(self, git: Plumbing) -> None:
        self._git = git

    def names(self) -> tuple[str, ...]:
        """Return the names of the local branches."""
        return tuple(self._git.run("for-each-ref", "--format=%(refname:strip=2)", "refs/heads").split())

    def current(self) -> str:
        """Return the name of the branch that is checked out; empty where none is."""
        return self._git.run("rev-parse", "--abbrev-ref", "HEAD").strip().removesuffix("HEAD")

    def fork(self, base: str, *, ref: str = "HEAD") -> str:
        """Return the commit from which `ref` left the line of `base`; empty where the two have none in common."""
        return self._git.merge_base(base, ref)

    def changed(self, since: str) -> tuple[str, ...]:
        """Return the files that differ from a commit in the working folder, new ones included."""
        named = self._git.run("diff", "--name-only", "-z", "--no-renames", "--end-of-options", since, "--")
        untracked = self._git.run("ls-files", "--others", "--exclude-standard", "-z", "--full-name")
        return tuple(sorted({*filter(None, named.split("\0")), *filter(None, untracked.split("\0"))}))

    def landed_one_by_one(self, path: str, base: str) -> tuple[str, ...]:
        """Return the commits that a rebase onto `base` would land one by one and that touch a file, oldest first."""
        listed = self._git.run(
            "rev-list", "--no-merges", "--reverse", "--topo-order", "--end-of-options", "HEAD", f"^{base}", "--", path
        )
        return tuple(listed.split())

    def beyond(self, base: str, *, ref: str = "HEAD") -> frozenset[str]:
        """Return the commits that `ref` has and `base` has not."""
        return frozenset(self._git.run("rev-list", "--end-of-options", ref, f"^{base}").split())
