"""A runner of workflows, as far as ours need one: every `run:` step in a real clone, as the host would run it.

What is another's action is done by hand here: a checkout is a real clone of a real repository, at the depth and the
revision that the step names; an artifact is a folder. Any other action is an error.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_REPOSITORY = {"repository": {"default_branch": "main"}}
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TERM = re.compile(r"\s*(?:(?P<call>always|failure)\(\)|'(?P<text>[^']*)'|(?P<path>[\w.-]+))\s*")


def parse(text: bytes) -> Any:
    """Read YAML with every value as text: `on` is a key, and no truth."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - the loader that makes nothing but text


@dataclass
class Ran:
    """What became of one job: its steps' exit codes and what they printed."""

    name: str
    result: str = "skipped"
    steps: list[tuple[str, int, str]] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""

    @property
    def printed(self) -> str:
        return "\n".join(text for _, _, text in self.steps)


@dataclass
class Runner:
    """Runs the workflows of a repository that lies, bare, at `origin`. `python` is the folder of its interpreter."""

    origin: Path
    folder: Path
    python: Path
    environment: Mapping[str, str]
    secrets: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, Callable[[], None]] = field(default_factory=dict)  # what happens elsewhere after a step

    def run(self, workflow: str, event: Mapping[str, Any], **github: str) -> dict[str, Ran]:
        """Run every job of a workflow for an event, and return what became of each."""
        text = subprocess.run(
            ["git", "show", f"main:.github/workflows/{workflow}"], cwd=self.origin, capture_output=True, check=True
        ).stdout
        said = parse(text)
        context = {
            "github": {"event": {**_REPOSITORY, **event}, "repository": "example/policies", "server_url": "https://host.example.com",
                       "run_id": "7", "token": "token-of-the-run", **github},
            "inputs": event.get("inputs", {}),
            "secrets": self.secrets,
            "vars": self.variables,
            "needs": {},
        }  # fmt: skip
        done: dict[str, Ran] = {}
        for name, job in said["jobs"].items():
            done[name] = self._job(name, job, context, done)
            context["needs"] = {each: {"outputs": ran.outputs} for each, ran in done.items()}
        return done

    def _job(self, name: str, job: Mapping[str, Any], context: dict[str, Any], done: Mapping[str, Ran]) -> Ran:
        needs = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
        failed = any(done[each].result == "failure" for each in needs)
        skipped = any(done[each].result == "skipped" for each in needs)
        condition = job.get("if", "")
        if not _holds(condition, context, failed=failed) or (
            (failed or skipped) and "always()" not in condition and "failure()" not in condition
        ):
            return Ran(name)
        place = self.folder / name
        place.mkdir(parents=True)
        work = _Work(self, Ran(name, "success"), place, context, job.get("env", {}))
        for step in job["steps"]:
            work.step(step)
        for output, value in job.get("outputs", {}).items():
            work.ran.outputs[output] = work.fill(value)
        summary = place / "summary"
        work.ran.summary = summary.read_text(encoding="utf-8") if summary.exists() else ""
        return work.ran


