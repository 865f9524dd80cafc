"""The shape of what people say about a webhook."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person
from accounts.permissions import is_admin
from webhooks.events import all_kinds
from webhooks.models import Endpoint
from webhooks.queries import lines_offered


class EndpointForm(forms.Form):
    """Name, address and events."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What listens, for example “Release calendar”.")
    )
    url = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://hooks.example.com/gateline"}),
        help_text=_(
            "It gets a POST for each event. The host must be one this deployment may call."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Events"), choices=[], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, endpoint: Endpoint | None = None, **kwargs: Any) -> None:
        if endpoint is not None:
            known = {"name": endpoint.name, "url": endpoint.url, "kinds": endpoint.kinds}
            kwargs.setdefault("initial", known)
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["kinds"]
        offered.choices = [(kind.name, f"{kind.label} · {kind.name}") for kind in all_kinds()]


class NewEndpointForm(EndpointForm):
    """A new webhook: for one line, or for the whole company where the person administers it."""

    line = forms.ModelChoiceField(label=_("Line"), queryset=BusinessLine.objects.none())
    field_order = ("name", "url", "line", "kinds")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line: Any = self.fields["line"]
        line.queryset = lines_offered(person)
        line.help_text = _("It hears of what belongs to this line.")
        if is_admin(person):
            line.required, line.empty_label = False, _("The whole company")
