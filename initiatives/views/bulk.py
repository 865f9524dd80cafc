"""One act for many initiatives: choose, preview who changes, stays or refuses, apply, undo as one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from django.views import View

from config.flow.fsm import edges
from config.web.steps import next_of
from config.whole import whole
from initiatives.actions.bulk import CHANGE, REFUSED, SAME, act_on, ask_for_bulk, undo_bulk
from initiatives.forms.bulk import AT_ONCE, MOST, BulkWish
from initiatives.models import BulkEdit, Initiative


class BulkView(LoginRequiredMixin, View):
    """`POST /initiatives/bulk`: without `apply` a preview, with it the act, one by one."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest) -> HttpResponse:
        wish = self.wish
        if not wish.known or not wish.total:
            return self.show(status=422)
        if wish.kind == "set" and not wish.valued:
            asked = "value" in request.POST
            return self.show(status=422 if asked else 200, asking=True)
        if "apply" not in request.POST:
            return self.show(outcomes=wish.judged())
        if wish.total > AT_ONCE:
            return self.as_job()
        return self.applied()

    @cached_property
    def wish(self) -> BulkWish:
        sent = self.request.POST
        act = sent.get("act") or f"step:{sent.get('step', '')}"
        numbers = [n for told in sent.getlist("number") if (n := whole(told)) is not None]
        query = sent.get("query", "") if "all" in sent else None
        return BulkWish(self.request.user, act, numbers=numbers, query=query, told=sent)

    def applied(self) -> HttpResponse:
        wish = self.wish
        chosen = list(wish.chosen[:AT_ONCE])
        outcomes, edit = act_on(chosen, wish.act, self.request.user, words=wish.label)
        return self.show(outcomes=outcomes, applied=True, edit=edit)

    def as_job(self) -> HttpResponse:
        wish = self.wish
        numbers = list(wish.chosen.values_list("number", flat=True)[:MOST])
        job = ask_for_bulk(actor=self.request.user, act=wish.act, numbers=numbers, words=wish.label)
        return redirect(job.get_absolute_url())

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        outcomes = more.get("outcomes", [])
        wish = self.wish
        counts = {k: sum(o.kind == k for o in outcomes) for k in (CHANGE, SAME, REFUSED)}
        facts = next((e.facts for e in edges(Initiative) if e.step == wish.name), None)
        context = {
            "act": f"{wish.kind}:{wish.name}",
            "label": wish.label,
            "facts": facts if wish.kind == "step" else None,
            "form": wish.form if wish.kind == "set" and wish.known else None,
            "counts": counts,
            "open": counts[CHANGE],
            "total": wish.total,
            "unseen": max(wish.total - AT_ONCE, 0),
            "kept": self.kept(),
            "back": next_of(self.request) or "/initiatives",
            **more,
        }
        return render(self.request, "initiatives/bulk.html", context, status=status)

    def kept(self) -> list[tuple[str, str]]:
        """What the next form carries on: who was chosen, and the value once it is known."""
        names = ["number", "all", "query", "next"]
        names += ["value"] if self.wish.known and self.wish.valued else []
        return [(n, v) for n in names for v in self.request.POST.getlist(n)]


class OfBulkEdit(LoginRequiredMixin, View):
    """What somebody did to many at once; others do not see it."""

    def find(self) -> BulkEdit:
        mine = BulkEdit.objects.filter(pk=self.kwargs["pk"], actor=self.request.user.pk)
        found = mine.select_related("actor").first()
        if found is None:
            raise Http404
        return found


class BulkEditView(OfBulkEdit):
    """`/initiatives/bulk/<id>`: what was done, and the button that takes it back."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        edit = self.find()
        rows = Initiative.objects.visible_to(request.user)
        changed = rows.filter(number__in=[i["number"] for i in edit.items]).order_by("number")
        context = {"edit": edit, "changed": changed[:500], "count": len(edit.items)}
        return render(request, "initiatives/bulk_edit.html", context)


class UndoBulkView(OfBulkEdit):
    """`POST /initiatives/bulk/<id>/undo`: everything it changed goes back as one."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        edit = self.find()
        outcomes = undo_bulk(edit=edit, actor=request.user)
        stayed = [o for o in outcomes if not o.done]
        done = len(outcomes) - len(stayed)
        text = ngettext("%d initiative is as before.", "%d initiatives are as before.", done)
        messages.success(request, text % done)
        for outcome in stayed[:10]:
            said = f"{outcome.initiative.key}: {' '.join(outcome.sentences)}"
            messages.warning(request, said)
        return redirect(next_of(request) or "/initiatives")
