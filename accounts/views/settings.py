"""One's own settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import change_settings
from accounts.forms import SettingsForm
from accounts.identity import signed_in
from config.flow.errors import Refusal

FIELDS = ("name", "time_zone", "home_line", "theme", "density", "letter_keys")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    """Name, zone, theme and keys."""
    person = signed_in(request)
    initial = {name: getattr(person, name) for name in FIELDS}
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_settings(person=person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", " ".join(refusal.sentences))
        else:
            messages.success(request, _("Saved."))
            return redirect("settings")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings.html", {"form": form}, status=status)
