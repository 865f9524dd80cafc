"""Scoring sessions: the list with its start, the blind grid, and the table after the reveal."""

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

from accounts.models import BusinessLine, Role
from accounts.permissions import lines_of
from config.flow.errors import Refusal
from config.flow.steps import steps
from config.web.steps import TakeStep
from initiatives import permissions as may
from initiatives.actions import session as actions
from initiatives.estimates import Estimate
from initiatives.filters_ranking import SessionFilter
from initiatives.forms.session import AgreeForm, HandOverForm, PeopleForm, ScoresForm, StartForm
from initiatives.models import ScoringSession, SessionItem
from initiatives.queries.scoring import version_for
from initiatives.queries.session import (
    ItemView,
    Table,
    items_of,
    matrix_of_table,
    open_seat,
    own_scores,
    seats_of,
    sessions_for,
    table_of,
    to_invite,
)

PAGE = 25


class SessionListView(LoginRequiredMixin, View):
    """Every session; one is started here for one of the person's lines."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(None)

    def post(self, request: HttpRequest) -> HttpResponse:
        line = get_object_or_404(BusinessLine.objects.visible_to(request.user),
                                 slug=request.POST.get("line", ""))  # fmt: skip
        form = StartForm(request.POST, line=line, people=to_invite(line))
        if not form.is_valid():
            return self._show(form, 422, line)
        try:
            session = actions.start_session(actor=request.user, line=line, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self._show(form, refusal.status, line)
        messages.success(request, _("The session is open. Nobody sees another's numbers."))
        return redirect(session.get_absolute_url())

    def _show(
        self, form: StartForm | None, status: int = 200, line: BusinessLine | None = None
    ) -> HttpResponse:
        request = self.request
        found = SessionFilter(request.GET, queryset=sessions_for(request.user))
        page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
        mine = lines_of(request.user, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER)
        lines = list(BusinessLine.objects.visible_to(request.user).filter(pk__in=mine))
        wanted = request.GET.get("line", "")
        line = line or next((n for n in lines if n.slug == wanted), lines[0] if lines else None)
        if form is None and line is not None:
            form = StartForm(line=line, people=to_invite(line))
        context = {
            "filter": found,
            "page_obj": page,
            "form": form,
            "line": line,
            "lines": lines,
            "version": version_for(line.pk) if line else None,
        }
        return render(request, "ranking/sessions.html", context, status=status)


class SessionView(LoginRequiredMixin, View):
    """One session. Its forms are named; bad input answers 422 with the text kept."""

    form_names = ("scores", "done", "invite", "join", "leave", "hand_over", "agree")

    @cached_property
    def session(self) -> ScoringSession:
        rows = sessions_for(self.request.user)
        found: ScoringSession = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    @cached_property
    def table(self) -> Table:
        by = self.request.GET.get("sort") == "disagreement"
        return table_of(self.session, self.request.user, by_disagreement=by)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("form", "")
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
        place = f"#item-{request.POST['item']}" if name == "agree" else ""
        return HttpResponseRedirect(f"{request.get_full_path()}{place}")

    def _form(self, name: str, data: Any = None) -> Any:
        session = self.session
        if name in ("scores", "done"):
            return ScoresForm(
                data,
                specs=session.version.ready.inputs,
                items=items_of(session),
                given=own_scores(session, self.request.user),
            )
        if name == "agree":
            return self._agree_form(self._item(data), data)
        if name == "invite":
            return PeopleForm(data, session=session)
        if name == "hand_over":
            return HandOverForm(data, session=session)
        return forms.Form(data)

    def _item(self, data: Any) -> ItemView:
        told = str(data.get("item", ""))
        found = next((v for v in self.table.items if str(v.item.pk) == told), None)
        if found is None:
            raise Http404
        return found

    def _agree_form(self, view: ItemView, data: Any = None) -> AgreeForm:
        return AgreeForm(
            data,
            specs=self.session.version.ready.inputs,
            spreads={f.name: f.spread for f in view.factors if f.spread},
            agreed=self._agreed.get(view.item.pk, {}),
            initial={"note": view.item.note},
            prefix=f"i{view.item.pk}",
        )

    @cached_property
    def _agreed(self) -> dict[int, dict[str, Estimate]]:
        """Item → factor → what was agreed; one query."""
        found: dict[int, dict[str, Estimate]] = {}
        rows = self.session.items.filter(agreed_at__isnull=False).prefetch_related("agreed_inputs")
        for item in rows:
            for given in sorted(item.agreed_inputs.all(), key=lambda g: (g.at, g.pk)):
                told = Estimate(given.value, given.low, given.high)
                found.setdefault(item.pk, {})[given.factor] = told
        return found

    def _show(self, status: int = 200, sent: dict[str, Any] | None = None) -> HttpResponse:
        session, person = self.session, self.request.user
        facilitates = may.facilitates(person, session)
        shown = session.phase in ("revealed", "closed")
        context = {
            "session": session,
            "specs": session.version.ready.inputs,
            "seats": self.table.seats if shown else seats_of(session),
            "seat": open_seat(session, person),
            "facilitates": facilitates,
            "may_join": session.phase == "scoring" and may.may_seat(person, session),
            "steps": steps(session, person),
            "sent": sent or {},
            "records": session.steps_taken.select_related("actor")[:10],
            "sorted_by": self.request.GET.get("sort", ""),
        }
        if shown:
            context |= self._after(sent or {}, facilitates=facilitates)
        kept = (sent or {}).get("scores") or (sent or {}).get("done")
        if context["seat"] and session.phase == "scoring":
            context["grid"] = kept or self._form("scores")
        elif kept:
            context["lost"] = [c for _item, cells in kept.rows() for c in cells if c.value()]
        if facilitates and session.phase == "scoring":
            context["invite"] = (sent or {}).get("invite") or self._form("invite")
        if facilitates and session.phase in ("scoring", "revealed"):
            context["hand_over"] = (sent or {}).get("hand_over") or self._form("hand_over")
        return render(self.request, "ranking/session.html", context, status=status)

    def _after(self, sent: dict[str, Any], *, facilitates: bool) -> dict[str, Any]:
        refused = sent.get("agree")
        open_for_agreeing = facilitates and self.session.phase == "revealed"
        rows = []
        for view in self.table.items:
            form = None
            if open_for_agreeing:
                mine = refused is not None and refused.prefix == f"i{view.item.pk}"
                form = refused if mine else self._agree_form(view)
            rows.append((view, form))
        shown = self.request.GET.get("layout") == "matrix"
        chart = matrix_of_table(self.session, self.table) if shown else None
        return {"table": self.table, "rows": rows, "layout": shown, "chart": chart}

    def _do_scores(self, form: ScoresForm, *, done: bool = False) -> str:
        actions.give_session_scores(
            session=self.session, actor=self.request.user, scores=form.scores(), done=done
        )
        return (
            _("Done. The others see that you have finished, not what you wrote.")
            if done
            else (_("Saved. Only you see these numbers until the reveal."))
        )

    def _do_done(self, form: ScoresForm) -> str:
        return self._do_scores(form, done=True)

    def _do_invite(self, form: PeopleForm) -> str:
        new = actions.invite_to_session(
            session=self.session, actor=self.request.user, people=form.cleaned_data["people"]
        )
        return _("%(n)d sit down.") % {"n": new}

    def _do_join(self, _form: Any) -> str:
        actions.join_session(session=self.session, actor=self.request.user)
        return _("You sit at the table.")

    def _do_leave(self, _form: Any) -> str:
        actions.leave_session(session=self.session, actor=self.request.user)
        return _("You left. The scores you gave stay and count.")

    def _do_hand_over(self, form: HandOverForm) -> str:
        person = form.cleaned_data["person"]
        actions.hand_over_session(session=self.session, actor=self.request.user, person=person)
        return _("%(person)s facilitates now.") % {"person": person}

    def _do_agree(self, form: AgreeForm) -> str:
        item = get_object_or_404(
            SessionItem.objects.select_related("session", "initiative"),
            session=self.session,
            pk=self.request.POST["item"],
        )
        actions.agree_on(
            item=item,
            actor=self.request.user,
            values=form.values(),
            note=form.cleaned_data["note"],
        )
        return _("Agreed on %(key)s; its score counts from now on.") % {"key": item.initiative.key}


class TakeSessionStep(TakeStep):
    """Take one step of a session."""

    def find(self) -> ScoringSession:
        rows = ScoringSession.objects.visible_to(self.request.user)
        found: ScoringSession = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found
