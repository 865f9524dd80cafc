"""The rows of Home that come from initiatives: triage, deadlines, steps, lines' answers, Jira."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Min, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Role
from accounts.permissions import has_role, lines_of
from config.batch import Asker
from config.calendar import working_days
from config.web.words import beginning
from initiatives import permissions as may
from initiatives.models import Initiative, InitiativeLine, InitiativeStep, JiraItem, Referral
from initiatives.phases import ACTIVE, phase_of, words
from initiatives.queries.home import Need, needs
from initiatives.queries.lists import own_triage, triage_queue
from initiatives.queries.waiting import turn_of
from rfc.queries.home import awaited_by

MOST = 20


def age_of(moment: Any) -> float:
    return working_days(moment, timezone.now())


@needs
def requests_to_triage(person: Any) -> Asker:
    """One row for all new requests a product manager may triage."""
    if not has_role(person, Role.PRODUCT_MANAGER):
        return
    ((count, oldest),) = (yield lambda: _to_triage(person)) or [(0, None)]
    if count:
        yield Need(
            kind="triage",
            icon="funnel",
            title=ngettext("%d new request", "%d new requests", count) % count,
            href="/intake",
            meta=_("Intake · each asks for a decision with a reason"),
            action=_("Triage"),
            age=age_of(oldest),
            value=count,
        )


def _to_triage(person: Any) -> Any:
    """How many requests a product manager may triage, and since when the oldest waits."""
    queue = triage_queue(person).filter(own_triage(person) or Q())
    queue = queue.order_by().values(all=Value(1))
    return queue.annotate(n=Count("id"), oldest=Min("created_at")).values_list("n", "oldest")


@needs
def deadlines(person: Any) -> Asker:
    """Requests with a date set from outside that nobody owns, for those who may name an owner."""
    lines = lines_of(person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER)
    rows = (
        Initiative.objects.visible_to(person)
        .filter(deadline_date__isnull=False, owner=None, phase="intake")
        .filter(Q(line__in=lines) | Q(line=None))
        .select_related("line")
        .order_by("deadline_date")[:MOST]
    )
    if not has_role(person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER):
        return
    for row in (yield rows):
        where = row.line.name if row.line else _("any line")
        day = row.deadline_date.strftime("%-d %b") if row.deadline_date else ""
        told = {"key": row.key, "day": day, "where": where}
        yield Need(
            kind="deadline",
            icon="flag",
            title=row.title,
            href=f"/intake?at={row.key}",
            meta=_("%(key)s · deadline %(day)s · nobody in %(where)s owns it") % told,
            action=_("Assign"),
            legal_date=row.deadline_date,
        )


@needs
def steps_of_mine(person: Any) -> Asker:
    """Initiatives whose next step is this person's to take, longest over its time first."""

    def asked() -> Any:
        mine = Initiative.objects.visible_to(person).filter(turn_of(person, ACTIVE))
        return mine.order_by("state_entered_at")[:MOST]

    for row in (yield asked):
        numbered = phase_of(row.phase)
        expected = numbered.expected if numbered and numbered.expected else 10
        age = age_of(row.state_entered_at)
        told = {"key": row.key, "phase": words(row.phase), "days": int(age), "usual": expected}
        over = _("%(key)s · %(phase)s for %(days)d d, expected %(usual)d d")
        inside = _("%(key)s · %(phase)s, the next step is yours")
        yield Need(
            kind="step",
            icon="circle-check",
            title=row.title,
            href=row.get_absolute_url(),
            meta=(over if age > expected else inside) % told,
            action=_("Open gate"),
            legal_date=row.deadline_date if pressing(row.deadline_date) else None,
            age=age,
            expected=expected,
            about=row.pk,
        )


def pressing(day: Any) -> bool:
    """Whether a date set from outside is near enough to say so."""
    return bool(day and (day - timezone.localdate()).days <= 30)


@needs
def referrals_to_answer(person: Any) -> Asker:
    """Referrals that ask the CPO or a delegate."""
    for row in (yield lambda: _referrals_asking(person)):
        told = {"key": row.initiative.key, "n": row.touched, "day": row.due_date.strftime("%-d %b")}
        yield Need(
            kind="referral",
            icon="waypoints",
            title=row.initiative.title,
            href=row.get_absolute_url(),
            meta=_("%(key)s touches %(n)d lines · answer due %(day)s") % told,
            action=_("Decide"),
            about=row.initiative_id,
            blocked=row.touched,
            age=age_of(row.asked_at),
            expected=settings.REFERRAL_PROMISE_DAYS,
        )


