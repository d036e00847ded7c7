"""Builds the site with MkDocs, and has it put live whole or not at all."""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import jinja2
from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException

from toolkit.config import Project
from toolkit.errors import SiteError
from toolkit.policy.folder import PolicyFolder
from toolkit.policy.version import Status
from toolkit.site.configuration import FILE, load
from toolkit.site.deploy import Destination
from toolkit.site.pages import Page
from toolkit.site.plugin import PolicyPlugin
from toolkit.site.reading import Site, read_site
from toolkit.site.record import check_record, write_record


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """One version on the site, at its permanent address (a URL)."""

    policy: str
    number: str
    status: Status
    address: str


@dataclass(frozen=True, kw_only=True)
class Published:
    """What was built: where it lies, for which address, how many pages, which versions, newest first.

    `dirty` names the policy files whose working text is not committed and so not in it. `changed` says whether what
    stands there is another site than before, as far as the place can tell.
    """

    to: str
    address: str
    on: date
    pages: int
    versions: tuple[Posted, ...]
    dirty: tuple[str, ...]
    changed: bool = True


def publish(project: Project, policies: PolicyFolder, *, on: date, to: Destination, sealed: bool = False) -> Published:
    """Build the site of a day from HEAD and put it live, in the place of the one that stands there.

    The same commit and day give the same bytes. A version that was never published and whose number two texts carry is
    refused, unless `sealed` says to go on with the one released. Raises `ToolkitError`, also where a version that was
    published before would get lost or change; the old site then stands untouched.
    """
    record = to.record()
    site = read_site(project, policies, on=on)
    check_record(record, site.histories, sealed=sealed)
    with to.folder() as folder:
        _build(project, site, folder)
        write_record(folder, site.digests, record)
        changed = to.put(folder, f"Publish {policies.repository.head()[:10]} as on {on}")
    return Published(
        to=to.label,
        address=project.settings.site_url,
        on=on,
        pages=len(site.pages),
        versions=tuple(_posted(project, site)),
        dirty=site.dirty,
        changed=changed,
    )


def build_pages(project: Project, policies: PolicyFolder, *, on: date) -> tuple[tuple[Page, str], ...]:
    """Return each page of the site of a day with its HTML, as it would be published."""
    site = read_site(project, policies, on=on)
    with tempfile.TemporaryDirectory(prefix="policy-site-") as place:
        folder = Path(place)
        _build(project, site, folder)
        return tuple((page, (folder / page.address / "index.html").read_text(encoding="utf-8")) for page in site.pages)


def _posted(project: Project, site: Site) -> Iterator[Posted]:
    for page in site.pages:
        if page.status and page.address != page.canonical:
            address = f"{project.settings.site_url}{page.address}"
            yield Posted(policy=page.policy, number=page.number, status=page.status, address=address)


def _build(project: Project, site: Site, folder: Path) -> None:
    midnight = datetime.combine(site.on, time(), UTC)
    with (
        _environment(SOURCE_DATE_EPOCH=str(int(midnight.timestamp())), NO_MKDOCS_2_WARNING="1"),
        _translated(),
    ):
        config = load(project, to=folder)
        plugin = config.plugins["policy"]
        assert isinstance(plugin, PolicyPlugin)  # noqa: S101 - `load` looked it up by its name
        plugin.site = site
        build(config)


class _Said(logging.Handler):
    """Keeps what MkDocs logs as an error, for its exceptions often say less."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())


@contextmanager
def _translated() -> Iterator[None]:
    """Keep MkDocs quiet, and turn its exceptions and the theme's into `SiteError`."""
    logger, said = logging.getLogger("mkdocs"), _Said()
    level, propagate = logger.level, logger.propagate
    logger.setLevel(logging.ERROR)
    logger.propagate = False
    logger.addHandler(said)
    try:
        yield
    except (MkDocsException, jinja2.TemplateError, OSError) as error:
        what = said.errors[0] if said.errors else str(error)
        raise SiteError(f"MkDocs could not build the site: {what}", where=FILE) from error
    finally:
        logger.removeHandler(said)
        logger.setLevel(level)
        logger.propagate = propagate


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
