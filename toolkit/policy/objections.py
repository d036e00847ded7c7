"""What stops a history from being published or announced, although it can be read. Pure.

Each says what was found, where, and a way out. Looking at a history never raises these.
"""

from collections.abc import Iterator

from toolkit.errors import HistoryError
from toolkit.policy.classes import Number
from toolkit.policy.version import Aside, History


def find_objections(history: History) -> Iterator[HistoryError]:
    """Yield what keeps a history from being announced: lost numbers, and that the policy's file was deleted."""
    for aside in history.asides:
        yield HistoryError(
            f"version {aside.number} of '{history.policy}' is not on the line of the main branch any more: it stands"
            f" in {aside.commit[:10]}, behind the second parent of the merge {aside.merge[:10]}.",
            where=aside.merge[:10],
            mend=_way_back(aside),
        )
    if history.removed:
        yield HistoryError(
            f"'{history.policy}' was deleted by commit {history.removed[:10]}, and is announced no more.",
            where=history.removed[:10],
            mend=f"If it still stands, put the file back: 'git revert {history.removed[:10]}'.",
        )


def refuse_objectionable(history: History) -> None:
    """Raise the first of the objections that there are."""
    for objection in find_objections(history):
        raise objection


def refuse_unreleased(history: History, number: Number) -> None:
    """Raise `HistoryError` where the file says other things under a version's number than were released with it."""
    edit = history.unreleased
    if edit is None or edit.number != number:
        return
    version = history.version(number)
    raise HistoryError(
        f"two texts carry number {number} of '{history.policy}': the one released by {version.revision.short} and the"
        f" one that stands there now, by {edit.revision.short}.",
        where=edit.revision.path,
        mend="To go on with the released one, say --sealed. To go on with the one that stands there, give it a new"
        f" number; or, if {version.revision.short} never was published, name it in [tool.policy]:"
        f' drafts = ["{version.revision.short}"].',
    )


def _way_back(aside: Aside) -> str:
    merge = aside.merge[:10]
    return (
        f"If it was published, merge again the other way round: 'git branch aside {merge}^1', 'git reset --hard"
        f" {merge}^2', 'git merge --no-ff aside', and push that with --force-with-lease. If it never was, name its"
        f' commit in [tool.policy]: drafts = ["{aside.commit[:10]}"].'
    )
