"""The evidence tab: hypothesis, evidence for and against, verdict, score."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives import permissions as may
from initiatives.actions.belief import (
    archive_evidence,
    judge_evidence,
    mark_link,
    record_evidence,
    state_hypothesis,
)
from initiatives.actions.score import give_score_input
from initiatives.forms.belief import EvidenceForm, HypothesisForm, ScoreForm, VerdictForm
from initiatives.forms.request import choose
from initiatives.models import Evidence
from initiatives.queries.belief import belief_of, score_view
from initiatives.queries.scoring import version_for
from initiatives.views.tab_forms import TabFormsView


class ArchiveForm(forms.Form):
    """Names the item to archive or take back."""

    item = forms.ModelChoiceField(queryset=Evidence.objects.none(), widget=forms.HiddenInput)


class EvidenceView(TabFormsView):
    """Why we believe it."""

    tab = "evidence"
    tab_label = gettext_lazy("Evidence")
    template_name = "initiatives/evidence.html"
    form_names = ("hypothesis", "evidence", "verdict", "score", "archive", "link")

    def context(self) -> dict[str, Any]:
        belief = belief_of(self.initiative)
        person, initiative = self.request.user, self.initiative
        return {
            **super().context(),
            "belief": belief,
            "scoring": score_view(initiative, belief),
            "hypothesis": getattr(initiative, "hypothesis", None),
            "verdicts": list(initiative.verdicts.select_related("judge")),
            "may_manage": may.manages(person, initiative),
            "may_collect": may.may_collect_evidence(person, initiative),
            "may_judge": may.may_judge_evidence(person, initiative),
            "may_score": may.may_score(person, initiative),
        }

    def form_hypothesis(self, data: Any, _files: Any) -> HypothesisForm:
        told = getattr(self.initiative, "hypothesis", None)
        names = ("change", "audience", "kpi", "baseline", "target", "by_date", "pass_rule")
        initial = {n: getattr(told, n) for n in names} if told else {}
        if told:
            initial["seen_version"] = told.row_version
        return HypothesisForm(data, initial=initial, prefix="hypothesis", person=self.request.user)

    def do_hypothesis(self, form: HypothesisForm) -> str:
        state_hypothesis(initiative=self.initiative, actor=self.request.user, **form.cleaned_data)
        return _("The hypothesis is recorded.")

    def form_evidence(self, data: Any, files: Any) -> EvidenceForm:
        initial = {"collected_date": timezone.localdate()}
        return EvidenceForm(data, files, initial=initial, prefix="evidence")

    def do_evidence(self, form: EvidenceForm) -> str:
        told = {**form.cleaned_data, "files": form.cleaned_data["attachments"]}
        told.pop("attachments")
        record_evidence(initiative=self.initiative, actor=self.request.user, **told)
        return _("The evidence is recorded.")

    def form_verdict(self, data: Any, _files: Any) -> VerdictForm:
        return VerdictForm(data, prefix="verdict")

    def do_verdict(self, form: VerdictForm) -> str:
        judge_evidence(initiative=self.initiative, actor=self.request.user, **form.cleaned_data)
        return _("Your verdict is recorded.")

    def form_score(self, data: Any, _files: Any) -> ScoreForm:
        return ScoreForm(
            data,
            prefix="score",
            initiative=self.initiative,
            version=version_for(self.initiative.line_id),
        )

    def do_score(self, form: ScoreForm) -> str:
        give_score_input(initiative=self.initiative, actor=self.request.user, **form.told())
        return _("Your input counts from now on.")

    def form_link(self, data: Any, _files: Any) -> ArchiveForm:
        form = ArchiveForm(data, prefix="link")
        choose(form, "item", self.initiative.evidence.exclude(link=""))
        return form

    def do_link(self, form: ArchiveForm) -> str:
        item = mark_link(evidence=form.cleaned_data["item"], actor=self.request.user)
        if item.link_broken_at:
            return _("The link is marked as broken; the text remains.")
        return _("The link works again.")

    def form_archive(self, data: Any, _files: Any) -> ArchiveForm:
        form = ArchiveForm(data, prefix="archive")
        choose(form, "item", self.initiative.evidence.all())
        return form

    def do_archive(self, form: ArchiveForm) -> str:
        item = archive_evidence(evidence=form.cleaned_data["item"], actor=self.request.user)
        return _("Archived; it no longer counts.") if item.archived_at else _("It counts again.")
