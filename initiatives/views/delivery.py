"""The delivery tab: tickets and coverage, architecture, sign-offs, sprint; a page per ticket."""

from typing import Any

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives import permissions as may
from initiatives.actions import tickets as actions
from initiatives.actions.deepdive import sign_off, write_architecture
from initiatives.actions.sprint import change_sprint, open_sprint
from initiatives.forms import delivery as shapes
from initiatives.models import Ticket
from initiatives.queries.delivery import (
    LACKING,
    coverage,
    has,
    signatures,
    sprints_of,
    tickets_of,
)
from initiatives.views.tab_forms import TabFormsView


class DeliveryView(TabFormsView):
    """Deep-dive, estimates, sprint."""

    tab = "delivery"
    tab_label = gettext_lazy("Delivery")
    template_name = "initiatives/delivery.html"
    form_names = ("ticket", "architecture", "sign_off", "sprint", "plan", "goal")

    def context(self) -> dict[str, Any]:
        person, initiative = self.request.user, self.initiative
        tickets = tickets_of(initiative)
        lacking = self.request.GET.get("lacking", "")
        narrowed = lacking in LACKING
        shown = [t for t in tickets if not narrowed or not has(t, lacking)]
        estimated = [t.points for t in tickets if t.points is not None]
        return {
            **super().context(),
            "tickets": shown,
            "all_tickets": tickets,
            "lacking": lacking if narrowed else "",
            "coverage": coverage(tickets),
            "points": sum(estimated) if estimated else None,
            "deep_dive": getattr(initiative, "deep_dive", None),
            "signatures": signatures(initiative),
            "sprints": sprints_of(initiative),
            "may_write": may.may_edit_deep_dive(person, initiative),
            "may_plan": bool(initiative.line_id) and may.may_plan_sprints(person, initiative.line),
            "may_push": may.may_push(person, initiative),
            "may_sign": initiative.phase == "deep_dive"
            and bool(may.sign_off_functions(person, initiative)),
        }

    def form_ticket(self, data: Any, _files: Any) -> shapes.TicketForm:
        return shapes.TicketForm(data, prefix="ticket", initiative=self.initiative)

    def do_ticket(self, form: shapes.TicketForm) -> str:
        with transaction.atomic():
            ticket = actions.write_ticket(
                initiative=self.initiative, actor=self.request.user, **form.fields_of_ticket()
            )
            save_parts(ticket, form, self.request.user)
        return _("“%(title)s” is in the plan.") % {"title": ticket.title}

    def form_architecture(self, data: Any, _files: Any) -> forms.Form:
        told = getattr(self.initiative, "deep_dive", None)
        names = ("architecture", "non_functional", "row_version")
        initial = {n: getattr(told, n) for n in names} if told else {}
        return shapes.ArchitectureForm(data, prefix="architecture", initial=initial)

    def do_architecture(self, form: forms.Form) -> str:
        told = form.cleaned_data
        write_architecture(
            initiative=self.initiative,
            actor=self.request.user,
            architecture=told["architecture"],
            non_functional=told["non_functional"],
            seen_version=told["row_version"],
        )
        return _("The architecture is saved.")

    def form_sign_off(self, data: Any, _files: Any) -> forms.Form:
        functions = may.sign_off_functions(self.request.user, self.initiative)
        return shapes.SignOffForm(data, prefix="sign_off", functions=functions)

    def do_sign_off(self, form: forms.Form) -> str:
        signed = sign_off(initiative=self.initiative, actor=self.request.user, **form.cleaned_data)
        return _("You signed off for %(function)s.") % {"function": signed.get_function_display()}

    def form_sprint(self, data: Any, _files: Any) -> forms.Form:
        return shapes.SprintForm(data, prefix="sprint")

    def do_sprint(self, form: forms.Form) -> str:
        sprint = open_sprint(
            line=self.initiative.line, actor=self.request.user, **form.cleaned_data
        )
        return _("“%(name)s” is open.") % {"name": sprint.name}

    def form_plan(self, data: Any, _files: Any) -> forms.Form:
        return shapes.PlanForm(data, prefix="plan", initiative=self.initiative)

    def do_plan(self, form: forms.Form) -> str:
        sprint = form.cleaned_data["sprint"]
        tickets = tickets_of(self.initiative)
        actions.plan_into_sprint(tickets=tickets, actor=self.request.user, sprint=sprint)
        if sprint is None:
            return _("The tickets are in no sprint now.")
        return _("%(n)s tickets are in %(sprint)s.") % {"n": len(tickets), "sprint": sprint}

    def form_goal(self, data: Any, _files: Any) -> forms.Form:
        return shapes.GoalForm(data, prefix="goal", initiative=self.initiative)

    def do_goal(self, form: forms.Form) -> str:
        told = form.cleaned_data
        change_sprint(
            sprint=told["sprint"],
            actor=self.request.user,
            seen_version=told["row_version"],
            goal=told["goal"],
        )
        return _("The goal is saved.")


