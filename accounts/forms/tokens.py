"""The shape of what people say about a new API token."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person, Role, Scope
from accounts.permissions import is_admin


class TokenForm(forms.Form):
    """A token: what it is for, how far it reaches, and until when."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What uses it, for example “Nightly report”.")
    )
    scope = forms.ChoiceField(label=_("It may"), choices=Scope, initial=Scope.READ)
    lines = forms.ModelMultipleChoiceField(
        label=_("Only in these lines"),
        queryset=BusinessLine.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none for every line. Rows of other lines do not exist for the token."),
    )
    days = forms.IntegerField(
        label=_("Days it lives"), min_value=1, max_value=settings.API_TOKEN_LONGEST_DAYS, initial=90
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].queryset = BusinessLine.objects.visible_to(person)  # type: ignore[attr-defined]
        if not is_admin(person):
            told = [choice for choice in Scope.choices if choice[0] != Scope.ADMIN]
            self.fields["scope"].choices = told  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("scope") == Scope.ADMIN and told.get("lines"):
            self.add_error(
                "lines", _("Administration concerns the whole company; choose no line for it.")
            )
        return told


class ServiceTokenForm(TokenForm):
    """The token of a program; the role decides what it may change."""

    role = forms.ChoiceField(
        label=_("Role it holds"),
        choices=[("", _("None: it reads and comments")), *Role.choices],
        required=False,
        help_text=_("In the lines chosen above, or company-wide without any."),
    )


class TokenNameForm(forms.Form):
    """Another name for a token."""

    name = forms.CharField(label=_("Name"), max_length=80)
