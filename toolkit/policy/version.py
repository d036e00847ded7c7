"""Version and History: what legal released, and what applied when. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toolkit.errors import HistoryError
from toolkit.policy.classes import Class, Number
from toolkit.policy.document import Document
from toolkit.policy.front_matter import FrontMatter
from toolkit.policy.revision import Revision
from toolkit.policy.translation import Translation


class Status(StrEnum):
    """Where a version stands on a day. Computed, never stored."""

    SCHEDULED = "scheduled"
    PENDING = "pending"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What a revision did to the history."""

    RELEASE = "release"
    FORMATTING = "formatting"
    UNRELEASED_EDIT = "unreleased edit"
    POSTPONEMENT = "postponement"
    WITHDRAWAL = "withdrawal"
    REFUSED = "refused"
    DRAFT = "draft"


@dataclass(frozen=True, kw_only=True, slots=True)
class Landing:
    """A revision and what it did, with one sentence where that needs saying."""

    revision: Revision
    deed: Deed
    number: Number | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Postponement:
    landed_on: date
    commit: str
    was: date
    becomes: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Aside:
    """A version's number that stands behind another parent of a merge only: it may have been published before."""

    number: Number
    commit: str
    merge: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """What legal released under one number. `document` holds the sealed words, `shown` their newest formatting."""

    policy: str
    front: FrontMatter
    document: Document
    shown: Document
    revision: Revision
    effective: date
    postponements: tuple[Postponement, ...] = ()
    withdrawn_on: date | None = None

    @property
    def number(self) -> Number:
        return self.front.number

    @property
    def title(self) -> str:
        return self.front.title

    @property
    def published(self) -> date:
        return self.front.published

    @property
    def declared(self) -> Class:
        return self.front.declared

    @property
    def summary(self) -> tuple[str, ...]:
        return self.front.summary

    @property
    def announceable(self) -> bool:
        """Whether customers can be told: of a version that needs consent only once it says how that is asked."""
        return self.declared is Class.MATERIAL or (self.declared is Class.CONSENT and self.front.asking is not None)

    @property
    def commit(self) -> str:
        return self.revision.commit

    @property
    def landed_on(self) -> date:
        return self.revision.landed_on

    @property
    def public_on(self) -> date:
        """The first day on which anybody could read the version, or hear of it."""
        return max(self.published, self.landed_on)

    @property
    def digest(self) -> str:
        """The seal: the words' digest with number, title, published, class, reason and summary."""
        return digest_version(self.front, self.document)


