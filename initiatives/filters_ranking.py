"""The FilterSets of rankings and scoring sessions, shared by pages and API."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.filters import lines_seen
from config.filtering import FilterSet
from initiatives.models import Ranking, ScoringSession


class OfPeriod(FilterSet):
    """What a line does in a period: by line, period and state."""

    line = django_filters.ModelChoiceFilter(
        queryset=lines_seen,
        to_field_name="slug",
        label=_("Line"),
        empty_label=_("Any line"),
    )
    period = django_filters.CharFilter(label=_("Period"))


class RankingFilter(OfPeriod):
    """Rankings by line, period and state."""

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


class SessionFilter(OfPeriod):
    """Scoring sessions by line, period and state."""

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
