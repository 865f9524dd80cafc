"""Whose turn it is: the role that takes the next step of each phase, an asked CPO, asked lines."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.permissions import lines_of
from initiatives.models import InitiativeLine, Referral

# Phase → the role whose step leads on, and the seat that narrows it to a person.
NEXT: dict[str, tuple[str, str]] = {
    "intake": (Role.PRODUCT_MANAGER, ""),
    "discovery": (Role.PRODUCT_MANAGER, "owner"),
    "rfc": (Role.PRODUCT_MANAGER, "owner"),
    "ux_design": (Role.DESIGNER, "designer"),
    "deep_dive": (Role.TPM, "tpm"),
    "sprint_ready": (Role.BUSINESS_LEADER, ""),
    "coding": (Role.TPM, "tpm"),
    "build": (Role.TPM, "tpm"),
    "deployment": (Role.TPM, "tpm"),
    "monitoring": (Role.PRODUCT_MANAGER, "owner"),
}
TURNS = {
    "me": _("Me"),
    "product_manager": _("Product manager"),
    "designer": _("UX designer"),
    "tpm": _("Technical product manager"),
    "business_leader": _("Business leader"),
    "cpo": _("The CPO's answer"),
    "lines": _("A line's answer"),
}


def waits_for(whom: str, person: Any, own: str = "pk") -> Q:
    """Initiatives that wait for a role, for the CPO, for a line's answer or for this person."""
    if whom == "me":
        return turn_of(person)
    if whom == "cpo":
        asked = Referral.objects.filter(initiative=OuterRef(own), phase="asked")
        return Q(Exists(asked)) & ~Q(phase__in=["closed", "declined", "duplicate"])
    if whom == "lines":
        silent = InitiativeLine.objects.filter(initiative=OuterRef(own), answer="none")
        further = silent.exclude(line=F("initiative__line"))
        return Q(Exists(further), phase__in=[p for p in NEXT if p not in {"intake", "monitoring"}])
    return Q(phase__in=[phase for phase, (role, _seat) in NEXT.items() if role == whom])


def turn_of(person: Any, phases: Iterable[str] = tuple(NEXT)) -> Q:
    """Initiatives in these phases whose next step is this person's: by seat, or by line while the
    seat is empty.
    """
    mine = Q(pk__in=[])
    for phase in phases:
        role, seat = NEXT[phase]
        theirs = Q(line__in=lines_of(person, role))
        if seat:
            theirs = Q(**{seat: person.pk}) | (theirs & Q(**{f"{seat}__isnull": True}))
        mine |= Q(theirs, phase=phase)
    return mine
