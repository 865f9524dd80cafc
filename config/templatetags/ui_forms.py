"""Django forms rendered accessibly: label, help, error, summary. Widgets keep their own markup."""

from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    RadioSelect,
    Textarea,
)
from django.template import Library

register = Library()


@register.inclusion_tag("_ui/_form_errors.html")
def form_errors(form: BaseForm, title: str = "") -> dict[str, Any]:
    """The summary on top of a refused form, with a link to each field."""
    fields = [f for f in form if f.errors] if form.is_bound else []
    return {
        "title": title,
        "form_wide": form.non_field_errors() if form.is_bound else [],
        "fields": [{"id": target_of(f), "label": f.label, "errors": f.errors} for f in fields],
    }


def target_of(field: BoundField) -> str:
    """The id a link to a field jumps to; a group's first choice stands for the group."""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return str(field.auto_id)


@register.inclusion_tag("_ui/_field.html")
def field(bound: BoundField, wide: bool = False, markdown: str = "") -> dict[str, Any]:
    """One field with label, help and error tied to it."""
    widget = bound.field.widget
    kind = "plain"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, CheckboxInput):
        kind = "check"
    return {
        "field": bound,
        "kind": "hidden" if bound.is_hidden else kind,
        "control": bound.as_widget(attrs=_attrs(bound, kind)),
        "options": list(bound) if kind == "choices" else [],
        "wide": wide or isinstance(widget, Textarea),
        "markdown": markdown,
        "file": isinstance(widget, ClearableFileInput),
    }


def _attrs(bound: BoundField, kind: str) -> dict[str, Any]:
    told = [f"{bound.auto_id}_help"] if bound.help_text else []
    told += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, Any] = {}
    if told and kind != "choices":
        attrs["aria-describedby"] = " ".join(told)
    if bound.errors and kind != "choices":
        attrs["aria-invalid"] = "true"
    return attrs


@register.inclusion_tag("_ui/_form_fields.html")
def form_fields(form: BaseForm, summary: bool = True, title: str = "") -> dict[str, Any]:
    """Summary, hidden fields and every visible field in order."""
    return {"form": form, "summary": summary, "title": title}
