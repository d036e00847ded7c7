"""What legal says about a version, at the head of the file they edit. Pure.

The one reader of the front matter. PyYAML composes the nodes and gives them no types, so numbers and dates stay
text (`1.10.0` is never `1.1`), every key knows its line, and a key that stands twice is seen.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import yaml

from toolkit.errors import DocumentError
from toolkit.policy.classes import Asking, Class, Number

_FENCE = "---"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REQUIRED = ("title", "version", "published", "effective", "class")
_KNOWN = (*_REQUIRED, "summary", "reason", "consent")
_REQUIRED_OF_TRANSLATION = ("title", "translates", "reviewed")
_KNOWN_OF_TRANSLATION = (*_REQUIRED_OF_TRANSLATION, "summary")
_FLAGS = {"true": True, "false": False}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BREAKS = {0x85: " ", 0x2028: " ", 0x2029: " "}  # to YAML they end a line, in an editor they do not


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontMatter:
    """What legal declared. Dates are the policy's own time zone; `summary` has one plain sentence a line.

    `asking` is how the consent is asked that a version of class consent needs; None where that is not said.
    """

    title: str
    number: Number
    published: date
    effective: date
    declared: Class
    summary: tuple[str, ...] = ()
    reason: str = ""
    asking: Asking | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationFrontMatter:
    """What is said about a translation: the version it translates, and whether legal has read it."""

    title: str
    translates: Number
    reviewed: bool
    summary: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A file taken apart: the front matter's lines, and the Markdown body."""

    head: tuple[str, ...] | None
    body: str


def split(text: str) -> Parts:
    """Take the front matter off a Markdown text. `head` is None where there is none. Never fails."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.split("\n")
    if lines[0].rstrip() != _FENCE:
        return Parts(head=None, body=plain)
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return Parts(head=tuple(lines[1:at]), body="\n".join(lines[at + 1 :]))
    return Parts(head=None, body=plain)


def parse_front_matter(head: tuple[str, ...], *, name: str) -> FrontMatter:
    """Read the lines between the two `---` fences; `name` is the file, for the error's sake.

    Raises `DocumentError` with file and line for what is no YAML, for an unknown, missing or repeated key and for
    a value that is not of its kind.
    """
    values = _read(head, name, required=_REQUIRED, known=_KNOWN)
    front = FrontMatter(
        title=_line(values["title"], name),
        number=_number(values["version"], name),
        published=_date(values["published"], name),
        effective=_date(values["effective"], name),
        declared=_class(values["class"], name),
        summary=_summary(values, name),
        reason=_text(values["reason"], name) if "reason" in values else "",
        asking=_asking(values["consent"], name) if "consent" in values else None,
    )
    if front.asking and front.declared is not Class.CONSENT:
        raise DocumentError(
            f"'consent' says how consent is asked, and the class is {front.declared}.",
            where=values["consent"].where(name),
            mend="Take the line out, or declare 'class: consent'.",
        )
    if front.effective < front.published:
        raise DocumentError(
            f"'effective' {front.effective} is earlier than 'published' {front.published}.",
            where=values["effective"].where(name),
            mend="A version binds from the day it is posted, or later.",
        )
    return front


def parse_translation_front_matter(head: tuple[str, ...], *, name: str) -> TranslationFrontMatter:
    """Read the front matter of a translation. Raises `DocumentError` as `parse_front_matter` does."""
    values = _read(head, name, required=_REQUIRED_OF_TRANSLATION, known=_KNOWN_OF_TRANSLATION)
    reviewed = _text(values["reviewed"], name)
    if reviewed not in _FLAGS:
        raise DocumentError(
            f"'{reviewed}' is neither true nor false.",
            where=values["reviewed"].where(name),
            mend="Write 'reviewed: true' once legal has read the translation.",
        )
    return TranslationFrontMatter(
        title=_line(values["title"], name),
        translates=_number(values["translates"], name),
        reviewed=_FLAGS[reviewed],
        summary=_summary(values, name),
    )


@dataclass(frozen=True, slots=True)
class _Value:
    """A key's node, and the key's line in the file: the fence above counts."""

    key: str
    node: yaml.Node
    line: int

    def where(self, name: str) -> str:
        return f"{name}:{self.line}"


def _read(
    head: tuple[str, ...], name: str, *, required: tuple[str, ...], known: tuple[str, ...]
) -> Mapping[str, _Value]:
    """Return the values by key. Raises `DocumentError` for keys that are missing, unknown or repeated."""
    values: dict[str, _Value] = {}
    for value in _pairs(head, name):
        if value.key not in known:
            raise DocumentError(
                f"'{value.key}' is not a key of the front matter.",
                where=value.where(name),
                mend=f"Known are: {', '.join(known)}.",
            )
        if value.key in values:
            raise DocumentError(f"'{value.key}' stands twice.", where=value.where(name), mend="Keep one of the two.")
        values[value.key] = value
    for key in required:
        if key not in values or not _is_given(values[key].node):
            raise DocumentError(f"the front matter lacks '{key}'.", where=f"{name}:1", mend=f"Add a line '{key}: ...'.")
    return values


def _pairs(head: tuple[str, ...], name: str) -> tuple[_Value, ...]:
    root = _compose("\n".join(head), name)
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        raise _not_a_pair(f"{name}:{_file_line(root)}")
    for key, _ in root.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _not_a_pair(f"{name}:{_file_line(key)}")
    return tuple(_Value(str(key.value), value, _file_line(key)) for key, value in root.value)


def _compose(text: str, name: str) -> yaml.Node | None:
    try:
        return yaml.compose(text.translate(_BREAKS), Loader=yaml.BaseLoader)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 2
        raise DocumentError(
            "the front matter holds a control character.", where=f"{name}:{line}", mend="Remove it."
        ) from None
    except yaml.MarkedYAMLError as error:
        raise _unreadable(error, text, name) from None
    except RecursionError:
        raise DocumentError("the front matter is nested too deeply.", where=f"{name}:1") from None
    except (ValueError, OverflowError):
        raise DocumentError("an escape in the front matter stands for no character.", where=f"{name}:1") from None


# What YAML's scanner says, and what it means to a reader who has never heard of YAML.
_SAID = (
    (
        "mapping values are not allowed",
        "a colon stands inside the text of a key.",
        "Write 'key: |' and the text on the next line, indented by two spaces.",
    ),
    ("quoted scalar", "a quotation mark is not closed.", "Close it at the end of the text."),
    ("unexpected end of stream", "a quotation mark is not closed.", "Close it at the end of the text."),
    ("'\\t'", "a tab stands where YAML takes spaces only.", "Write spaces."),
)


def _unreadable(error: yaml.MarkedYAMLError, text: str, name: str) -> DocumentError:
    """Translate an error of YAML's, placed at the line where what it complains about begins."""
    said = f"{error.context or ''} {error.problem or ''}"
    opened = error.context_mark if "quoted" in said or "could not find" in said else None
    mark = opened or error.problem_mark or error.context_mark
    where = f"{name}:{min(mark.line, text.count(chr(10))) + 2}" if mark else name
    for part, what, mend in _SAID:
        if part in said:
            return DocumentError(what, where=where, mend=mend)
    if "could not find expected ':'" in said:
        return _not_a_pair(where)
    return DocumentError(
        f"the front matter cannot be read: {error.problem}.", where=where, mend="Write each line as 'key: value'."
    )


