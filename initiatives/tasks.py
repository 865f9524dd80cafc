"""Jobs and periodic work of initiatives; every process that starts knows them."""

from django.utils.translation import gettext_lazy as _

from config.due.jobs import job
from config.due.periodic import every
from initiatives.actions.jira_connection import CHECK, check_connection
from initiatives.actions.jira_push import PUSH, follow_push
from initiatives.actions.jira_read import READ, poll_all, read_everything_next, read_now

job(CHECK, label=str(_("Check of a Jira connection")))(check_connection)
job(PUSH, label=str(_("Push to Jira")))(follow_push)
job(READ, label=str(_("Reading from Jira")))(read_now)


@every(name="jira.poll", minutes=5)
def poll_jira() -> None:
    """Status, points and drift of linked issues are read back; may run twice."""
    poll_all()


@every(name="jira.reconcile", hours=24)
def reconcile_jira() -> None:
    """Once a day everything is read, not only what the search calls changed; may run twice."""
    read_everything_next()
