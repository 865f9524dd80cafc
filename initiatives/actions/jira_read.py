"""Reading back from Jira: status, points and drift of linked issues, by polling and on request.

Nothing here raises `wanted` (J69), and nothing here writes to Jira.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from config.due.jobs import start_job
from config.due.models import DueState, Job
from config.seal import SealBroken
from initiatives.jira import errors, mapping
from initiatives.jira.answers import Issue
from initiatives.jira.desired import desired_of
from initiatives.jira.mapping import PROPERTY
from initiatives.jira.reach import offered, open_jira, rules_of, signed_out, slowed
from initiatives.jira.reading import Reading, moment
from initiatives.models import Initiative, JiraConnection, JiraItem

READ = "jira.read"
BATCH = 100
RELATED = ("connection", "initiative__deep_dive", "ticket", "sub_task__ticket", "parent")


def ask_to_read(
    *, actor: Person, initiative: Initiative | None = None, connection: JiraConnection | None = None
) -> Job:
    """Start the Job that reads the issues of an initiative or of a whole connection now."""
    subject = initiative.key if initiative else connection
    told = {"initiative": initiative.pk if initiative else None}
    told["connection"] = connection.pk if connection else None
    title = _("Read %(what)s from Jira") % {"what": subject}
    return start_job(kind=READ, owner=actor, title=title, payload=told)


def read_now(job: Job) -> None:
    """The Job behind "Read now"."""
    rows = JiraItem.objects.exclude(issue_id="")
    if job.payload["initiative"]:
        rows = rows.filter(initiative=job.payload["initiative"])
    if job.payload["connection"]:
        rows = rows.filter(connection=job.payload["connection"])
    read = 0
    total = rows.count()
    found = JiraConnection.objects.filter(pk__in=rows.values("connection"))
    for connection in found.select_related("line"):
        mine = rows.filter(connection=connection)
        keys = list(mine.order_by("pk").values_list("issue_id", flat=True))
        for start in range(0, len(keys), BATCH):
            job.check_cancel()
            read += read_issues(connection, keys[start : start + BATCH])
            job.progress(min(start + BATCH, total), total, read=read)
    job.progress(total, total, read=read)


def poll_all() -> None:
    """Every connection in use: what changed in Jira since the last look."""
    ready = JiraConnection.objects.filter(state=JiraConnection.State.READY)
    for connection in ready.select_related("line"):
        if not connection.limited_until or connection.limited_until < timezone.now():
            _quietly(connection)


def read_everything_next() -> None:
    """Forget the cursors, so that the next poll reads every linked issue by its id (J57)."""
    JiraConnection.objects.update(poll_cursor=None)


def _quietly(connection: JiraConnection) -> None:
    # One line's trouble must not keep the others from being read.
    try:
        poll(connection)
    except errors.BadCredentials as error:
        signed_out(connection, error)
    except errors.Limited as error:
        slowed(connection, error)
    except (errors.JiraError, SealBroken):
        return


def poll(connection: JiraConnection) -> int:
    """Read what changed since the cursor; the cursor is the start of the run minus the overlap."""
    started = timezone.now()
    linked = JiraItem.objects.filter(connection=connection).exclude(issue_id="")
    read = 0
    known = offered(connection)
    if known and connection.poll_cursor is None:
        keys = list(linked.values_list("issue_id", flat=True))
        for start in range(0, len(keys), BATCH):
            read += read_issues(connection, keys[start : start + BATCH])
    elif known and connection.poll_cursor:
        since = int(connection.poll_cursor.timestamp() * 1000)
        jql = f'project = "{connection.project_key}" AND updated >= {since} ORDER BY updated ASC'
        with open_jira(connection) as jira:
            names = mapping.read_fields(known, rules_of(known))
            issues = list(jira.search_all(jql, fields=names, properties=[PROPERTY]))
        read = take_in(connection, issues)
    overlap = timedelta(minutes=settings.JIRA_POLL_OVERLAP_MINUTES)
    rows = JiraConnection.objects.filter(pk=connection.pk)
    rows.update(poll_cursor=started - overlap, polled_at=started)
    return read


def read_issues(connection: JiraConnection, keys: list[str]) -> int:
    """Read issues by id, straight from the store, and keep what they say."""
    known = offered(connection)
    if known is None or not keys:
        return 0
    names = mapping.read_fields(known, rules_of(known))
    with open_jira(connection) as jira:
        found = jira.issues(keys, fields=names, properties=[PROPERTY])
    # Whether a missing one is gone is for its own row to find out, by several reads.
    missing = JiraItem.objects.filter(connection=connection, issue_id__in=found.missing)
    missing.filter(state=DueState.DONE).exclude(sync=JiraItem.Sync.GONE).want()
    return take_in(connection, found.issues)


def take_in(connection: JiraConnection, issues: Iterable[Issue]) -> int:
    """Keep status, points and drift of the linked ones among these issues; returns how many."""
    by_id = {issue.id: issue for issue in issues}
    rows = JiraItem.objects.filter(connection=connection, issue_id__in=by_id)
    parts = ("ticket__criteria", "ticket__test_cases")
    read = 0
    for item in rows.select_related(*RELATED).prefetch_related(*parts):
        read += _take_one(item, by_id[item.issue_id])
    return read


def _take_one(item: JiraItem, issue: Issue) -> int:
    desired, known = desired_of(item), offered(item.connection)
    seen_at = moment(issue.updated)
    older = seen_at and item.jira_updated_at and seen_at < item.jira_updated_at
    if desired is None or known is None or older:
        return 0
    parent_id = item.parent.issue_id if item.parent else ""
    reading = Reading(item, desired, issue, known, rules_of(known), parent_id=parent_id)
    columns = reading.status_columns()
    if item.snapshot:
        columns = reading.columns(
            settled=_taken(reading), open_acts=reading.acts(), labels_sent=False
        )
    # A row that is being worked on reads for itself.
    idle = JiraItem.objects.filter(pk=item.pk, lease_token=None, wanted=item.wanted)
    return idle.update(**columns)


def _taken(reading: Reading) -> set[mapping.Name]:
    acts = reading.acts()
    return {name for name, act in acts.items() if act.value in {"take in", "note as synced"}}
