"""The queue of a reviewer, and handing one's functions to somebody while away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import BusinessLine, Role
from config.flow.errors import NotAllowed, NotYours, WrongState
from rfc.actions.delegating import delegate, end_delegation
from rfc.forms_review import DelegateForm
from rfc.models import Delegation
from rfc.permissions import held_functions
from rfc.queries.reviewing import ORDERS, by_age, by_section, queue


class Queue(LoginRequiredMixin, View):
    """`/rfcs/queue?order=age&function=risk&line=cards`: sections awaiting one's functions."""

    def get(self, request: HttpRequest) -> HttpResponse:
        person: Any = request.user
        told = {name: request.GET.get(name, "")[:60] for name in ("function", "line", "order")}
        order = told["order"] if told["order"] in ORDERS else ORDERS[0]
        held = held_functions(person)
        functions = {h.function: str(Role(h.function).label) for h in held}
        known = told["function"] if told["function"] in functions else ""
        rows = queue(person, function=known, line=told["line"])
        context = {
            "sections": by_section(rows) if order == "section" else [],
            "rows": by_age(rows),
            "count": len(rows),
            "stale": sum(row.stale for row in rows),
            "documents": len({row.rfc.pk for row in rows}),
            "order": order,
            "functions": functions.items(),
            "function": known,
            "lines": BusinessLine.objects.visible_to(person).order_by("name"),
            "line": told["line"],
            "held": held,
            "unknown": sorted(set(request.GET) - {"function", "line", "order"}),
        }
        return render(request, "rfc/queue.html", context)


class Delegations(LoginRequiredMixin, View):
    """`/rfcs/delegations`: who answers for me, and for whom I answer."""

    def get(self, request: HttpRequest) -> HttpResponse:
        initial = {"starts_on": timezone.localdate()}
        return self.show(DelegateForm(initial=initial, person=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DelegateForm(request.POST, person=request.user)
        if not may_hand(form):
            raise NotYours(_("Only people who hold a reviewing function can hand it to somebody."))
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            made = delegate(actor=request.user, **form.cleaned_data)
        except (NotAllowed, WrongState) as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.show(form, status=422)
        said = _("%(who)s answers for you until %(day)s.") % {
            "who": made.delegate.name,
            "day": f"{made.ends_on:%-d %B %Y}",
        }
        messages.success(request, said)
        return HttpResponseRedirect("/rfcs/delegations")

    def show(self, form: DelegateForm, status: int = 200) -> HttpResponse:
        person: Any = self.request.user
        today = timezone.localdate()
        rows = Delegation.objects.visible_to(person).select_related("person", "delegate")
        current = Q(ended_at=None, ends_on__gte=today)
        context = {
            "form": form,
            "may_hand": may_hand(form),
            "mine": rows.filter(current, person=person),
            "for_others": rows.filter(current, delegate=person),
            "past": rows.filter(Q(person=person) | Q(delegate=person)).exclude(current)[:20],
            "today": today,
        }
        return render(self.request, "rfc/delegations.html", context, status=status)


def may_hand(form: DelegateForm) -> bool:
    """Whether the person has a function to hand over."""
    return bool(form.fields["function"].choices)  # type: ignore[attr-defined]


class EndDelegation(LoginRequiredMixin, View):
    """`POST /rfcs/delegations/3/end`."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person: Any = request.user
        own = Delegation.objects.visible_to(person).filter(Q(person=person) | Q(delegate=person))
        ended = end_delegation(actor=person, delegation=get_object_or_404(own, pk=pk))
        said = _("%(who)s no longer answers for %(other)s.") % {
            "who": ended.delegate.name,
            "other": ended.person.name,
        }
        messages.success(request, said)
        return HttpResponseRedirect("/rfcs/delegations")
