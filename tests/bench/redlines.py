"""Redline, verdict and parsing, beside the least that is possible and beside others, on the same pairs in one run.

The pairs are made from the toolkit's own policy, and those of `POLICY_CORPUS` where it names a folder.
"""

import difflib
import importlib
import os
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from lxml.html.diff import htmldiff
from markdown import Markdown
from rapidfuzz.distance import LCSseq

from tests.bench.table import Row
from tests.sealed import first_version
from tests.vocabulary import ENGLISH_RULES
from toolkit.changes.materiality import judge
from toolkit.changes.redline import compare
from toolkit.changes.replay import replay
from toolkit.policy.document import EXTENSIONS, parse_document
from toolkit.policy.lists import open_lists
from toolkit.policy.revision import Revision

_OWN = 40
_REVISIONS = 300
Peer = Callable[[str, str], object]
Pair = tuple[str, str]


def measure(_: Path) -> list[Row]:
    """Measure everything on the same pairs."""
    pairs = [*_own(), *_corpus()]
    documents = [(parse_document(old, name="old"), parse_document(new, name="new")) for old, new in pairs]
    floor = _times([partial(_floor, *pair) for pair in pairs])
    found = [compare(*pair) for pair in documents]
    rows = [
        Row(what=f"{len(pairs)} pairs", figure="median  95th", ratio=""),
        _row("floor: LCS of the words (rapidfuzz)", floor, floor),
        _row("redline", _times([partial(compare, *pair) for pair in documents]), floor),
        _row("verdict", _times([partial(judge, each, ENGLISH_RULES) for each in found]), floor),
    ]
    for name, peer in _peers().items():
        rows.append(_row(name, _times([partial(peer, *pair) for pair in pairs]), floor))
    markdown = _times([partial(_markdown, new) for _, new in pairs])
    rows.append(_row("floor: Python-Markdown alone", markdown, markdown))
    rows.append(_row("parsing", _times([partial(parse_document, new, name="new") for _, new in pairs]), markdown))
    return [*rows, *_replay(), *_unrelated()]


def _own() -> Iterator[Pair]:
    """Yield pairs of our own policy with words exchanged and added by chance."""
    chance = random.Random(1)  # noqa: S311 - no secret
    text = first_version()
    for _ in range(_OWN):
        lines = text.splitlines()
        for _ in range(chance.randrange(1, 12)):
            at = chance.randrange(10, len(lines))
            lines[at] = lines[at].replace("you", "customers") if chance.random() < 0.5 else f"{lines[at]} Not always."
        yield text, "\n".join(lines)


def _corpus() -> Iterator[Pair]:
    folder = os.environ.get("POLICY_CORPUS", "")
    for old in sorted(Path(folder, "materiality", "pairs").glob("*.old.md")) if folder else []:
        yield _read(old), _read(Path(str(old).replace(".old.", ".new.")))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _floor(old: str, new: str) -> object:
    return LCSseq.opcodes(old.split(), new.split())


def _markdown(text: str) -> str:
    return Markdown(extensions=list(EXTENSIONS), output_format="html").convert(open_lists(text))


def _peers() -> dict[str, Peer]:
    """Return what others do with the same texts; those that are not installed are left out."""
    peers: dict[str, Peer] = {"difflib": _difflib, "lxml htmldiff": _htmldiff}
    for name, module, call in (
        ("redlines", "redlines", _redlines),
        ("fast-diff-match-patch (by sign)", "fast_diff_match_patch", _fast),
    ):
        try:
            peers[name] = partial(call, importlib.import_module(module))
        except ImportError:
            continue
    return peers


def _difflib(old: str, new: str) -> object:
    return difflib.SequenceMatcher(None, old.split(), new.split(), autojunk=False).get_opcodes()


def _htmldiff(old: str, new: str) -> object:
    return htmldiff(*(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for text in (old, new)))


def _redlines(module: "object", old: str, new: str) -> object:
    return getattr(module, "Redlines")(old, new).output_markdown  # noqa: B009 - a module that may not be there


def _fast(module: "object", old: str, new: str) -> object:
    return getattr(module, "diff")(old, new, timelimit=0, counts_only=False)  # noqa: B009 - the same


def _times(jobs: Sequence[Callable[[], object]]) -> list[float]:
    """Return the seconds of each job, sorted."""
    found = []
    for job in jobs:
        began = time.perf_counter()
        job()
        found.append(time.perf_counter() - began)
    return sorted(found)


def _row(what: str, times: Sequence[float], floor: Sequence[float]) -> Row:
    median, high = (times[int(len(times) * part)] * 1000 for part in (0.5, 0.95))
    base = floor[len(floor) // 2] * 1000
    return Row(what=what, figure=f"{median:.1f} ms  {high:.1f} ms", ratio=f"{median / base:.1f} x the floor")


def _replay() -> Iterator[Row]:
    """Replay revisions that each change a line, beside reading each text once as Markdown."""
    text = first_version()
    texts = [text.replace("3 years", f"{number + 3} years") for number in range(_REVISIONS)]
    floor = sum(_times([partial(_markdown, each) for each in texts]))
    began = time.perf_counter()
    steps = sum(1 for _ in replay(_revisions(texts), ENGLISH_RULES))
    took = time.perf_counter() - began
    ratio = f"{took / floor:.1f} x Python-Markdown"
    yield Row(what=f"replay of {steps} revisions", figure=f"{took:.1f} s", ratio=ratio)


def _revisions(texts: Sequence[str]) -> Iterator[Revision]:
    for at, text in enumerate(texts):
        day = date(2026, 1, 1) + timedelta(days=at)
        yield Revision(commit=f"{at:040x}", landed_on=day, path="privacy.md", blob=f"{at:040x}", source=text.encode())


def _unrelated() -> Iterator[Row]:
    """Compare two texts of 100,000 words that have nothing to do with each other."""
    old, new = (parse_document(_made_up(side), name="long") for side in "ab")
    began = time.perf_counter()
    compare(old, new)
    took = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = f"{memory:.0f} MB at most so far"
    yield Row(what="two unrelated texts of 100,000 words", figure=f"{took:.1f} s", ratio=ratio)


def _made_up(side: str) -> str:
    chance = random.Random(side)  # noqa: S311 - no secret
    return "\n\n".join(" ".join(f"{side}{chance.randrange(5000)}" for _ in range(50)) for _ in range(2000))
