"""The design tab: screens × states, versions, studies, comments; and the pictures themselves."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.web.pictures import picture_response
from config.whole import whole
from initiatives import permissions as may
from initiatives.actions import design as actions
from initiatives.actions.study import judge_study, record_study
from initiatives.forms import design as shapes
from initiatives.models import MockupFile
from initiatives.queries.design import design_of
from initiatives.views.tab import InitiativeMixin
from initiatives.views.tab_forms import TabFormsView


class DesignView(TabFormsView):
    """Mockups and proof."""

    tab = "design"
    tab_label = gettext_lazy("Design")
    template_name = "initiatives/design.html"
    form_names = (
        "screen",
        "exempt",
        "lift",
        "version",
        "picture",
        "pin",
        "study",
        "judge",
        "comment",
        "resolve",
        "skip",
        "agree",
    )

    def context(self) -> dict[str, Any]:
        person, initiative = self.request.user, self.initiative
        design = design_of(initiative, whole(self.request.GET.get("version", "")))
        return {
            **super().context(),
            "design": design,
            "may_design": may.designs_for(person, initiative) or may.manages(person, initiative),
            "may_manage": may.manages(person, initiative),
            "is_designer": may.designs_for(person, initiative),
            "may_judge": may.may_judge_study(person, initiative),
            "may_comment": may.may_comment_design(person, initiative),
        }

    def _named(self, shape: Any, prefix: str, data: Any, files: Any = None, **more: Any) -> Any:
        return shape(data, files, prefix=prefix, initiative=self.initiative, **more)

    def form_screen(self, data: Any, _files: Any) -> forms.Form:
        return shapes.ScreenForm(data, prefix="screen")

    def do_screen(self, form: forms.Form) -> str:
        screen = actions.name_screen(
            initiative=self.initiative, actor=self.request.user, **form.cleaned_data
        )
        return _("“%(name)s” is in the grid.") % {"name": screen.name}

    def form_exempt(self, data: Any, _files: Any) -> Any:
        return self._named(shapes.ExemptionForm, "exempt", data)

    def do_exempt(self, form: forms.Form) -> str:
        told = form.cleaned_data
        for state in told["states"]:
            actions.exempt_state(
                screen=told["screen"],
                actor=self.request.user,
                state=state,
                reason=told["reason"],
            )
        return _("The exemption is recorded.")

    def form_lift(self, data: Any, _files: Any) -> Any:
        return self._named(shapes.LiftForm, "lift", data)

    def do_lift(self, form: forms.Form) -> str:
        actions.lift_exemption(exemption=form.cleaned_data["exemption"], actor=self.request.user)
        return _("The cell is open again.")

    def form_version(self, data: Any, _files: Any) -> forms.Form:
        return shapes.VersionForm(data, prefix="version")

    def do_version(self, form: forms.Form) -> str:
        told = dict(form.cleaned_data)
        carry_over = told.pop("carry_over")
        earlier = design_of(self.initiative).versions
        version = actions.add_mockup_version(
            initiative=self.initiative, actor=self.request.user, **told
        )
        if carry_over and earlier:
            actions.carry_pictures_over(
                version=version, actor=self.request.user, earlier=earlier[0]
            )
        return _("Version %(n)s is open.") % {"n": version.number}

    def form_picture(self, data: Any, files: Any) -> Any:
        return self._named(shapes.PictureForm, "picture", data, files)

    def do_picture(self, form: forms.Form) -> str:
        told = dict(form.cleaned_data)
        picture = actions.add_picture(actor=self.request.user, upload=told.pop("picture"), **told)
        return _("“%(screen)s” is frozen into the version.") % {"screen": picture.screen.name}

    def form_pin(self, data: Any, _files: Any) -> Any:
        return self._named(shapes.PinForm, "pin", data)

    def do_pin(self, form: forms.Form) -> str:
        version = actions.pin_version(version=form.cleaned_data["version"], actor=self.request.user)
        return _("Version %(n)s is pinned.") % {"n": version.number}

    def form_study(self, data: Any, _files: Any) -> Any:
        return self._named(shapes.StudyForm, "study", data)

    def do_study(self, form: Any) -> str:
        names = ("version", "goal", "segment", "participants", "held_date", "findings")
        told = {name: form.cleaned_data[name] for name in names}
        record_study(actor=self.request.user, tasks=form.tasks(), **told)
        return _("The study is recorded; someone else judges it.")

    def form_judge(self, data: Any, _files: Any) -> Any:
        return self._named(shapes.JudgeForm, "judge", data)

    def do_judge(self, form: forms.Form) -> str:
        judge_study(actor=self.request.user, **form.cleaned_data)
        return _("Your verdict is recorded.")

    def form_comment(self, data: Any, _files: Any) -> Any:
        return self._named(shapes.DesignCommentForm, "comment", data)

    def do_comment(self, form: forms.Form) -> str:
        actions.comment_design(actor=self.request.user, **form.cleaned_data)
        return _("Your comment is there.")

    def form_resolve(self, data: Any, _files: Any) -> Any:
        return self._named(shapes.ResolveForm, "resolve", data)

    def do_resolve(self, form: forms.Form) -> str:
        actions.resolve_design_comment(actor=self.request.user, **form.cleaned_data)
        return _("The comment is closed.")

    def form_skip(self, data: Any, _files: Any) -> forms.Form:
        initial = {"reason": self.initiative.no_design_reason}
        return shapes.SkipForm(data, prefix="skip", initial=initial)

    def do_skip(self, form: forms.Form) -> str:
        actions.state_no_user_change(
            initiative=self.initiative, actor=self.request.user, **form.cleaned_data
        )
        return _("A designer is asked to agree.")

    def form_agree(self, data: Any, _files: Any) -> forms.Form:
        return forms.Form(data)

    def do_agree(self, _form: forms.Form) -> str:
        actions.agree_no_user_change(initiative=self.initiative, actor=self.request.user)
        return _("You agreed that users see no change.")


class PictureView(InitiativeMixin, View):
    """A frozen picture, served through the reader's rights and never as a document."""

    def get(self, request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
        picture = get_object_or_404(
            MockupFile, pk=pk, version__mockup_set__initiative=self.initiative
        )
        return picture_response(picture.file)
