"""The folder of a project's policies, in its repository: each policy's history with its translations, read once."""

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Self

from toolkit.errors import DocumentError, HistoryError, RepositoryError
from toolkit.languages import parse_tag
from toolkit.policy.landing import NO_RULES, LandingRules
from toolkit.policy.repository import PolicyRepository
from toolkit.policy.version import History


class PolicyFolder:
    """The folder of a project's policies, in its repository. Every history is read once."""

    def __init__(self, repository: PolicyRepository, folder: PurePosixPath) -> None:
        self.repository = repository
        self._folder = folder
        self._histories: dict[str, History] = {}

    @classmethod
    def open(
        cls,
        root: Path,
        folder: str,
        *,
        zone: tzinfo = UTC,
        rules: LandingRules = NO_RULES,
        now: datetime | None = None,
    ) -> Self:
        """Open a project's folder of policies: it may be a link, and a project may lie deep in its repository.

        Raises `RepositoryError` where it leads out of the repository.
        """
        repository = PolicyRepository(root, zone=zone, rules=rules, now=now)
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

    def names_at(self, ref: str) -> tuple[str, ...]:
        """Return the policies at a commit."""
        return self.repository.policies(self._folder.as_posix(), ref=ref)

    def files(self) -> tuple[Path, ...]:
        """Return the Markdown files that lie in the working folder, committed or not."""
        place = self.repository.root / self._folder
        return tuple(sorted(file for file in place.glob("*.md") if file.is_file()))

    def path(self, name: str) -> str:
        """Return a policy's file as git names it, from the repository's root."""
        return (self._folder / f"{name}.md").as_posix()

    def history(self, name: str) -> History:
        """Return a policy's history at HEAD. Raises as `PolicyRepository.history` does."""
        if name not in self._histories:
            self._histories[name] = self._translated(self.repository.history(self.path(name)))
        return self._histories[name]

    def _translated(self, history: History) -> History:
        found = list(history.translations)
        troubles: list[str] = []
        for tag in self.repository.languages(self._folder.as_posix(), history.policy):
            path = self.path(f"{history.policy}.{tag}")
            try:
                found += self.repository.translations(history, path, _canonical(tag, path))
            except (DocumentError, HistoryError) as error:
                troubles.append(str(error))
        return replace(history, translations=tuple(found), troubles=(*history.troubles, *troubles))

    def deleted(self) -> tuple[tuple[str, str], ...]:
        """Return the policies that are gone though they had versions, each with the commit that took it away."""
        return tuple(sorted(self.repository.deleted(self._folder.as_posix())))

    def dirty(self) -> tuple[str, ...]:
        """Return the files of the folder whose text differs from HEAD's, untracked ones included."""
        return self.repository.dirty(self._folder.as_posix())


def _canonical(tag: str, path: str) -> str:
    """Return a tag. Raises `DocumentError` where a file's name writes it in another way, for it names pages later."""
    if parse_tag(tag) != tag:
        raise DocumentError(f"'{tag}' is not how the language is written.", where=path, mend=f"Write {parse_tag(tag)}.")
    return tag
