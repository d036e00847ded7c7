"""LibreOffice, told by the system's own Python what to do with documents: python3 office.py < JOBS.

JOBS is JSON, a list of [file, what, out]; `what` is accept, reject, keep, or edit:OLD=NEW, and `out` a .docx file.
"""

import contextlib
import json
import pathlib
import subprocess
import sys
import tempfile
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

FILTER = "MS Word 2007 XML"
WAIT = 60


def prop(name: str, value: object) -> Any:
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connect(name: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(WAIT * 5):
        try:
            return resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - it has many, and all mean that it has not begun yet
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not answer")


def work(context: Any, jobs: list[tuple[str, str, str]]) -> None:
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    for file, what, out in jobs:
        document = desktop.loadComponentFromURL(pathlib.Path(file).as_uri(), "_blank", 0, (prop("Hidden", True),))
        frame = document.CurrentController.Frame
        if what in ("accept", "reject"):
            dispatcher.executeDispatch(frame, f".uno:{what.title()}AllTrackedChanges", "", 0, ())
        elif what.startswith("edit:"):
            old, new = what[5:].split("=", 1)
            search = document.createReplaceDescriptor()
            search.SearchString, search.ReplaceString = old, new
            document.replaceAll(search)
        document.storeToURL(pathlib.Path(out).as_uri(), (prop("FilterName", FILTER),))
        document.close(True)
    with contextlib.suppress(Exception):  # it is gone before it can answer
        desktop.terminate()


def main() -> None:
    name = f"policy{time.time_ns()}"
    with tempfile.TemporaryDirectory() as home:
        office = subprocess.Popen(
            [
                "soffice",
                "--headless",
                "--norestore",
                "--nologo",
                f"-env:UserInstallation=file://{home}",
                f"--accept=pipe,name={name};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            work(connect(name), json.load(sys.stdin))
        finally:
            try:
                office.wait(10)
            except subprocess.TimeoutExpired:
                office.kill()


main()
