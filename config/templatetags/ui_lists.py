"""Parts of list pages and the page frame: crumbs, tabs, filters, sorting, paging, empty, notice, facts."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm
from django.http import QueryDict
from django.template import Context, Library
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from config.web import filter_bar as filters
from config.web import icons
from config.web.filter_bar import PAGING, address, copied

register = Library()

NOTICE_ICONS = {
    "ok": "circle-check",
    "risk": "triangle-alert",
    "off": "octagon-alert",
    "wait": "hourglass",
    "progress": "info",
}


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return copied(request.GET) if request else QueryDict(mutable=True)


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
    return address(query)


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
    side = f' class="{escape(align)}"' if align else ""
    says = f' aria-sort="{state}"' if state else ""
    drawn = icons.icon(arrow) if arrow else ""
    return mark_safe(  # noqa: S308 - every text is escaped here
        f'<th scope="col"{side}{says}><a href="{escape(address(query))}">'
        f"{conditional_escape(text)}{drawn}</a></th>"
    )


@register.simple_tag(takes_context=True)
def query_with(context: Context, path: str = "", **changes: Any) -> str:
    """This address with some parameters changed; an empty value drops one."""
    query = _query(context)
    for key, value in changes.items():
        query.pop(key, None)
        if value != "":
            query[key] = str(value)
    return f"{path}{address(query)}" if query or not path else path


@register.simple_tag(takes_context=True)
def filter_bar(context: Context, form: BaseForm, label: str = "", more: str = "") -> SafeString:
    """A GET form; what is active stands below as chips that drop one each.

    `more` names fields, separated by blanks, that fold away while they are not used.
    """
    return filters.drawn(_query(context), form, label, set(more.split()))
