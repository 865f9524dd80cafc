"""Forms of delivery: tickets, architecture, sign-offs, sprints. Shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Role, Team
from accounts.permissions import people_with_role
from initiatives.forms.belief import DAY
from initiatives.forms.request import choose, offer
from initiatives.models import Initiative, Sprint, Ticket
from initiatives.permissions import DEEP_DIVE_FUNCTIONS

LINES = _("One per line.")


def lines_in(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


# The ticket's own fields, as its form and its action know them.
OF_TICKET = (
    "title",
    "kind",
    "points",
    "team",
    "assignee",
    "description",
    "implementation_notes",
)


class TicketForm(forms.Form):
    """A ticket with its parts; criteria and sub-tasks one per line."""

    title = forms.CharField(label=_("Title"), max_length=255)
    kind = forms.ChoiceField(label=_("Kind"), choices=Ticket.Kind.choices)
    points = forms.IntegerField(label=_("Story points"), required=False, min_value=0, max_value=100)
    team = forms.ModelChoiceField(
        label=_("Team"), required=False, queryset=Team.objects.none(), empty_label=_("No team")
    )
    assignee = forms.ModelChoiceField(
        label=_("Assignee"),
        required=False,
        queryset=Person.objects.none(),
        empty_label=_("Nobody yet"),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Markdown."),
    )
    implementation_notes = forms.CharField(
        label=_("Implementation notes"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    criteria = forms.CharField(
        label=_("Acceptance criteria"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=LINES,
    )
    sub_tasks = forms.CharField(
        label=_("Sub-tasks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=LINES,
    )
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "team", Team.objects.filter(line=initiative.line_id))
        people = people_with_role(
            Role.ENGINEER, Role.ARCHITECT, Role.QA, Role.TPM, line=initiative.line_id
        )
        choose(self, "assignee", Person.objects.filter(pk__in=[p.pk for p in people]))

    def fields_of_ticket(self) -> dict[str, Any]:
        """The ticket's own fields, without its parts."""
        return {name: self.cleaned_data[name] for name in OF_TICKET}


class TestCaseForm(forms.Form):
    """A way to check the ticket."""

    __test__ = False

    title = forms.CharField(label=_("Test case"), max_length=255)
    steps = forms.CharField(
        label=_("Steps"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    expected = forms.CharField(
        label=_("Expected result"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ArchitectureForm(forms.Form):
    """Architectural design and non-functional baseline, in Markdown."""

    architecture = forms.CharField(
        label=_("Architectural design"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    non_functional = forms.CharField(
        label=_("Non-functional baseline"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Load, latency, security, recovery."),
    )
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SignOffForm(forms.Form):
    """A function's agreement."""

    function = forms.ChoiceField(label=_("For"))
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def __init__(self, *args: Any, functions: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(Role.choices)
        # Only one's own functions are offered; another's is refused by the action.
        offer(self, "function", [(f, labels[f]) for f in DEEP_DIVE_FUNCTIONS])
        self.fields["function"].widget.choices = [(f, labels[f]) for f in functions]


class SprintForm(forms.Form):
    """A sprint of the line."""

    name = forms.CharField(label=_("Name"), max_length=30)
    goal = forms.CharField(
        label=_("Goal"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    start_date = forms.DateField(label=_("From"), widget=DAY)
    end_date = forms.DateField(label=_("To"), widget=DAY)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        start, end = told.get("start_date"), told.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The sprint ends before it starts."))
        return told


class PlanForm(forms.Form):
    """Which sprint all tickets go into."""

    sprint = forms.ModelChoiceField(
        label=_("Sprint"), queryset=Sprint.objects.none(), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "sprint", Sprint.objects.filter(line=initiative.line_id))


class GoalForm(forms.Form):
    """The goal of a sprint."""

    sprint = forms.ModelChoiceField(queryset=Sprint.objects.none(), widget=forms.HiddenInput)
    goal = forms.CharField(label=_("Goal"), widget=forms.Textarea(attrs={"rows": 2}))
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "sprint", Sprint.objects.filter(line=initiative.line_id))
