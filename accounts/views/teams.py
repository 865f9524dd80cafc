"""Lines, teams and people."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import queries
from accounts.actions import Elsewhere, add_membership, end_membership
from accounts.actions.superiors import may_place
from accounts.filters import PersonFilter
from accounts.forms import MembershipForm
from accounts.identity import signed_in
from accounts.models import BusinessLine, Membership
from accounts.permissions import (
    is_admin,
    is_cpo,
    may_found,
    may_see_off,
    may_staff,
    may_staff_somewhere,
)
from accounts.queries_superiors import reports_of, superiors_of
from config.flow.errors import NotAllowed, NotYours
from config.web.listing import listing
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
    lines = list(queries.lines_for(request.user))
    context = {
        "lines": [line for line in lines if line.closed_at is None],
        "closed": [line for line in lines if line.closed_at],
        "may_found": may_found(request.user),
        "may_start": is_cpo(request.user),
        "may_import": may_staff_somewhere(request.user),
    }
    return render(request, "accounts/teams.html", context)


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
        "may_staff": may_staff(request.user, found) and found.closed_at is None,
        "may_keep": may_staff(request.user, found),
        "may_found": may_found(request.user),
        "start": getattr(found, "start", None),
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
        "sub_teams": [s for s in found.sub_teams.all() if s.closed_at is None],
        "closed": [s for s in found.sub_teams.all() if s.closed_at],
        "panels": panels("team", request, found),
        "may_staff": may_staff(request.user, found.line) and found.closed_at is None,
        "may_keep": may_staff(request.user, found.line),
    }
    return render(request, "accounts/team.html", context)


@require_GET
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with the roles held now."""
    rows = PersonFilter(request.GET, queries.people_for(request.user).order_by("name", "id"))
    context = {
        "found": listing(request, rows),
        "may_import": may_staff_somewhere(request.user),
    }
    return render(request, "accounts/people.html", context)


@require_GET
@login_required
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: the roles held now, and what the person answers for."""
    found = get_object_or_404(queries.people_for(request.user), pk=pk)
    context = {
        "whom": found,
        "held": vars(found)["held"],
        "above": superiors_of(found),
        "below": reports_of(found),
        "may_place": found.is_active and may_place(request.user, found),
        "past": found.memberships.exclude(ended_at=None).select_related("line", "team__line")[:20],
        "left": found.departures.filter(undone_at=None).first(),
        "may_end_sessions": is_admin(request.user) and found.sessions.exists(),
        "may_see_off": found.is_active and may_see_off(request.user, found),
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
    initial: dict[str, Any] = {n: request.GET.get(n, "") for n in ("role", "person")}
    initial["team"] = found.teams.filter(slug=request.GET.get("team", "")).first()
    form = MembershipForm(request.POST or None, line=found, initial=initial)
    elsewhere = None
    if request.method == "POST" and form.is_valid():
        try:
            move = "move" in request.POST
            add_membership(actor=signed_in(request), line=found, move=move, **form.cleaned_data)
        except Elsewhere as refusal:
            elsewhere = refusal
        except NotAllowed as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("The role is given."))
            return redirect(found)
    status = 422 if form.is_bound else 200
    context = {"form": form, "line": found, "elsewhere": elsewhere}
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
