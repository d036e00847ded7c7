"""The door to the host of the pull requests: one comment under each, written anew with every check."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import orjson
import urllib3

from toolkit.addresses import is_loopback
from toolkit.errors import Misuse, RepositoryError
from toolkit.review.report import MARK

_TIMEOUT = 20.0  # seconds
_PAGES = 30  # of comments, a hundred each
_PER_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class GitHub:
    """A repository, `owner/name`, at an API. Its token is in no value that is shown."""

    api: str
    repository: str
    token: str

    def __repr__(self) -> str:
        return f"GitHub({self.api}, {self.repository})"

    def comment(self, pull: int, text: str) -> bool:
        """Write the comment of a pull request: change the one that is there, or add it. Returns whether it is new.

        Raises `RepositoryError` where the host refuses.
        """
        with urllib3.PoolManager(timeout=_TIMEOUT, retries=urllib3.Retry(2, redirect=0, status=0)) as pool:
            known = next((each for each in self._comments(pool, pull) if self._is_ours(each)), None)
            if known:
                self._call(pool, "PATCH", f"issues/comments/{int(known['id'])}", {"body": text})
            else:
                self._call(pool, "POST", f"issues/{pull}/comments", {"body": text})
            return known is None

    def _is_ours(self, comment: Mapping[str, Any]) -> bool:
        """Whether a comment is one that a program wrote with our mark: a person may quote it."""
        author = comment.get("user") or {}
        return str(comment.get("body", "")).startswith(MARK) and author.get("type") == "Bot"

    def _comments(self, pool: urllib3.PoolManager, pull: int) -> Iterator[Mapping[str, Any]]:
        for page in range(1, _PAGES + 1):
            found = self._call(pool, "GET", f"issues/{pull}/comments?per_page={_PER_PAGE}&page={page}", None)
            yield from found
            if len(found) < _PER_PAGE:
                return

    def _call(self, pool: urllib3.PoolManager, method: str, path: str, body: Mapping[str, str] | None) -> Any:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/vnd.github+json",
            "Content-Type": "application/json",
            "User-Agent": "policy",
        }
        url = f"{self.api}/repos/{self.repository}/{path}"
        try:
            answer = pool.request(method, url, headers=headers, body=orjson.dumps(body) if body else None)
        except (urllib3.exceptions.HTTPError, OSError):
            raise RepositoryError("the host does not answer.", where=self.api, mend="Run the check again.") from None
        if answer.status not in (HTTPStatus.OK, HTTPStatus.CREATED):
            raise RepositoryError(
                f"the host answers {answer.status} to {method} {path.partition('?')[0]}.",
                where=self.repository,
                mend="The job needs 'pull-requests: write'; a fork's pull request has no such token.",
            )
        return orjson.loads(answer.data)


def find_github(environment: Mapping[str, str]) -> GitHub:
    """Return the repository that a runner names. Raises `Misuse` where it names none."""
    api = environment.get("GITHUB_API_URL", "https://api.github.com").rstrip("/")
    repository, token = environment.get("GITHUB_REPOSITORY", ""), environment.get("GITHUB_TOKEN", "")
    address = urlsplit(api)
    if address.scheme != "https" and not is_loopback(address.hostname or ""):
        raise Misuse("the host's address is not encrypted.", where="GITHUB_API_URL")
    if not repository or not token:
        raise Misuse(
            "this is no runner of a pull request.",
            where="GITHUB_REPOSITORY, GITHUB_TOKEN",
            mend="Run it in a workflow, with GITHUB_TOKEN in the environment.",
        )
    return GitHub(api=api, repository=repository, token=token)
