"""The referral tab: lines by their word and by their facts, answers, shares, messages, the CPO's step."""

from dataclasses import replace
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.flow.errors import Conflict
from config.flow.steps import StepView, steps
from config.web.steps import TakeStep
from initiatives import permissions as may
from initiatives.actions.contributions import state_contribution
from initiatives.actions.lines import add_line, disclaim_line, may_name_lines, remove_line
from initiatives.actions.referral import answer_for_line, close_condition, delegate_referral
from initiatives.actions.talk import comment
from initiatives.forms.coordination import (
    AnswerForm,
    ConditionForm,
    ContributionForm,
    DelegateForm,
    DisclaimForm,
    MessageForm,
)
from initiatives.forms.small import LineForm
from initiatives.models import Referral
from initiatives.queries.coordination import STATES, LineRow, clock, line_rows, wholes
from initiatives.queries.talk import threads
from initiatives.touched import inferred_lines
from initiatives.views.tab import InitiativeMixin
from initiatives.views.tab_forms import TabFormsView

HISTORY = 20


class DropLineForm(forms.Form):
    """Names the further line to take away."""

    line = forms.SlugField(widget=forms.HiddenInput)


class ReferralView(TabFormsView):
    """One coordinator, many lines, each with its own answer."""

    tab = "referral"
    tab_label = gettext_lazy("Referral")
    template_name = "initiatives/referral.html"
    form_names = (
        "line", "disclaim", "answer", "condition", "share", "delegate", "drop", "message",
    )  # fmt: skip

    @cached_property
    def referral(self) -> Referral | None:
        return getattr(self.initiative, "referral", None)

    @cached_property
    def rows(self) -> list[LineRow]:
        return line_rows(self.initiative, self.request.user)

    @cached_property
    def answering(self) -> LineRow | None:
        """The line whose answer the page offers: the one in the address, else one not given yet."""
        mine = [row for row in self.rows if row.may_answer] if len(self.rows) > 1 else []
        wanted = self.request.GET.get("answer", "")
        sent = self.request.POST.get("answer-share", "")
        for row in mine:
            if wanted == row.share.line.slug or sent == str(row.share.pk):
                return row
        silent = [row for row in mine if row.share.answer == "none" and not row.leads]
        return next(iter(silent), None)

    def context(self) -> dict[str, Any]:
        person, initiative, referral = self.request.user, self.initiative, self.referral
        return {
            **super().context(),
            "referral": referral,
            "referral_state": STATES[referral.phase] if referral else None,
            "referral_clock": clock(referral.due_date)
            if referral and referral.phase == "asked"
            else None,
            "referral_steps": _with_lines(steps(referral, person), self.rows) if referral else [],
            "rows": self.rows,
            "answering": self.answering,
            "several": len(self.rows) > 1,
            "inferred": inferred_lines(initiative),
            "disclaimers": {d.line_id: d for d in initiative.disclaimers.select_related("author")},
            "wholes": wholes(initiative, self.rows, person),
            "referral_history": list(referral.steps_taken.select_related("actor")[:HISTORY])
            if referral
            else [],
            "comments_base": f"/initiatives/{initiative.key}/comments",
            "threads": threads(initiative, person, of_lines=True),
            "may_manage": may.manages(person, initiative),
            "may_name": may_name_lines(person, initiative),
            "may_delegate": referral is not None and may.answers_referrals(person),
            "parts": list(initiative.parts.select_related("line").order_by("number")),
            "whole": initiative.split_from,
        }

    def form_line(self, data: Any, _files: Any) -> LineForm:
        return LineForm(data, prefix="line", initiative=self.initiative, person=self.request.user)

    def do_line(self, form: LineForm) -> str:
        share = add_line(
            initiative=self.initiative,
            actor=self.request.user,
            line=form.cleaned_data["line"],
        )
        return _("%(line)s is asked for its answer.") % {"line": share.line}

    def form_disclaim(self, data: Any, _files: Any) -> DisclaimForm:
        return DisclaimForm(data, prefix="disclaim", person=self.request.user)

    def do_disclaim(self, form: DisclaimForm) -> str:
        row = disclaim_line(
            initiative=self.initiative, actor=self.request.user, **form.cleaned_data
        )
        return _("It is on record why %(line)s is not touched.") % {"line": row.line}

    def form_answer(self, data: Any, _files: Any) -> AnswerForm:
        row = self.answering
        return AnswerForm(
            data,
            prefix="answer",
            initiative=self.initiative,
            person=self.request.user,
            line=row.share.line if row else None,
            initial=_said(row) if row else {},
        )

    def do_answer(self, form: AnswerForm) -> str:
        try:
            share = answer_for_line(actor=self.request.user, **form.cleaned_data)
        except Conflict as conflict:
            # Sent again, the same text replaces the answer that came between.
            again = self.request.POST.copy()
            again["answer-seen"] = conflict.theirs.answered_at.isoformat()
            form.data = again
            self.__dict__.pop("rows", None)
            raise
        return _("The answer of %(line)s is recorded.") % {"line": share.line}

    def form_condition(self, data: Any, _files: Any) -> ConditionForm:
        return ConditionForm(data, prefix="condition", initiative=self.initiative)

    def do_condition(self, form: ConditionForm) -> str:
        close_condition(actor=self.request.user, **form.cleaned_data)
        return _("The condition is met.")

    def form_share(self, data: Any, _files: Any) -> ContributionForm:
        return ContributionForm(data, prefix="share", initiative=self.initiative)

    def do_share(self, form: ContributionForm) -> str:
        made = state_contribution(actor=self.request.user, **form.cleaned_data)
        return _("The share is recorded.") if made else _("The share is taken back.")

    def form_delegate(self, data: Any, _files: Any) -> DelegateForm:
        row = self.referral
        initial = {"delegate": row.delegate_id, "until": row.delegate_until} if row else {}
        return DelegateForm(data, prefix="delegate", initial=initial)

    def do_delegate(self, form: DelegateForm) -> str:
        referral = get_object_or_404(Referral, initiative=self.initiative)
        delegate_referral(referral=referral, actor=self.request.user, **form.cleaned_data)
        named = form.cleaned_data["delegate"]
        return _("The delegate is named.") if named else _("Nobody stands in any more.")

    def form_drop(self, data: Any, _files: Any) -> DropLineForm:
        return DropLineForm(data, prefix="drop")

    def do_drop(self, form: DropLineForm) -> str:
        slug = form.cleaned_data["line"]
        share = self.initiative.lines.select_related("line").filter(line__slug=slug).first()
        if share is None:
            return _("It was not among the lines any more.")
        remove_line(initiative=self.initiative, actor=self.request.user, line=share.line)
        return _("%(line)s is no longer touched.") % {"line": share.line}

    def form_message(self, data: Any, _files: Any) -> MessageForm:
        return MessageForm(data, prefix="message", initiative=self.initiative)

    def do_message(self, form: MessageForm) -> str:
        comment(initiative=self.initiative, actor=self.request.user, **form.cleaned_data)
        return _("The message is sent.")


def _said(row: LineRow) -> dict[str, Any]:
    """What the line said last, as the form starts with it."""
    share = row.share
    return {
        "share": share.pk,
        "seen": row.seen,
        "answer": share.answer if share.answer != "none" else "accepted",
        "person": share.person_id,
        "kpi": share.kpi_id,
        "capacity_points": share.capacity_points,
        "conditions": "\n".join(c.text for c in row.open_conditions),
        "note": share.note,
    }


def _with_lines(found: list[StepView], rows: list[LineRow]) -> list[StepView]:
    """“Return to one line” offers the touched lines to choose from."""
    choices = tuple((row.share.line.slug, row.share.line.name) for row in rows)
    return [
        replace(
            step,
            asks=tuple(
                replace(ask, kind="choice", choices=choices, help="") if ask.name == "line" else ask
                for ask in step.asks
            ),
        )
        for step in found
    ]


class ReferralStepView(InitiativeMixin, TakeStep):
    """A step of the referral, posted from its panel."""

    def find(self) -> Any:
        return get_object_or_404(
            Referral.objects.visible_to(self.request.user), initiative=self.initiative
        )
