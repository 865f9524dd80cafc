"""The control of one cell: a field of an initiative by itself, with the version it was read at."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person, Role, Team
from accounts.permissions import people_with_role
from initiatives.forms.small import among
from initiatives.models import Initiative, Source
from kpis.models import KPI

LABELS = {
    "title": _("Title"),
    "line": _("Line"),
    "owner": _("Owner"),
    "deadline": _("Deadline"),
    "team": _("Team"),
    "source": _("Source"),
    "kpi": _("KPI it should move"),
}


class CellForm(forms.Form):
    """`value` is what the field shall hold, `row_version` what the writer saw."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        field: str,
        person: Any,
        initiative: Initiative | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = cell_field(field, person, initiative)
        if initiative is not None:
            self.initial.setdefault("row_version", initiative.row_version)
            self.initial.setdefault("value", initial_of(field, initiative))


def initial_of(field: str, initiative: Initiative) -> Any:
    """What the field holds now, as its control shows it."""
    if field == "deadline":
        return initiative.deadline_date
    if field == "title":
        return initiative.title
    return getattr(initiative, f"{'hoped_kpi' if field == 'kpi' else field}_id")


def cell_field(field: str, person: Any, initiative: Initiative | None) -> forms.Field:
    """The form field behind a cell; without an initiative it serves many at once."""
    if field == "title":
        return forms.CharField(label=LABELS[field], max_length=200)
    if field == "deadline":
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=LABELS[field], required=False, widget=day)
    return forms.ModelChoiceField(
        label=LABELS[field],
        queryset=_offered(field, person, initiative),
        required=field == "source",
        empty_label=None if field == "source" else _NOTHING[field],
    )


_NOTHING = {
    "line": _("No line yet"),
    "owner": _("Nobody"),
    "team": _("No team"),
    "kpi": _("No KPI"),
}


def _offered(field: str, person: Any, initiative: Initiative | None) -> Any:
    if field == "line":
        return BusinessLine.objects.visible_to(person)
    if field == "source":
        return Source.objects.visible_to(person).filter(active=True)
    if field == "kpi":
        return KPI.objects.visible_to(person)
    if field == "team":
        teams = Team.objects.visible_to(person)
        return teams.filter(line=initiative.line_id) if initiative else teams
    if initiative is None:
        return among(people_with_role(Role.PRODUCT_MANAGER))
    fitting = people_with_role(Role.PRODUCT_MANAGER, line=initiative.line_id)
    now = [initiative.owner] if initiative.owner else []
    return among([*fitting, *now])


def in_words(field: str, value: Any) -> str:
    """A value as people read it."""
    if value in (None, ""):
        return str(_NOTHING.get(field, _("nothing")))
    if isinstance(value, Person):
        return value.name
    return value.strftime("%-d %b %Y") if hasattr(value, "strftime") else str(value)
