"""Lines, teams, people and reporting lines."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import queries
from accounts.actions import add_membership, end_membership
from accounts.forms import MembershipForm
from accounts.identity import signed_in
from accounts.models import BusinessLine, Level, Membership
from accounts.permissions import may_staff
from config.flow.errors import NotYours
from config.web.panels import panels


def _line(request: HttpRequest, line: str) -> BusinessLine:
    found: BusinessLine = get_object_or_404(
        BusinessLine.objects.visible_to(request.user), slug=line
    )
    return found


@require_GET
@login_required
def team_list(request: HttpRequest) -> HttpResponse:
    """Every business line with its teams."""
    return render(request, "accounts/teams.html", {"lines": queries.lines_for(request.user)})


@require_GET
@login_required
def line_detail(request: HttpRequest, line: str) -> HttpResponse:
    """A line: its roles (acting, filled or open), its teams and its KPIs."""
    found = _line(request, line)
    held = queries.memberships_in(found)
    seats = queries.seats(found, held)
    context: dict[str, Any] = {
        "line": found,
        "seats": seats,
        "coming": next((seat for seat in seats if seat.next), None),
        "teams": queries.lines_for(request.user).get(pk=found.pk).teams.all(),
        "panels": panels("line", request, found),
        "may_staff": may_staff(request.user, found),
        "people": len({m.person_id for m in held}),
    }
    return render(request, "accounts/line.html", context)


@require_GET
@login_required
def team_detail(request: HttpRequest, line: str, team: str) -> HttpResponse:
    """A team: who belongs to it, its sub-teams and KPIs."""
    found = get_object_or_404(queries.team_for(request.user, line, team))
    context = {
        "team": found,
        "people": queries.people_of(found),
        "sub_teams": list(found.sub_teams.all()),
        "panels": panels("team", request, found),
        "may_staff": may_staff(request.user, found.line),
    }
    return render(request, "accounts/team.html", context)


@require_GET
@login_required
def reporting(request: HttpRequest) -> HttpResponse:
    """Both lines of reporting of every function."""
    rows = [
        {"function": row["function"], "cells": [row["levels"].get(level) for level in Level]}
        for row in queries.reporting_table()
    ]
    return render(request, "accounts/reporting.html", {"rows": rows, "levels": Level.choices})


@require_GET
@login_required
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: the roles held now, and what the person answers for."""
    found = get_object_or_404(queries.people_for(request.user), pk=pk)
    context = {
        "whom": found,
        "held": vars(found)["held"],
        "panels": panels("person", request, found),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def membership_new(request: HttpRequest, line: str) -> HttpResponse:
    """Give somebody a role in the line."""
    found = _line(request, line)
    if not may_staff(request.user, found):
        raise NotYours(
            _("Roles in %s are given by administrators, the CPO and its business leader.") % found
        )
    initial = {"role": request.GET.get("role", "")}
    form = MembershipForm(request.POST or None, line=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        add_membership(actor=signed_in(request), line=found, **form.cleaned_data)
        messages.success(request, _("The role is given."))
        return redirect(found)
    status = 422 if form.is_bound else 200
    context = {"form": form, "line": found}
    return render(request, "accounts/membership_form.html", context, status=status)


@require_POST
@login_required
def membership_end(request: HttpRequest, line: str, pk: int) -> HttpResponse:
    """End a role; it stays on record."""
    found = _line(request, line)
    held = get_object_or_404(Membership.objects.filter(ended_at=None), pk=pk)
    if held.in_line_id != found.pk:
        held = get_object_or_404(Membership.objects.none())
    end_membership(actor=signed_in(request), membership=held)
    messages.success(request, _("The role has ended; it stays on record."))
    return redirect(found)
