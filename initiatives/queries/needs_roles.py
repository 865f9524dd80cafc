"""Rows of Home by role: questions, stale evidence, silence, designs, orders, capacity, conditions."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.permissions import lines_of
from config.batch import Asker
from config.web.words import beginning
from initiatives.models import (
    DesignComment,
    Evidence,
    Initiative,
    InitiativeComment,
    InitiativeStep,
    LineCondition,
    Mention,
    MockupVersion,
    Ranking,
    Study,
)
from initiatives.phases import ACTIVE
from initiatives.queries.home import Need, needs
from initiatives.queries.needs import MOST, age_of

LOOKED_AT = 200
BEFORE_RFC = ("discovery", "rfc")


@needs
def questions(person: Any) -> Asker:
    """Threads that name this person and wait for an answer."""
    rows = Mention.objects.filter(
        person=person.pk, read_at=None, comment__parent__resolved_at=None,
        comment__resolved_at=None,
    ).select_related("comment__initiative", "comment__author")  # fmt: skip
    for row in (yield rows.order_by("pk")[:MOST]):
        said: Any = row.comment
        told = {"key": said.initiative.key, "who": said.author, "text": beginning(said.text)}
        tab = "referral" if said.line_id else "activity"
        yield Need(
            kind="mention",
            icon="message-square",
            title=said.initiative.title,
            href=f"{said.initiative.tab_url(tab)}#comment-{said.pk}",
            meta=_("%(key)s · %(who)s: “%(text)s”") % told,
            action=_("Reply"),
            about=said.initiative_id,
            blocked=1,
            age=age_of(said.at),
            expected=2,
        )


def _owned(person: Any) -> Any:
    return Initiative.objects.visible_to(person).filter(owner=person.pk)


@needs
def evidence_past_its_shelf(person: Any) -> Asker:
    """Own initiatives before their RFC whose newest evidence is older than the shelf life."""

    def asked() -> Any:
        live = Evidence.objects.filter(initiative=OuterRef("pk"), archived_at=None)
        newest = Subquery(live.order_by("-collected_date").values("collected_date")[:1])
        # Of somebody's many only those that stand longest are looked at.
        oldest = _owned(person).filter(phase__in=BEFORE_RFC).order_by("state_entered_at", "-id")
        told = oldest.annotate(newest=newest).values_list("pk", "number", "title", "newest")
        return told[:LOOKED_AT]

    today = timezone.localdate()
    aged = (
        (pk, f"INI-{number}", title, (today - day).days)
        for pk, number, title, day in (yield asked)
        if day
    )
    lapsed = [found for found in aged if found[-1] > settings.STALE_EVIDENCE_DAYS]
    for pk, key, title, days in lapsed[:MOST]:
        yield Need(
            kind="evidence",
            icon="hourglass",
            title=title,
            href=f"/initiatives/{key}/evidence",
            meta=_("%(key)s · the newest evidence is %(days)d days old; validation lapsed")
            % {"key": key, "days": days},
            action=_("Renew it"),
            about=pk,
            age=days,
            expected=settings.STALE_EVIDENCE_DAYS,
        )


@needs
def silent_ones(person: Any) -> Asker:
    """Own initiatives on which nobody said or did anything for a while."""

    def asked() -> Any:
        since = timezone.now() - timedelta(days=settings.UPDATE_REMINDER_DAYS)
        said = InitiativeComment.objects.filter(initiative=OuterRef("pk"), at__gte=since)
        done = InitiativeStep.objects.filter(subject=OuterRef("pk"), at__gte=since)
        rows = _owned(person).filter(phase__in=ACTIVE, changed_at__lt=since, created_at__lt=since)
        rows = rows.exclude(Exists(said)).exclude(Exists(done))
        return rows.order_by("changed_at")[:MOST]

    for row in (yield asked):
        days = (timezone.now() - row.changed_at).days
        yield Need(
            kind="update",
            icon="megaphone",
            title=row.title,
            href=row.tab_url("activity"),
            meta=_("%(key)s · no word for %(days)d days") % {"key": row.key, "days": days},
            action=_("Write"),
            about=row.pk,
            age=days,
            expected=settings.UPDATE_REMINDER_DAYS,
        )


@needs
def designs(person: Any) -> Asker:
    """What a design still lacks: a version, customers, answers to must-fixes."""
    for row in (yield lambda: _designs_of(person)):
        why, action, hash_ = _design_words(row)
        if why:
            yield Need(
                kind="design",
                icon="pen-tool",
                title=row.title,
                href=f"{row.tab_url('design')}{hash_}",
                meta=f"{row.key} · {why}",
                action=action,
                about=row.pk,
                blocked=row.must or 0,
                age=age_of(row.state_entered_at),
                expected=10,
            )


def _designs_of(person: Any) -> Any:
    """Designs that are this person's, with the newest version, its must-fixes and its tests."""
    lines = lines_of(person, Role.DESIGNER)
    mine = Q(designer=person.pk) | Q(designer=None, line__in=lines)
    version = MockupVersion.objects.filter(
        mockup_set__initiative=OuterRef("pk"), fidelity="high"
    ).order_by("-number")
    must = DesignComment.objects.filter(
        version__mockup_set__initiative=OuterRef("pk"), kind="must_fix", resolved_at=None
    ).order_by()
    must_n = must.values("version__mockup_set__initiative").annotate(n=Count("pk")).values("n")
    tested = Study.objects.filter(version=OuterRef("newest"))
    return (
        Initiative.objects.visible_to(person)
        .filter(mine, phase="ux_design")
        .annotate(newest=Subquery(version.values("pk")[:1]), must=Subquery(must_n))
        .annotate(tested=Exists(tested))
        .order_by("state_entered_at")[:MOST]
    )


