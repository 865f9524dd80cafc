"""The form of a line's connection to Jira. The token goes in and never comes out again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import JiraConnection


class ConnectionForm(forms.Form):
    """Where the line's work goes and as whom."""

    base_url = forms.URLField(
        label=_("Address of Jira"),
        max_length=300,
        assume_scheme="https",
        help_text=_("Such as https://site.atlassian.net, without a path."),
    )
    email = forms.EmailField(label=_("E-mail of the account"))
    token = forms.CharField(
        label=_("API token"),
        required=False,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    project_key = forms.CharField(
        label=_("Project key"), max_length=20, help_text=_("Such as PAY. Issues are made there.")
    )
    browse_url = forms.URLField(
        label=_("Address people open"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Only when it differs from the address of Jira."),
    )
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, connection: JiraConnection | None, **kwargs: Any) -> None:
        names = ("base_url", "email", "project_key", "browse_url", "row_version")
        if connection:
            kwargs["initial"] = {name: getattr(connection, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["token"].required = connection is None
        self.fields["token"].help_text = (
            _("It rests sealed and is never shown. Leave it empty to keep the stored one.")
            if connection
            else _("It rests sealed and is never shown again.")
        )

    def facts(self) -> dict[str, Any]:
        """What the action wants to be told."""
        told = dict(self.cleaned_data)
        told["seen_version"] = told.pop("row_version")
        return told
