"""`policy init`: a new repository of policies that builds and passes its check at once."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import formataddr
from importlib import metadata
from pathlib import Path
from string import Template

from toolkit.config import FILE, Settings, parse_settings, shipped
from toolkit.errors import Misuse, RepositoryError

_STARTER = Path(__file__).parent / "starter"
_COPIED = ("notices", "site")
_DISTRIBUTION = "kvm-policy-toolkit"
GITHUB, GITLAB = "github", "gitlab"
_NOBODY = ("-c", "user.name=policy", "-c", "user.email=policy@localhost")


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What a new repository is told. `text` is the first policy's Markdown; without it, a short one to begin with."""

    service: str
    site_url: str
    time_zone: str
    contact: str
    sender: str
    today: date
    text: str = ""
    host: str = GITHUB


def begin(folder: Path, beginning: Beginning) -> Settings:
    """Lay out a repository in a new or empty folder, and commit it. Returns its settings.

    Raises `Misuse` for a folder that holds anything but an empty repository, and for settings that cannot be.
    """
    if folder.exists() and (not folder.is_dir() or any(each.name != ".git" for each in folder.iterdir())):
        raise Misuse("the folder holds something already.", where=str(folder), mend="Name a new or an empty one.")
    values = _values(beginning)
    settings_text = _filled("settings.toml", values)
    settings = _checked(settings_text)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(settings_text, encoding="utf-8")
    (folder / ".gitignore").write_text((_STARTER / "gitignore").read_text(encoding="utf-8"), encoding="utf-8")
    policy = folder / settings.policies / f"{settings.home}.md"
    policy.parent.mkdir()
    policy.write_text(
        beginning.text or starter_policy(service=beginning.service, contact=beginning.contact, today=beginning.today),
        encoding="utf-8",
    )
    for name in _COPIED:
        shutil.copytree(shipped(name), folder / name)
    _mkdocs(folder, settings)
    _automation(folder, settings, beginning.host)
    _commit(folder)
    return settings


def _values(beginning: Beginning) -> dict[str, str]:
    """Return the settings' values as TOML writes them, which for one line of text is as JSON does."""
    said = {
        "service": beginning.service,
        "site_url": beginning.site_url,
        "time_zone": beginning.time_zone,
        "sender": beginning.sender or formataddr((beginning.service, beginning.contact)),
        "contact": beginning.contact,
    }
    return {name: json.dumps(value, ensure_ascii=False) for name, value in said.items()}


def _checked(text: str) -> Settings:
    """Check the settings that were asked for. Raises `SettingsError` naming the one that cannot be."""
    return parse_settings(tomllib.loads(text)["tool"]["policy"], where="what was asked for")


def starter_policy(*, service: str, contact: str, today: date) -> str:
    """Return the short policy that a new repository begins with, as its version 1.0.0 of a day."""
    return _filled("policy/privacy.md", {"service": service, "contact": contact, "today": str(today)})


def _filled(name: str, values: dict[str, str]) -> str:
    return Template((_STARTER / name).read_text(encoding="utf-8")).substitute(values)


def _mkdocs(folder: Path, settings: Settings) -> None:
    """Write mkdocs.yml as ours is, with the new name and address in it."""
    lines = shipped("mkdocs.yml").read_text(encoding="utf-8").splitlines(keepends=True)
    own = {
        "site_name": f"site_name: {json.dumps(f'{settings.service} Privacy', ensure_ascii=False)}\n",
        "site_url": f"site_url: {settings.site_url} # the same as in pyproject.toml; a build refuses another\n",
    }
    text = "".join(own.get(line.partition(":")[0], line) for line in lines)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def _automation(folder: Path, settings: Settings, host: str) -> None:
    """Copy what a host runs by itself, with this version of the toolkit and the policy's own midnight in it."""
    source = shipped(".github")
    ours = f"{_DISTRIBUTION}=={metadata.version(_DISTRIBUTION)}"
    if host == GITLAB:
        text = (source / "gitlab-ci.yml").read_text(encoding="utf-8")
        (folder / ".gitlab-ci.yml").write_text(_pinned(text, f"TOOLKIT: {_DISTRIBUTION}", ours), encoding="utf-8")
        return
    for name in ("workflows", "actions"):
        shutil.copytree(source / name, folder / ".github" / name)
    shutil.copy(source / "zizmor.yml", folder / ".github" / "zizmor.yml")
    action = folder / ".github/actions/policy/action.yml"
    text = action.read_text(encoding="utf-8")
    action.write_text(text.replace('default: ""', f'default: "{ours}"', 1), encoding="utf-8")
    publish = folder / ".github/workflows/publish.yml"
    text = publish.read_text(encoding="utf-8")
    text = text.replace("branches: [main]", f"branches: [{_branch(folder)}]")
    publish.write_text(re.sub(r"( +- cron: ).*\n", rf"\g<1>{_nights(settings)}", text), encoding="utf-8")


def _branch(folder: Path) -> str:
    """Return the branch that a repository begins with: its own, where there is one already."""
    done = subprocess.run(
        ["git", "symbolic-ref", "--short", "HEAD"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if (folder / ".git").exists() and not done.returncode else "main"


def _pinned(text: str, named: str, ours: str) -> str:
    """Name this very version of the toolkit where a file names any."""
    extras = f"{named}[postgres]"
    plain = text.replace(extras, f"{named.partition(_DISTRIBUTION)[0]}{ours.replace('==', '[postgres]==')}")
    return plain.replace(f"{named}\n", f"{named.partition(_DISTRIBUTION)[0]}{ours}\n")


def _nights(settings: Settings) -> str:
    """Return the times, in UTC, that are seven minutes past midnight where the policy is made, in winter and summer."""
    zone = settings.zone
    days = (datetime(2026, month, 15, 0, 7, tzinfo=zone) for month in (1, 7))
    times = dict.fromkeys(f'"{day.astimezone(UTC):%-M %-H} * * *"' for day in days)
    return "\n    - cron: ".join(times) + "\n"


def _commit(folder: Path) -> None:
    if not (folder / ".git").exists():
        _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "add", "--all")
    asked = subprocess.run(["git", "var", "GIT_COMMITTER_IDENT"], cwd=folder, capture_output=True, check=False)
    who = _NOBODY if asked.returncode else ()
    _git(folder, *who, "commit", "--quiet", "--no-verify", "--message", "Begin the policies")


def _git(folder: Path, *arguments: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE")}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RepositoryError(f"git failed: {done.stderr.strip()}", where=str(folder))