class _Work:
    """One job at work in a folder of its own."""

    def __init__(
        self, runner: Runner, ran: Ran, place: Path, context: Mapping[str, Any], env: Mapping[str, str]
    ) -> None:
        self.ran = ran
        self._runner = runner
        self._place = place
        self._clone = place / "work"
        self._context = {**context, "steps": {}}
        self._env = {name: self.fill(value) for name, value in env.items()}

    def fill(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: _text(_value(found[1], self._context)), text)

    def step(self, step: Mapping[str, Any]) -> None:
        if not _holds(step.get("if", "success"), self._context, failed=self.ran.result == "failure"):
            return
        if "uses" in step:
            self._use(step["uses"], {name: self.fill(str(value)) for name, value in step.get("with", {}).items()})
            return
        env = {name: self.fill(value) for name, value in step.get("env", {}).items()}
        code, text = self._bash(step["run"], env)
        self.ran.steps.append((step.get("name", step["run"]), code, text))
        if code:
            self.ran.result = "failure"
        if (happens := self._runner.after.get(step.get("name", ""))) and not code:
            happens()
        if "id" in step:
            self._context["steps"][step["id"]] = {"outputs": self._outputs()}

    def _use(self, uses: str, given: Mapping[str, str]) -> None:
        action = uses.partition("@")[0]
        known: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "actions/checkout": self._check_out,
            "actions/setup-python": lambda _: None,
            "actions/upload-artifact": self._upload,
            "actions/download-artifact": self._download,
        }
        if action in known:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", uses), f"{uses} is not pinned by its hash"
            known[action](given)
        elif action.startswith("./"):
            self._composite(self._clone / action, given)
        else:
            raise AssertionError(f"nobody knows the action {uses}")

    def _composite(self, folder: Path, given: Mapping[str, str]) -> None:
        said = parse((folder / "action.yml").read_bytes())
        outer = self._context
        inputs = {name: given.get(name, each.get("default", "")) for name, each in said["inputs"].items()}
        self._context = {**outer, "inputs": inputs, "github": {**outer["github"], "action_path": str(folder)}}
        for step in said["runs"]["steps"]:
            assert "uses" in step or step["shell"] == "bash"
            self.step(step)
        self._context = outer

    def _check_out(self, given: Mapping[str, str]) -> None:
        depth, ref = given.get("fetch-depth", "1"), given.get("ref") or self._context["github"].get("sha", "main")
        self._clone.mkdir()
        self._git("init", "--quiet")
        self._git("remote", "add", "origin", f"file://{self._runner.origin}")
        if depth != "0":
            self._git("fetch", "--quiet", f"--depth={depth}", "--no-tags", "origin", ref)
            self._git("checkout", "--quiet", "--force", "FETCH_HEAD")
            return
        self._git("fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*")
        branches = self._git("for-each-ref", "--format=%(refname:strip=3)", "refs/remotes/origin").split()
        if ref in branches:
            self._git("checkout", "--quiet", "-B", ref, f"refs/remotes/origin/{ref}")
        else:
            self._git("checkout", "--quiet", "--force", ref)

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self._clone, capture_output=True, text=True, check=True)
        return done.stdout

    def _upload(self, given: Mapping[str, str]) -> None:
        source = self._clone / given["path"]
        store = self._runner.folder / "artifacts" / given["name"]
        if source.exists():
            store.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, store)
        else:
            assert given.get("if-no-files-found") == "ignore"

    def _download(self, given: Mapping[str, str]) -> None:
        shutil.copytree(self._runner.folder / "artifacts" / given["name"], self._clone / given["path"])

    def _bash(self, script: str, env: Mapping[str, str]) -> tuple[int, str]:
        place = self._place
        for name in ("event", "output", "summary", "env"):
            (place / name).touch()
        (place / "event").write_text(json.dumps(self._context["github"]["event"]), encoding="utf-8")
        (place / "home").mkdir(exist_ok=True)
        file = place / "script.sh"
        file.write_text(self.fill(script), encoding="utf-8")
        where = self._clone if self._clone.exists() else place
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
            cwd=where,
            env={
                "PATH": f"{self._runner.python}:{os.environ['PATH']}",
                "HOME": str(place / "home"),
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_EVENT_PATH": str(place / "event"),
                "GITHUB_OUTPUT": str(place / "output"),
                "GITHUB_STEP_SUMMARY": str(place / "summary"),
                "GITHUB_ENV": str(place / "env"),
                "GITHUB_WORKSPACE": str(where),
                "GITHUB_REPOSITORY": self._context["github"]["repository"],
                "RUNNER_TEMP": str(place),
                **self._runner.environment,
                **self._env,
                **env,
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def _outputs(self) -> dict[str, str]:
        lines = (self._place / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)


def _holds(condition: str, context: Mapping[str, Any], *, failed: bool) -> bool:
    """Whether a condition holds; one that asks for no failure holds only while nothing failed."""
    text = condition.strip().removeprefix("${{").removesuffix("}}").strip()
    asks = "always()" in text or "failure()" in text
    if not text or text == "success":
        return not failed
    parts = (_compare(part, context, failed=failed) for part in text.split("&&"))
    return all(parts) and (asks or not failed)


def _compare(part: str, context: Mapping[str, Any], *, failed: bool) -> bool:
    for sign, wanted in (("==", True), ("!=", False)):
        if sign in part:
            left, right = part.split(sign)
            return (_text(_value(left, context)) == _text(_value(right, context))) is wanted
    found = _TERM.fullmatch(part)
    assert found, f"nobody can read the condition {part!r}"
    if found["call"]:
        return found["call"] == "always" or failed
    return bool(_value(part, context))


def _value(expression: str, context: Mapping[str, Any]) -> Any:
    found = _TERM.fullmatch(expression)
    assert found, f"nobody can read the expression {expression!r}"
    if found["path"] is None:
        return found["text"]
    value: Any = context
    for name in found["path"].split("."):
        value = value.get(name, "") if isinstance(value, Mapping) else ""
    return value


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
