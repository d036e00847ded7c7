"""Everything that can go wrong, as one tree.

    ToolkitError                 what happened, where, and how to mend it        exit code 3
    ├── Misuse                   the command was given something it cannot use   exit code 2
    │   └── SettingsError        a setting is unknown, mistyped or missing
    ├── DocumentError            a policy's text or front matter cannot be read
    ├── HistoryError             git's history contradicts itself or our rules
    ├── RepositoryError          git is missing, or what was asked for is not in it
    ├── IntakeError              rows from outside cannot be read
    ├── LedgerError              the database refuses, or is of another schema
    ├── NoticeError              a notice cannot be planned, written or sent
    ├── LinkError                a link was not signed by us, or has expired
    ├── ReceiverError            what was posted to the service cannot be used
    ├── PortalError              the service refuses what the portal asks, or does not answer
    └── SiteError                the site cannot be built

Foreign exceptions are translated into these where they enter. The front door has the one `except`.
"""


class ToolkitError(Exception):
    """The root: one sentence on what happened, where it happened, how to mend it.

    `where` is a file with a line (`policy/privacy.md:4`), a commit or a command's argument; empty if neither.
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{mend}"


class Misuse(ToolkitError):  # noqa: N818 - the word for it, not an "error" of ours
    exit_code = 2


class SettingsError(Misuse):
    pass


class DocumentError(ToolkitError):
    pass


class HistoryError(ToolkitError):
    pass


class RepositoryError(ToolkitError):
    pass


class IntakeError(ToolkitError):
    pass


class LedgerError(ToolkitError):
    pass


class NoticeError(ToolkitError):
    pass


class LinkError(ToolkitError):
    pass


class ReceiverError(ToolkitError):
    pass


class PortalError(ToolkitError):
    pass


class SiteError(ToolkitError):
    pass