def _not_a_pair(where: str) -> DocumentError:
    return DocumentError(
        "this line is not 'key: value'.",
        where=where,
        mend="Put a long text below 'summary: |', each line indented by two spaces.",
    )


def _file_line(node: yaml.Node) -> int:
    """Return a node's line in the file, counted from 1; the fence is the first."""
    return int(node.start_mark.line) + 2


_NULL = frozenset(("", "~", "null", "Null", "NULL"))


def _is_given(node: yaml.Node) -> bool:
    """Whether a key has a value: YAML writes `null` or `~` for one that has none."""
    return not isinstance(node, yaml.ScalarNode) or bool(_plain(node))


def _plain(node: yaml.ScalarNode) -> str:
    return "" if node.style is None and node.value in _NULL else str(node.value).strip()


def _text(value: _Value, name: str) -> str:
    if not isinstance(value.node, yaml.ScalarNode):
        raise DocumentError(
            f"'{value.key}' must be one text.", where=value.where(name), mend="Put quotation marks around it."
        )
    text = _plain(value.node).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if _CONTROL.search(text):
        raise DocumentError(
            f"'{value.key}' holds a control character.", where=value.where(name), mend="Take the escape out."
        )
    return text


def _line(value: _Value, name: str) -> str:
    return " ".join(_text(value, name).split())


def _number(value: _Value, name: str) -> Number:
    try:
        return Number.parse(_text(value, name))
    except ValueError as error:
        raise DocumentError(str(error), where=value.where(name), mend="Write three numbers and two dots.") from None


def _date(value: _Value, name: str) -> date:
    text = _text(value, name)
    with suppress(ValueError):
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    raise DocumentError(f"'{text}' is not a date.", where=value.where(name), mend="Write it like 2026-12-31.")


def _class(value: _Value, name: str) -> Class:
    text = _text(value, name)
    if text not in list(Class):
        raise DocumentError(
            f"'{text}' is not a class.", where=value.where(name), mend=f"Use one of: {', '.join(Class)}."
        )
    return Class(text)


def _asking(value: _Value, name: str) -> Asking:
    text = _text(value, name)
    if text not in list(Asking):
        raise DocumentError(
            f"'{text}' is no way to ask for consent.", where=value.where(name), mend=f"Use one of: {', '.join(Asking)}."
        )
    return Asking(text)


def _summary(values: Mapping[str, _Value], name: str) -> tuple[str, ...]:
    """Return the summary's sentences, from YAML's own list or from a text with a `- ` before each."""
    value = values.get("summary")
    if value is None:
        return ()
    if not isinstance(value.node, yaml.SequenceNode):
        return _sentences(_text(value, name))
    entries = [_Value("summary", node, _file_line(node)) for node in value.node.value]
    return tuple(filter(None, (_line(entry, name) for entry in entries)))


def _sentences(block: str) -> tuple[str, ...]:
    """Take a text apart: a line that starts with `- ` opens a sentence, any other goes on with it."""
    found: list[str] = []
    for line in filter(None, map(str.strip, block.split("\n"))):
        if line.startswith("- ") or not found:
            found.append(line.removeprefix("- ").strip())
        else:
            found[-1] += f" {line}"
    return tuple(found)
