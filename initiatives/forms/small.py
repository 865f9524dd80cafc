"""Small forms: a comment, a person in a seat, a line, a waiver, an acceptance in triage."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person, Role
from accounts.permissions import lines_of, people_with_role
from initiatives.actions.people import SEATS
from initiatives.actions.waiver import waivable_gates
from initiatives.forms.request import choose
from initiatives.models import Initiative


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        help_text=_("@ names somebody: @ada.quill, @team/checkout, @role/risk."),
    )


class SeatForm(forms.Form):
    """Who owns, designs or plans it; `seat` names which."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, initiative: Initiative, seat: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, _also = SEATS[seat]
        fitting = people_with_role(role, line=initiative.line_id)
        choose(self, "person", among(fitting))
        self.fields["person"].label = role.label
        self.initial.setdefault("person", getattr(initiative, f"{seat}_id"))


class LineForm(forms.Form):
    """A further line to touch."""

    line = forms.ModelChoiceField(
        label=_("Further line"), queryset=BusinessLine.objects.none(), to_field_name="slug"
    )

    def __init__(self, *args: Any, initiative: Initiative, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        touched = [row.line_id for row in initiative.lines.all()]
        choose(self, "line", BusinessLine.objects.visible_to(person).exclude(pk__in=touched))


class AcceptForm(forms.Form):
    """Accepting in triage: who owns it and which line leads it, in one go."""

    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Person.objects.none())
    line = forms.ModelChoiceField(
        label=_("Business line"), queryset=BusinessLine.objects.none(), to_field_name="slug"
    )

    def __init__(self, *args: Any, initiative: Initiative, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = people_with_role(Role.PRODUCT_MANAGER, line=initiative.line_id)
        choose(self, "owner", among(fitting))
        choose(self, "line", BusinessLine.objects.visible_to(person))
        mine = person.pk if person in fitting else None
        self.initial.setdefault("owner", initiative.owner_id or mine)
        line = initiative.line or _only_line_of(person)
        if line:
            self.initial.setdefault("line", line.slug)


def _only_line_of(person: Any) -> BusinessLine | None:
    """The line of somebody who triages for one line alone."""
    ids = lines_of(person, Role.PRODUCT_MANAGER)
    return BusinessLine.objects.filter(pk__in=ids).first() if len(ids) == 1 else None


class WaiverForm(forms.Form):
    """A waiver of one requirement: reason, last day, who follows up."""

    gate = forms.ChoiceField(label=_("Requirement"))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it is right to go on without it. It stays on record."),
    )
    expires_date = forms.DateField(
        label=_("Holds until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("At most 180 days from today."),
    )
    follow_up_owner = forms.ModelChoiceField(
        label=_("Who follows up"),
        queryset=Person.objects.none(),
        help_text=_("Mends what is missing before the waiver ends."),
    )

    def __init__(self, *args: Any, initiative: Initiative, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gates = [(rule.name, rule.label) for rule in waivable_gates(initiative)]
        self.fields["gate"] = forms.ChoiceField(label=_("Requirement"), choices=gates)
        everybody = Person.objects.visible_to(person).active()
        choose(self, "follow_up_owner", everybody)


def among(people: list[Person]) -> Any:
    """A list of people as a queryset for a choice field."""
    return Person.objects.get_queryset().filter(pk__in=[p.pk for p in people])
