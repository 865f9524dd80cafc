"""Rows of Home about the whole: collisions, phases past their time, KPIs off track, crossings."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role
from accounts.permissions import lines_of
from config.batch import Asker, alone
from initiatives import permissions as may
from initiatives.lifecycle.initiative import LIVE
from initiatives.models import Initiative, KpiPromise
from initiatives.phases import EIGHT
from initiatives.queries.collisions import glance
from initiatives.queries.home import Need, needs
from initiatives.queries.needs import age_of
from kpis.cards import status_in_words
from kpis.models import KPI
from kpis.queries import ask_standings

MOST_KPIS = 200
SHOWN = 6
WEEK = timedelta(days=7)
WEEKEND = 5


@needs
def collisions_across_lines(person: Any) -> Asker:
    """One row for all pairs nobody judged, for whoever coordinates."""
    if not may.answers_referrals(person):
        return
    found = glance(person).found
    if found.rows:
        pair = found.rows[0]
        told = {"first": pair.first.key, "second": pair.second.key, "what": pair.shared[0].name}
        yield Need(
            kind="collision",
            icon="radar",
            title=ngettext("%d collision across lines", "%d collisions across lines", found.total)
            % found.total,
            href="/portfolio/collisions",
            meta=_("%(first)s and %(second)s meet in “%(what)s”") % told,
            action=_("Look"),
            expected=5,
        )


@needs
def phases_past_their_time(person: Any) -> Asker:
    """For the CPO: one row per phase in which initiatives stay longer than expected."""
    if not may.answers_referrals(person):
        return
    timed = [phase for phase in EIGHT if phase.expected]
    late = Q()
    for phase in timed:
        late |= Q(phase__in=phase.states, state_entered_at__lt=_before(phase.expected or 0))
    rows = Initiative.objects.visible_to(person).filter(late).order_by()
    counted = rows.values_list("phase").annotate(n=Count("pk"), oldest=Min("state_entered_at"))
    found = {state: (n, oldest) for state, n, oldest in (yield counted)}
    for phase in timed:
        state = phase.states[0]
        if state in found:
            n, oldest = found[state]
            told = {"phase": phase.name, "n": n, "days": phase.expected}
            yield Need(
                kind="late",
                icon="hourglass",
                title=_("%(phase)s: %(n)d longer than %(days)d d") % told,
                href=f"/initiatives?phase={state}&sort=-age",
                meta=_("the oldest has waited %d working days") % int(age_of(oldest)),
                action=_("Open"),
                age=age_of(oldest),
                expected=phase.expected or 1,
            )


def _before(days: int) -> Any:
    """The moment so many working days ago."""
    moment = timezone.now()
    while days:
        moment -= timedelta(days=1)
        days -= moment.weekday() < WEEKEND
    return moment


def _unmoved(person: Any) -> Any:
    """KPIs that no live initiative promises to move."""
    promised = KpiPromise.objects.filter(kpi=OuterRef("pk"), initiative__phase__in=LIVE)
    return KPI.objects.visible_to(person).exclude(Exists(promised))


def kpis_without_initiative(person: Any, lines: set[int] | None = None) -> list[dict[str, Any]]:
    """KPIs off track that nothing under way promises to move; two queries."""
    return alone(_told(person, lines))


def _told(person: Any, lines: set[int] | None) -> Asker:
    yield from (yield from _unmoved_off_track(person, lines))


def _unmoved_off_track(person: Any, lines: set[int] | None) -> Asker:
    rows = _unmoved(person)
    if lines is not None:
        rows = rows.filter(line__in=lines)
    found = yield from ask_standings((yield rows.order_by("number")[:MOST_KPIS]), trends=False)
    return [
        {"name": s.kpi.name, "href": s.kpi.get_absolute_url(), "words": status_in_words(s)}
        for s in found
        if s.status == "off_track"
    ][:SHOWN]


@needs
def kpis_off_track(person: Any) -> Asker:
    """For the CPO all lines, for a business leader the own ones."""
    lines = lines_of(person, Role.BUSINESS_LEADER)
    everywhere = may.answers_referrals(person)
    if not everywhere and not lines:
        return
    asked = _unmoved_off_track(person, None if everywhere else lines)
    for kpi in (yield from asked):
        yield Need(
            kind="kpi",
            icon="chart-line",
            title=kpi["name"],
            href=kpi["href"],
            meta=_("off track, and no live initiative promises to move it"),
            action=_("Open"),
            expected=5,
        )


@needs
def kpi_crossings(person: Any) -> Asker:
    """KPIs this person answers for whose newest value crossed its target this week."""
    own = KPI.objects.visible_to(person).filter(owner=person.pk).order_by("number")[:MOST_KPIS]
    for found in (yield from ask_standings((yield own))):
        said = _crossed(found)
        if said and found.reading:
            yield Need(
                kind="kpi",
                icon="chart-line",
                title=said % {"kpi": found.kpi.name},
                href=found.kpi.get_absolute_url(),
                meta=_("measured for %s") % f"{found.reading.day:%-d %b}",
                action=_("Open"),
                expected=5,
            )


def _crossed(found: Any) -> str:
    """In which direction the last value crossed the target, or nothing."""
    recent = [v for v in found.values if v is not None][-2:]
    if found.target is None or len(recent) < 2 or found.reading is None:
        return ""
    if found.reading.day < timezone.localdate() - WEEK - WEEK:
        return ""
    goal = found.target.value
    before, now = (found.kpi.aim.badness(v) for v in recent)
    if found.kpi.aim.direction == "band":
        reached = (before > 0, now > 0)
    else:
        up = found.kpi.aim.direction == "up"
        reached = tuple((v < goal) if up else (v > goal) for v in recent)
    if reached == (True, False):
        return _("%(kpi)s crossed its target")
    return _("%(kpi)s fell behind its target") if reached == (False, True) else ""
