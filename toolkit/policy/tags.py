"""Tags that seal a version, and the trailers of tags and commits: `Approved-by: Name <name@example.hk>`."""

from collections.abc import Callable, Iterator

from toolkit.errors import HistoryError, RepositoryError
from toolkit.policy.classes import Number
from toolkit.policy.document import parse_document
from toolkit.policy.plumbing import Plumbing
from toolkit.policy.version import History, digest_version

Trailers = tuple[tuple[str, str], ...]
"""The last lines of a message, `Key: value` each, in their order."""

_NOBODY = ("-c", "user.name=policy", "-c", "user.email=policy@localhost")


def make_tag(git: Plumbing, name: str, commit: str, message: str) -> None:
    if git.run("for-each-ref", f"refs/tags/{name}"):
        return
    try:
        git.run("var", "GIT_COMMITTER_IDENT")
        who: tuple[str, ...] = ()
    except RepositoryError:  # a build server is nobody
        who = _NOBODY
    git.run(*who, "tag", "--no-sign", "--annotate", "--message", message, "--end-of-options", name, commit)


def check_tags(git: Plumbing, history: History, path: str, *, read: Callable[[str, str], bytes]) -> None:
    listed = git.run("for-each-ref", "--format=%(refname:strip=2)", f"refs/tags/{history.policy}/")
    for tag in filter(None, listed.split("\n")):
        _check_tag(tag, history, path, read)


def _check_tag(tag: str, history: History, path: str, read: Callable[[str, str], bytes]) -> None:
    try:
        number = Number.parse(tag.removeprefix(f"{history.policy}/"))
    except ValueError:
        return
    if not history.has(number):
        raise HistoryError(
            f"the tag {tag} says that version {number} was published, and the history does not have it any more.",
            where=tag,
            mend="Undo the merge or the push that lost it, or delete the tag if it was made by mistake.",
        )
    version = history.version(number)
    tagged = parse_document(read(tag, version.revision.path), name=f"{tag}:{path}", released=True)
    if tagged.front is None or digest_version(tagged.front, tagged) != version.digest:
        raise HistoryError(
            f"the tag {tag} seals other words than version {number} was released with.",
            where=version.revision.short,
            mend="Someone moved the tag or rewrote the history: find out who before you publish.",
        )


def read_tag(git: Plumbing, name: str) -> Trailers:
    said = git.run("for-each-ref", "--format=%(objecttype)%00%(contents:trailers:only,unfold)", f"refs/tags/{name}")
    kind, _, trailers = said.partition("\0")
    return tuple(_pairs(trailers)) if kind == "tag" else ()


def read_trailers(git: Plumbing, commit: str, path: str) -> Trailers:
    beside = (
        git.run("rev-list", "--end-of-options", commit, f"^{commit}^1", "--", path).split()
        if _has_parent(git, commit)
        else []
    )
    found = (
        _pairs(git.run("show", "--no-patch", "--format=%(trailers:only,unfold)", "--end-of-options", each))
        for each in dict.fromkeys((commit, *beside))
    )
    return tuple(dict.fromkeys(pair for pairs in found for pair in pairs))


def _has_parent(git: Plumbing, commit: str) -> bool:
    return git.is_commit(f"{commit}^1")


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and value.strip():
            yield key.strip(), value.strip()
