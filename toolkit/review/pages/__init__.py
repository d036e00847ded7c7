"""A page for each rule of the check: what it means, one text that breaks it and one that keeps it."""

from pathlib import Path

from toolkit.review.findings import Rule


def read_page(rule: Rule) -> str:
    """Return the page of a rule, as Markdown."""
    return (Path(__file__).parent / f"{rule}.md").read_text(encoding="utf-8")
