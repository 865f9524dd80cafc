"""Rankings: the list per line, and one ranking with its order, signatures and commitment."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import Role
from accounts.permissions import has_role, lines_of
from config.flow.errors import Refusal
from config.flow.steps import steps
from config.whole import whole
from initiatives import permissions as may
from initiatives.actions import ordering
from initiatives.actions import ranking as actions
from initiatives.filters_ranking import RankingFilter
from initiatives.forms.ranking import (
    AddForm,
    CapacityForm,
    CompleteForm,
    DraftForm,
    EntryForm,
    LaneForm,
    PlaceForm,
    ReasonForm,
    UndoForm,
)
from initiatives.models import Ranking
from initiatives.queries.arrangement import undoable
from initiatives.queries.periods import changes_since
from initiatives.queries.ranking import (
    LaneRows,
    candidates,
    lanes_of,
    rankings_for,
    source_names,
    versions_in,
)
from initiatives.queries.score_matrix import dot, drawn
from initiatives.queries.scoring import version_for
from initiatives.queries.session import sessions_for

PAGE = 25
LAYOUTS = ("list", "matrix")
# So many are offered while typing; any other is named by its key or title.
OFFERED = 50


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
    """One ranking. Each of its forms is named; bad input answers with the text kept.

    With the header X-Fragment a move answers the card alone, or its refusal as JSON.
    """

    form_names = (
        "add",
        "remove",
        "place",
        "reason",
        "by_score",
        "complete",
        "capacity",
        "sign",
        "commit",
        "order",
        "undo",
    )

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
        fragment = bool(request.headers.get("X-Fragment"))
        form = self._form(name, request.POST)
        if not form.is_valid():
            return self._refused(form, 422, name, fragment=fragment)
        try:
            act: Callable[[Any], str] = getattr(self, f"_do_{name}")
            said = act(form)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self._refused(form, refusal.status, name, fragment=fragment)
        if fragment:
            del self.ranking
            return render(request, "ranking/_card.html", self._card())
        messages.success(request, said)
        return HttpResponseRedirect(request.path)

    def _refused(self, form: forms.Form, status: int, name: str, *, fragment: bool) -> HttpResponse:
        if fragment:
            said = [str(e) for errors in form.errors.values() for e in errors]
            return JsonResponse({"sentences": said}, status=status)
        return self._show(status, {name: form})

    def _form(self, name: str, data: Any = None) -> Any:
        ranking = self.ranking
        builders: dict[str, Callable[[], forms.Form]] = {
            "add": lambda: AddForm(
                data, ranking=ranking, candidates=candidates(ranking), prefix="add"
            ),
            "remove": lambda: EntryForm(data, ranking=ranking),
            "undo": lambda: UndoForm(data, ranking=ranking),
            "place": lambda: PlaceForm(data, ranking=ranking),
            "reason": lambda: ReasonForm(data, ranking=ranking),
            "by_score": lambda: LaneForm(data, ranking=ranking),
            "complete": lambda: CompleteForm(
                data,
                prefix="complete",
                initial={"asked": ranking.sources_asked, "silent": ranking.sources_silent},
            ),
            "capacity": lambda: CapacityForm(data, ranking=ranking, prefix="capacity"),
        }
        return builders.get(name, lambda: forms.Form(data))()

    def _card(self) -> dict[str, Any]:
        """What the card with the order shows; the fragment and the page share it."""
        ranking, person = self.ranking, self.request.user
        is_draft = ranking.phase == "draft"
        signs_as_pm = has_role(person, Role.PRODUCT_MANAGER, line=ranking.line_id)
        signs_as_bl = has_role(person, Role.BUSINESS_LEADER, line=ranking.line_id)
        found = next((s for s in steps(ranking, person) if s.name == "commit"), None)
        lacking = [r for r in found.missing if r.gate != "both_signed"] if found else []
        return {
            "ranking": ranking,
            "lanes": lanes_of(ranking),
            "commit": found,
            "is_draft": is_draft,
            "may_rank": may.ranks(person, ranking) and is_draft,
            "may_sign": is_draft
            and ((signs_as_pm and not ranking.pm_signed_at)
                 or (signs_as_bl and not ranking.bl_signed_at)),
            "lacking": lacking,
            "undo": undoable(ranking),
            "cleared": ranking.changes.select_related("actor").exclude(cleared="").first()
            if is_draft and not (ranking.pm_signed_at and ranking.bl_signed_at)
            else None,
        }  # fmt: skip

    def _show(self, status: int = 200, sent: dict[str, Any] | None = None) -> HttpResponse:
        ranking, card = self.ranking, self._card()
        kept = {name: self._form(name) for name in ("add", "complete", "capacity")}
        asked = self.request.GET.get("layout", "list")
        layout = asked if asked in LAYOUTS else "list"
        found = {
            **card,
            "layout": layout,
            "chart": self._matrix(card["lanes"]) if layout == "matrix" else None,
            "forms": kept | (sent or {}),
            "competing": candidates(ranking)[:OFFERED] if card["may_rank"] else (),
            "refused": sent,
            "records": ranking.steps_taken.select_related("actor")[:20],
            "changes": ranking.changes.select_related("actor")[:12],
            "silent": source_names(ranking.sources_silent),
            "answered": len(ranking.sources_asked) - len(ranking.sources_silent),
            "versions": versions_in(card["lanes"]),
            "since": changes_since(ranking) if ranking.phase == "committed" else [],
            **self._sessions(),
        }
        return render(self.request, "ranking/detail.html", found, status=status)

    def _sessions(self) -> dict[str, Any]:
        """The line's session that is under way, and the newest whose numbers lie open."""
        rows = list(sessions_for(self.request.user).filter(line=self.ranking.line_id)[:10])
        return {
            "session": next((s for s in rows if s.phase in ("scoring", "revealed")), None),
            "table": next((s for s in rows if s.phase in ("revealed", "closed")), None),
        }

    def _matrix(self, lanes: list[LaneRows]) -> Any:
        rows = [row for lane in lanes for row in lane.rows]
        version = next((r.entry.version for r in rows if r.entry.version), None)
        placed = [
            (r.initiative, dot(r.initiative, r.standing.axes, r.standing.parts, r.standing.value))
            for r in rows
        ]
        return drawn(placed, version or version_for(self.ranking.line_id))

    def _do_add(self, form: AddForm) -> str:
        entry = actions.add_to_ranking(
            ranking=self.ranking, actor=self.request.user, **form.cleaned_data
        )
        return _("%(key)s has a place.") % {"key": entry.initiative.key}

    def _do_remove(self, form: EntryForm) -> str:
        entry = form.cleaned_data["entry"]
        ordering.remove_from_ranking(entry=entry, actor=self.request.user)
        return _("%(key)s left the ranking.") % {"key": entry.initiative.key}

    def _do_place(self, form: PlaceForm) -> str:
        told, person = form.cleaned_data, self.request.user
        entry = told["entry"]
        placed = ordering.place_entry(
            entry=entry,
            actor=person,
            position=told["position"],
            lane=told["lane"] or None,
            after=told["after"],
            seen_version=told["row_version"],
        )
        if "reason" in form.data:
            actions.explain_departure(entry=placed, actor=person, reason=told["reason"])
        if "points" in form.data:
            actions.set_points(entry=placed, actor=person, points=told["points"])
        return _("%(key)s, position %(n)s of %(total)s in %(lane)s.") % {
            "key": placed.initiative.key,
            "n": placed.position,
            "total": placed.lane.entries.count(),
            "lane": placed.lane,
        }

    def _do_reason(self, form: ReasonForm) -> str:
        entry = form.cleaned_data["entry"]
        actions.explain_departure(
            entry=entry, actor=self.request.user, reason=form.cleaned_data["reason"]
        )
        return _("The reason for %(key)s is saved.") % {"key": entry.initiative.key}

    def _do_by_score(self, form: LaneForm) -> str:
        lane = form.cleaned_data["lane"]
        moved = ordering.order_by_score(lane=lane, actor=self.request.user)
        return _("%(lane)s stands in the order of its scores; %(n)d moved.") % {
            "lane": lane,
            "n": moved,
        }

    def _do_order(self, _form: Any) -> str:
        asked = self.request.POST
        lane = get_object_or_404(self.ranking.lanes, pk=_number(self.request.GET.get("lane")))
        ids = [pk for told in asked.getlist("order") if (pk := whole(told)) is not None]
        # With scripts off only the position numbers changed; they decide, then the former order.
        ids.sort(key=lambda pk: _number(asked.get(f"position-{pk}")))
        ordering.order_lane(
            lane=lane,
            actor=self.request.user,
            entry_ids=ids,
            seen_version=_number(asked.get("row_version")) or None,
        )
        return _("The order of %(lane)s is saved.") % {"lane": lane.name}

    def _do_undo(self, form: UndoForm) -> str:
        ordering.undo_move(ranking=self.ranking, actor=self.request.user, **form.cleaned_data)
        return _("The move is taken back.")

    def _do_complete(self, form: CompleteForm) -> str:
        actions.declare_complete(ranking=self.ranking, actor=self.request.user, **form.cleaned_data)
        return _("The set is declared complete.")

    def _do_capacity(self, form: CapacityForm) -> str:
        actions.set_capacity(
            ranking=self.ranking,
            actor=self.request.user,
            capacity_points=form.cleaned_data["capacity_points"],
            shares=form.shares(),
            names=form.names(),
            new_lane=form.new_lane(),
        )
        return _("The capacity is saved.")

    def _do_sign(self, _form: Any) -> str:
        signed = actions.sign_ranking(
            ranking=self.ranking,
            actor=self.request.user,
            seen_version=_number(self.request.POST.get("row_version")) or None,
        )
        if signed.phase == "committed":
            return _("Both committed to this order; it is frozen now.")
        return _("You committed to this order; it is final when the other has too.")

    def _do_commit(self, _form: Any) -> str:
        actions.take_ranking_step(self.ranking, "commit", actor=self.request.user)
        return _("The ranking is committed.")


def _number(text: str | None) -> int:
    """A number somebody sent; 0 for what is none."""
    return whole(text or "") or 0
