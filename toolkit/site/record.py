"""What a built site records of itself: which versions it has ever shown, and which files are its own.

The record lies in the site, as `.published.json`. A folder without it is not ours and is never replaced; a version that
stands in it may neither get lost nor change.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import HistoryError, SiteError
from toolkit.policy.objections import refuse_unreleased
from toolkit.policy.version import History

FILE = ".published.json"
_FORMAT = "policy-site-1"


@dataclass(frozen=True, kw_only=True)
class Record:
    """The digest of each version ever shown, by policy and number; and the site's own files, as paths within it."""

    digests: Mapping[tuple[str, str], str]
    files: frozenset[str]


NOTHING = Record(digests={}, files=frozenset())


def read_record(folder: Path) -> Record | None:
    """Return the record of a site; None for a folder without one. Raises `SiteError` where it cannot be read."""
    file = folder / FILE
    return parse_record(file.read_bytes(), where=str(file)) if file.is_file() else None


def parse_record(text: bytes, *, where: str) -> Record:
    """Parse the record of a site. Raises `SiteError` where it cannot be read."""
    try:
        return _parse(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise SiteError(
            f"the record of what was published cannot be read: {error}.",
            where=where,
            mend="Put the site back from a backup, or publish into a new place.",
        ) from None


def check_record(record: Record, histories: Sequence[History], *, sealed: bool = False) -> None:
    """Raise `HistoryError` where a recorded version would get lost or change.

    Unless `sealed` says to go on with the text released first, it is raised as well where two texts carry the number of
    a version that was never published.
    """
    refuse_loss(record, histories)
    if not sealed:
        refuse_ambiguous(record, histories)


def _parse(said: Any) -> Record:
    if said["format"] != _FORMAT:
        raise ValueError(f"its format is '{said['format']}'")
    digests = {(str(v["policy"]), str(v["number"])): str(v["digest"]) for v in said["versions"]}
    return Record(digests=digests, files=frozenset(map(str, said["files"])))


def write_record(folder: Path, shown: Mapping[tuple[str, str], str], before: Record) -> None:
    """Write the record of a site that was just built: what it shows, and what earlier ones showed."""
    versions = [
        {"policy": policy, "number": number, "digest": digest}
        for (policy, number), digest in sorted({**before.digests, **shown}.items())
    ]
    files = sorted(_files(folder) - {FILE})
    text = json.dumps({"format": _FORMAT, "versions": versions, "files": files}, indent=1)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def refuse_loss(record: Record, histories: Iterable[History]) -> None:
    """Raise `HistoryError` where a version that was published is not in the history any more, or is another."""
    now = {(h.policy, str(version.number)): version.digest for h in histories for version in h.versions}
    for (policy, number), digest in record.digests.items():
        if (policy, number) not in now:
            raise HistoryError(
                f"version {number} of '{policy}' was published, and is not in the history any more.",
                mend="Bring it back: undo the merge, the deletion or the push that lost it ('git reflog' and 'git log"
                " --all' show it). If it is to be gone for good, publish into a new folder.",
            )
        if now[policy, number] != digest:
            raise HistoryError(
                f"version {number} of '{policy}' was published with other words, title, dates or class.",
                mend="Put the history back as it was published, and give the new words a number of their own.",
            )


def refuse_ambiguous(record: Record, histories: Iterable[History]) -> None:
    """Raise `HistoryError` where it is not clear which of two texts is a version that nobody has seen yet."""
    for history in histories:
        edit = history.unreleased
        if edit and edit.number and (history.policy, str(edit.number)) not in record.digests:
            refuse_unreleased(history, edit.number)


def refuse_foreign(folder: Path) -> None:
    """Raise `SiteError` for a folder that holds anything which is not a built site's: replacing it would lose that."""
    if not folder.exists():
        return
    record = read_record(folder) if folder.is_dir() else None
    foreign = sorted(_files(folder) - record.files - {FILE}) if record else _any(folder)
    if record is None and foreign:
        raise SiteError(
            "this folder holds other things than a site that 'policy publish' built, and publishing replaces it whole.",
            where=str(folder),
            mend="Name a new or empty folder; a site of an earlier toolkit has to be moved away once.",
        )
    if foreign:
        raise SiteError(
            f"'{foreign[0]}' does not belong to the site, and publishing replaces the whole folder.",
            where=str(folder),
            mend="Move it out of the folder; keep what your web server needs beside the site.",
        )


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


def _any(folder: Path) -> list[str]:
    return [folder.name] if not folder.is_dir() else [path.name for path in folder.iterdir()]
