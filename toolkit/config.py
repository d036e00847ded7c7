"""Settings: `[tool.policy]` in the project's pyproject.toml; secrets and machines from the environment.

Read by the front doors only, and handed down as values.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from toolkit.addresses import is_loopback, mail_address
from toolkit.errors import SettingsError
from toolkit.languages import parse_tag
from toolkit.links import LinkKeys, parse_keys
from toolkit.periods import parse_period

FILE = "pyproject.toml"
LEDGER = "sqlite:///build/ledger.db"
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_POLICIES = re.compile(r"[\w.-]+(?:/[\w.-]+)*")
SHIPPED = Path(__file__).parent / "shipped"
TRANSPORTS = ("outbox", "sendgrid", "smtp")
_MOST_APPROVALS = 2
_LONGEST_URL = 120  # with a token behind it, a link is no wider than any value in a mail


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticePeriod:
    """How many days customers get between the last planned mail and the day a version binds, by its class."""

    material: int = 30
    consent: int = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What the toolkit knows about the publisher.

    `late_days`: a version that lands more days than this after its published date is refused. `drafts`: commits, or
    their first seven signs and more, that landed by mistake and were never published.
    `policies`: the folder of the policy's Markdown; `home`: the policy whose address is `site_url` itself, the
    others live below it under their name; `language`: the governing language (BCP 47).
    `transport`: the way notices take; `sendgrid_host` and `sendgrid_ip_pool`: where the provider is, and the pool of
    senders' addresses to use. `approvals`: how many people a sending needs. `refuse_late`: a notice that comes too late
    is refused and not only marked. `retention`: how long an account's data is held once it is closed, empty for not.
    `checks_off`: the rules of `policy check` that do not count here. `adopted`: legal has adopted the text, so that the
    workflow may publish it. `ledger_id`: the ledger that counts, where several machines could open another.
    `receiver_url`: where `policy serve` is reached from outside; with it each mail links a page of the account's own,
    for a `link_lifetime`. `visits`: whether it is recorded that such a page was opened.
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
    transport: str = "outbox"
    sendgrid_host: str = "https://api.sendgrid.com"
    sendgrid_ip_pool: str = ""
    approvals: int = 1
    refuse_late: bool = False
    notice_period: NoticePeriod = NoticePeriod()
    retention: str = ""
    checks_off: tuple[str, ...] = ()
    adopted: bool = False
    ledger_id: str = ""
    receiver_url: str = ""
    link_lifetime: str = "1 year"
    visits: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def path_of(self, policy: str) -> str:
        """Return where a policy's pages are below `site_url`: empty, or a folder with its slash."""
        return "" if policy == self.home else f"{policy}/"


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """A folder with its settings, and the machine's own: where the ledger and the ways out are, and their secrets.

    `link_keys` sign the links in the mails, `event_key` is the provider's public one; without them nothing is signed,
    and nothing the provider posts is believed.
    """

    root: Path
    settings: Settings
    ledger: str
    sendgrid_host: str
    sendgrid_key: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    ledger_id: str = ""
    link_keys: LinkKeys | None = field(default=None, repr=False)
    event_key: str = ""

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
    settings = parse_settings(_table(file), where=str(file))
    host = environment.get("SENDGRID_HOST", "")
    return Project(
        root=root,
        settings=settings,
        ledger=_ledger(root, environment.get("POLICY_LEDGER") or LEDGER),
        sendgrid_host=_provider(host, where="SENDGRID_HOST") if host else settings.sendgrid_host,
        sendgrid_key=_key(environment.get("SENDGRID_API_KEY", "").strip()),
        smtp_url=environment.get("POLICY_SMTP_URL", "").strip(),
        ledger_id=_ledger_id(environment.get("POLICY_LEDGER_ID", "")) or settings.ledger_id,
        link_keys=parse_keys(environment.get("POLICY_LINK_KEYS", ""), where="POLICY_LINK_KEYS"),
        event_key=environment.get("SENDGRID_EVENT_KEY", "").strip(),
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


def _ledger_id(said: str) -> str:
    """Return the name of the expected ledger. Raises `SettingsError` for one that was meant and is blank."""
    if said and not said.strip():
        raise SettingsError("the ledger's id is blank.", where="POLICY_LEDGER_ID", mend="Set it, or leave it unset.")
    return said.strip()


def _key(key: str) -> str:
    """Return a key. Raises `SettingsError` without repeating it where it cannot go into a header."""
    if not re.fullmatch(r"[!-~]*", key):
        raise SettingsError(
            "the key holds a space or a sign beyond ASCII.", where="SENDGRID_API_KEY", mend="Copy it anew."
        )
    return key


def _provider(url: str, *, where: str) -> str:
    """Return the provider's address without a slash at its end. Raises `SettingsError` for one without TLS."""
    address = urlsplit(url if "://" in url else f"https://{url}")
    safe = address.scheme == "https" or (address.scheme == "http" and is_loopback(address.hostname or ""))
    if not safe or not address.hostname or address.path not in ("", "/") or address.query or address.username:
        raise SettingsError(
            "the provider's address cannot be used.",
            where=where,
            mend="Write it like https://api.sendgrid.com; without encryption it may only be this very machine.",
        )
    return f"{address.scheme}://{address.netloc}"


def parse_settings(table: Mapping[str, Any], *, where: str) -> Settings:
    """Check a `[tool.policy]` table. Raises `SettingsError` naming the setting."""
    known = {each.name: each.type for each in fields(Settings)}
    for name, value in table.items():
        if name not in known:
            raise SettingsError(
                f"'{name}' in [tool.policy] is not a setting.", where=where, mend=f"Known are: {', '.join(known)}."
            )
        fits, kind = _KINDS[known[name]]
        if not fits(value):
            raise SettingsError(f"'{name}' in [tool.policy] must be {kind}.", where=where)
    settings = Settings(**{name: _value(value) for name, value in table.items()})
    _check(settings, where)
    return settings


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return NoticePeriod(**value)
    return tuple(value) if isinstance(value, list) else value


def _is_days(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


_KINDS: Mapping[Any, tuple[Callable[[Any], bool], str]] = {
    int: (lambda value: isinstance(value, int) and not isinstance(value, bool), "a whole number"),
    str: (lambda value: isinstance(value, str), "a text in quotation marks"),
    bool: (lambda value: isinstance(value, bool), "true or false"),
    NoticePeriod: (
        lambda value: (
            isinstance(value, dict) and set(value) <= {"material", "consent"} and all(map(_is_days, value.values()))
        ),
        "days by class, like { material = 30, consent = 30 }",
    ),
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
        "transport": (settings.transport not in TRANSPORTS, f"must be one of {', '.join(TRANSPORTS)}"),
        "approvals": (not 1 <= settings.approvals <= _MOST_APPROVALS, "must be 1 or 2"),
        "receiver_url": (
            bool(settings.receiver_url) and not _is_receiver(settings.receiver_url),
            f"must be an address that ends with a slash, like https://kvm.hk/notice/, of {_LONGEST_URL} signs at most",
        ),
        "link_lifetime": (
            not settings.link_lifetime or not _is_period(settings.link_lifetime),
            "must be a period, like 1 year or 90 days",
        ),
        "retention": (not _is_period(settings.retention), "must be a period, like 3 years, 18 months or 90 days"),
        "policies": (
            not _POLICIES.fullmatch(settings.policies) or ".." in settings.policies.split("/"),
            "must be a folder inside the project",
        ),
    }
    _provider(settings.sendgrid_host, where=f"{where}: 'sendgrid_host' in [tool.policy]")
    for name, (is_wrong, what) in wrong.items():
        if is_wrong:
            raise SettingsError(f"'{name}' in [tool.policy] {what}.", where=where, mend="Correct it there.")


def _is_receiver(url: str) -> bool:
    address = urlsplit(url)
    safe = address.scheme == "https" or (address.scheme == "http" and is_loopback(address.hostname or ""))
    plain = url.isascii() and url.isprintable() and not set(url) & set("\"'<>&?# ") and len(url) <= _LONGEST_URL
    return bool(safe and address.hostname and address.path.endswith("/") and plain)


def _is_period(text: str) -> bool:
    try:
        return not text or bool(parse_period(text))
    except ValueError:
        return False


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
