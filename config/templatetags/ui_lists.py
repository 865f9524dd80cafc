"""Parts of list pages and the page frame: crumbs, tabs, filters, sorting, paging, empty, notice, facts."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.forms.widgets import SelectMultiple
from django.http import QueryDict
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.web import icons

register = Library()

PAGING = ("page", "cursor")
NOTICE_ICONS = {
    "ok": "circle-check",
    "risk": "triangle-alert",
    "off": "octagon-alert",
    "wait": "hourglass",
    "progress": "info",
}


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def crumb(text: Any, href: str = "") -> SafeString:
    """One step of the way here; the last has no address."""
    if href:
        return format_html('<li><a href="{}">{}</a></li>', href, text)
    return format_html('<li aria-current="page">{}</li>', text)


@register.inclusion_tag("_ui/_tabs.html")
def tabs(tabs: Iterable[Any], label: str = "") -> dict[str, Any]:
    """Tabs are pages."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("_ui/_empty.html")
def empty_state(
    title: str, text: str = "", icon: str = "inbox", action: str = "", href: str = ""
) -> dict[str, Any]:
    """Nothing here: say what to do next."""
    return {"title": title, "text": text, "icon": icon, "action": action, "href": href}


@register.inclusion_tag("_ui/_notice.html")
def notice(
    tone: str, title: str, text: str = "", action: str = "", href: str = ""
) -> dict[str, Any]:
    """A sentence that matters for the whole page."""
    return {
        "tone": tone,
        "icon": NOTICE_ICONS.get(tone, "info"),
        "title": title,
        "text": text,
        "action": action,
        "href": href,
    }


@register.inclusion_tag("_ui/_facts.html")
def facts(facts: Iterable[Any]) -> dict[str, Any]:
    """Strong numbers in a row: (label, value) or (label, value, small)."""
    padded = [(*tuple(f), "") if len(f) == 2 else tuple(f) for f in facts]
    return {"facts": padded}


@register.inclusion_tag("_ui/_progress.html")
def progress(done: Any, total: Any, label: str = "") -> dict[str, Any]:
    """How far a long piece of work is."""
    return {"done": done or 0, "total": total, "label": label}


@register.inclusion_tag("_ui/_pages.html", takes_context=True)
def pages(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Paging that keeps every other parameter of the address."""
    return {
        "page": page,
        "before": _turn(context, page.previous_page_number()) if page.has_previous() else "",
        "after": _turn(context, page.next_page_number()) if page.has_next() else "",
    }


def _turn(context: Context, number: int) -> str:
    query = _query(context)
    query["page"] = str(number)
    return _address(query)


@register.simple_tag(takes_context=True)
def sort_head(context: Context, text: str, name: str, align: str = "") -> SafeString:
    """A column head that sorts; the address says by what."""
    query = _query(context)
    now = query.get("sort", "")
    for key in PAGING:
        query.pop(key, None)
    query["sort"] = f"-{name}" if now == name else name
    state = {name: "ascending", f"-{name}": "descending"}.get(now, "")
    arrow = {"ascending": "arrow-up", "descending": "arrow-down"}.get(state)
    return format_html(
        '<th scope="col"{}{}><a href="{}">{}{}</a></th>',
        format_html(' class="{}"', align) if align else "",
        format_html(' aria-sort="{}"', state) if state else "",
        _address(query),
        text,
        icons.icon(arrow) if arrow else "",
    )


@register.inclusion_tag("_ui/_filter_bar.html", takes_context=True)
def filter_bar(context: Context, form: BaseForm, label: str = "") -> dict[str, Any]:
    """A GET form; what is active stands below as chips that drop one each."""
    query = _query(context)
    names = {f.html_name for f in form}
    kept = [
        (key, value)
        for key, values in query.lists()
        for value in values
        if key not in names and key not in PAGING
    ]
    return {
        "fields": [_control(query, f) for f in form if not f.is_hidden],
        "kept": kept,
        "active": [chip for f in form for chip in _active(query, f)],
        "clear": _address(_without(query, names)),
        "label": label,
    }


def _control(query: QueryDict, field: BoundField) -> dict[str, Any]:
    """A field of the bar; a choice of several folds out as boxes to tick."""
    # An own widget of an app is kept as it is.
    if type(field.field.widget) is not SelectMultiple:
        return {"field": field, "boxes": None}
    ticked = set(query.getlist(field.html_name))
    choices: Any = getattr(field.field, "choices", ())
    boxes = [(str(k), str(v), str(k) in ticked) for k, v in choices if str(k)]
    return {"field": field, "boxes": boxes, "words": [v for _k, v, on in boxes if on]}


def _without(query: QueryDict, names: Iterable[str]) -> QueryDict:
    left = query.copy()
    for name in [*names, *PAGING]:
        left.pop(name, None)
    return left


def _active(query: QueryDict, field: BoundField) -> list[dict[str, str]]:
    found = []
    for value in query.getlist(field.html_name):
        if value in ("", "unknown") or field.is_hidden:
            continue
        left = _without(query, ())
        left.setlist(field.html_name, [v for v in query.getlist(field.html_name) if v != value])
        if not left.getlist(field.html_name):
            left.pop(field.html_name, None)
        found.append(
            {"label": str(field.label), "value": _in_words(field, value), "href": _address(left)}
        )
    return found


def _in_words(field: BoundField, value: str) -> str:
    choices: Any = getattr(field.field, "choices", None)
    for key, words in choices or ():
        if str(key) == value:
            return str(words)
    return {"true": "✓", "on": "✓"}.get(value, value)
