"""Applying a push: rows for the issues, a Job that follows them, and what raises `wanted` again."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from config.due.errors import TryLater
from config.due.jobs import rearm, start_job
from config.due.models import DueState, Job
from config.flow.errors import NotAllowed, NotYours
from initiatives import permissions as may
from initiatives.jira.compare import Rule
from initiatives.jira.plan import Plan, PlanItem, plan_push
from initiatives.models import Initiative, JiraItem, Ticket

PUSH = "jira.push"
PAUSE, LONGEST_PAUSE = 1.0, 5.0
UNDER_NOTHING = timedelta(hours=1)
LEVELS = ("epic", "ticket", "subtask")
Sync = JiraItem.Sync


def _must_push(actor: Person, initiative: Initiative) -> None:
    if not may.may_push(actor, initiative):
        who = ", ".join(may.plans_delivery_of.who(initiative)) or may.plans_delivery_of.label
        raise NotYours(_("%(key)s is pushed by %(who)s.") % {"key": initiative.key, "who": who})


@transaction.atomic
def apply_push(*, initiative: Initiative, actor: Person) -> Job:
    """Do what the plan says. Applying it again touches only what failed or changed meanwhile."""
    _must_push(actor, initiative)
    locked = Initiative.objects.select_for_update(no_key=True).get(pk=initiative.pk)
    plan = plan_push(locked)
    if plan.blocks:
        raise NotAllowed(*(each.sentence for each in plan.blocks), link=plan.blocks[0].link)
    job = start_job(
        kind=PUSH,
        owner=actor,
        title=_("Push %(key)s to Jira") % {"key": locked.key},
        total=len(plan.items),
    )
    told = {"create": _created(plan, job), "change": _changed(plan, job)}
    counts = {"unchanged": plan.counts["unchanged"], "refused": plan.counts["refused"]}
    said = [f"{each.title}: {' '.join(each.refusals)}" for each in plan.of("refused")]
    job.payload = {"initiative": locked.number, **told, **counts, "said": said}
    job.save(update_fields=["payload"])
    return job


def _created(plan: Plan, job: Job) -> list[int]:
    """Rows for issues that are not there, parents first, so that every row names its parent."""
    wanted = plan.of("create")
    for level in LEVELS:
        fresh = [each.item for each in wanted if each.item.level == level and not each.item.pk]
        for item in fresh:
            item.job = job
            item.parent = item.parent  # Its parent was saved a level above; take over the key.
            if item.parent and not item.parent.issue_id:
                item.due_at = timezone.now() + UNDER_NOTHING  # Called as soon as there is one.
        JiraItem.objects.bulk_create(fresh)
    _want_again([each for each in wanted if each.item.job_id != job.pk], job)
    return [each.item.pk for each in wanted]


def _changed(plan: Plan, job: Job) -> list[int]:
    wanted = plan.of("change")
    _want_again(wanted, job)
    return [each.item.pk for each in wanted]


def _want_again(wanted: list[PlanItem], job: Job) -> None:
    rows = JiraItem.objects.filter(pk__in=[each.item.pk for each in wanted])
    rows.update(job=job, rfc_revision=wanted[0].item.rfc_revision if wanted else "")
    for row in rows.filter(state=DueState.DEAD):
        rearm(row, actor=job.owner)
    rows.filter(Q(state=DueState.DONE) | Q(done__gt=0)).want()


def follow_push(job: Job) -> None:
    """The Job: counts how its rows end; waits by a due time, never by sleeping."""
    create, change = job.payload["create"], job.payload["change"]
    rows = {row.pk: row for row in JiraItem.objects.filter(pk__in=[*create, *change])}
    ends = {pk: _end(rows.get(pk), rows) for pk in [*create, *change]}
    ended = [pk for pk, end in ends.items() if end]
    fixed = job.payload["unchanged"] + job.payload["refused"]
    job.progress(
        len(ended) + fixed,
        len(ends) + fixed,
        created=sum(ends[pk] == "ok" for pk in create),
        changed=sum(ends[pk] == "ok" for pk in change),
        unchanged=job.payload["unchanged"],
        refused=job.payload["refused"] + sum(end == "refused" for end in ends.values()),
        unknown=sum(row.sync == Sync.UNKNOWN for row in rows.values()),
    )
    if len(ended) < len(ends):
        raise TryLater(PAUSE if ended else PAUSE / 2, _("Issues are still being sent."))
    for sentence in [*job.payload["said"], *_words(rows.values())]:
        job.note(sentence, level="warning")


def _end(row: JiraItem | None, rows: dict[int, JiraItem]) -> str:
    """How a row ended: "ok", "refused", or nothing while it is under way."""
    if row is None:
        return "refused"
    if row.state == DueState.DEAD:
        return "refused"
    if row.state == DueState.DONE:
        return "ok" if row.sync == Sync.SYNCED else "refused"
    above = rows.get(row.parent_id or 0)
    if above and not above.issue_id and _end(above, rows) == "refused":
        return "refused"
    return ""


def _words(rows: Any) -> list[str]:
    told = [row for row in rows if row.sync != Sync.SYNCED and (row.message or row.last_error)]
    return [f"{row.describe()}: {row.message or row.last_error}" for row in told]


def want_ticket(ticket: Ticket) -> int:
    """Its text or parts changed: issues there or under way are due again. Never makes new ones."""
    mine = Q(ticket=ticket) | Q(sub_task__ticket=ticket)
    rows: int = JiraItem.objects.filter(mine).exclude(issue_id="", state=DueState.DONE).want()
    return rows


@transaction.atomic
def try_again(*, item: JiraItem, actor: Person) -> bool:
    """Make a refused, dead or waiting row due now."""
    _must_push(actor, item.initiative)
    rows = JiraItem.objects.filter(pk=item.pk)
    if rearm(item, actor=actor):
        return True
    if item.state == DueState.DONE:
        return bool(rows.want())
    return bool(rows.filter(lease_token=None).update(due_at=Now()))


@transaction.atomic
def resolve_drift(*, item: JiraItem, actor: Person, field: str, rule: str) -> JiraItem:
    """Keep our text or take Jira's for one field; the next run does it."""
    _must_push(actor, item.initiative)
    locked = JiraItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    if field not in locked.drift or rule not in {Rule.OURS, Rule.THEIRS}:
        raise NotAllowed(_("This difference is settled already."))
    locked.touch(drift={**locked.drift, field: {**locked.drift[field], "rule": rule}})
    JiraItem.objects.filter(pk=item.pk).want()
    return locked
