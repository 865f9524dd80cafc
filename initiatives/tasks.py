"""Jobs and periodic work of initiatives; every process that starts knows them."""

from django.utils.translation import gettext_lazy as _

from config.due.jobs import job
from config.due.periodic import every
from config.sheets.kinds import register as register_kind
from initiatives.actions.bulk import BULK
from initiatives.actions.exports import EXPORT, forget_old_files
from initiatives.actions.gate_summary import doubt_stale, settle_doubts
from initiatives.actions.import_requests import Requests
from initiatives.actions.jira_connection import CHECK, check_connection
from initiatives.actions.jira_push import PUSH, follow_push
from initiatives.actions.jira_read import READ, poll_all, read_everything_next, read_now
from initiatives.actions.score import fade_scores
from initiatives.tasks_portfolio import run_bulk, run_export, tell_followers

register_kind(Requests())
job(CHECK, label=str(_("Check of a Jira connection")))(check_connection)
job(PUSH, label=str(_("Push to Jira")))(follow_push)
job(BULK, label=str(_("Change of many initiatives")))(run_bulk)
job(EXPORT, label=str(_("Export of initiatives")))(run_export)
job(READ, label=str(_("Reading from Jira")))(read_now)


@every(name="jira.poll", minutes=5)
def poll_jira() -> None:
    """Status, points and drift of linked issues are read back; may run twice."""
    poll_all()


@every(name="jira.reconcile", hours=24)
def reconcile_jira() -> None:
    """Once a day everything is read, not only what the search calls changed; may run twice."""
    read_everything_next()


@every(name="scores.fade", hours=24)
def fade() -> None:
    """Scores whose evidence aged are computed anew; may run twice."""
    fade_scores()


@every(name="views.tell", hours=24)
def tell_of_views() -> None:
    """Followers of views hear what came and went; may run twice."""
    tell_followers()


@every(name="exports.forget", hours=24)
def forget_exports() -> None:
    """Files of exports older than a week go; may run twice."""
    forget_old_files()


@every(name="gates.settle", seconds=20)
def settle() -> None:
    """Gates that may see something new are asked again; may run twice."""
    settle_doubts()


@every(name="gates.doubt", minutes=10)
def doubt() -> None:
    """Gates that nobody asked for a day are in doubt; may run twice."""
    doubt_stale()
