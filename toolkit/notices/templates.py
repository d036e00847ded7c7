"""The templates of the notice e-mails: one folder per language, edited by legal and design.

`subject.txt`, `notice.txt` and `notice.html` are Jinja2 templates, `notice.css` is the look that
`notice.html` includes, `words.toml` says what things are called (see `changes/wording.py`). `page.html` and `link.html`
with `page.css` are what the personal links lead to. They are read here and rendered in a sandbox that is strict about
names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType, TracebackType

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.changes.wording import FILE as WORDS
from toolkit.changes.wording import Wording, parse_wording
from toolkit.errors import NoticeError

SUBJECT, TEXT, HTML, CSS = "subject.txt", "notice.txt", "notice.html", "notice.css"
PAGE, LINK, PAGE_CSS = "page.html", "link.html", "page.css"
_NEEDED = (SUBJECT, TEXT, HTML, WORDS)
_PAGES = (PAGE, LINK)  # of a person's own; needed only where there are such pages


@dataclass(frozen=True, kw_only=True)
class Templates:
    """One language's templates. `folder` names them in errors; `sources` is each file's text by its name."""

    language: str
    folder: str
    sources: Mapping[str, str]
    wording: Wording

    def render(self, name: str, facts: Mapping[str, object]) -> str:
        """Render one file. Raises `NoticeError` naming file and line for whatever a template gets wrong."""
        environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._load),
            undefined=StrictUndefined,
            autoescape=lambda file: bool(file) and str(file).endswith(".html"),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        try:
            return environment.get_template(name).render(facts)
        except TemplateSyntaxError as error:
            where = f"{self.where(error.name or name)}:{error.lineno}"
            raise NoticeError(f"the template cannot be read: {error.message}.", where=where) from None
        except TemplateNotFound as error:
            raise NoticeError(f"there is no file '{error.name}' to include.", where=self.where(name)) from None
        except Exception as error:  # noqa: BLE001 - a template can raise whatever an expression can
            where = _line(error.__traceback__, self.folder) or self.where(name)
            raise NoticeError(
                f"the template cannot be rendered: {error}.",
                where=where,
                mend="The first line of the file lists the names that may be used.",
            ) from None

    def where(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.sources.get(name)
        return None if source is None else (source, self.where(name), lambda: True)


def read_templates(folder: Path) -> tuple[Templates, ...]:
    """Read every language's folder under `notices/`, in order of name.

    Raises `NoticeError` where there is none, where a file is missing, or where one cannot be read.
    """
    languages = sorted(child for child in folder.iterdir() if child.is_dir()) if folder.is_dir() else []
    if not languages:
        raise NoticeError(
            "there are no templates of notices.",
            where=str(folder),
            mend="Make one folder per language, like notices/en.",
        )
    return tuple(_read_language(child) for child in languages)


def _read_language(folder: Path) -> Templates:
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        raise NoticeError(
            f"the file '{missing[0]}' is missing.", where=str(folder), mend="Copy it from another language."
        )
    pages = [name for name in _PAGES if (folder / name).is_file()]
    names = [*_NEEDED, *pages, *(file.name for file in sorted(folder.glob("*.css")))]
    sources = {name: _read(folder / name) for name in names}
    wording = parse_wording(sources.pop(WORDS), language=folder.name, where=str(folder / WORDS))
    return Templates(language=folder.name, folder=folder.as_posix(), sources=MappingProxyType(sources), wording=wording)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NoticeError(
            f"the file cannot be read: {error}.",
            where=str(file),
            mend="Save it again with the encoding UTF-8.",
        ) from None


def _line(traceback: TracebackType | None, folder: str) -> str:
    """Return file and line of the innermost template in a traceback: Jinja gives its frames their lines."""
    spots = [(frame.f_code.co_filename, line) for frame, line in walk_tb(traceback)]
    inside = [f"{file}:{line}" for file, line in spots if file.startswith(f"{folder}/")]
    return inside[-1] if inside else ""
