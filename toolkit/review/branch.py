"""A policy's file as a branch changes it: what the main line has, what each commit of the branch makes of it.

Nothing is merged and nothing checked out. The working text counts as one more commit, made today.
"""

from dataclasses import replace
from datetime import date

from toolkit.errors import Misuse, RepositoryError
from toolkit.policy.folder import PolicyFolder
from toolkit.policy.repository import PolicyRepository
from toolkit.policy.revision import Revision
from toolkit.review.passage import Branch

WORKING = "working text"
_MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


def find_base(policies: PolicyFolder, base: str) -> str:
    """Return the revision that a branch is compared with: the one named, else the main branch as far as it is known.

    Raises `Misuse` for one that is no commit.
    """
    if base and not policies.repository.is_commit(base):
        raise Misuse(f"'{base}' is no commit.", where="--base", mend="Name a branch or a commit, like origin/main.")
    if base:
        return base
    if not policies.repository.is_commit("HEAD"):
        raise RepositoryError("there is no commit yet.", mend="Commit the policy first.")
    known = next((ref for ref in _MAIN if policies.repository.is_commit(ref)), "")
    if not known and policies.repository.branches.names() != (policies.repository.branches.current(),):
        raise Misuse("nobody knows which branch is the main one.", where="--base", mend="Name it, like --base trunk.")
    return known or "HEAD"


def read_branch(policies: PolicyFolder, policy: str, *, base: str, today: date) -> Branch:
    """Read what a branch makes of a policy's file. Raises as `PolicyRepository.revisions` does."""
    repository, path = policies.repository, policies.path(policy)
    commits = repository.branches.beyond(base)
    before = repository.revisions(path, ref=base)
    at_fork = repository.branches.fork(base)
    forked = repository.revisions(path, ref=at_fork) if at_fork else ()
    own = [each for each in repository.revisions(path) if each.commit in commits]
    file = repository.root / path
    working = file.read_bytes() if file.is_file() else None
    newest = own[-1] if own else (forked[-1] if forked else None)
    steps = [_landed(each, today) for each in own]
    mine = {each.commit for each in own}
    others = (commit for commit in repository.branches.landed_one_by_one(path, base) if commit not in mine)
    beside = (_beside(repository, commit, path, today) for commit in others)
    if working is not None and (newest is None or working != newest.source):
        steps.append(Revision(commit=WORKING, landed_on=today, path=path, blob=WORKING, source=working))
    known = {each.commit for each in forked}
    final = None if working is None else (steps[-1] if steps else newest)
    return Branch(
        policy=policy,
        path=path,
        before=before,
        steps=tuple(steps),
        beside=tuple(filter(None, beside)),
        final=final,
        moved=any(each.commit not in known for each in before),
    )


def _beside(repository: PolicyRepository, commit: str, path: str, today: date) -> Revision | None:
    """Return what a commit behind a merge of the branch makes of the file; None where it takes it away."""
    try:
        source = repository.read(commit, path)
    except RepositoryError:
        return None
    return Revision(commit=commit, landed_on=today, path=path, blob=commit, source=source)


def _landed(revision: Revision, today: date) -> Revision:
    """Return a branch's commit as the main line would have it: it lands when it is merged, today at the earliest."""
    return replace(revision, landed_on=max(today, revision.landed_on), dated_on=None, earliest_on=None)
