"""What the push tests share: a connected line, a sprint-ready initiative, rows worked by hand."""

from django.db.models.functions import Now

from config.due.jobs import run_here
from config.due.models import DueState, Job
from initiatives.actions.jira_connection import connect_jira
from initiatives.actions.jira_push import apply_push
from initiatives.models import JiraConnection, JiraItem
from tests.factories.walks import sprint_ready

EMAIL, TOKEN = "gateline@example.com", "sandbox-token"


def connect(cast, url, token=TOKEN, project="GATE"):
    """Connect the line Payments and check it as a worker would."""
    connection, job = connect_jira(
        line=cast.payments,
        actor=cast.tpm,
        base_url=url,
        email=EMAIL,
        token=token,
        project_key=project,
    )
    run_here(job)
    return JiraConnection.objects.get(pk=connection.pk)


def ready(cast, titles=("See it", "Confirm it")):
    return sprint_ready(cast, titles=titles).initiative


def push(cast, initiative):
    return apply_push(initiative=initiative, actor=cast.tpm)


def work_all(rounds=12):
    """Work on due rows until nothing moves, parents first; what must wait is left waiting."""
    for _ in range(rounds):
        due = JiraItem.objects.filter(state=DueState.DUE, due_at__lte=Now()).order_by("pk")
        outcomes = [run_here(row) for row in due]
        if not outcomes or set(outcomes) == {"later"}:
            break
    for job in Job.objects.filter(state=DueState.DUE, kind="jira.push"):
        run_here(job)


def hurry():
    """Everything that waits is due now."""
    JiraItem.objects.filter(state=DueState.DUE).update(due_at=Now())


def writes(sandbox):
    """The requests that changed Jira."""
    reads = ("/search/", "/bulkfetch")
    return [
        each
        for each in sandbox.requests()
        if each["method"] != "GET" and not any(part in each["path"] for part in reads)
    ]
