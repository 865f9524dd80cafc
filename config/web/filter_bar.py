"""The filter bar as markup. It stands on every list with some hundred small controls, so it is put
together here; a widget that is no plain text, number or choice draws itself.
"""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.forms.widgets import Input, NumberInput, Select, SelectMultiple, TextInput
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from config.web import icons

PAGING = ("page", "cursor")


def drawn(query: QueryDict, form: BaseForm, label: str, folded: set[str]) -> SafeString:
    """The whole bar: controls, those that fold away, and a chip for each active filter."""
    fields = list(form)
    names = {f.html_name for f in fields}
    plain = [f for f in fields if not f.is_hidden and f.html_name not in folded]
    parts = [
        '<gl-filters><form class="filters" method="get" role="search"'
        f' aria-label="{escape(label or _("Filter"))}">',
        *_kept(query, names),
        *(_control(query, f) for f in plain),
        _more(query, [f for f in fields if f.html_name in folded], folded),
        f'<button class="btn small apply">{_("Apply")}</button></form></gl-filters>',
        _chips(query, fields, names),
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every text is escaped here


def address(query: QueryDict) -> str:
    """The address of this page with these parameters."""
    return f"?{query.urlencode()}" if query else "?"


def copied(query: QueryDict) -> QueryDict:
    """The parameters once more, to be changed; the own way of a QueryDict copies every letter."""
    own = QueryDict(mutable=True)
    for name, values in query.lists():
        own.setlist(name, list(values))
    return own


def _kept(query: QueryDict, names: set[str]) -> list[str]:
    """The address' other parameters as hidden inputs."""
    return [
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">'
        for key, values in query.lists()
        for value in values
        if key not in names and key not in PAGING
    ]


def _more(query: QueryDict, fields: list[BoundField], folded: set[str]) -> str:
    if not fields:
        return ""
    unfold = " open" if any(query.get(name) for name in folded) else ""
    inside = "".join(_control(query, f) for f in fields)
    return (
        f'<details class="more-filters"{unfold}><summary>{_("More filters")}</summary>'
        f'<div class="fields-more">{inside}</div></details>'
    )


def _control(query: QueryDict, field: BoundField) -> str:
    """A field of the bar; a choice of several folds out as boxes to tick."""
    # An own widget of an app is kept as it is.
    if type(field.field.widget) is SelectMultiple:
        return _several(query, field)
    search = " search" if field.html_name == "q" else ""
    notes = ""
    if field.errors:
        notes = render_to_string("_ui/_field_notes.html", {"field": field})
    return (
        f'<div class="f{search}"><label for="{field.id_for_label}">'
        f"{conditional_escape(field.label)}</label>{_widget(field)}{notes}</div>"
    )


def _several(query: QueryDict, field: BoundField) -> str:
    ticked = set(query.getlist(field.html_name))
    name, own, boxes, words = field.html_name, f"{field.auto_id}_label", [], []
    for value, text in getattr(field.field, "choices", ()):
        if not (told := str(value)):
            continue
        shown, on = escape(str(text)), ""
        if told in ticked:
            words.append(shown)
            on = " checked"
        boxes.append(
            f'<label><input type="checkbox" name="{name}" value="{escape(told)}"{on}>{shown}</label>'
        )
    return (
        f'<div class="f"><span class="l" id="{own}">{conditional_escape(field.label)}</span>'
        f'<details class="several"><summary aria-describedby="{own}">'
        f"{', '.join(words) or _('Any')}</summary>"
        f'<div class="boxes" role="group" aria-labelledby="{own}">{"".join(boxes)}</div></details></div>'
    )


def _widget(field: BoundField) -> str:
    """What the widget would draw by its template, at a tenth of the price."""
    widget: Any = field.field.widget
    if type(widget) in {TextInput, NumberInput}:
        return _input(field, widget)
    if type(widget) is Select and not any(isinstance(t, list | tuple) for _v, t in widget.choices):
        return _select(field, widget)
    return str(field)


def _attributes(field: BoundField, widget: Any) -> str:
    own = field.build_widget_attrs(dict(widget.attrs), widget)
    if field.auto_id:
        own.setdefault("id", field.auto_id)
    return flatatt(own)


def _input(field: BoundField, widget: Input) -> str:
    value: Any = widget.format_value(field.value())
    told = "" if value is None else f' value="{escape(value)}"'
    rest = _attributes(field, widget)
    return f'<input type="{widget.input_type}" name="{field.html_name}"{told}{rest}>'


def _select(field: BoundField, widget: Select) -> str:
    chosen = set(widget.format_value(field.value()))
    options = []
    for value, text in widget.choices:
        told = "" if value is None else str(value)
        on = " selected" if told in chosen else ""
        options.append(f'<option value="{escape(told)}"{on}>{escape(str(text))}</option>')
    rest = _attributes(field, widget)
    return f'<select name="{field.html_name}"{rest}>{"".join(options)}</select>'


def _chips(query: QueryDict, fields: Iterable[BoundField], names: set[str]) -> str:
    """What is active, each with the address that drops it."""
    active = [chip for f in fields for chip in _active(query, f)]
    if not active:
        return ""
    clear = escape(address(_without(query, names)))
    return (
        f'<div class="active-filters"><span class="vh">{_("Active filters:")}</span>'
        f'{"".join(active)}<a class="link" href="{clear}">{_("Clear all")}</a></div>'
    )


def _without(query: QueryDict, names: Iterable[str]) -> QueryDict:
    left = copied(query)
    for name in [*names, *PAGING]:
        left.pop(name, None)
    return left


def _active(query: QueryDict, field: BoundField) -> list[str]:
    found = []
    # What a form dropped because it knows no such value is not active; the page names it instead.
    known = field.form.data
    taken = known.getlist(field.html_name) if isinstance(known, QueryDict) else None
    for value in query.getlist(field.html_name):
        ignored = taken is not None and value not in taken
        if value in ("", "unknown") or field.is_hidden or ignored:
            continue
        left = _without(query, ())
        left.setlist(field.html_name, [v for v in query.getlist(field.html_name) if v != value])
        if not left.getlist(field.html_name):
            left.pop(field.html_name, None)
        found.append(
            f'<a class="chip" href="{escape(address(left))}"><span>'
            f"{conditional_escape(field.label)}: <b>{escape(_in_words(field, value))}</b></span>"
            f'{icons.icon("x")}<span class="vh">{_("remove")}</span></a>'
        )
    return found


def _in_words(field: BoundField, value: str) -> str:
    choices: Any = getattr(field.field, "choices", None)
    for key, words in () if choices is None else choices:
        if str(key) == value:
            return str(words)
    return {"true": "✓", "on": "✓"}.get(value, value)
