"""Every phrase that a words file needs, by its dotted key, with the names that may stand in braces in it. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from toolkit.policy.classes import Class
from toolkit.policy.version import Status

_REDLINE: Mapping[str, tuple[str, ...]] = {
    "redline.nothing": (),
    "redline.legend": ("new", "gone"),
    "redline.underlined": (),
    "redline.struck": (),
    "redline.added": (),
    "redline.removed": (),
    "redline.moved": (),
    "redline.moved_from": ("place",),
    "redline.moved_within": (),
    "redline.moved_words": (),
    "redline.links": ("links",),
    "redline.link": ("was", "becomes"),
    "redline.no_link": (),
    "redline.number": (),
    "redline.depth": ("was", "becomes"),
    "redline.heading": (),
    "redline.no_heading": (),
    "redline.item": (),
    "redline.column": ("was", "becomes"),
    "redline.row": (),
    "redline.cell": (),
    "redline.no_cell": (),
    "redline.form": (),
    "redline.unchanged.one": ("count",),
    "redline.unchanged.many": ("count",),
}

_SITE: Mapping[str, tuple[str, ...]] = {
    "site.version": ("number",),
    "site.last_updated": ("date",),
    "site.published": (),
    "site.applies": (),
    "site.kind": (),
    "site.read_current": ("policy",),
    "site.read_version": ("number",),
    "site.all_versions": (),
    "site.address": ("number", "link"),
    "site.seal": ("digest",),
    "site.preview": ("date",),
    "site.force.pending": ("date",),
    "site.force.in_force": ("date",),
    "site.force.past": ("start", "end"),
    "site.force.never": (),
    "site.force.withdrawn": ("date",),
    "site.text.title": ("policy", "number"),
    "site.text.description": ("policy", "number", "date"),
    "site.coming.label": (),
    "site.coming.lead": ("date",),
    "site.coming.text": ("number", "published"),
    "site.coming.see": (),
    "site.old.label": (),
    "site.old.lead": (),
    "site.old.text": ("number",),
    "site.withdrawn.label": (),
    "site.withdrawn.lead": ("date",),
    "site.waiting.label": (),
    "site.waiting.lead": ("date",),
    "site.waiting.text": ("number",),
    "site.waiting.read": ("policy",),
    "site.changed.title": ("number",),
    "site.changed.first": (),
    "site.changed.see": (),
    "site.history.title": ("policy",),
    "site.history.description": ("policy",),
    "site.history.lead": (),
    "site.history.moved": ("landed", "was", "becomes"),
    "site.history.see": ("number",),
    "site.redline.title": ("policy", "number"),
    "site.redline.description": ("before", "number"),
    "site.redline.from": ("number", "date"),
    "site.redline.to": ("number", "date"),
    "site.redline.plain": (),
    "site.redline.folded": (),
    "site.missing.title": (),
    "site.missing.text": (),
}

_CLASS: Mapping[str, tuple[str, ...]] = {f"class.{each}": () for each in Class}
_STATUS: Mapping[str, tuple[str, ...]] = {
    f"status.{each.replace(' ', '_')}": () for each in Status if each is not Status.SCHEDULED
}

_CONSENT: Mapping[str, tuple[str, ...]] = {"consent.version": ("number", "policy")}

PHRASES: Mapping[str, tuple[str, ...]] = MappingProxyType({**_CLASS, **_STATUS, **_REDLINE, **_SITE, **_CONSENT})
