"""Forms of invitations, and of what signing in asks for."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _

from accounts.models import LINE_ROLES, BusinessLine, Person, Role
from accounts.permissions import is_admin, may_staff


class InvitationForm(forms.Form):
    """Whom, where to, as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    line = forms.ModelChoiceField(
        label=_("Business line"), queryset=BusinessLine.objects.none(), required=False
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", "–"), *((r, Role(r).label) for r in LINE_ROLES)],
        help_text=_("Roles of a team are given on the team's page once the person is here."),
    )

    def __init__(self, *args: Any, actor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = BusinessLine.objects.visible_to(actor)
        mine = [line.pk for line in lines if may_staff(actor, line)]
        field: Any = self.fields["line"]
        field.queryset = lines.filter(pk__in=mine)
        field.required = not is_admin(actor)


class JoinForm(SetPasswordForm):
    """The name and the password of somebody who joins."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ("name", "new_password1", "new_password2")


class RuleForm(forms.Form):
    """Who must have a second step."""

    everybody = forms.BooleanField(label=_("Everybody"), required=False)
    administrators = forms.BooleanField(label=_("Administrators"), required=False)
    roles = forms.MultipleChoiceField(
        label=_("Who holds one of these roles"),
        choices=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
