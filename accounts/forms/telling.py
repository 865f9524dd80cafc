"""How a person wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import NoticeSettings, Reason

HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]
NONE = ("", _("None"))


class TellingForm(forms.Form):
    """Quiet hours, the hour of the digest, and for which reasons a mail is sent."""

    quiet_from = forms.ChoiceField(
        label=_("Quiet from"),
        choices=[NONE, *HOURS],
        required=False,
        help_text=_("No mail at once in these hours; it waits until they end."),
    )
    quiet_until = forms.ChoiceField(label=_("Quiet until"), choices=[NONE, *HOURS], required=False)
    digest_hour = forms.ChoiceField(
        label=_("Digest at"),
        choices=HOURS,
        help_text=_("One mail a day with everything else, if there is anything."),
    )
    mailed = forms.MultipleChoiceField(
        label=_("Mail me when"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The inbox holds everything, mailed or not."),
    )

    @staticmethod
    def said(told: NoticeSettings) -> dict[str, Any]:
        """What the form shows at first."""
        hours = {name: getattr(told, name) for name in ("quiet_from", "quiet_until")}
        shown = {name: "" if hour is None else str(hour) for name, hour in hours.items()}
        shown["digest_hour"] = str(told.digest_hour)
        return {**shown, "mailed": [r for r in Reason.values if r not in told.unmailed]}

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(told.get("quiet_from")) != bool(told.get("quiet_until")) and not self.errors:
            self.add_error("quiet_until", _("Choose both ends of the quiet hours, or neither."))
        return told

    def wanted(self) -> dict[str, Any]:
        """What `change_telling` takes."""
        told = self.cleaned_data
        off = [reason for reason in Reason.values if reason not in told["mailed"]]
        ends = {name: _hour(told[name]) for name in ("quiet_from", "quiet_until")}
        return {**ends, "digest_hour": int(told["digest_hour"]), "unmailed": off}


def _hour(told: str) -> int | None:
    return int(told) if told else None
