"""Forms of the ranking. Shape only."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Role
from accounts.permissions import lines_of
from initiatives.forms.request import choose, offer
from initiatives.models import Initiative, Lane, Ranking, RankingEntry, Source


def this_quarter() -> str:
    """The current quarter as rankings name it: "2026-Q4"."""
    today = timezone.localdate()
    return f"{today.year}-Q{(today.month - 1) // 3 + 1}"


class DraftForm(forms.Form):
    """A new draft for one of the person's lines."""

    line = forms.ModelChoiceField(
        label=_("Line"), queryset=BusinessLine.objects.none(), to_field_name="slug"
    )
    period = forms.RegexField(
        r"^\d{4}-(Q[1-4]|H[12]|\d{2})$",
        label=_("Period"),
        help_text=_("A quarter, half or month: 2026-Q4, 2027-H1, 2027-03."),
        error_messages={"invalid": _("Write it as 2026-Q4, 2027-H1 or 2027-03.")},
    )
    capacity_points = forms.IntegerField(
        label=_("Capacity in points"), min_value=0, required=False, initial=0
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = lines_of(person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER)
        lines = BusinessLine.objects.visible_to(person)
        # Only one's own lines are offered; another's is refused by the action, with its sentence.
        choose(self, "line", lines)
        self.fields["line"].widget.choices = [(n.slug, n.name) for n in lines if n.pk in mine]
        self.initial.setdefault("period", this_quarter())

    def clean_capacity_points(self) -> int:
        return int(self.cleaned_data.get("capacity_points") or 0)


class AddForm(forms.Form):
    """An initiative that competes, and its lane."""

    initiative = forms.ModelChoiceField(label=_("Initiative"), queryset=Initiative.objects.none())
    lane = forms.ModelChoiceField(
        label=_("Lane"),
        required=False,
        queryset=Lane.objects.none(),
        empty_label=_("By its source"),
    )
    points = forms.IntegerField(label=_("Points"), required=False, min_value=0)

    def __init__(self, *args: Any, ranking: Ranking, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "initiative", candidates)
        choose(self, "lane", ranking.lanes.all())


class EntryForm(forms.Form):
    """Names one entry of a ranking."""

    entry = forms.ModelChoiceField(queryset=RankingEntry.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "entry", ranking.entries.select_related("ranking__line", "lane", "initiative"))


class PlaceForm(EntryForm):
    """Where an entry stands, and why it departs from its score."""

    position = forms.IntegerField(label=_("Position"), min_value=1)
    lane = forms.ModelChoiceField(label=_("Lane"), required=False, queryset=Lane.objects.none())
    reason = forms.CharField(
        label=_("Why it departs from its score"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, ranking=ranking, **kwargs)
        choose(self, "lane", ranking.lanes.all())


class CompleteForm(forms.Form):
    """Which sources were asked and which said nothing."""

    asked = forms.MultipleChoiceField(label=_("Sources asked"), widget=forms.CheckboxSelectMultiple)
    silent = forms.MultipleChoiceField(
        label=_("Of these, silent"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(Source.objects.filter(active=True).values_list("slug", "name"))
        offer(self, "asked", choices)
        offer(self, "silent", choices)


class CapacityForm(forms.Form):
    """The capacity in points and each lane's share in percent."""

    capacity_points = forms.IntegerField(label=_("Capacity in points"), min_value=0)

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lanes = list(ranking.lanes.all())
        self.initial.setdefault("capacity_points", ranking.capacity_points)
        for lane in self.lanes:
            self.fields[f"share_{lane.pk}"] = forms.IntegerField(
                label=_("%(lane)s, share in percent") % {"lane": lane.name},
                min_value=0,
                max_value=100,
                initial=lane.share_percent,
            )

    def shares(self) -> dict[int, int]:
        """Lane id → percent."""
        return {lane.pk: self.cleaned_data[f"share_{lane.pk}"] for lane in self.lanes}
