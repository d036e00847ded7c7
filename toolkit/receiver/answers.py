"""Where an account stands -> what the portal is told, and must show. Pure."""

from collections.abc import Sequence

from toolkit.ledger import acts, entries
from toolkit.policy.classes import Number
from toolkit.policy.version import Version
from toolkit.portal import messages
from toolkit.receiver.snapshot import Snapshot


def last_seen(snapshot: Snapshot, standing: entries.Standing, policy: str) -> Version:
    """Return the version that an account saw last.

    Who saw one that was withdrawn lives under the newest below it; who saw none is assumed to know one.
    """
    history = snapshot.history(policy)
    if not standing.seen:
        return history.assumed(standing.account.created)
    number = Number.parse(standing.seen)
    if history.has(number) and standing.seen not in snapshot.withdrawn(policy):
        return history.version(number)
    return history.basis(number, snapshot.day)


def answer(
    snapshot: Snapshot, policy: str, standing: entries.Standing, said: Sequence[acts.Consent]
) -> messages.Standing:
    """Return what the portal is told of an account."""
    history, day = snapshot.history(policy), snapshot.day
    since, newest, in_force = last_seen(snapshot, standing, policy), history.newest(day), history.in_force(day)
    steps = history.steps(since.number, day)
    must = any(step.declared.tells for step in steps)
    return messages.Standing(
        account=standing.account.id,
        policy=policy,
        in_force=str(in_force.number) if in_force else "",
        newest=str(newest.number) if newest else "",
        up_to_date=not must,
        seen=_seen(standing),
        told=_told(standing),
        assumed=None if standing.seen else str(since.number),
        show=_show(snapshot, policy, since, steps) if must else None,
        consents=tuple(map(_consented, said)),
    )


def _show(snapshot: Snapshot, policy: str, since: Version, steps: Sequence[Version]) -> messages.Show:
    site = snapshot.publishers[policy].site_url
    newest = steps[-1]
    ranked = sorted(steps, key=lambda step: (-step.declared.rank, step.number))
    return messages.Show(
        since=str(since.number),
        version=str(newest.number),
        digest=newest.digest,
        policy=f"{site}{newest.number}/",
        steps=tuple(
            messages.Step(
                version=str(step.number),
                kind=step.declared.value,
                published=step.published,
                effective=step.effective,
                summary=step.summary,
                changes=f"{site}{step.number}/changes/",
            )
            for step in ranked
        ),
    )


def _seen(standing: entries.Standing) -> messages.Seen | None:
    if not standing.seen or standing.seen_at is None or standing.evidence is None:
        return None
    return messages.Seen(version=standing.seen, at=standing.seen_at, evidence=standing.evidence.value)


def _told(standing: entries.Standing) -> messages.Told | None:
    if not standing.told or standing.delivery is None:
        return None
    return messages.Told(version=standing.told, at=standing.told_at, delivery=standing.delivery.value)


def _consented(said: acts.Consent) -> messages.Consented:
    version, purpose = said.about
    return messages.Consented(
        version=version, purpose=purpose, answer=messages.Answer(said.kind.value), at=said.happened_at
    )
