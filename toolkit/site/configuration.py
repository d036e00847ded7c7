"""What MkDocs is told: a project's mkdocs.yml, checked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from toolkit.config import Project, Settings, find_root, read_project
from toolkit.errors import SiteError, ToolkitError

FILE = "mkdocs.yml"


def load(project: Project, *, to: Path) -> MkDocsConfig:
    """Return the project's configuration, else the shipped one, for a build into the folder `to`.

    A look that the project lacks is the shipped one too. Raises `SiteError` naming what is wrong.
    """
    file = project.folder(FILE)
    config = MkDocsConfig(config_file_path=str(file))
    with file.open("rb") as text:
        config.load_file(text)
    config.load_dict(
        {
            "theme": _theme(project, config.get("theme")),
            "docs_dir": str(project.root / project.settings.policies),
            "site_dir": str(to),
            "site_url": project.settings.site_url,
        }
    )
    for name, error in config.validate()[0]:
        raise SiteError(f"'{name}': {error}", where=str(file))
    if "policy" not in config.plugins:
        raise SiteError("the plugin 'policy' is not named.", where=str(file), mend="Add it below 'plugins:'.")
    return config


def refuse_unfit(config: MkDocsConfig) -> None:
    """Raise `SiteError` for a configuration that would empty our own folder or break an address."""
    output, look = Path(config.site_dir).resolve(), Path(str(config.theme.custom_dir)).resolve()
    if look.is_relative_to(output) or output.is_relative_to(look):
        raise SiteError(
            f"site_dir is '{output}', and MkDocs empties it; but the look of the pages lies there.",
            where=FILE,
            mend="Write 'site_dir: build/site'.",
        )
    if not config.use_directory_urls:
        raise SiteError("use_directory_urls must be true: the addresses of the versions are permanent.", where=FILE)


def refuse_other_address(config: MkDocsConfig, settings: Settings) -> None:
    """Raise `SiteError` where mkdocs.yml and our own settings disagree on where the site lives."""
    if config.site_url != settings.site_url:
        raise SiteError(
            f"site_url is {config.site_url} here, but {settings.site_url} in [tool.policy].",
            where=FILE,
            mend="Write the same address in both.",
        )


def _theme(project: Project, written: object) -> dict[str, object]:
    theme: dict[str, object] = dict(written) if isinstance(written, dict) else {"name": written}
    return {**theme, "custom_dir": str(project.folder(str(theme.get("custom_dir", "site/overrides"))))}


def project_of(config: MkDocsConfig) -> Project:
    """Return the project whose policies a configuration names; mkdocs.yml may be the shipped one."""
    above = Path(config.config_file_path).resolve().parent
    return read_project(find_root(Path(config.docs_dir).resolve()) or above, os.environ)


@contextmanager
def translated() -> Iterator[None]:
    """Turn our errors into what `mkdocs build` shows as one line, without a traceback."""
    try:
        yield
    except ToolkitError as error:
        raise PluginError(str(error)) from error
