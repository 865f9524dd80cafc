"""A field that names one initiative: its key, or words of its title."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.flow.keys import number_of
from initiatives.models import Initiative


class InitiativeNamed(forms.CharField):
    """Reads `INI-12`, `INI-12 Its title` or words of one title only, within `queryset`.

    `list` is the id of the datalist that the page offers; a form sets `queryset` when it is made.
    """

    queryset: Any
    default_error_messages = {"absent": gettext_lazy("There is no %(key)s.")}

    def __init__(self, *, offered: str, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Initiative"))
        kwargs.setdefault(
            "help_text", gettext_lazy("Its key, such as INI-12, or words of its title.")
        )
        kwargs.setdefault("max_length", 300)
        self.queryset = Initiative.objects.none()
        super().__init__(
            widget=forms.TextInput(attrs={"list": offered, "autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> Initiative | None:
        """The one initiative that is meant; a sentence where there is none, or several."""
        said = super().clean(value)
        if not said:
            return None
        number = number_of("INI", said.split(" ")[0])
        if number is not None:
            found: Initiative | None = self.queryset.filter(number=number).first()
            if found is not None:
                return found
            raise forms.ValidationError(
                self.error_messages["absent"], "absent", {"key": f"INI-{number}"}
            )
        alike: list[Initiative] = list(self.queryset.filter(title__icontains=said)[:2])
        if len(alike) == 1:
            return alike[0]
        if alike:
            raise forms.ValidationError(_("Several titles hold these words; name it by its key."))
        raise forms.ValidationError(_("No title holds these words; name it by its key."))


def name_within(form: forms.BaseForm, name: str, rows: Any) -> None:
    """Say among which initiatives a form's field may name one."""
    field = form.fields[name]
    if isinstance(field, InitiativeNamed):
        field.queryset = rows
