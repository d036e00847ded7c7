"""Revisions of a translation -> what each version says in another language. Pure.

A translation is a file of its own, `NAME.LANGUAGE.md`, released with its original or later. It has its own digest, and
no number of its own: other words for the same version are a correction, `2.0.0+zh-Hant.1`, of which nobody is told.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.errors import DocumentError, HistoryError
from toolkit.policy.classes import Number
from toolkit.policy.document import Document, decode, parse_document
from toolkit.policy.front_matter import Parts, TranslationFrontMatter, parse_translation_front_matter, split
from toolkit.policy.revision import Revision


@dataclass(frozen=True, kw_only=True)
class Translation:
    """A version's words in one language (a BCP 47 tag). `correction` counts from 0.

    `document` holds the words as they were released, `shown` their newest formatting.
    """

    policy: str
    language: str
    front: TranslationFrontMatter
    document: Document
    shown: Document
    revision: Revision
    correction: int = 0

    @property
    def number(self) -> Number:
        """The number of the version that it translates."""
        return self.front.translates

    @property
    def label(self) -> str:
        """Return the version with the language as a build of it: `2.0.0+zh-Hant.1`."""
        correction = f".{self.correction}" if self.correction else ""
        return f"{self.number}+{self.language}{correction}"

    @property
    def reviewed(self) -> bool:
        """Whether legal has read it. One that is not reviewed is never mailed."""
        return self.front.reviewed

    @property
    def digest(self) -> str:
        """The seal: the words' digest with number, language, title and summary; not whether it is reviewed."""
        front = self.front
        said = (str(front.translates), self.language, front.title, "\n".join(front.summary), self.document.digest)
        name = self.document.digest.partition(":")[0]
        return f"{name}:{hashlib.sha256(chr(0x1D).join(said).encode()).hexdigest()}"


def build_translations(
    policy: str, language: str, revisions: Iterable[Revision], *, released: Mapping[str, frozenset[Number]]
) -> tuple[Translation, ...]:
    """Fold the revisions of a translation, oldest first, into the versions it translates, each correction once.

    `released` says for a commit which versions of the policy were released with it or before. A revision that breaks
    a rule is refused; its error is raised while it is the newest, as `build_history` does.
    """
    found: list[Translation] = []
    error: DocumentError | HistoryError | None = None
    for revision in revisions:
        error = None
        try:
            parts = split(decode(revision.source, name=revision.path))
            if parts.head is not None or found:
                _add(found, _read(policy, language, revision, parts), released.get(revision.commit, frozenset()))
        except (DocumentError, HistoryError) as refused:
            error = refused
    if error:
        raise error
    return tuple(sorted(found, key=lambda each: (each.number, each.correction)))


def _read(policy: str, language: str, revision: Revision, parts: Parts) -> Translation:
    if parts.head is None:
        raise DocumentError(
            "the translation has no front matter.",
            where=f"{revision.path}:1",
            mend="Begin it with '---', the keys title, translates and reviewed, and '---'.",
        )
    front = parse_translation_front_matter(parts.head, name=revision.path)
    document = parse_document(revision.source, name=revision.path)
    return Translation(
        policy=policy, language=language, front=front, document=document, shown=document, revision=revision
    )


def _add(found: list[Translation], new: Translation, released: frozenset[Number]) -> None:
    if new.number not in released:
        raise HistoryError(
            f"{new.revision.path} translates {new.number} of '{new.policy}', which was not released by then.",
            where=new.revision.short,
            mend="Release the original first, or in the same commit; then change the translation once more.",
        )
    same = [at for at, each in enumerate(found) if each.number == new.number]
    if same and found[same[-1]].digest == new.digest:
        found[same[-1]] = replace(found[same[-1]], front=new.front, shown=new.document)
        return
    found.append(replace(new, correction=len(same)))  # going back to earlier words is a correction, too
