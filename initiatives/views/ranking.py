"""Rankings: the list per line, and one ranking with its order, signatures and commitment."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import Role
from accounts.permissions import has_role, lines_of
from config.flow.errors import Refusal
from config.flow.steps import steps
from initiatives import permissions as may
from initiatives.actions import ranking as actions
from initiatives.filters_referral import RankingFilter
from initiatives.forms.ranking import (
    AddForm,
    CapacityForm,
    CompleteForm,
    DraftForm,
    EntryForm,
    PlaceForm,
)
from initiatives.models import Ranking
from initiatives.queries.ranking import candidates, lanes_of, rankings_for, source_names

PAGE = 25


class RankingListView(LoginRequiredMixin, View):
    """Every line's rankings; a draft is opened here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(DraftForm(person=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DraftForm(request.POST, person=request.user)
        if not form.is_valid():
            return self._show(form, 422)
        try:
            ranking = actions.draft_ranking(actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self._show(form, refusal.status)
        messages.success(request, _("The draft is open."))
        return redirect(ranking.get_absolute_url())

    def _show(self, form: DraftForm, status: int = 200) -> HttpResponse:
        found = RankingFilter(self.request.GET, queryset=rankings_for(self.request.user))
        page = Paginator(found.qs, PAGE).get_page(self.request.GET.get("page"))
        mine = lines_of(self.request.user, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER)
        context = {"filter": found, "page_obj": page, "form": form, "may_draft": bool(mine)}
        return render(self.request, "ranking/list.html", context, status=status)


class RankingView(LoginRequiredMixin, View):
    """One ranking. Each of its forms is named; bad input answers with the text kept."""

    form_names = ("add", "remove", "place", "complete", "capacity", "sign", "commit", "order")

    @cached_property
    def ranking(self) -> Ranking:
        found: Ranking = get_object_or_404(
            rankings_for(self.request.user),
            line__slug=self.kwargs["line"],
            period=self.kwargs["period"],
            revision=self.kwargs["revision"],
        )
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("form") or request.GET.get("form", "")
        if name not in self.form_names:
            raise Http404
        form = self._form(name, request.POST)
        if not form.is_valid():
            return self._show(422, {name: form})
        try:
            act: Callable[[Any], str] = getattr(self, f"_do_{name}")
            said = act(form)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self._show(refusal.status, {name: form})
        messages.success(request, said)
        return HttpResponseRedirect(request.path)

    def _form(self, name: str, data: Any = None) -> Any:
        ranking = self.ranking
        builders: dict[str, Callable[[], forms.Form]] = {
            "add": lambda: AddForm(
                data, ranking=ranking, candidates=candidates(ranking), prefix="add"
            ),
            "remove": lambda: EntryForm(data, ranking=ranking),
            "place": lambda: PlaceForm(data, ranking=ranking),
            "complete": lambda: CompleteForm(
                data,
                prefix="complete",
                initial={"asked": ranking.sources_asked, "silent": ranking.sources_silent},
            ),
            "capacity": lambda: CapacityForm(data, ranking=ranking, prefix="capacity"),
        }
        return builders.get(name, lambda: forms.Form(data))()

    def _show(self, status: int = 200, sent: dict[str, Any] | None = None) -> HttpResponse:
        ranking, person = self.ranking, self.request.user
        kept = {name: self._form(name) for name in ("add", "complete", "capacity")}
        step = next((s for s in steps(ranking, person) if s.name == "commit"), None)
        context = {
            "ranking": ranking,
            "lanes": lanes_of(ranking),
            "forms": kept | (sent or {}),
            "refused": sent,
            "commit": step,
            "is_draft": ranking.phase == "draft",
            "may_rank": may.ranks(person, ranking) and ranking.phase == "draft",
            "signs_as_pm": has_role(person, Role.PRODUCT_MANAGER, line=ranking.line_id),
            "signs_as_bl": has_role(person, Role.BUSINESS_LEADER, line=ranking.line_id),
            "records": ranking.steps_taken.select_related("actor")[:20],
            "silent": source_names(ranking.sources_silent),
        }
        return render(self.request, "ranking/detail.html", context, status=status)

    def _do_add(self, form: AddForm) -> str:
        entry = actions.add_to_ranking(
            ranking=self.ranking, actor=self.request.user, **form.cleaned_data
        )
        return _("%(key)s has a place.") % {"key": entry.initiative.key}

    def _do_remove(self, form: EntryForm) -> str:
        entry = form.cleaned_data["entry"]
        actions.remove_from_ranking(entry=entry, actor=self.request.user)
        return _("%(key)s left the ranking.") % {"key": entry.initiative.key}

    def _do_place(self, form: PlaceForm) -> str:
        told = form.cleaned_data
        entry = told["entry"]
        if told["reason"].strip() != entry.departure_reason:
            actions.explain_departure(entry=entry, actor=self.request.user, reason=told["reason"])
        placed = actions.place_entry(
            entry=entry,
            actor=self.request.user,
            position=told["position"],
            lane=told["lane"] or None,
        )
        return _("%(key)s, position %(n)s.") % {
            "key": placed.initiative.key,
            "n": placed.position,
        }

    def _do_order(self, _form: Any) -> str:
        asked = self.request.POST
        lane = get_object_or_404(self.ranking.lanes, pk=self.request.GET.get("lane"))
        ids = [int(pk) for pk in asked.getlist("order") if pk.isdigit()]
        # With scripts off only the position numbers changed; they decide, then the former order.
        ids.sort(key=lambda pk: int(asked.get(f"position-{pk}") or 0))
        actions.order_lane(lane=lane, actor=self.request.user, entry_ids=ids, seen_version=None)
        return _("The order of %(lane)s is saved.") % {"lane": lane.name}

    def _do_complete(self, form: CompleteForm) -> str:
        actions.declare_complete(ranking=self.ranking, actor=self.request.user, **form.cleaned_data)
        return _("The set is declared complete.")

    def _do_capacity(self, form: CapacityForm) -> str:
        actions.set_capacity(
            ranking=self.ranking,
            actor=self.request.user,
            capacity_points=form.cleaned_data["capacity_points"],
            shares=form.shares(),
        )
        return _("The capacity is saved.")

    def _do_sign(self, _form: Any) -> str:
        actions.sign_ranking(ranking=self.ranking, actor=self.request.user)
        return _("You signed this order.")

    def _do_commit(self, _form: Any) -> str:
        actions.take_ranking_step(self.ranking, "commit", actor=self.request.user)
        return _("The ranking is committed.")
