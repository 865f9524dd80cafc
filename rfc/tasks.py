"""Periodic work of RFCs. Importing the actions also registers the way their steps are taken."""

from django.utils.translation import gettext as _

from config.due.jobs import job
from config.due.periodic import every
from rfc.actions.deciding import accept_where_windows_ended
from rfc.actions.import_run import IMPORT, UNDO, run_import, run_undo


@every(name="rfc.windows", minutes=1)
def windows_end() -> None:
    """Comment windows end without anybody clicking; may run twice."""
    accept_where_windows_ended()


job(IMPORT, label=_("RFC import"))(run_import)
job(UNDO, label=_("Undo of an RFC import"))(run_undo)
