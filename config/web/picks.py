"""The select of a filter that may be repeated in the address: one is offered, more travel along."""

from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field


class Pick(forms.Select):
    """For fields of several values: a plain select of the first; the others stay as hidden fields."""

    any_label = _("Any")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [value for value in values if value]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = [str(each) for each in value or []]
        shown = forms.Select(attrs=self.attrs, choices=[("", self.any_label), *self.choices])
        rest = format_html_join(
            "", '<input type="hidden" name="{}" value="{}">', ((name, each) for each in chosen[1:])
        )
        return shown.render(name, chosen[0] if chosen else "", attrs, renderer) + rest


def slugs(found: Any) -> Any:
    """Say in the API's document that a filter takes slugs."""
    return extend_schema_field({"type": "string"})(found)
