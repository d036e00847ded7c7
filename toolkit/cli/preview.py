"""`policy preview`: the site with the working text, on this machine, anew with every change."""

import os
from typing import Annotated

import typer

from toolkit.cli.front import note, workspace
from toolkit.errors import Misuse, SiteError
from toolkit.workspace import Workspace

_PORT = 8000
_HIGHEST = 65_535


def preview(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=_HIGHEST, help="On this machine.")] = _PORT,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Serve the site with the working text on this machine, and show what it changes. Ctrl-C ends it."""
    work = workspace(context)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    _serve(work, port, open_browser=open_browser)


def _serve(work: Workspace, port: int, *, open_browser: bool) -> None:
    from mkdocs.commands.serve import serve
    from mkdocs.exceptions import MkDocsException

    project = work.project
    policies = project.root / project.settings.policies
    if not policies.is_dir():
        raise Misuse("there is no folder of policies.", where=str(policies), mend="Go to the project, or use -C.")
    note(f"The working text is at http://127.0.0.1:{port}{_path(work)}. Ctrl-C ends it.")
    try:
        serve(
            config_file=str(project.folder("mkdocs.yml")),
            dev_addr=f"127.0.0.1:{port}",
            docs_dir=str(policies),
            site_url=project.settings.site_url,
            watch=[str(project.folder("site")), str(project.folder("notices"))],
            open_in_browser=open_browser,
        )
    except (MkDocsException, OSError) as error:
        raise SiteError(f"the preview cannot be shown: {error}", mend="Try another --port.") from None


def _path(work: Workspace) -> str:
    from urllib.parse import urlsplit

    return urlsplit(work.project.settings.site_url).path
