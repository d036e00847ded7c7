"""What a command or a service needs, wired in one place: settings, policies, rules, words, templates, ledger, ways out.

Everything is read when it is asked for, and once. Knows no command line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.clock import Clock
from toolkit.config import TRANSPORTS, Project, find_root, read_project
from toolkit.errors import Misuse, SettingsError
from toolkit.periods import parse_period
from toolkit.policy.classes import Number

if TYPE_CHECKING:
    from toolkit.changes.rules import Rules
    from toolkit.changes.wording import Wording
    from toolkit.ledger.entries import Notice
    from toolkit.ledger.ledger import Ledger
    from toolkit.notices.deadline import Deadline
    from toolkit.notices.facts import Publisher
    from toolkit.notices.plan import Plan
    from toolkit.notices.templates import Templates
    from toolkit.notices.transports import Transport
    from toolkit.notices.transports.outbox import Outbox
    from toolkit.policy.folder import PolicyFolder
    from toolkit.policy.landing import LandingRules
    from toolkit.policy.version import History, Version

BUILD = Path("build")
OUTBOX = BUILD / "outbox"
SITE = BUILD / "site"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Workspace:
    """A project as one command sees it: begun in a folder, with an environment, at an instant."""

    folder: Path
    environment: Mapping[str, str]
    clock: Clock

    def close(self) -> None:
        """End what stays open between two questions: the git process."""
        if "policies" in vars(self):
            self.policies.close()

    @cached_property
    def root(self) -> Path:
        """The project's folder: this one or the nearest above that is one."""
        return find_root(self.folder) or self.folder

    @cached_property
    def project(self) -> Project:
        return read_project(self.root, self.environment)

    @cached_property
    def today(self) -> date:
        """The policy's own date, on which the command began."""
        return self.clock.began.astimezone(self.project.settings.zone).date()

    def date_now(self) -> date:
        """Return the policy's own date as it is by now: long work may go on past midnight."""
        return self.date_of(self.clock.now())

    def date_of(self, instant: datetime) -> date:
        """Return the policy's own date of an instant."""
        return instant.astimezone(self.project.settings.zone).date()

    def start_of(self, day: date) -> datetime:
        """Return the instant at which a day begins where the policy is made."""
        return datetime.combine(day, time.min, self.project.settings.zone)

    def deadline(self, versions: "Iterable[Version]", *, last_on: date) -> "Deadline":
        """Return what mails about some versions leave their readers, the last of which leaves on a day: the worst."""
        from toolkit.notices.deadline import Deadline, worst_of
        from toolkit.policy.classes import Class

        periods = self.project.settings.notice_period
        return worst_of(
            Deadline(
                version=str(version.number),
                period=periods.consent if version.declared is Class.CONSENT else periods.material,
                effective=version.effective,
                last_on=last_on,
            )
            for version in versions
        )

    def deadline_of(self, ledger: "Ledger", notice: "Notice", *, last_on: date) -> "Deadline | None":
        """Return what a planned notice leaves its readers; None where its version is not in the history any more."""
        from toolkit.notices.plan import told_versions

        history = self.history(notice.policy)
        known = {str(version.number): version for version in history.versions}
        if notice.version not in known:
            return None
        sinces = [each.since for each in ledger.notices.variants(notice.plan)]
        planned_on = self.date_of(notice.planned_at)
        return self.deadline(told_versions(history, known[notice.version], sinces, on=planned_on), last_on=last_on)

    def plan(
        self, ledger: "Ledger", history: "History", version: "Version", way_out: "Transport", *, on: date
    ) -> "Plan":
        """Plan the notice of a version as on a day, with the accounts of a ledger. Nothing is kept."""
        from toolkit.notices.audience import withdrawn_numbers
        from toolkit.notices.plan import make_plan

        withdrawn = withdrawn_numbers(history, on)
        return make_plan(
            publisher=self.publisher(history.policy),
            templates=self.templates,
            rules=self.rules,
            history=history,
            number=version.number,
            candidates=lambda: ledger.notices.candidates(history.policy, str(version.number), withdrawn=withdrawn),
            transport=way_out,
            language=self.project.settings.language,
            on=on,
            now=self.clock.now(),
            date_of=self.date_of,
            held_since=self.held_since(on) if self.project.settings.retention else None,
        )

    def held_since(self, day: date) -> date:
        """Return the day up to which the data of closed accounts is gone by a day; that day where none is held."""
        retention = self.project.settings.retention
        return parse_period(retention).before(day) if retention else day

    def again(self) -> "Workspace":
        """Return the same project as a command would see it that begins now."""
        return replace(self, clock=Clock(began=self.clock.now(), rehearsal=self.clock.rehearsal))

    @cached_property
    def rules(self) -> "Rules":
        """The rules of the governing language; English ones where there are none for it."""
        from toolkit.changes.vocabulary import RULES, find_rules

        return find_rules(self.project.settings.language, [self.root / "rules", RULES])

    @cached_property
    def wording(self) -> "Wording":
        """What things are called in the governing language; in English where it has no words."""
        from toolkit.changes.vocabulary import find_wording

        return find_wording(self.project.settings.language, self.project.folders("notices"))

    @cached_property
    def landing(self) -> "LandingRules":
        """What the project asks of its landings."""
        from toolkit.policy.landing import LandingRules

        settings = self.project.settings
        return LandingRules(late_days=settings.late_days, drafts=settings.drafts)

    @cached_property
    def policies(self) -> "PolicyFolder":
        from toolkit.policy.folder import PolicyFolder

        settings = self.project.settings
        zone, now = settings.zone, self.clock.began
        return PolicyFolder.open(self.root, settings.policies, zone=zone, rules=self.landing, now=now)

    def history(self, policy: str) -> "History":
        """Return a policy's history. Raises `Misuse` for what cannot be a policy's name."""
        return self.policies.history(checked_name(policy))

    def version(self, policy: str, number: str) -> "Version":
        try:
            return self.history(policy).version(Number.parse(number))
        except ValueError as error:
            raise Misuse(str(error), where=number) from None

    @contextmanager
    def ledger(self, *, create: bool = False) -> Iterator["Ledger"]:
        """Open the ledger. Only bringing in accounts makes a new one: a question never does."""
        from toolkit.ledger.ledger import Ledger

        if find_root(self.folder) is None and not self.environment.get("POLICY_LEDGER"):
            raise Misuse(
                "this is not a project's folder.", where=str(self.folder), mend="Go to it, or name it after -C."
            )
        clock = self.clock
        with Ledger.open(
            self.project.ledger,
            create=create,
            clock=clock.now,
            rehearsal=clock.rehearsal,
            folder=self.root / BUILD,
        ) as ledger:
            self._refuse_other(ledger)
            if create and not self.environment.get("POLICY_LEDGER"):
                self.keep_private()
            yield ledger

    def _refuse_other(self, ledger: "Ledger") -> None:
        """Raise `Misuse` where a ledger is expected and this is another: a fresh one would forget who was told."""
        expected = self.project.ledger_id
        if expected and ledger.evidence.name() != expected:
            raise Misuse(
                "this is another ledger than the one that is expected.",
                where="POLICY_LEDGER",
                mend=f"Expected is {expected} ('ledger_id' or POLICY_LEDGER_ID); 'policy ledger show' names this one.",
            )

    def keep_private(self) -> None:
        """Keep the folder of what is made to its owner and out of git: customers' addresses are going into it."""
        mark = self.root / BUILD / ".gitignore"
        if not mark.exists():
            mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            mark.write_text("*\n", encoding="utf-8")

    def publisher(self, policy: str) -> "Publisher":
        """Return who writes the notices of a policy, with the address of its pages."""
        from toolkit.notices.facts import Publisher

        settings = self.project.settings
        return Publisher(
            service=settings.service,
            site_url=f"{settings.site_url}{settings.path_of(policy)}",
            sender=settings.sender,
            contact=settings.contact,
            personal=bool(settings.receiver_url),
        )

    def link(self, ref: str) -> str:
        """Return the address of the page of a delivery's own; empty where mails have none.

        Raises `SettingsError` where they have one and there is no key to sign it.
        """
        settings = self.project.settings
        if not settings.receiver_url:
            return ""
        if self.project.link_keys is None:
            raise SettingsError(
                "the mails link a page of each account's own, and there is no key to sign the links.",
                where="POLICY_LINK_KEYS",
                mend="Set it, or take 'receiver_url' out of [tool.policy] and plan again.",
            )
        expires_on = parse_period(settings.link_lifetime).after(self.date_now())
        return f"{settings.receiver_url}n/{self.project.link_keys.sign(ref, expires_on=expires_on)}"

    @cached_property
    def templates(self) -> "tuple[Templates, ...]":
        from toolkit.notices.templates import read_templates

        return read_templates(self.project.folder("notices"))

    def transport(self, name: str = "") -> "Transport":
        """Return a way out by its name, ready to be asked; the one of the settings without a name.

        Raises `Misuse` for another name, and where the environment does not say where its server is.
        """
        project = self.project
        match name or project.settings.transport:
            case "outbox":
                return self.outbox
            case "sendgrid":
                from toolkit.notices.transports.sendgrid import SendGrid

                pool = project.settings.sendgrid_ip_pool
                return SendGrid(host=project.sendgrid_host, key=project.sendgrid_key, ip_pool=pool)
            case "smtp":
                from toolkit.notices.transports.smtp import Smtp
                from toolkit.notices.transports.smtp_session import parse_server

                return Smtp(server=parse_server(project.smtp_url))
            case other:
                raise Misuse(f"'{other}' is not a way out.", mend=f"Known are: {', '.join(TRANSPORTS)}.")

    @property
    def outbox(self) -> "Outbox":
        """The folder that mails are written into where nothing else is wanted."""
        from toolkit.notices.transports.outbox import Outbox

        return Outbox(folder=self.root / OUTBOX, host=OUTBOX.as_posix())

    def relative(self, path: Path) -> str:
        """Return a path as the reader would type it."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def checked_name(policy: str) -> str:
    if not _NAME.fullmatch(policy):
        raise Misuse(f"'{policy}' is no policy's name.", mend="It is the file's name without .md, like privacy.")
    return policy
