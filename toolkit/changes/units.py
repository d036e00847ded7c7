"""What is matched and moved as one: a clause, or the cells of a table's row. Pure."""

from collections.abc import Sequence

from toolkit.changes.numbering import unnumbered
from toolkit.policy.clauses import Clause
from toolkit.policy.words import tokens


def units(clauses: Sequence[Clause], run: range) -> list[range]:
    """Take a run of clauses apart into what is moved and matched as one: the cells of a table's row, or one clause."""
    found: list[range] = []
    for at in run:
        goes_on = found and clauses[at].column and clauses[found[-1].start].column and not clauses[at].opens_row
        if goes_on:
            found[-1] = range(found[-1].start, at + 1)
        else:
            found.append(range(at, at + 1))
    return found


def texts_of(clauses: Sequence[Clause], unit: range) -> tuple[str, ...]:
    return tuple(clauses[at].text for at in unit)


def likeness_words(clause: Clause) -> list[str]:
    """Return the words of a clause to liken it by: capitals and a heading's number make no other clause."""
    return tokens(unnumbered(clause).casefold())
