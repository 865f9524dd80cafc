"""A KPI is introduced and changed; one KPI is said to drive another."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Person
from config.flow.errors import Conflict, NotAllowed, NotYours
from config.flow.keys import next_number
from config.flow.versions import write
from kpis.actions.news import tell_of_edit
from kpis.models import KPI, MetricLink, Scope
from kpis.permissions import keepers, manages_kpi, may_add_kpi
from kpis.queries import reaches


@transaction.atomic
def introduce_kpi(*, actor: Person, guardrails: Iterable[KPI] = (), **facts: Any) -> KPI:
    """Create a KPI under the next key. `facts` are the fields of `KPI`; the actor owns it unless
    `owner` is named. A team's KPI belongs to the team's line.
    """
    if not may_add_kpi(actor):
        raise NotYours(
            "KPIs are introduced by product managers, business leaders and the chief product officer."
        )
    facts.setdefault("owner", actor)
    kpi = KPI.objects.create(number=next_number("KPI"), **_settled(facts))
    kpi.guardrails.set(guardrails)
    return kpi


@transaction.atomic
def change_kpi(
    *,
    kpi: KPI,
    actor: Person,
    seen_version: int | None,
    guardrails: Iterable[KPI] | None = None,
    **facts: Any,
) -> KPI:
    """Change the definition of a KPI. Raises Conflict when somebody saved it meanwhile."""
    must_keep(actor, kpi)
    locked = KPI.objects.select_for_update(no_key=True).get(pk=kpi.pk)
    before = locked.row_version
    guards = _new_guardrails(locked, guardrails, seen_version)
    changed = write(locked, seen_version=seen_version, **_settled(facts))
    if guards is not None:
        changed.guardrails.set(guards)
        if changed.row_version == locked.row_version:
            changed.row_version += 1
            changed.save(update_fields=["row_version"])
    if changed.row_version != before:
        tell_of_edit(changed, actor)
    return changed


def _new_guardrails(
    kpi: KPI, wanted: Iterable[KPI] | None, seen_version: int | None
) -> set[int] | None:
    """The ids to set, None when nothing changes; Conflict when they would undo another's change."""
    ids = None if wanted is None else {guard.pk for guard in wanted} - {kpi.pk}
    if ids is None or ids == set(kpi.guardrails.values_list("pk", flat=True)):
        return None
    if seen_version not in (None, kpi.row_version):
        raise Conflict(
            "Somebody saved this KPI while you were writing. Nothing was lost.", theirs=kpi, mine={}
        )
    return ids


@transaction.atomic
def link_metrics(*, driver: KPI, driven: KPI, actor: Person, **facts: Any) -> MetricLink:
    """Say how `driver` moves `driven`. Refuses a loop. `facts` are the other fields of the link."""
    must_keep(actor, driven)
    list(
        KPI.objects.select_for_update(no_key=True)
        .filter(pk__in=[driver.pk, driven.pk])
        .order_by("pk")
    )
    if driver == driven or reaches(start=driven, goal=driver):
        raise NotAllowed(
            f"“{driven}” already drives “{driver}”; a link back would close a loop.",
            link=driver.get_absolute_url(),
        )
    try:
        with transaction.atomic():
            return MetricLink.objects.create(driver=driver, driven=driven, **facts)
    except IntegrityError:
        raise NotAllowed(f"“{driver}” is already linked to “{driven}”.") from None


@transaction.atomic
def unlink_metrics(*, link: MetricLink, actor: Person) -> None:
    """Take the link away; its history stays."""
    must_keep(actor, link.driven)
    link.delete()


def must_keep(actor: Person, kpi: KPI) -> None:
    """Raise NotYours unless the person keeps this KPI."""
    if not manages_kpi(actor, kpi):
        names = ", ".join(keepers(kpi))
        raise NotYours(
            f"“{kpi}” is kept by its owner and the leaders of its line ({names}).",
            link=kpi.get_absolute_url(),
        )


def _settled(facts: dict[str, Any]) -> dict[str, Any]:
    """The scope decides which of line, team and sub-team count; bands exist only in a band."""
    settled = dict(facts)
    scope = settled.get("scope")
    sub_team, team = settled.get("sub_team"), settled.get("team")
    if scope == Scope.SUB_TEAM and sub_team:
        settled |= {"team": sub_team.team, "line": sub_team.team.line}
    elif scope == Scope.TEAM and team:
        settled |= {"sub_team": None, "line": team.line}
    elif scope == Scope.LINE:
        settled |= {"sub_team": None, "team": None}
    elif scope == Scope.COMPANY:
        settled |= {"sub_team": None, "team": None, "line": None}
    if settled.get("direction", "band") != "band":
        settled |= {"band_low": None, "band_high": None}
    return settled
