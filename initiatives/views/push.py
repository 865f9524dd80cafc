"""The push of one initiative: the plan with its differences, the button that applies it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.identity import signed_in
from config.flow.errors import Refusal
from initiatives import permissions as may
from initiatives.actions.jira_push import apply_push
from initiatives.actions.jira_read import ask_to_read
from initiatives.jira.plan import LABELS, Plan, PlanItem, plan_push
from initiatives.queries.jira import standing, tone
from initiatives.views.tab import InitiativeMixin, InitiativeTabView

LEVELS = {
    "epic": gettext_lazy("Epic"),
    "ticket": gettext_lazy("Story"),
    "subtask": gettext_lazy("Sub-task"),
}
MARKS = {
    "create": ("add", "plus"),
    "change": ("change", "pencil"),
    "unchanged": ("same", "equal"),
    "refused": ("off", "ban"),
}
WORDS = {
    "create": gettext_lazy("to create"),
    "change": gettext_lazy("to change"),
    "unchanged": gettext_lazy("unchanged"),
    "refused": gettext_lazy("refused"),
}


class PushView(InitiativeTabView):
    """`/initiatives/INI-12/push`: GET shows the plan, POST applies it as a Job."""

    tab = "delivery"
    tab_label = gettext_lazy("Push to Jira")
    template_name = "initiatives/push.html"

    @cached_property
    def plan(self) -> Plan:
        return plan_push(self.initiative)

    def context(self) -> dict[str, Any]:
        plan = self.plan
        may_push = may.may_push(self.request.user, self.initiative)
        kept = [each.item for each in plan.items if each.item.pk]
        return {
            "plan": plan,
            "counts": [
                {"label": WORDS[op], "count": n, "kind": MARKS[op][0]}
                for op, n in plan.counts.items()
            ],
            "nodes": [node(each) for each in plan.items],
            "may_push": may_push,
            "can_apply": may_push and plan.anything and not plan.blocks,
            "who": may.plans_delivery_of.who(self.initiative),
            "last_job": max((row.job for row in kept if row.job), key=lambda j: j.pk, default=None),
            "read_at": max((row.read_at for row in kept if row.read_at), default=None),
            "linked": any(row.issue_id for row in kept),
        }

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        try:
            job = apply_push(initiative=self.initiative, actor=signed_in(request))
        except Refusal as refusal:
            told = {"title": refusal.title, "sentences": refusal.sentences}
            return self.show(status=refusal.status, refusal=told)
        return redirect(job.get_absolute_url())


def node(planned: PlanItem) -> dict[str, Any]:
    """One issue as the tree draws it."""
    kind, icon = MARKS[planned.op]
    item = planned.item
    return {
        "planned": planned,
        "item": item,
        "kind": kind,
        "icon": icon,
        "level": LEVELS[item.level],
        "tone": tone(item),
        "standing": standing(item) if item.pk else "",
        "said": [*planned.refusals, *planned.warnings, *filter(None, [_trouble(planned)])],
        "drift": [{"name": n, "label": LABELS.get(n, n), **d} for n, d in item.drift.items()],
    }


def _trouble(planned: PlanItem) -> str:
    item = planned.item
    if not item.pk or planned.op == "refused":
        return ""
    return item.message or item.last_error


class ReadInitiativeView(InitiativeMixin, View):
    """`POST /initiatives/INI-12/push/read`: read its issues from Jira now."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        job = ask_to_read(actor=signed_in(request), initiative=self.initiative)
        return redirect(job.get_absolute_url())
