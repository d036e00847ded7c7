"""What a clause looks like: does it say what is done with data, name somebody, or only point elsewhere? Pure."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """A language's words for what a clause looks like. A rules file lists them in its `[signs]`.

    `people`, `data` and `practice` say who does what with data. `company`, `address`, `contact` and `recipients`
    name somebody, or say where somebody is reached. `pointer`, `announcement`, `dialog` and `noise` are signs that a
    clause says nothing of its own. `exceptions` begin an exception, words of `extent` say how far a sentence goes,
    `modals` are verbs such as `may`, and `small` words are too common to tell anything.
    """

    people: re.Pattern[str]
    data: re.Pattern[str]
    practice: re.Pattern[str]
    company: re.Pattern[str]
    address: re.Pattern[str]
    contact: re.Pattern[str]
    recipients: re.Pattern[str]
    pointer: re.Pattern[str]
    announcement: re.Pattern[str]
    dialog: re.Pattern[str]
    noise: re.Pattern[str]
    exceptions: re.Pattern[str]
    extent: re.Pattern[str]
    modals: re.Pattern[str]
    small: re.Pattern[str]
