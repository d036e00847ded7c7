"""A project with a policy's history in a real repository, and the reading of what was built from it."""

import shutil
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

from tests.repositories import Repo, policy_text
from toolkit.config import Project, read_project
from toolkit.site.deploy import served_folder
from toolkit.site.pages import Page
from toolkit.site.publish import Published, publish
from toolkit.site.reading import open_policies, read_site

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.hk/privacy/"
SETTINGS = f'[tool.policy]\nservice = "Example"\nsite_url = "{ADDRESS}"\ntime_zone = "Asia/Hong_Kong"\n'
FAR = datetime(2030, 1, 1, tzinfo=UTC)  # later than any commit of the tests
BEFORE = date(2026, 11, 25)
ANNOUNCED = date(2026, 12, 25)  # 2.0.0 is pending, 3.0.0 lies in the repository but is not published
CHANGED = date(2027, 1, 5)
SCHEDULED_WORD = "zeppelins"

BODY = """\
This page says what we do.

## 1. Data we keep

- **Account data**: for {years} years.
- See [the register](register/) and [our site](https://example.hk/).

### 1.1 Your rights

Write to [us](mailto:privacy@example.hk) & ask.
"""
FIRST = BODY.format(years=3)
SECOND = BODY.format(years=5)


def three_versions(folder: Path) -> Repo:
    """1.0.0 from 23 November; 2.0.0 published 1 December, binding on the 31st; 3.0.0 for February."""
    repo = Repo(folder)
    repo.write(SETTINGS, "pyproject.toml")
    repo.write("/build/\n", ".gitignore")
    repo.commit(policy_text(FIRST, summary="- The first version."))
    second = policy_text(
        SECOND,
        number="2.0.0",
        published="2026-12-01",
        effective="2026-12-31",
        declared="material",
        summary="- We keep account data for 5 years (before: 3).\n- A <script>alert(1)</script> & a sign.",
    )
    repo.commit(second, at="2026-12-01T09:00:00+08:00")
    third = policy_text(
        f"{SECOND}\nWe fly {SCHEDULED_WORD}.\n",
        number="3.0.0",
        published="2027-02-01",
        effective="2027-03-01",
        declared="material",
        summary=f"- We fly {SCHEDULED_WORD}.",
    )
    repo.commit(third, at="2026-12-20T09:00:00+08:00")
    return repo


def project(repo: Repo) -> Project:
    return read_project(repo.path, {})


def build(repo: Repo, *, on: date, to: Path, sealed: bool = False) -> Published:
    """Publish a repository's site of a day into a folder."""
    settled = project(repo)
    with open_policies(settled, now=FAR) as policies:
        return publish(settled, policies, on=on, to=served_folder(to), sealed=sealed)


def pages(repo: Repo, on: date) -> dict[str, Page]:
    """Return the pages of a day by address."""
    settled = project(repo)
    with open_policies(settled, now=FAR) as policies:
        return {page.address: page for page in read_site(settled, policies, on=on).pages}


def with_look(repo: Repo, *, day: date) -> Path:
    """Give a project its own site/ and mkdocs.yml, as a client's repository has; return mkdocs.yml."""
    shutil.copytree(ROOT / "site", repo.path / "site")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("https://kvm.hk/privacy/", ADDRESS)
    return repo.write(text.replace("  - policy\n", f"  - policy:\n      day: {day}\n"), "mkdocs.yml")


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


class Reader(HTMLParser):
    """What a page holds without any script: its visible words, its elements, its headings."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self._words: list[str] = []
        self._unread = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join("".join(self._words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a") if "href" in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._unread += tag in {"script", "style", "template"}

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in {"script", "style", "template"}

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._words.append(data)
