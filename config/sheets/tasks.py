"""Jobs of imports; every process that starts knows them."""

from django.utils.translation import gettext as _

from config.due.jobs import job
from config.due.periodic import every
from config.sheets.abandoned import forget_abandoned
from config.sheets.actions import CHECK, RUN, UNDO
from config.sheets.checking import run_check
from config.sheets.running import run_import, run_undo

job(CHECK, label=_("Dry run of an import"))(run_check)
job(RUN, label=_("Import"))(run_import)
job(UNDO, label=_("Undo of an import"))(run_undo)


@every(name="sheets.forget", hours=24)
def forget_sheets() -> None:
    """Imports that were never run go after two weeks, with their files; may run twice."""
    forget_abandoned()
