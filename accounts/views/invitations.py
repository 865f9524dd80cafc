"""Inviting people, joining by an invitation, and what signing in asks for."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions import (
    accept_invitation,
    change_sign_in_rule,
    invite,
    revoke_invitation,
    send_invitation_again,
)
from accounts.entry.rules import rule
from accounts.forms.invitations import InvitationForm, JoinForm, RuleForm
from accounts.identity import signed_in
from accounts.models import Invitation, Person
from accounts.permissions import invites, is_admin
from config.flow.errors import NotYours, Refusal

SALT = "gateline.invitation"
SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def invitations(request: HttpRequest) -> HttpResponse:
    """Those sent, and a new one."""
    actor = signed_in(request)
    if not invites(actor):
        raise NotYours(
            _("People are invited by administrators, the CPO and business leaders of a line.")
        )
    form = InvitationForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = invite(actor=actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", " ".join(refusal.sentences))
        else:
            messages.success(request, _("The invitation to %s is on its way.") % made.email)
            return redirect("invitations")
    rows = Invitation.objects.visible_to(actor).select_related("line", "invited_by", "accepted_by")
    open_ones = set(Invitation.objects.open().values_list("pk", flat=True))
    shown = [{"row": row, "open": row.pk in open_ones} for row in rows[:SHOWN]]
    status = 422 if form.is_bound else 200
    context = {"form": form, "rows": shown}
    return render(request, "accounts/invitations.html", context, status=status)


def _mine(request: HttpRequest, public_id: UUID) -> Invitation:
    found: Invitation = get_object_or_404(
        Invitation.objects.visible_to(request.user), public_id=public_id
    )
    return found


@require_POST
@login_required
def invitation_again(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send it anew; the former link is void."""
    sent = send_invitation_again(actor=signed_in(request), invitation=_mine(request, public_id))
    messages.success(request, _("Another link is on its way to %s.") % sent.email)
    return redirect("invitations")


@require_POST
@login_required
def invitation_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make the link void."""
    revoke_invitation(actor=signed_in(request), invitation=_mine(request, public_id))
    messages.success(request, _("The invitation is revoked; its link opens nothing."))
    return redirect("invitations")


def _invited(token: str) -> Invitation | None:
    try:
        pk, serial = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Invitation.objects.open().filter(pk=pk, serial=serial).first()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link: choose a password, and be in."""
    if request.user.is_authenticated:
        messages.info(request, _("You are signed in already. Sign out to use the invitation."))
        return redirect("home")
    found = _invited(token)
    if found is None:
        return _void(request)
    newcomer = Person(email=found.email, name=found.name)
    form: Any = JoinForm(
        newcomer, request.POST if request.method == "POST" else None, initial={"name": found.name}
    )
    if request.method == "POST" and form.is_valid():
        told = {"name": form.cleaned_data["name"], "password": form.cleaned_data["new_password1"]}
        try:
            person = accept_invitation(invitation=found, request=request, **told)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
        else:
            return perform_password_login(request, {"email": person.email}, Login(user=person))
    status = 422 if form.is_bound else 200
    context = {"form": form, "invitation": found}
    return render(request, "registration/join.html", context, status=status)


def _void(request: HttpRequest) -> HttpResponse:
    """No link, or none any more. The signature is too long to be guessed."""
    return render(request, "registration/join_void.html", status=404)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sign_in_rule(request: HttpRequest) -> HttpResponse:
    """What signing in asks for, decided by administrators."""
    actor = signed_in(request)
    if not is_admin(actor):
        raise NotYours(_("What signing in asks for is decided by administrators."))
    now = rule()
    initial = {
        "everybody": now.everybody,
        "administrators": now.administrators,
        "roles": now.roles,
    }
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_sign_in_rule(actor=actor, **form.cleaned_data)
        messages.success(request, _("Saved. It is asked for at the next sign-in of each person."))
        return redirect("sign_in_rule")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/sign_in_rule.html", {"form": form}, status=status)
