"""Templates: which one fits, why, what a version says differently, and who began with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role
from rfc.models import RFC, RFCTemplate

UNDECIDED = (RFC.DRAFT, RFC.IN_REVIEW)


@dataclass(frozen=True)
class Chosen:
    """The template a new RFC starts from, and why this one."""

    template: RFCTemplate
    why: str


@dataclass(frozen=True)
class SectionChange:
    """What a new version does to one section; `kind` is add, change, off or same."""

    heading: str
    kind: str
    said: str


def current_templates() -> QuerySet[RFCTemplate]:
    """What new RFCs start from: one per line and source."""
    return RFCTemplate.objects.filter(current=True).select_related("line")


def best_match(line: Any, source: str) -> Chosen | None:
    """Line and source, then source, then line, then the one for all others. One query."""
    found = current_templates().filter(Q(line=line) | Q(line=None), source__in={"", source})
    by_fit = {(each.line_id is not None, bool(each.source)): each for each in found}
    for fit in ((True, True), (False, True), (True, False), (False, False)):
        if fit in by_fit:
            return Chosen(by_fit[fit], why_of(by_fit[fit]))
    return None


def why_of(template: RFCTemplate) -> str:
    """Why a template was taken, as a sentence."""
    line, source = template.line, source_name(template.source)
    if line and source:
        return _("It is the template for %(line)s where the source is %(source)s.") % {
            "line": line.name,
            "source": source,
        }
    if source:
        return _("It is the template for the source %(source)s.") % {"source": source}
    if line:
        return _("It is the template for %(line)s.") % {"line": line.name}
    return _("It is the template for everything that has none of its own.")


def sources() -> list[tuple[str, str]]:
    """Sources of initiatives as (slug, name): the house above keeps them."""
    initiative: Any = RFC._meta.get_field("initiative").related_model
    source: Any = initiative._meta.get_field("source").related_model
    return [(each.slug, str(each)) for each in source.objects.all()]


def source_name(slug: str) -> str:
    """A source in words."""
    return dict(sources()).get(slug, slug) if slug else ""


def counted(found: QuerySet[RFCTemplate]) -> QuerySet[RFCTemplate]:
    """Templates with how many RFCs began with them, and how many of those are undecided."""
    return found.select_related("line", "made_by").annotate(
        begun=Count("begun_rfcs", distinct=True),
        still_open=Count("begun_rfcs", filter=Q(begun_rfcs__phase__in=UNDECIDED), distinct=True),
    )


def changes(before: Iterable[Any], after: Sequence[Any]) -> list[SectionChange]:
    """What a new version says differently, section by section, removed ones last."""
    old = {each.slug: (at, each) for at, each in enumerate(before)}
    told = [_change(old.get(each.slug), at, each) for at, each in enumerate(after)]
    kept = {each.slug for each in after}
    gone = [each.heading for slug, (_at, each) in old.items() if slug not in kept]
    return [*told, *(SectionChange(heading, "off", _("no longer asked")) for heading in gone)]


def _change(before: tuple[int, Any] | None, at: int, now: Any) -> SectionChange:
    if before is None:
        return SectionChange(now.heading, "add", _("new section"))
    place, old = before
    said = []
    if old.heading != now.heading:
        said.append(_("another spelling of the heading"))
    if old.guidance != now.guidance:
        said.append(_("another question"))
    if old.required != now.required:
        said.append(_("must be written") if now.required else _("may stay empty"))
    if old.material != now.material:
        said.append(
            _("a change now makes approvals stale")
            if now.material
            else _("a change no longer makes approvals stale")
        )
    if set(old.functions) != set(now.functions):
        said.append(_functions(now.functions))
    if place != at:
        said.append(_("another place"))
    if not said:
        return SectionChange(now.heading, "same", "")
    return SectionChange(now.heading, "change", " · ".join(said))


def _functions(functions: Iterable[str]) -> str:
    named = ", ".join(str(Role(each).label) for each in functions)
    return _("judged by %(who)s") % {"who": named or _("everybody")}


def effects(
    before: RFCTemplate | None, line: Any, source: str, told: Sequence[SectionChange]
) -> list[str]:
    """Whom a new version touches and whom it leaves alone, in sentences. A few queries."""
    whom = _whom(line, source)
    said = [_("%(whom)s start from it as soon as it is saved.") % {"whom": whom}]
    if before is None:
        return said
    moved = (line, source) != (before.line, before.source)
    if not moved and all(each.kind == "same" for each in told):
        return [_("Nothing changed, so saving makes no new version.")]
    begun = before.begun_rfcs.all()
    kept = begun.filter(phase__in=UNDECIDED).count()
    said.append(
        ngettext(
            "%(n)d undecided RFC began with %(name)s and keeps it.",
            "%(n)d undecided RFCs began with %(name)s and keep it.",
            kept,
        )
        % {"n": kept, "name": before}
    )
    if moved:
        was = _whom(before.line, before.source)
        said.append(_("%(whom)s no longer start from it.") % {"whom": was})
    return said


def _whom(line: Any, source: str) -> str:
    told = {"line": line.name if line else "", "source": source_name(source)}
    if line and source:
        return _("New RFCs of %(line)s from %(source)s") % told
    if line:
        return _("New RFCs of %(line)s") % told
    if source:
        return _("New RFCs from %(source)s") % told
    return _("New RFCs that no other template fits")
