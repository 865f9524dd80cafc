"""Templates: which there are, what a version asks, changing one with its effects in sight."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.permissions import is_admin
from config.flow.errors import Refusal
from rfc.actions.templates import retire_template, write_template
from rfc.forms import NewForm
from rfc.forms_templates import Sections, TemplateForm, section_rows
from rfc.models import RFCTemplate
from rfc.queries.templates import best_match, changes, counted, effects, source_name, why_of
from rfc.views.importing import AdministratorsOnly

MORE = "sections-TOTAL_FORMS"


class TemplateList(LoginRequiredMixin, View):
    """`/rfcs/templates`: what new RFCs start from."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = counted(RFCTemplate.objects.visible_to(request.user)).order_by("name", "-version")
        rows: list[dict[str, Any]] = [
            {"template": each, "source": source_name(each.source)} for each in found
        ]
        context = {
            "current": [row for row in rows if row["template"].current],
            "earlier": [row for row in rows if not row["template"].current],
            "may_change": is_admin(request.user),
        }
        return render(request, "rfc/templates.html", context)


class OneTemplate(LoginRequiredMixin, View):
    """`/rfcs/templates/5`: one version."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = counted(RFCTemplate.objects.visible_to(request.user))
        template = get_object_or_404(found, pk=pk)
        versions = RFCTemplate.objects.visible_to(request.user).filter(name=template.name)
        before = versions.filter(version__lt=template.version).order_by("-version").first()
        sections = list(template.sections.all())
        told = changes(before.sections.all(), sections) if before else []
        context = {
            "template": template,
            "sections": sections,
            "versions": versions.select_related("made_by"),
            "before": before,
            "changes": [each for each in told if each.kind != "same"],
            "why": why_of(template),
            "may_change": is_admin(request.user) and template.current,
            "may_retire": template.line_id is not None or bool(template.source),
        }
        return render(request, "rfc/template.html", context)


class ChangeTemplate(AdministratorsOnly, View):
    """`/rfcs/templates/new` and `/rfcs/templates/5/edit`: preview, then a new version."""

    permission_denied_message = gettext_lazy("Templates are changed by administrators.")
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def before(self) -> RFCTemplate | None:
        if "pk" not in self.kwargs:
            return None
        found = RFCTemplate.objects.visible_to(self.request.user).select_related("line")
        template: RFCTemplate = get_object_or_404(found, pk=self.kwargs["pk"])
        return template

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        before = self.before
        if before and not before.current:
            return redirect(before.get_absolute_url())
        given = (
            {"name": before.name, "line": before.line_id, "source": before.source} if before else {}
        )
        rows = (
            section_rows(before.sections.all())
            if before
            else [{"required": True, "material": True}]
        )
        return self.show(TemplateForm(initial=given), Sections(initial=rows, prefix="sections"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        data, act = request.POST.copy(), request.POST.get("act", "preview")
        if self.before:
            data["name"] = self.before.name
        count = data.get(MORE, "")
        if act == "add" and count.isdecimal() and len(count) < 4:
            new = int(count)
            data[MORE] = str(new + 1)
            data[f"sections-{new}-required"] = data[f"sections-{new}-material"] = "on"
        form, sections = TemplateForm(data), Sections(data, prefix="sections")
        if act == "add":
            return self.show(form, sections, added=True)
        if not (form.is_valid() and sections.is_valid()):
            return self.show(form, sections, status=422)
        return self.save(form, sections) if act == "save" else self.preview(form, sections)

    def preview(self, form: Any, sections: Any) -> HttpResponse:
        specs, told = sections.specs(), form.cleaned_data
        before = self.before
        changed = changes(before.sections.all() if before else [], specs)
        said = effects(before, told["line"], told["source"], changed)
        shown = [each for each in changed if each.kind != "same"]
        return self.show(form, sections, effects=said, changes=shown, previewed=True)

    def save(self, form: Any, sections: Any) -> HttpResponse:
        told = form.cleaned_data
        try:
            made = write_template(
                actor=self.request.user,
                name=told["name"],
                line=told["line"],
                source=told["source"],
                note=told["note"],
                sections=sections.specs(),
                replaces=self.before,
            )
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self.show(form, sections, status=refusal.status)
        if made == self.before:
            messages.info(self.request, _("Nothing changed, so no version was made."))
        else:
            said = _("%(template)s is what new RFCs start from.") % {"template": made}
            messages.success(self.request, said)
        return redirect(made.get_absolute_url())

    def show(self, form: Any, sections: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        before = self.before
        context = {"form": form, "sections": sections, "before": before, **more}
        context["back"] = before.get_absolute_url() if before else reverse("rfc_templates")
        context["next"] = f"v{before.version + 1}" if before else "v1"
        return render(self.request, "rfc/template_edit.html", context, status=status)


class RetireTemplate(AdministratorsOnly, View):
    """`/rfcs/templates/5/retire`: asks, then offers it no more."""

    permission_denied_message = gettext_lazy("Templates are changed by administrators.")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        template = get_object_or_404(counted(RFCTemplate.objects.visible_to(request.user)), pk=pk)
        context = {
            "template": template,
            "action_label": _("Take it out of use"),
            "cancel_href": template.get_absolute_url(),
            "danger": True,
        }
        return render(request, "rfc/template_retire.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        template = get_object_or_404(RFCTemplate.objects.visible_to(request.user), pk=pk)
        retire_template(actor=request.user, template=template)
        messages.success(request, _("New RFCs no longer start from it."))
        return redirect("rfc_templates")


class MatchTemplate(LoginRequiredMixin, View):
    """`/rfcs/templates/match?line=3&initiative=INI-12`: which template fits, and why."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = NewForm(request.GET, person=request.user)
        form.is_valid()
        initiative = form.cleaned_data.get("initiative")
        line = initiative.line if initiative else form.cleaned_data.get("line")
        found = best_match(line, initiative.source.slug if initiative else "")
        said = f"{found.template}. {found.why}" if found else ""
        return JsonResponse({"said": said})
