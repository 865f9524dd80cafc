"""Periodic work of RFCs. Importing the actions also registers the way their steps are taken."""

from django.utils.translation import gettext as _

from config.due.jobs import job
from config.due.periodic import every
from rfc.actions.catching_up import catch_up
from rfc.actions.deciding import accept_where_windows_ended, remind_where_holds_ended
from rfc.actions.expiring import look_after_idle
from rfc.actions.import_run import IMPORT, UNDO, run_import, run_undo
from rfc.actions.unsaved import forget_old_unsaved
from rfc.actions.watching import read_what_is_due, sweep_uploads


@every(name="rfc.windows", minutes=1)
def windows_end() -> None:
    """Comment windows and holds end without anybody clicking; may run twice."""
    accept_where_windows_ended()
    remind_where_holds_ended()


@every(name="rfc.idle", hours=6)
def silence_ends() -> None:
    """RFCs nobody pursues: their authors are warned, later they expire; may run twice."""
    look_after_idle()


@every(name="rfc.unsaved", minutes=1440)
def unsaved_texts_age() -> None:
    """Unsaved texts nobody came back for are forgotten; may run twice."""
    forget_old_unsaved()


@every(name="rfc.watched", minutes=5)
def watched_folders_are_read() -> None:
    """Folders whose time has come and whose files changed; may run twice."""
    read_what_is_due()


@every(name="rfc.uploads", minutes=60)
def handed_in_folders_go() -> None:
    """Folders handed in are forgotten after a day; may run twice."""
    sweep_uploads()


@every(name="rfc.drawing", minutes=1)
def old_drawings_are_renewed() -> None:
    """Revisions drawn by an earlier release, or not indexed yet; may run twice."""
    catch_up()


job(IMPORT, label=_("RFC import"))(run_import)
job(UNDO, label=_("Undo of an RFC import"))(run_undo)
