"""What admins share: rows that are only shown, and stateful rows, whose steps are buttons.

The buttons post through the same doorman as pages and API, so they answer with the same
sentences. Knows no app.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect

from config.flow.errors import Refusal
from config.flow.fsm import state_field
from config.flow.steps import steps
from config.flow.telling import take_told


class NeverDeleted:
    """What is on record stays on record."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(NeverDeleted):
    """Shown, never written here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SteppedAdmin(admin.ModelAdmin):
    """Admin of a StatefulModel."""

    change_form_template = "admin/stepped_change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        state = state_field(self.model).name
        return (*super().get_readonly_fields(request, obj), state)

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        mine = path(
            "<path:object_id>/steps/<slug:step>",
            self.admin_site.admin_view(self.take_step),
            name=name,
        )
        return [mine, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        found = self.get_object(request, unquote(object_id))
        shown = steps(found, request.user) if found is not None else []
        extra = {**(extra_context or {}), "steps": shown}
        return super().change_view(request, object_id, form_url, extra)

    @method_decorator(csrf_protect)
    def take_step(self, request: HttpRequest, object_id: str, step: str) -> HttpResponse:
        """Take one step; a refusal shows the doorman's sentences on the object's page."""
        subject = self.get_object(request, unquote(object_id))
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if subject is None:
            return HttpResponseRedirect(reverse(f"{name}_changelist"))
        back = HttpResponseRedirect(reverse(f"{name}_change", args=[subject.pk]))
        if request.method != "POST":
            return back
        try:
            take_told(subject, step, actor=request.user, given=request.POST)
        except Refusal as refusal:
            for sentence in refusal.sentences:
                messages.error(request, sentence)
        else:
            messages.success(request, f"“{step.replace('-', ' ').capitalize()}” was taken.")
        return back
