"""What the demo plays with: a stage to act on, made-up people, and edits of the policy's own text."""

import csv
import os
import random
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from toolkit.errors import ToolkitError
from toolkit.policy.front_matter import split

ACCOUNTS = 1000
_REFERENCE = re.compile(r"\b[0-9a-f]{32}\b")
_SECOND = re.compile(r"^(Date: .* \d\d:\d\d:)\d\d", re.MULTILINE)
_SPELLING = ("organizational", "organisational")
_NAMES = ("Chan Tai Man", "Ada Wong", "Lee, Ka Yan", "陳大文", "Zoë O'Neill", "<Test & Co>")


@dataclass(frozen=True)
class Stage:
    """The folder the demo plays in, and the ways it acts there: git, and the `policy` command itself."""

    place: Path
    environment: Mapping[str, str]

    def say(self, sentence: str) -> None:
        typer.echo(f"\n── {sentence}")

    def commit(self, text: str, *, at: str, message: str) -> None:
        (self.place / "policy" / "privacy.md").write_text(text, encoding="utf-8")
        self._run(["git", "add", "--all"], at=at)
        self._run(["git", "commit", "--quiet", "--message", message], at=at)

    def git(self, *arguments: str) -> None:
        self._run(["git", *arguments], at="2026-11-23T09:00:00+08:00")

    def policy(self, *arguments: str, at: str, lines: int = 0, code: int = 0) -> str:
        """Run `policy` as a user would, show what it prints (its first lines, where that is much), return it."""
        typer.echo(_REFERENCE.sub("REFERENCE", f"\n$ policy {' '.join(arguments)}"))
        done = self._run([sys.executable, "-m", "toolkit", *arguments], at=at, code=code)
        printed = done.stdout.rstrip().splitlines()
        shown = printed[:lines] if lines and len(printed) > lines else printed
        if len(shown) < len(printed):
            shown.append(f"… {len(printed) - len(shown)} more lines")
        lines_shown = [*shown, *done.stderr.rstrip().splitlines()] if code else shown
        # References are random, so that they tell nothing, and a mail names its second; the demo prints the same.
        typer.echo(_SECOND.sub(r"\g<1>00", _REFERENCE.sub("(a random reference)", "\n".join(lines_shown))))
        return done.stdout

    def ask(self, *arguments: str, at: str) -> str:
        """Run `policy` and return what it prints, without showing it."""
        return self._run([sys.executable, "-m", "toolkit", *arguments], at=at).stdout

    def start(self, *arguments: str, at: str) -> "subprocess.Popen[str]":
        """Start `policy` and let it run beside the demo. What it notes on standard error is not shown."""
        return subprocess.Popen(
            [sys.executable, "-m", "toolkit", *arguments],
            cwd=self.place,
            env=self._environment(at),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def _environment(self, at: str) -> dict[str, str]:
        found = dict(self.environment) | _identity(at) | {"POLICY_NOW": at, "PYTHONPATH": _import_path()}
        found.pop("POLICY_LEDGER", None)
        return found

    def _run(self, command: Sequence[str], *, at: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            command,
            cwd=self.place,
            env=self._environment(at),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode != code:
            raise ToolkitError(f"'{' '.join(command[:4])} ...' failed: {done.stderr.strip()}", where=str(self.place))
        return done


def _identity(at: str) -> dict[str, str]:
    """Return git's view of a made-up lawyer, whatever this machine's own settings say."""
    return {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Legal",
        "GIT_AUTHOR_EMAIL": "legal@example.hk",
        "GIT_COMMITTER_NAME": "Legal",
        "GIT_COMMITTER_EMAIL": "legal@example.hk",
        "GIT_AUTHOR_DATE": at,
        "GIT_COMMITTER_DATE": at,
    }


def _import_path() -> str:
    """Return the path on which this very copy of the toolkit is found."""
    here = str(Path(__file__).parents[2])
    return os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))


def released(text: str, head: str) -> str:
    """Return a policy's body under another front matter; `head` is its lines but for the title."""
    title = next((line for line in split(text).head or () if line.startswith("title:")), "title: Privacy Policy")
    return f"---\n{title}\n{head}---\n{split(text).body}"


def respelled(text: str) -> str:
    american, british = _SPELLING
    if american not in text:
        raise ToolkitError("the demo found no word to respell in the policy.", where="policy/privacy.md")
    return text.replace(american, british)


def longer(text: str) -> str:
    """Return the policy with its first period in years two years longer, and a provider named at its end."""
    found = re.search(r"\b(\d+) years\b", text)
    if not found:
        raise ToolkitError("the demo found no period in years in the policy.", where="policy/privacy.md")
    longer = f"{text[: found.start(1)]}{int(found[1]) + 2}{text[found.end(1) :]}"
    return f"{longer.rstrip()}\n\n## Our mail provider\n\nExample Mail Ltd sends our e-mails to you.\n"


def write_accounts(file: Path) -> None:
    """Write made-up customers: some have no address, some are restricted, some closed their account."""
    chance = random.Random(20261123)  # noqa: S311 - made-up people, the same every day
    fates = chance.choices(("active", "unaddressed", "restricted", "closed"), weights=(93, 2, 2, 3), k=ACCOUNTS)
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(("id", "email", "name", "language", "created", "closed", "restricted"))
        for number, fate in enumerate(fates, start=1):
            rows.writerow(
                (
                    10_000 + number,
                    "" if fate == "unaddressed" else f"customer{number}@example.hk",
                    chance.choice(_NAMES),
                    chance.choice(("en", "en-HK", "zh-Hant")),
                    f"20{chance.randint(18, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                    "2026-06-30" if fate == "closed" else "",
                    "yes" if fate == "restricted" else "no",
                )
            )


def write_receipts(file: Path) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(("account", "version", "kind", "at"))
        for number in range(1, ACCOUNTS + 1, 3):
            rows.writerow((10_000 + number, "1.0.0", "acknowledged", "2026-11-23T12:00:00+08:00"))
