"""Forms of scoring sessions. Shape only; the grid of scores is read by `ScoresForm`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person
from initiatives.estimates import Estimate, read_estimate
from initiatives.forms.ranking import this_quarter
from initiatives.forms.request import choose
from initiatives.models import Initiative, ScoringSession, SessionItem
from initiatives.models.session import FEWEST, MOST
from initiatives.queries.session import by_addresses, by_keys, to_invite, to_offer
from initiatives.scoring import InputSpec

# More than may be picked, so that the sentence about too many still counts them.
MOST_TICKED = 200


class Keyed(forms.ModelMultipleChoiceField):
    """Initiatives by key and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.key} {obj.title}"


class StartForm(forms.Form):
    """Which initiatives are scored together, for which period, and by whom."""

    period = forms.RegexField(
        r"^\d{4}-(Q[1-4]|H[12]|\d{2})$",
        label=_("Period"),
        help_text=_("A quarter, half or month: 2026-Q4, 2027-H1, 2027-03."),
        error_messages={"invalid": _("Write it as 2026-Q4, 2027-H1 or 2027-03.")},
    )
    initiatives = Keyed(
        label=_("Initiatives"),
        queryset=Initiative.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pick 5 to 25, here or by key below."),
        required=False,
    )
    others = forms.CharField(
        label=_("More of them, by key"),
        required=False,
        max_length=400,
        help_text=_("The list holds those that moved last; write others as INI-12, INI-40."),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("People"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("You sit at the table anyway. More may join until the reveal."),
    )

    def __init__(self, *args: Any, line: BusinessLine, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("period", this_quarter())
        self.line = line
        told: Any = self.data
        marked = told.getlist("initiatives") if self.is_bound else ()
        ticked = [pk for pk in marked if pk.isdecimal() and len(pk) < 10][:MOST_TICKED]
        offered, more = to_offer(line, ticked)
        choose(self, "initiatives", offered)
        choose(self, "people", people)
        if not more:
            del self.fields["others"]

    def clean_others(self) -> list[Initiative]:
        found, unknown = by_keys(self.line, self.cleaned_data["others"])
        if unknown:
            said = _("No initiative of this line that can be scored: %(unknown)s.")
            raise forms.ValidationError(said % {"unknown": ", ".join(unknown)})
        return found

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        named = [*told.get("initiatives", ()), *told.pop("others", ())]
        chosen = list({one.pk: one for one in named}.values())
        if not FEWEST <= len(chosen) <= MOST and "initiatives" not in self.errors:
            said = _("Pick %(few)d to %(many)d initiatives; %(n)d are picked.")
            count = {"few": FEWEST, "many": MOST, "n": len(chosen)}
            self.add_error("initiatives", said % count)
        told["initiatives"] = chosen
        return told


class PeopleForm(forms.Form):
    """Who else is invited: people of the line, and anybody by e-mail address."""

    people = forms.ModelMultipleChoiceField(
        label=_("People of the line"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    addresses = forms.CharField(
        label=_("Others, by e-mail address"), required=False, max_length=1000
    )

    def __init__(self, *args: Any, session: ScoringSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = session.seats.filter(left_at=None).values("person")
        choose(self, "people", to_invite(session.line_id).exclude(pk__in=seated))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        others, unknown = by_addresses(told.get("addresses", ""))
        if unknown:
            said = _("Nobody signs in with %(unknown)s.")
            self.add_error("addresses", said % {"unknown": ", ".join(unknown)})
        told["people"] = [*told.get("people", ()), *others]
        if not told["people"] and not self.errors:
            self.add_error("people", _("Choose somebody, or write an address."))
        return told


class HandOverForm(forms.Form):
    """Who facilitates from now on."""

    person = forms.ModelChoiceField(
        label=_("New facilitator"), queryset=Person.objects.none(), empty_label=_("Choose")
    )

    def __init__(self, *args: Any, session: ScoringSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = session.seats.filter(left_at=None).values("person")
        choose(
            self,
            "person",
            Person.objects.active().filter(pk__in=seated).exclude(pk=session.facilitator_id),
        )


class Grid(forms.Form):
    """Text fields that hold estimates, checked against the inputs of a framework."""

    def __init__(self, *args: Any, specs: tuple[InputSpec, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.specs = specs
        self.estimates: dict[str, Estimate | None] = {}

    def add(self, name: str, label: str, spec: InputSpec, initial: Estimate | None) -> None:
        """One cell."""
        self.fields[name] = forms.CharField(
            label=label,
            required=False,
            max_length=60,
            initial=initial.typed if initial else "",
            widget=forms.TextInput(
                attrs={"aria-label": label, "autocomplete": "off", "inputmode": "text"}
            ),
        )

    def read(self, name: str, spec: InputSpec) -> None:
        """Read one cell; its fault becomes its error."""
        if name not in self.cleaned_data:
            return
        try:
            estimate = read_estimate(self.cleaned_data[name])
        except ValueError as fault:
            self.add_error(name, str(fault))
            return
        refusal = spec.refusal(estimate) if estimate else ""
        if refusal:
            self.add_error(name, refusal)
        else:
            self.estimates[name] = estimate


class ScoresForm(Grid):
    """Everybody's own grid: a row per initiative, a cell per input."""

    def __init__(
        self,
        *args: Any,
        items: list[SessionItem],
        given: dict[tuple[int, str], Estimate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            for spec in self.specs:
                label = f"{spec.label}, {item.initiative.key}"
                self.add(f"s_{item.pk}_{spec.name}", label, spec, given.get((item.pk, spec.name)))

    def rows(self) -> list[tuple[SessionItem, list[forms.BoundField]]]:
        """Items with their cells, as the page draws them."""
        return [
            (item, [self[f"s_{item.pk}_{spec.name}"] for spec in self.specs]) for item in self.items
        ]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for item in self.items:
            for spec in self.specs:
                self.read(f"s_{item.pk}_{spec.name}", spec)
        return told

    def scores(self) -> dict[tuple[int, str], Estimate | None]:
        """(item id, factor) → estimate; only cells that were sent."""
        found = {}
        for item in self.items:
            for spec in self.specs:
                name = f"s_{item.pk}_{spec.name}"
                if name in self.data and name in self.estimates:
                    found[item.pk, spec.name] = self.estimates[name]
        return found


class AgreeForm(Grid):
    """What the table agreed on for one item; the spread becomes the range unless one is written."""

    note = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(
        self, *args: Any, spreads: dict[str, Any], agreed: dict[str, Estimate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spreads = spreads
        for spec in self.specs:
            found = spreads.get(spec.name)
            middle = Estimate(found.middle, found.low, found.high) if found else None
            self.add(spec.name, spec.label, spec, agreed.get(spec.name) or middle)
        self.order_fields([*(spec.name for spec in self.specs), "note"])

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[spec.name] for spec in self.specs]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for spec in self.specs:
            self.read(spec.name, spec)
        return told

    def values(self) -> dict[str, Estimate]:
        """Factor → estimate with its range: what was typed, else the spread of the table."""
        found = {}
        for name, estimate in self.estimates.items():
            if estimate is None:
                continue
            spread, exact = self.spreads.get(name), estimate.low == estimate.high
            if spread and exact:
                estimate = Estimate(  # noqa: PLW2901 - the same estimate, widened
                    estimate.value,
                    min(spread.low, estimate.value),
                    max(spread.high, estimate.value),
                )
            found[name] = estimate
        return found
