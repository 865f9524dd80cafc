"""Who owns, designs and plans an initiative."""

from typing import Any

from django.db import transaction

from accounts.models import Role
from accounts.permissions import has_role, is_admin
from config.flow.errors import NotAllowed, NotYours
from config.flow.permits import Permit
from config.flow.versions import write
from initiatives import permissions as may
from initiatives.actions.acting import acting
from initiatives.actions.news import tell_of_seat
from initiatives.models import Initiative

# Field → the role the person must hold, and who besides the product manager may name them.
SEATS: dict[str, tuple[Role, Permit]] = {
    "owner": (Role.PRODUCT_MANAGER, may.leads_line_of),
    "designer": (Role.DESIGNER, may.designs_for),
    "tpm": (Role.TPM, may.plans_delivery_of),
}


@acting
@transaction.atomic
def assign(
    *,
    initiative: Initiative,
    actor: Any,
    seat: str,
    person: Any,
    seen_version: int | None = None,
) -> Initiative:
    """Name the owner, designer or tpm (`seat`), or nobody.

    Raises NotYours, or NotAllowed when the person does not hold the role in the line.
    """
    role, also = SEATS[seat]
    if not (may.manages(actor, initiative) or also(actor, initiative) or is_admin(actor)):
        who = ", ".join(may.manages.who(initiative)) or may.manages.label
        raise NotYours(f"The {role.label} of {initiative.key} is named by {who}.")
    if person is None and seat == "owner" and initiative.phase != "intake":
        raise NotAllowed("An accepted initiative always has an owner; name another one.")
    if person is not None and not has_role(person, role, line=initiative.line_id):
        where = f" in {initiative.line}" if initiative.line else ""
        raise NotAllowed(
            f"{person} is not a {str(role.label).lower()}{where}.".replace("a ux", "a UX")
        )
    before = initiative.row_version
    saved = write(initiative, seen_version=seen_version, **{seat: person})
    if saved.row_version != before:
        tell_of_seat(saved, seat, str(role.label), actor)
    return saved
