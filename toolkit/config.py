"""Settings: `[tool.policy]` in the project's pyproject.toml; secrets and machines from the environment.

Read by the front doors only, and handed down as values.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from toolkit.addresses import mail_address
from toolkit.errors import SettingsError
from toolkit.languages import parse_tag

FILE = "pyproject.toml"
LEDGER = "sqlite:///build/ledger.db"
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_POLICIES = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
SHIPPED = Path(__file__).parent / "shipped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What the toolkit knows about the publisher.

    `late_days`: a version that lands more days than this after its published date is refused. `drafts`: commits, or
    their first seven signs and more, that landed by mistake and were never published.
    `policies`: the folder of the policy's Markdown; `home`: the policy whose address is `site_url` itself, the
    others live below it under their name; `language`: the governing language (BCP 47).
    """

    service: str = "Our service"
    site_url: str = "http://localhost/"
    time_zone: str = "UTC"
    sender: str = ""
    contact: str = ""
    policies: str = "policy"
    home: str = "privacy"
    language: str = "en"
    late_days: int = 2
    drafts: tuple[str, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def path_of(self, policy: str) -> str:
        """Return where a policy's pages are below `site_url`: empty, or a folder with its slash."""
        return "" if policy == self.home else f"{policy}/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """A folder with its settings, and the machine's own: where the ledger is."""

    root: Path
    settings: Settings
    ledger: str

    def folder(self, name: str) -> Path:
        """Return a folder or file of templates or theme: the project's own, else the shipped copy."""
        own, copy = self.folders(name)
        return own if own.exists() else copy

    def folders(self, name: str) -> tuple[Path, Path]:
        """Return the project's own folder of a name, which need not exist, and the shipped copy."""
        return self.root / name, shipped(name)


def shipped(name: str) -> Path:
    """Return the copy in the installed package; in a source tree, the repository's own."""
    root = SHIPPED if SHIPPED.exists() else Path(__file__).parent.parent
    return root / name


def read_project(root: Path, environment: Mapping[str, str]) -> Project:
    """Read the settings of a project folder. A folder without any gets the defaults.

    Raises `SettingsError` for an unknown name or a value of the wrong type.
    """
    file = root / FILE
    return Project(
        root=root,
        settings=parse_settings(_table(file), where=str(file)),
        ledger=_ledger(root, environment.get("POLICY_LEDGER") or LEDGER),
    )


def find_root(folder: Path) -> Path | None:
    """Return the project a folder belongs to: the nearest one above with `[tool.policy]`, else git's top folder."""
    above = (folder, *folder.parents)
    settled = (place for place in above if _table(place / FILE))
    return next(settled, None) or next((place for place in above if (place / ".git").exists()), None)


def _ledger(root: Path, url: str) -> str:
    """Return the ledger's URL; a SQLite file's path without a leading slash is the project's."""
    scheme, slashes, path = url.partition(":///")
    return f"{scheme}:///{root / path}" if slashes and scheme.startswith("sqlite") else url


def parse_settings(table: Mapping[str, Any], *, where: str) -> Settings:
    """Check a `[tool.policy]` table. Raises `SettingsError` naming the setting."""
    known = {field.name: field.type for field in fields(Settings)}
    for name, value in table.items():
        if name not in known:
            raise SettingsError(
                f"'{name}' in [tool.policy] is not a setting.", where=where, mend=f"Known are: {', '.join(known)}."
            )
        fits, kind = _KINDS[known[name]]
        if not fits(value):
            raise SettingsError(f"'{name}' in [tool.policy] must be {kind}.", where=where)
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    settings = Settings(**values)
    _check(settings, where)
    return settings


_KINDS: Mapping[Any, tuple[Callable[[Any], bool], str]] = {
    int: (lambda value: isinstance(value, int) and not isinstance(value, bool), "a whole number"),
    str: (lambda value: isinstance(value, str), "a text in quotation marks"),
    tuple[str, ...]: (
        lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
        "a list of texts in quotation marks",
    ),
}


def _check(settings: Settings, where: str) -> None:
    try:
        settings.zone  # noqa: B018 - asked for its error
    except (KeyError, ValueError):
        raise SettingsError(
            f"'{settings.time_zone}' is not a time zone.", where=where, mend="Write it like Asia/Hong_Kong."
        ) from None
    address = urlsplit(settings.site_url)
    wrong = {
        "site_url": (
            address.scheme not in ("http", "https") or not address.hostname or not address.path.endswith("/"),
            "must be a web address that ends with a slash, like https://kvm.hk/privacy/",
        ),
        "service": (not settings.service.strip(), "must not be empty: customers read it"),
        "sender": (bool(settings.sender) and not _is_address(settings.sender), "is not an e-mail address"),
        "contact": (bool(settings.contact) and not _is_address(settings.contact), "is not an e-mail address"),
        "language": (not _is_tag(settings.language), "is not a language, like en or zh-Hant"),
        "late_days": (settings.late_days < 0, "must not be negative"),
        "drafts": (
            not all(map(_COMMIT.fullmatch, settings.drafts)),
            "must hold commits, like ['1a2b3c4d5e']: seven signs of each or more",
        ),
        "policies": (
            not _POLICIES.fullmatch(settings.policies) or ".." in settings.policies.split("/"),
            "must be a folder inside the project",
        ),
    }
    for name, (is_wrong, what) in wrong.items():
        if is_wrong:
            raise SettingsError(f"'{name}' in [tool.policy] {what}.", where=where, mend="Correct it there.")


def _is_address(text: str) -> bool:
    return bool(mail_address(parseaddr(text)[1]))


def _is_tag(text: str) -> bool:
    """Whether a text is a language tag in its canonical form: a folder and a page are named by it."""
    try:
        return parse_tag(text) == text
    except ValueError:
        return False


def _table(file: Path) -> Mapping[str, Any]:
    if not file.exists():
        return {}
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings cannot be read: {error}.", where=str(file)) from None
    tools = content.get("tool", {})
    table = tools.get("policy", {}) if isinstance(tools, dict) else None
    if not isinstance(table, dict):
        raise SettingsError("[tool.policy] must be a table.", where=str(file))
    return table