def _design_words(row: Any) -> tuple[str, str, str]:
    if row.must:
        said = _("%d must-fix is open") if row.must == 1 else _("%d must-fixes are open")
        return said % row.must, _("Open them"), ""
    if row.newest is None:
        return _("the problem is ready, no high-fidelity version yet"), _("Add version"), ""
    if not row.tested:
        return _("the newest version has no session with customers"), _("Run sessions"), "#studies"
    return "", "", ""


@needs
def orders_to_confirm(person: Any) -> Asker:
    """Rankings the other side signed and this person has not."""

    def asked() -> Any:
        leads = lines_of(person, Role.BUSINESS_LEADER)
        manages = lines_of(person, Role.PRODUCT_MANAGER)
        theirs = Q(line__in=leads, pm_signed_at__isnull=False, bl_signed_at=None)
        theirs |= Q(line__in=manages, bl_signed_at__isnull=False, pm_signed_at=None)
        drafts = Ranking.objects.visible_to(person).filter(theirs, phase="draft")
        return drafts.select_related("line").order_by("pk")[:MOST]

    for row in (yield asked):
        signed = row.pm_signed_at or row.bl_signed_at
        who = _("product manager") if row.pm_signed_at else _("business leader")
        yield Need(
            kind="order",
            icon="list-ordered",
            title=_("Order of %(line)s, %(period)s") % {"line": row.line, "period": row.period},
            href=row.get_absolute_url(),
            meta=_("the %s signed; it waits for your signature") % who,
            action=_("Confirm"),
            blocked=1,
            age=age_of(signed),
            expected=3,
        )


@needs
def capacity_exceeded(person: Any) -> Asker:
    """Rankings of the own line that plan more points than the line declared."""
    lines = lines_of(person, Role.BUSINESS_LEADER)
    rows = (
        Ranking.objects.visible_to(person)
        .filter(line__in=lines, phase__in=["draft", "committed"], capacity_points__gt=0)
        .annotate(planned=Sum("entries__points"))
        .filter(planned__gt=F("capacity_points"))
        .select_related("line")
    )
    for row in (yield rows.order_by("pk")[:MOST]):
        told = {"planned": row.planned, "capacity": row.capacity_points}
        yield Need(
            kind="capacity",
            icon="gauge",
            title=_("Capacity of %(line)s, %(period)s") % {"line": row.line, "period": row.period},
            href=row.get_absolute_url(),
            meta=_("%(planned)d points stand in the order, %(capacity)d are there") % told,
            action=_("Open"),
            expected=5,
        )


@needs
def conditions_to_close(person: Any) -> Asker:
    """Open conditions of this person's lines on initiatives that wait for sprint-ready."""
    lines = lines_of(person, Role.BUSINESS_LEADER, Role.PRODUCT_MANAGER)
    rows = LineCondition.objects.filter(
        closed_at=None, share__line__in=lines, share__initiative__phase="deep_dive"
    ).select_related("share__initiative", "share__line")
    for row in (yield rows.order_by("pk")[:MOST]):
        initiative = row.share.initiative
        told = {"key": initiative.key, "line": row.share.line, "text": beginning(row.text)}
        yield Need(
            kind="condition",
            icon="circle-dashed",
            title=initiative.title,
            href=f"{initiative.tab_url('referral')}#line-{row.share.line.slug}",
            meta=_("%(key)s · condition of %(line)s is open: “%(text)s”") % told,
            action=_("Close it"),
            about=initiative.pk,
            blocked=1,
            age=age_of(row.added_at),
            expected=settings.LINE_ANSWER_DAYS,
        )
