"""Saying to whom a function reports. A circle is refused."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.chart import KINDS, circle, edges_of
from accounts.models import Person, ReportingLine
from accounts.permissions import may_found
from config.flow.errors import NotAllowed, NotYours

FIELDS = ("responsible", "divisional", "functional")


@transaction.atomic
def change_reporting(*, actor: Person, row: ReportingLine, **told: Any) -> ReportingLine:
    """Who answers for a function at a level, and to whom. Administrators and the CPO."""
    if not may_found(actor):
        raise NotYours(
            _("Reporting lines are kept by administrators and the chief product officer.")
        )
    # All rows, since a circle may close through any of them.
    rows = list(ReportingLine.objects.select_for_update(no_key=True).order_by("pk"))
    locked = next(r for r in rows if r.pk == row.pk)
    for name in FIELDS:
        if name in told:
            setattr(locked, name, told[name].strip())
    refuse_circles(rows)
    locked.save(update_fields=list(FIELDS))
    return locked


def refuse_circles(rows: list[ReportingLine]) -> None:
    """Raises NotAllowed with one sentence per line of reporting that runs in a circle."""
    said = []
    for kind in KINDS:
        found = circle(edges_of(rows, kind))
        if found:
            said.append(
                _("The %(kind)s line would run in a circle: %(titles)s.")
                % {"kind": kind, "titles": " → ".join(found)}
            )
    if said:
        raise NotAllowed(*said)
