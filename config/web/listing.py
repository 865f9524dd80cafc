"""What every list page does: filter by the address, say which parameters it does not know, page."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.forms import BaseForm
from django.http import HttpRequest
from django_filters import FilterSet

PER_PAGE = 50
PAGING = frozenset({"page", "layout", "view", "peek"})
ORDER = "sort"


@dataclass(frozen=True)
class Listing:
    """One page of rows, the filter form without its order, and parameters nobody understands."""

    page: Page[Any]
    form: BaseForm
    unknown: list[str]
    filtered: bool


def listing(request: HttpRequest, found: FilterSet, per_page: int = PER_PAGE) -> Listing:
    """The rows of a FilterSet for the page named in the address. A bad value filters nothing and
    is named on the form.
    """
    rows = found.qs
    paginator = Paginator(rows, per_page)
    page = paginator.get_page(request.GET.get("page"))
    form = found.form
    known = {*PAGING, *form.fields, *_range_names(form)}
    unknown = sorted(set(request.GET) - known)
    form.fields.pop(ORDER, None)
    filtered = any(request.GET.get(name) for name in {*form.fields, *_range_names(form)})
    return Listing(page, form, unknown, filtered)


def _range_names(form: BaseForm) -> set[str]:
    """A range field answers under two names."""
    ends = ("after", "before", "min", "max")
    return {f"{name}_{end}" for name in form.fields for end in ends}
