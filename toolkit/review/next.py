"""A policy's working text, and the head that its next version would have."""

from pathlib import Path

from toolkit.errors import DocumentError, Misuse
from toolkit.policy.document import Document, decode, parse_document
from toolkit.review.branch import find_base, read_branch
from toolkit.review.bump import Head, Wish, propose_head
from toolkit.review.check import terms_of
from toolkit.review.gate import standing_history
from toolkit.workspace import Workspace, checked_name


def find_next(work: Workspace, policy: str, wish: Wish, *, base: str) -> tuple[str, Path, Head | None, str]:
    """Return a policy's working text, its file, the proposed head (None where nothing changed) and its title.

    Raises `Misuse` where there is no such file, and `DocumentError` where its head cannot be read at all.
    """
    path = work.policies.path(checked_name(policy))
    file = work.policies.repository.root / path
    if not file.is_file():
        raise Misuse(f"there is no file '{path}'.", where="--document", mend="Name the file without .md, like privacy.")
    source = file.read_bytes()
    text = decode(source, name=path)
    branch = read_branch(work.policies, policy, base=find_base(work.policies, base), today=work.today)
    terms = terms_of(work)
    document = _parse(text, path)
    head = propose_head(standing_history(branch, terms.landing), document, wish, terms)
    title = next((clause.text for clause in document.clauses if clause.level == 1), policy.replace("-", " ").title())
    return source.decode(), file, head, title


def _parse(text: str, path: str) -> Document:
    """Read a text with its head, or without one where it has none yet."""
    try:
        return parse_document(text, name=path, released=True)
    except DocumentError:
        if text.removeprefix("\ufeff").startswith("---"):
            raise
        return parse_document(text, name=path)
