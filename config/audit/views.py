"""Pages of the trail: every change with its filters, one change before and after, the export."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views import View

from config.audit.filters import EntryFilter
from config.audit.models import Entry
from config.audit.readers import reads_audit
from config.audit.reading import address_of, changes, lines
from config.flow.errors import NotYours
from config.web.listing import listing
from config.web.rows import csv_lines

PART = 1_000
HEAD = ("position", "at", "person", "person_id", "change", "what", "object", "request", "seal")


def only_readers(person: Any) -> None:
    """Raise NotYours for everybody who does not read the trail."""
    if not reads_audit(person):
        sentence = _("The audit trail is read by administrators; ask one of them.")
        raise NotYours(sentence)


class AuditView(LoginRequiredMixin, View):
    """`/audit`: newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        only_readers(request.user)
        listed = listing(request, _filter(request))
        context = {"listing": listed, "lines": lines(listed.page), "query": request.GET.urlencode()}
        return render(request, "audit/list.html", context)


class AuditEntryView(LoginRequiredMixin, View):
    """`/audit/<position>`: what one change changed."""

    def get(self, request: HttpRequest, position: int) -> HttpResponse:
        only_readers(request.user)
        found = Entry.objects.visible_to(request.user).select_related("shape")
        entry = get_object_or_404(found, pk=position)
        told = changes(entry)
        context = {
            "line": lines([entry])[0],
            "fresh": entry.kind in {"insert", "record"},
            "changed": [c for c in told if c.differs],
            "same": [c for c in told if not c.differs],
            "address": address_of(entry),
        }
        return render(request, "audit/entry.html", context)


class AuditExportView(LoginRequiredMixin, View):
    """`/audit.csv`: everything the filters let through, in the order of the page."""

    def get(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        only_readers(request.user)
        answer = StreamingHttpResponse(
            csv_lines(HEAD, _rows(_filter(request).qs)), content_type="text/csv; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
        return answer


def _filter(request: HttpRequest) -> EntryFilter:
    found = Entry.objects.visible_to(request.user).select_related("shape")
    return EntryFilter(request.GET, queryset=found, request=request)


def _rows(found: Any) -> Iterator[tuple[Any, ...]]:
    last = None
    while part := list((found if last is None else found.filter(pk__lt=last))[:PART]):
        for line in lines(part):
            e = line.entry
            told = (e.position, e.at.isoformat(), line.who, e.actor_id, e.kind)
            yield (*told, e.shape.table, line.name, e.request, e.chain)
        last = part[-1].position