def _referrals_asking(person: Any) -> Any:
    asked = Referral.objects.visible_to(person).filter(phase="asked")
    asked = asked.exclude(initiative__phase__in=["declined", "duplicate", "closed"])
    if not may.answers_referrals(person):
        in_time = Q(delegate_until=None) | Q(delegate_until__gte=timezone.localdate())
        asked = asked.filter(in_time, delegate=person)
    rows = asked.select_related("initiative").annotate(touched=Count("initiative__lines"))
    return rows.order_by("due_date")[:MOST]


@needs
def lines_to_answer(person: Any) -> Asker:
    """Further lines whose answer this person may give and has not given."""
    for row in (yield lambda: _lines_unanswered(person)):
        told = {"key": row.initiative.key, "line": row.line.name}
        yield Need(
            kind="line",
            icon="waypoints",
            title=row.initiative.title,
            href=row.initiative.tab_url("referral"),
            meta=_("%(key)s · %(line)s has not answered") % told,
            action=_("Answer"),
            about=row.initiative_id,
            blocked=1,
            age=age_of(row.added_at),
            expected=settings.LINE_ANSWER_DAYS,
        )


def _lines_unanswered(person: Any) -> Any:
    lines = lines_of(person, Role.BUSINESS_LEADER, Role.PRODUCT_MANAGER)
    rows = InitiativeLine.objects.filter(answer="none", line__in=lines)
    # Whatever touches a second line has a referral; they are few, and lines that lead are many.
    rows = rows.filter(initiative__in=Referral.objects.order_by().values("initiative"))
    rows = rows.exclude(line=F("initiative__line"))
    rows = rows.filter(initiative__phase__in=ACTIVE).select_related("initiative", "line")
    return rows.order_by("added_at")[:MOST]


@needs
def pushes_to_mend(person: Any) -> Asker:
    """Pushes to Jira that were refused or died, one row per initiative."""

    def asked() -> Any:
        mine = Q(initiative__tpm=person) | Q(initiative__line__in=lines_of(person, Role.TPM))
        return (
            JiraItem.objects.filter(mine, Q(sync__in=["refused", "gone"]) | Q(state="dead"))
            .values("initiative__number", "initiative__title")
            .annotate(n=Count("id"))
            .order_by("initiative__number")[:MOST]
        )

    for row in (yield asked):
        told = {"key": f"INI-{row['initiative__number']}", "n": row["n"]}
        yield Need(
            kind="push",
            icon="square-kanban",
            title=row["initiative__title"],
            href=f"/initiatives/{told['key']}/push",
            meta=_("%(key)s · %(n)d items are not in Jira as agreed") % told,
            action=_("Mend push"),
            blocked=1,
        )


@needs
def mine_that_were_decided(person: Any) -> Asker:
    """Requests of this person that were declined or sent to sleep within the last week."""
    since = timezone.now() - timedelta(days=7)
    rows = (
        InitiativeStep.objects.filter(
            taken=True,
            at__gte=since,
            subject__requester=person,
            step__in=["decline", "mark-duplicate", "snooze"],
        )
        .exclude(actor=person)
        .select_related("subject")
        .order_by("-at")[:MOST]
    )
    for row in (yield rows):
        told = {"key": row.subject.key, "who": row.actor_name, "note": beginning(row.note)}
        yield Need(
            kind="decided",
            icon="mail-open",
            title=row.subject.title,
            href=row.subject.tab_url("receipt"),
            meta=_("%(key)s · %(who)s decided: “%(note)s”") % told,
            action=_("Read"),
        )


@needs
def rfcs_that_await(person: Any) -> Asker:
    """RFCs that wait for a position, a look or their author."""
    icons = {"look": "eye", "publish": "send", "unblock": "octagon-x", "expiry": "hourglass"}
    for row in (yield from awaited_by(person)):
        decides = row.kind in {"position", "reaffirm", "unblock"}
        yield Need(
            kind="rfc",
            icon=icons.get(row.kind, "file-check"),
            title=row.rfc.title,
            href=row.rfc.get_absolute_url(),
            meta=f"{row.rfc.key} · {row.why}",
            action=row.action,
            action_href=row.href,
            blocked=int(decides),
            age=age_of(row.since),
            expected=5,
        )