@dataclass(frozen=True, kw_only=True)
class History:
    """The versions of one policy, in order of number, and every landing, in order of time.

    `translations` are in order of language, number and correction. `troubles` says, a sentence each, what is odd and
    stops nothing, such as a translation that cannot be read. `asides` are numbers that the line does not have and a
    commit beside it does. `removed` is the commit that took the policy's file away, empty while it is there.
    """

    policy: str
    versions: tuple[Version, ...]
    landings: tuple[Landing, ...]
    translations: tuple[Translation, ...] = ()
    troubles: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    removed: str = ""

    @property
    def unreleased(self) -> Landing | None:
        """The newest landing, where it left other words or dates under a number than were released with it."""
        read = [landing for landing in self.landings if landing.deed is not Deed.REFUSED]
        return read[-1] if read and read[-1].deed is Deed.UNRELEASED_EDIT else None

    @property
    def never_released(self) -> tuple[Landing, ...]:
        """The landings that were refused, and whose number no other landing released: somebody may wait for them."""
        known = {version.number for version in self.versions}
        refused = (landing for landing in self.landings if landing.deed is Deed.REFUSED)
        return tuple(landing for landing in refused if landing.number not in known)

    def has(self, number: Number) -> bool:
        return any(version.number == number for version in self.versions)

    def version(self, number: Number) -> Version:
        """Return one version. Raises `HistoryError` naming those there are."""
        for version in self.versions:
            if version.number == number:
                return version
        known = ", ".join(str(version.number) for version in self.versions) or "none"
        raise HistoryError(f"there is no version {number} of '{self.policy}'.", mend=f"There is: {known}.")

    def in_force(self, on: date) -> Version | None:
        """Return the version that binds on a day; None before the first."""
        bound = [v for v in self.announced(on) if v.effective <= on]
        return bound[-1] if bound else None

    def assumed(self, on: date) -> Version:
        """Return the version that who came on a day is taken to know: the one in force for all, else the first.

        Nobody knows one that was not public yet. Who came before the first version put their policy into the history.
        Raises `HistoryError` where there is none.
        """
        public = [v for v in self._in_force_for_all(on) if v.public_on <= on]
        version = public[-1] if public else next(iter(self.versions), None)
        if version is None:
            raise HistoryError(f"'{self.policy}' has no version yet.", mend="Commit its text with a front matter.")
        return version

    def pending(self, on: date) -> tuple[Version, ...]:
        """Return the versions that are posted on a day but do not bind yet, soonest first."""
        return tuple(v for v in self.announced(on) if self.status(v, on) is Status.PENDING)

    def announced(self, on: date) -> tuple[Version, ...]:
        """Return what the public may know of on a day: posted and not withdrawn, in order of number."""
        return tuple(v for v in self.versions if v.published <= on and not _withdrawn(v, on))

    def newest(self, on: date) -> Version | None:
        """Return the announced version with the highest number on a day."""
        announced = self.announced(on)
        return announced[-1] if announced else None

    def status(self, version: Version, on: date) -> Status:
        if _withdrawn(version, on):
            return Status.WITHDRAWN
        if on < version.published:
            return Status.SCHEDULED
        if on < version.effective:
            return Status.PENDING
        return Status.IN_FORCE if version == self.in_force(on) else Status.SUPERSEDED

    def ends(self, version: Version, on: date) -> date | None:
        """Return from when another version's words apply in place of a version's, as is known on a day; None if open.

        An editorial or minor version says the same in other words, and ends nothing; nor does one that needs consent,
        for whoever does not give it.
        """
        later = (v for v in self.announced(on) if v.number > version.number and v.declared is Class.MATERIAL)
        return min((v.effective for v in later), default=None)

    def previous(self, version: Version) -> Version | None:
        """Return the version that a reader of `version` knew before: the next lower number not withdrawn."""
        lower = [v for v in self.versions if v.number < version.number and not v.withdrawn_on]
        return lower[-1] if lower else None

    def basis(self, known: Number, on: date, *, as_of: date | None = None) -> Version:
        """Return what a notice of a day compares with, for readers who have known a version since `as_of`.

        That is the newest version which they know and which is no newer than the one in force: who was told of a
        version that does not bind yet still lives under the one before. They know no version that became public later,
        whatever its number. A withdrawn version never bound, and a number of another history is none of ours; the one
        below counts then. Nor does a version bind everybody that needs consent.
        """
        heard_of = [v for v in self.versions if v.number <= known and not _withdrawn(v, on)]
        heard_of = [v for v in heard_of if as_of is None or v.public_on <= as_of] or list(self.versions[:1])
        binding = self._in_force_for_all(on)
        older = [v for v in heard_of if not binding or v.number <= binding[-1].number]
        return older[-1] if older else heard_of[0]

    def consent_to(self, version: Version) -> Version | None:
        """Return the version whose consent a version needs: itself, or the one that it says in other words; or None."""
        telling = [v for v in self.versions if v.number <= version.number and not v.withdrawn_on and v.declared.tells]
        return telling[-1] if telling and telling[-1].declared is Class.CONSENT else None

    def _in_force_for_all(self, on: date) -> tuple[Version, ...]:
        return tuple(v for v in self.announced(on) if v.effective <= on and self.consent_to(v) is None)

    def steps(self, basis: Number, on: date) -> tuple[Version, ...]:
        """Return what is announced on a day above `basis`, in order of number."""
        return tuple(v for v in self.announced(on) if basis < v.number)

    def taken_back(self, basis: Number, on: date) -> tuple[Version, ...]:
        """Return the versions above `basis` that were public and are withdrawn on a day."""
        return tuple(v for v in self.versions if v.number > basis and self.was_withdrawn(v, on))

    def was_withdrawn(self, version: Version, on: date) -> bool:
        """Whether a version is withdrawn on a day that had been published before: it can be known, and does not bind.

        One that was withdrawn before its published date never was public.
        """
        return bool(_withdrawn(version, on) and version.withdrawn_on and version.published <= version.withdrawn_on)

    def translation(self, number: Number, language: str) -> Translation | None:
        """Return the newest words of a version in a language; None where there are none."""
        found = [each for each in self.translations if (each.number, each.language) == (number, language)]
        return found[-1] if found else None

    def mailable(self, number: Number, language: str) -> Translation | None:
        """Return the words of a version that may be mailed in a language: the newest, and only if legal has read it."""
        found = self.translation(number, language)
        return found if found and found.reviewed else None


def digest_version(front: FrontMatter, document: Document) -> str:
    """Return the digest of everything about a version that may never change."""
    said = (
        str(front.number),
        front.title,
        front.published.isoformat(),
        front.declared.value,
        front.reason,
        "\n".join(front.summary),
        document.digest,
    )
    name = document.digest.partition(":")[0]
    joined = "\x1d".join(said if front.asking is None else (*said, front.asking.value))
    return f"{name}:{hashlib.sha256(joined.encode()).hexdigest()}"


def _withdrawn(version: Version, on: date) -> bool:
    return version.withdrawn_on is not None and version.withdrawn_on <= on
