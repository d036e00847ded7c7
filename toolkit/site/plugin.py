"""The door to MkDocs: hands it our pages as its whole file list, and our HTML as their content.

It works under `mkdocs build` and `mkdocs serve` alone; `policy publish` hands it the pages ready made.
"""

import logging
from datetime import date, datetime
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from toolkit.site.configuration import project_of, refuse_other_address, refuse_unfit, translated
from toolkit.site.outline import Heading
from toolkit.site.reading import Site, open_policies, read_site, read_working_site
from toolkit.site.record import NOTHING, Record, check_record, read_record, write_record

log = logging.getLogger("mkdocs.plugins.policy")


class Options(Config):  # type: ignore[no-untyped-call] # MkDocs' own
    """`day` is the day the site shows; without it, today. YAML would read a key `on` as true."""

    day = options.Optional(options.Type(date))


class PolicyPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Publishes what History names, and nothing else that lies in the policy's folder."""

    site: Site | None = None  # ready made by `publish`, which sees to the record itself
    _serves = False
    _shown: Site | None = None
    _before: Record = NOTHING

    def on_startup(self, *, command: str, **_: Any) -> None:
        self._serves = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        with translated():
            refuse_unfit(config)
            if not (self._serves or self.site):
                refuse_other_address(config, project_of(config).settings)
        if not (self._serves or self.site):
            self._shown = self._read(config)  # here, for MkDocs empties the folder next, but for hidden files
            with translated():
                self._before = read_record(Path(config.site_dir)) or NOTHING
                check_record(self._before, self._shown.histories)
        return config

    def on_files(self, _: Files, *, config: MkDocsConfig) -> Files:
        site = self.site or self._shown or self._read(config)
        config.extra["wording"] = site.wording
        self._pages = {f"{page.address}index.md": page for page in site.pages}
        files = Files([])
        files.add_files_from_theme(config.theme.get_env(), config)
        for source, page in self._pages.items():
            inclusion = InclusionLevel.INCLUDED if page.listed else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, source, content="", inclusion=inclusion))
        config.nav = [{str(escape(page.title)): at} for at, page in self._pages.items() if page.listed]
        return files

    def on_page_content(self, _: str, *, page: Page, config: MkDocsConfig, **__: Any) -> str:
        ours = self._pages[page.file.src_uri]
        title = str(escape(ours.title))  # the theme escapes nothing
        page.meta = {
            "title": title,
            "search": {"exclude": not ours.indexable},
            "hide": ["navigation"],
            "ours": ours,
        }
        page.canonical_url = f"{config.site_url}{ours.canonical}"
        page.update_date = ours.updated_on.isoformat()
        page.toc = TableOfContents([_anchor(heading) for heading in ours.headings])
        return ours.html

    def on_page_context(self, _: Any, *, config: MkDocsConfig, page: Page, **__: Any) -> None:
        config.theme["language"] = page.meta["ours"].language

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        server.watch(str(project_of(config).folder("site")))
        return server

    def on_post_build(self, *, config: MkDocsConfig, **_: Any) -> None:
        if self._shown:
            write_record(Path(config.site_dir), self._shown.digests, self._before)

    def _read(self, config: MkDocsConfig) -> Site:
        with translated():
            project = project_of(config)
            now = datetime.now(project.settings.zone)
            on = self.config.day or now.date()
            with open_policies(project, now=now) as policies:
                site = (read_working_site if self._serves else read_site)(project, policies, on=on)
        if self._serves:
            config.extra["notice"] = site.wording.say("site.preview", date=site.wording.write_date(site.on))
            config.extra["notice_link"] = site.changes
            config.extra["notice_says"] = site.wording.say("site.coming.see")
        elif site.dirty:
            log.info("The site shows the last commit. Not committed, so not shown: %s", ", ".join(site.dirty))
        return site


def _anchor(heading: Heading) -> AnchorLink:
    anchor = AnchorLink(str(escape(heading.text)), heading.anchor, heading.level)
    anchor.children = [_anchor(below) for below in heading.below]
    return anchor
