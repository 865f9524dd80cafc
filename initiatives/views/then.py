"""One initiative as it was known at the end of a day, beside how it stands now. Read only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from initiatives.models import Initiative
from initiatives.phases import status, words
from initiatives.queries.edits import TOLD
from initiatives.queries.then import as_known
from initiatives.views.portfolio import day_of
from initiatives.views.tab import InitiativeMixin

# Columns told besides those an edit changes.
MORE = {"phase": gettext_lazy("the phase"), "score": gettext_lazy("the score")}


@dataclass(frozen=True)
class Fact:
    """A field then and now."""

    label: str
    then: str
    now: str

    @property
    def changed(self) -> bool:
        return self.then != self.now


class ThenView(InitiativeMixin, View):
    """`/initiatives/INI-12/then?day=2026-11-01`."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        told = request.GET.get("day", "")
        day = day_of(told)
        known = as_known(self.initiative, day) if day else None
        context = {
            "initiative": self.initiative,
            "day": day,
            "told": told,
            "bad": bool(told) and day is None,
            "known": known,
            "facts": self.facts(known) if known else [],
            "phase_words": words(known.phase) if known else "",
            "phase_status": status(known.phase) if known else "",
            "today": timezone.localdate(),
        }
        code = 422 if context["bad"] else 200
        return render(request, "initiatives/then.html", context, status=code)

    def facts(self, known: Any) -> list[Fact]:
        """Every told field, then and now."""
        columns = {**MORE, **{n: label for n, label in TOLD.items() if n != "source_fields"}}
        return [
            Fact(str(label), _in_words(name, known), _in_words(name, self.initiative))
            for name, label in columns.items()
        ]


def _in_words(column: str, row: Any) -> str:
    """A value as people read it; a row that a foreign key names by its own words."""
    value = getattr(row, column)
    if column == "phase":
        return words(value)
    if value in (None, ""):
        return _("nothing")
    field: Any = Initiative._meta.get_field(column.removesuffix("_id"))
    if field.related_model is not None:
        found = field.related_model._default_manager.filter(pk=value).first()
        return str(found) if found else _("no longer here")
    return value.strftime("%-d %b %Y") if isinstance(value, date) else str(value)
