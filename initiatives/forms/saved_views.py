"""The form of a saved view: name, what it is for, who sees it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from initiatives.actions.saved_views import may_share_with_company, may_share_with_team
from initiatives.forms.request import choose
from initiatives.models import SavedView


class SavedViewForm(forms.ModelForm):
    """Offers only what this person may share with."""

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    team_default = forms.BooleanField(
        label=_("What the team sees first"),
        required=False,
        help_text=_("Opens for its members when they come to the initiatives."),
    )

    class Meta:
        model = SavedView
        fields = ("name", "description", "scope", "team", "team_default")
        help_texts = {"description": _("What one sees here, in a sentence.")}

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = Team.objects.visible_to(person).select_related("line")
        mine = [team.pk for team in teams if may_share_with_team(person, team)]
        choose(self, "team", teams.filter(pk__in=mine))
        team: Any = self.fields["team"]
        team.empty_label = _("No team")
        team.help_text = _("For a view that a team sees.")
        scopes = [(SavedView.Scope.PRIVATE.value, SavedView.Scope.PRIVATE.label)]
        if mine:
            scopes.append((SavedView.Scope.TEAM.value, SavedView.Scope.TEAM.label))
        if may_share_with_company(person) or self.instance.scope == SavedView.Scope.COMPANY:
            scopes.append((SavedView.Scope.COMPANY.value, SavedView.Scope.COMPANY.label))
        scope: Any = self.fields["scope"]
        scope.choices = scopes
        self.fields["row_version"].initial = self.instance.row_version

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        if told.get("scope") == SavedView.Scope.TEAM and not told.get("team"):
            self.add_error("team", _("Choose the team that sees the view."))
        if told.get("team_default") and told.get("scope") != SavedView.Scope.TEAM:
            self.add_error("team_default", _("Only a view of a team can be what it sees first."))
        return told

    def _post_clean(self) -> None:
        """The row stays as it was read: the action writes, not the form."""

    def wanted(self) -> dict[str, Any]:
        """The arguments of the actions."""
        names = ("name", "description", "scope", "team", "team_default")
        return {n: self.cleaned_data[n] for n in names}
