"""The FilterSet of scoring sessions, shared by page and API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine
from initiatives.models import ScoringSession


class SessionFilter(django_filters.FilterSet):
    """Scoring sessions by line, period and state."""

    line = django_filters.ModelChoiceFilter(
        queryset=BusinessLine.objects.all(),
        to_field_name="slug",
        label=_("Line"),
        empty_label=_("Any line"),
    )
    period = django_filters.CharFilter(label=_("Period"))
    state = django_filters.ChoiceFilter(
        field_name="phase",
        choices=[
            ("scoring", _("Scoring")),
            ("revealed", _("Revealed")),
            ("closed", _("Closed")),
            ("cancelled", _("Cancelled")),
        ],
        label=_("State"),
        empty_label=_("Any state"),
    )

    class Meta:
        model = ScoringSession
        fields = ("line", "period", "state")
