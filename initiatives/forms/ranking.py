"""Forms of the ranking. Shape only."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Role
from accounts.permissions import lines_of
from initiatives.forms.named import InitiativeNamed, name_within
from initiatives.forms.request import choose, offer
from initiatives.models import Lane, Ranking, RankingChange, RankingEntry, Source


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
        label=_("Capacity in points"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Left empty, that of the committed ranking."),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = lines_of(person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER)
        lines = BusinessLine.objects.visible_to(person)
        # Only one's own lines are offered; another's is refused by the action, with its sentence.
        choose(self, "line", lines)
        self.fields["line"].widget.choices = [(n.slug, n.name) for n in lines if n.pk in mine]
        self.initial.setdefault("period", this_quarter())


class AddForm(forms.Form):
    """An initiative that competes, and its lane."""

    initiative = InitiativeNamed(
        offered="competing",
        error_messages={
            "absent": _(
                "%(key)s cannot join: it belongs to another line, does not compete in its phase, "
                "or has its place already."
            )
        },
    )
    lane = forms.ModelChoiceField(
        label=_("Lane"),
        required=False,
        queryset=Lane.objects.none(),
        empty_label=_("By its source"),
    )
    points = forms.IntegerField(label=_("Points"), required=False, min_value=0, max_value=9999)

    def __init__(self, *args: Any, ranking: Ranking, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_within(self, "initiative", candidates)
        choose(self, "lane", ranking.lanes.all())


class EntryForm(forms.Form):
    """Names one entry of a ranking."""

    entry = forms.ModelChoiceField(queryset=RankingEntry.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "entry", ranking.entries.select_related("ranking__line", "lane", "initiative"))


class PlaceForm(EntryForm):
    """Where an entry stands: a position, or right after another one; its points and its reason."""

    position = forms.IntegerField(label=_("Position"), min_value=1, required=False)
    lane = forms.ModelChoiceField(label=_("Lane"), required=False, queryset=Lane.objects.none())
    after = forms.CharField(label=_("Or after"), required=False, max_length=20)
    points = forms.IntegerField(label=_("Points"), min_value=0, max_value=9999, required=False)
    reason = forms.CharField(
        label=_("Why it departs from its score"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, ranking=ranking, **kwargs)
        self.ranking = ranking
        choose(self, "lane", ranking.lanes.all())

    def clean_after(self) -> RankingEntry | None:
        """The entry named by its key, such as INI-198."""
        told = self.cleaned_data["after"].strip().upper().removeprefix("INI-")
        if not told:
            return None
        rows = self.ranking.entries.select_related("lane", "initiative")
        found = rows.filter(initiative__number=int(told)).first() if told.isdecimal() else None
        if found is None:
            key = self.cleaned_data["after"].strip()
            raise forms.ValidationError(_("%(key)s has no place in this ranking.") % {"key": key})
        return found


class UndoForm(forms.Form):
    """The move that goes back."""

    change = forms.ModelChoiceField(queryset=RankingChange.objects.none(), required=False)

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "change", ranking.changes.all())


class ReasonForm(EntryForm):
    """Why an entry departs from its score."""

    reason = forms.CharField(label=_("Why it departs from its score"), max_length=1000)


class LaneForm(forms.Form):
    """Names one lane of a ranking."""

    lane = forms.ModelChoiceField(queryset=Lane.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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
    """The capacity in points; the lanes with their names and shares; perhaps one lane more."""

    capacity_points = forms.IntegerField(
        label=_("Capacity in points"), min_value=0, max_value=100_000
    )

    def __init__(self, *args: Any, ranking: Ranking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lanes = list(ranking.lanes.all())
        self.initial.setdefault("capacity_points", ranking.capacity_points)
        for lane in self.lanes:
            self._lane(str(lane.pk), lane.name, lane.name, lane.share_percent)
        self._lane("new", str(_("New lane")), "", 0)

    def _lane(self, mark: str, said: str, name: str, share: int) -> None:
        self.fields[f"name_{mark}"] = forms.CharField(
            label=_("%(lane)s: name") % {"lane": said} if name else said,
            max_length=60,
            required=False,
            initial=name,
        )
        self.fields[f"share_{mark}"] = forms.IntegerField(
            label=_("Share in percent"),
            min_value=0,
            max_value=100,
            required=bool(name),
            initial=share if name else None,
        )

    def drawn(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and share of each lane and of a new one, as the page draws them."""
        marks = [*(str(lane.pk) for lane in self.lanes), "new"]
        return [(self[f"name_{mark}"], self[f"share_{mark}"]) for mark in marks]

    def shares(self) -> dict[int, int]:
        """Lane id → percent."""
        return {lane.pk: self.cleaned_data[f"share_{lane.pk}"] for lane in self.lanes}

    def names(self) -> dict[int, str]:
        """Lane id → name."""
        return {
            lane.pk: self.cleaned_data[f"name_{lane.pk}"]
            if f"{self.prefix}-name_{lane.pk}" in self.data
            else lane.name
            for lane in self.lanes
        }

    def new_lane(self) -> tuple[str, int] | None:
        """Name and share of the lane to add."""
        name = self.cleaned_data.get("name_new", "").strip()
        return (name, self.cleaned_data.get("share_new") or 0) if name else None


class CompareForm(forms.Form):
    """Which two rankings of a line to compare."""

    before = forms.ModelChoiceField(label=_("From"), queryset=Ranking.objects.none())
    after = forms.ModelChoiceField(label=_("To"), queryset=Ranking.objects.none())

    def __init__(self, *args: Any, rankings: list[Ranking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Ranking.objects.filter(pk__in=[r.pk for r in rankings])
        words = {"draft": _("draft"), "committed": _("committed"), "replaced": _("replaced")}
        for name in ("before", "after"):
            choose(self, name, rows)
            self.fields[name].widget.choices = [
                (r.pk, f"{r.period}, {_('revision')} {r.revision} ({words[r.phase]})")
                for r in rankings
            ]
