"""The form by which somebody's work passes on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actions.leaving import FOR_ALL
from accounts.handover import Held
from accounts.models import Person

NOBODY = 0


class LeavingForm(forms.Form):
    """A successor for everything, and one for each kind of work."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, person: Person, held: list[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stay = Person.objects.active().exclude(pk=person.pk).order_by("name")
        # Read once for every list.
        people = [(p.pk, f"{p.name} ({p.email})") for p in stay]
        self.people = {p.pk: p for p in stay}
        self.held = held
        self.fields[FOR_ALL] = self._choice(
            _("Successor for everything"), people, _("nobody"),
            _("Takes each kind below that names nobody of its own; roles only where named."),
        )  # fmt: skip
        for each in held:
            if each.holding.ends:
                continue
            offered, blank = people, _("nobody, they end")
            if each.holding.follows:
                blank = _("the successor above")
                offered = people if each.holding.must else [(NOBODY, str(_("nobody"))), *people]
            self.fields[each.holding.slug] = self._choice(
                _("Who takes them over"), offered, blank, ""
            )

    def _choice(self, label: Any, people: list[Any], blank: Any, about: Any) -> Any:
        return forms.TypedChoiceField(
            label=label, required=False, choices=[("", blank), *people],
            coerce=lambda pk: self.people.get(int(pk)), empty_value="", help_text=about,
        )  # fmt: skip

    @property
    def kinds(self) -> list[tuple[Held, Any]]:
        """Each kind of work with the field that names who takes it; none where it ends."""
        names = self.fields
        return [(h, self[h.holding.slug] if h.holding.slug in names else None) for h in self.held]

    def successors(self) -> dict[str, Person | None]:
        """Arguments of `see_off`."""
        told = dict(self.cleaned_data)
        told.pop("note", None)
        return {name: who for name, who in told.items() if who != ""}
