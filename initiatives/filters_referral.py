"""The FilterSet of referrals, shared by pages and API."""

from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.filters import lines_seen
from accounts.models import BusinessLine
from config.filtering import FilterSet
from config.flow.keys import number_of
from config.web.picks import Pick
from initiatives.models import InitiativeLine, Referral

STATES = [
    ("asked", _("Asked")),
    ("coordinated", _("Coordinated")),
    ("returned", _("Returned")),
    ("split", _("Split")),
    ("declined", _("Declined")),
]


ANSWERS = InitiativeLine.Answer.choices
CLOCKS = [("overdue", _("Overdue")), ("running", _("In time"))]
HOLES = [("yes", _("Nobody responsible"))]


class ReferralFilter(FilterSet):
    """Referrals by state, by a line they touch, its answer, the clock and who coordinates."""

    q = django_filters.CharFilter(method="by_words", label=_("Search"))
    state = django_filters.MultipleChoiceFilter(
        field_name="phase", choices=STATES, label=_("State"), widget=Pick
    )
    line = django_filters.ModelChoiceFilter(
        method="by_line",
        queryset=lines_seen,
        to_field_name="slug",
        label=_("Touches"),
        empty_label=_("Any line"),
    )
    answer = django_filters.ChoiceFilter(
        method="by_answer", choices=ANSWERS, label=_("Answer"), empty_label=_("Any answer")
    )
    clock = django_filters.ChoiceFilter(
        method="by_clock", choices=CLOCKS, label=_("Clock"), empty_label=_("Any")
    )
    hole = django_filters.ChoiceFilter(
        method="by_hole", choices=HOLES, label=_("Holes"), empty_label=_("Any")
    )

    class Meta:
        model = Referral
        fields = ("q", "state", "line", "answer", "clock", "hole")

    def by_words(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Words of the title, or a key."""
        number = number_of("INI", value)
        words = Q(initiative__title__icontains=value)
        return rows.filter(words | Q(initiative__number=number) if number else words)

    def by_line(self, rows: QuerySet[Any], _name: str, value: BusinessLine) -> QuerySet[Any]:
        """Further and leading lines alike; with an answer, that line's answer."""
        return rows.filter(Exists(self._shares().filter(line=value)))

    def by_answer(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """A further line's answer; of the chosen line when there is one."""
        shares = self._shares().filter(answer=value).exclude(line=F("initiative__line"))
        line = self.form.cleaned_data.get("line")
        return rows.filter(Exists(shares.filter(line=line) if line else shares))

    def by_clock(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Whether the CPO's answer is overdue; answered ones have no clock."""
        asked = rows.filter(phase="asked")
        today = timezone.localdate()
        if value == "overdue":
            return asked.filter(due_date__lt=today)
        return asked.filter(due_date__gte=today)

    def by_hole(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Some line that takes part names nobody."""
        return rows.filter(Exists(self._shares().filter(person=None).exclude(answer="declined")))

    @staticmethod
    def _shares() -> QuerySet[Any]:
        found: QuerySet[Any] = InitiativeLine._default_manager.filter(
            initiative=OuterRef("initiative")
        ).order_by()
        return found
