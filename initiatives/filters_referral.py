"""The FilterSets of referrals and rankings, shared by pages and API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine
from initiatives.models import Ranking, Referral

STATES = [
    ("asked", _("Asked")),
    ("coordinated", _("Coordinated")),
    ("returned", _("Returned")),
    ("split", _("Split")),
    ("declined", _("Declined")),
]


class ReferralFilter(django_filters.FilterSet):
    """Referrals by state and by a line they touch."""

    state = django_filters.MultipleChoiceFilter(
        field_name="phase", choices=STATES, label=_("State")
    )
    line = django_filters.ModelChoiceFilter(
        field_name="initiative__lines__line",
        queryset=BusinessLine.objects.all(),
        to_field_name="slug",
        label=_("Touches"),
        empty_label=_("Any line"),
    )

    class Meta:
        model = Referral
        fields = ("state", "line")


class RankingFilter(django_filters.FilterSet):
    """Rankings by line, period and state."""

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
            ("draft", _("Draft")),
            ("committed", _("Committed")),
            ("replaced", _("Replaced")),
        ],
        label=_("State"),
        empty_label=_("Any state"),
    )

    class Meta:
        model = Ranking
        fields = ("line", "period", "state")