def save_parts(ticket: Ticket, form: shapes.TicketForm, actor: Any) -> None:
    """Criteria and sub-tasks as the form lists them, one per line."""
    actions.set_criteria(
        ticket=ticket, actor=actor, texts=shapes.lines_in(form.cleaned_data["criteria"])
    )
    actions.set_sub_tasks(
        ticket=ticket, actor=actor, titles=shapes.lines_in(form.cleaned_data["sub_tasks"])
    )


class TicketView(TabFormsView):
    """One ticket with its test cases."""

    tab = "delivery"
    tab_label = gettext_lazy("Ticket")
    template_name = "initiatives/ticket.html"
    form_names = ("ticket", "case", "remove", "automated", "archive")

    @cached_property
    def ticket(self) -> Ticket:
        return get_object_or_404(
            Ticket.objects.select_related("assignee", "team", "sprint", "initiative__line"),
            initiative=self.initiative,
            pk=self.kwargs["pk"],
        )

    def context(self) -> dict[str, Any]:
        ticket = self.ticket
        return {
            **super().context(),
            "ticket": ticket,
            "cases": list(ticket.test_cases.all()),
            "in_jira": list(ticket.jira_items.filter(level="ticket").select_related("connection")),
            "may_write": may.may_edit_deep_dive(self.request.user, self.initiative),
        }

    def form_ticket(self, data: Any, _files: Any) -> shapes.TicketForm:
        ticket = self.ticket
        initial = {n: getattr(ticket, n) for n in (*shapes.OF_TICKET, "row_version")}
        initial["criteria"] = "\n".join(c.text for c in ticket.criteria.all())
        initial["sub_tasks"] = "\n".join(s.title for s in ticket.sub_tasks.all())
        return shapes.TicketForm(data, prefix="ticket", initiative=self.initiative, initial=initial)

    def do_ticket(self, form: shapes.TicketForm) -> str:
        with transaction.atomic():
            changed = actions.change_ticket(
                ticket=self.ticket,
                actor=self.request.user,
                seen_version=form.cleaned_data["row_version"],
                **form.fields_of_ticket(),
            )
            save_parts(changed, form, self.request.user)
        return _("The ticket is saved.")

    def form_case(self, data: Any, _files: Any) -> forms.Form:
        return shapes.TestCaseForm(data, prefix="case")

    def do_case(self, form: forms.Form) -> str:
        actions.add_test_case(ticket=self.ticket, actor=self.request.user, **form.cleaned_data)
        return _("The test case is there.")

    def _case_form(self, prefix: str, data: Any) -> forms.Form:
        form = forms.Form(data, prefix=prefix)
        form.fields["case"] = forms.ModelChoiceField(queryset=self.ticket.test_cases.all())
        return form

    def form_remove(self, data: Any, _files: Any) -> forms.Form:
        return self._case_form("remove", data)

    def do_remove(self, form: forms.Form) -> str:
        actions.remove_test_case(case=form.cleaned_data["case"], actor=self.request.user)
        return _("The test case is gone; its history stays.")

    def form_automated(self, data: Any, _files: Any) -> forms.Form:
        return self._case_form("automated", data)

    def do_automated(self, form: forms.Form) -> str:
        case = form.cleaned_data["case"]
        actions.mark_automated(case=case, actor=self.request.user, automated=not case.automated)
        return _("Saved.")

    def form_archive(self, data: Any, _files: Any) -> forms.Form:
        return forms.Form(data)

    def do_archive(self, _form: forms.Form) -> str:
        ticket = actions.archive_ticket(ticket=self.ticket, actor=self.request.user)
        return (
            _("The ticket left the plan.")
            if ticket.archived_at
            else _("The ticket is in the plan again.")
        )
