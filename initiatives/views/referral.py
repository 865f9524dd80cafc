"""The referral tab and the CPO's queue of referrals."""

from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.flow.steps import steps
from config.web.steps import TakeStep
from initiatives import permissions as may
from initiatives.actions.lines import add_line, remove_line
from initiatives.actions.referral import (
    answer_for_line,
    delegate_referral,
)
from initiatives.filters_referral import ReferralFilter
from initiatives.forms.coordination import AnswerForm, DelegateForm
from initiatives.forms.small import LineForm
from initiatives.models import Referral
from initiatives.queries.coordination import line_rows, referrals_for
from initiatives.views.tab import InitiativeMixin
from initiatives.views.tab_forms import TabFormsView

PAGE = 50


class DropLineForm(forms.Form):
    """Names the further line to take away."""

    line = forms.SlugField(widget=forms.HiddenInput)


class ReferralView(TabFormsView):
    """One coordinator, many lines, each with its own answer."""

    tab = "referral"
    tab_label = gettext_lazy("Referral")
    template_name = "initiatives/referral.html"
    form_names = ("line", "answer", "delegate", "drop")

    def context(self) -> dict[str, Any]:
        person = self.request.user
        referral = getattr(self.initiative, "referral", None)
        rows = line_rows(self.initiative, person)
        return {
            **super().context(),
            "referral": referral,
            "referral_steps": steps(referral, person) if referral else [],
            "rows": rows,
            "several": len(rows) > 1,
            "may_manage": may.manages(person, self.initiative),
            "may_delegate": referral is not None and may.coordinates(person, referral),
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

    def form_answer(self, data: Any, _files: Any) -> AnswerForm:
        return AnswerForm(
            data, prefix="answer", initiative=self.initiative, person=self.request.user
        )

    def do_answer(self, form: AnswerForm) -> str:
        share = answer_for_line(actor=self.request.user, **form.cleaned_data)
        return _("The answer of %(line)s is recorded.") % {"line": share.line}

    def form_delegate(self, data: Any, _files: Any) -> DelegateForm:
        referral = getattr(self.initiative, "referral", None)
        initial = {"delegate": referral.delegate_id} if referral else {}
        return DelegateForm(data, prefix="delegate", initial=initial)

    def do_delegate(self, form: DelegateForm) -> str:
        delegate_referral(
            referral=self.initiative.referral, actor=self.request.user, **form.cleaned_data
        )
        return _("The delegate is named.")

    def form_drop(self, data: Any, _files: Any) -> DropLineForm:
        return DropLineForm(data, prefix="drop")

    def do_drop(self, form: DropLineForm) -> str:
        slug = form.cleaned_data["line"]
        share = self.initiative.lines.select_related("line").filter(line__slug=slug).first()
        if share is None:
            return _("It was not among the lines any more.")
        remove_line(initiative=self.initiative, actor=self.request.user, line=share.line)
        return _("%(line)s is no longer touched.") % {"line": share.line}


class ReferralStepView(InitiativeMixin, TakeStep):
    """A step of the referral, posted from its panel."""

    def find(self) -> Any:
        return get_object_or_404(
            Referral.objects.visible_to(self.request.user), initiative=self.initiative
        )


class ReferralListView(LoginRequiredMixin, View):
    """The queue of referrals with its clock."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = ReferralFilter(request.GET, queryset=referrals_for(request.user))
        page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
        context = {"filter": found, "page_obj": page, "referrals": page.object_list}
        return render(request, "referrals/list.html", context)
