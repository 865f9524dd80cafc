"""The metrics tab: the promise to each KPI beside what was measured."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives import permissions as may
from initiatives.actions.belief import promise_kpi, withdraw_promise
from initiatives.forms.belief import PromiseForm
from initiatives.forms.request import choose
from initiatives.models import KpiPromise
from initiatives.queries.promise import promise_views
from initiatives.views.tab_forms import TabFormsView


class WithdrawForm(forms.Form):
    """Names the promise to withdraw."""

    promise = forms.ModelChoiceField(queryset=KpiPromise.objects.none(), widget=forms.HiddenInput)


class MetricsView(TabFormsView):
    """Promise against result."""

    tab = "metrics"
    tab_label = gettext_lazy("Metrics")
    template_name = "initiatives/metrics.html"
    form_names = ("promise", "withdraw")

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "promises": promise_views(self.initiative),
            "may_manage": may.manages(self.request.user, self.initiative),
        }

    def form_promise(self, data: Any, _files: Any) -> PromiseForm:
        return PromiseForm(data, prefix="promise", person=self.request.user)

    def do_promise(self, form: PromiseForm) -> str:
        promise_kpi(initiative=self.initiative, actor=self.request.user, **form.cleaned_data)
        return _("The promise is recorded.")

    def form_withdraw(self, data: Any, _files: Any) -> WithdrawForm:
        form = WithdrawForm(data, prefix="withdraw")
        choose(form, "promise", self.initiative.promises.all())
        return form

    def do_withdraw(self, form: WithdrawForm) -> str:
        withdraw_promise(promise=form.cleaned_data["promise"], actor=self.request.user)
        return _("The promise is withdrawn.")
