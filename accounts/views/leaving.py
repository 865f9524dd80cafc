"""Handing over and closing somebody's account, and the record of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions.coming_back import foretold, take_back_departure
from accounts.actions.leaving import see_off
from accounts.forms.leaving import LeavingForm
from accounts.handover import held_by
from accounts.identity import signed_in
from accounts.models import Departure, Person
from accounts.permissions import may_see_off
from config.flow.errors import NotAllowed, NotYours

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """`/people/<id>/leave`: all open work, and who takes it over."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not may_see_off(request.user, person):
        raise NotYours(_("Somebody is seen off by administrators and the chief product officer."))
    if not person.is_active:
        return redirect(person)
    sent = request.POST if request.method == "POST" else None
    form = LeavingForm(sent, person=person, held=held_by(person))
    if form.is_bound and form.is_valid():
        try:
            made = see_off(
                actor=signed_in(request), person=person, successors=form.successors(),
                note=form.cleaned_data["note"],
            )  # fmt: skip
        except NotAllowed as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("%s left; everything is handed over.") % person)
            return redirect(made)
    status = UNPROCESSABLE if form.is_bound else 200
    context = {"whom": person, "form": form, "held": form.kinds}
    return render(request, "accounts/leave.html", context, status=status)


@require_GET
@login_required
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """`/departures/<id>`: what became of each piece."""
    rows = Departure.objects.filter(person__in=Person.objects.visible_to(request.user))
    found = get_object_or_404(rows.select_related("person", "by", "undone_by"), pk=pk)
    may = found.may_be_undone and may_see_off(request.user, found.person)
    context: dict[str, Any] = {
        "departure": found,
        "pieces": found.pieces.select_related("successor"),
        "may_take_back": may,
    }
    return render(request, "accounts/departure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def departure_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """`/departures/<id>/undo`: what would go back and what would stay; then it is done."""
    rows = Departure.objects.filter(person__in=Person.objects.visible_to(request.user))
    found = get_object_or_404(rows.select_related("person", "by", "undone_by"), pk=pk)
    if request.method == "POST":
        take_back_departure(actor=signed_in(request), departure=found)
        messages.success(request, _("%s can sign in again.") % found.person)
        return redirect(found)
    tried = foretold(actor=signed_in(request), departure=found)
    context = {
        "departure": found,
        "back": [piece for piece in tried if piece.undone],
        "stays": [piece for piece in tried if not piece.undone],
        "action_label": _("Take the leaving back"),
        "cancel_href": found.get_absolute_url(),
    }
    return render(request, "accounts/departure_undo.html", context)
