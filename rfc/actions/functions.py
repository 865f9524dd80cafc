"""Required functions: what the rules demand, and what people add."""

from typing import Any

from django.db import transaction

from accounts.models import REVIEW_FUNCTIONS, Role, Team
from config.flow.errors import NotAllowed, NotYours
from rfc.models import RFC, RequiredFunction
from rfc.permissions import may_add_function
from rfc.reporting import demanded_by_reporting, level_of, reporting_table
from rfc.required import Facts, demanded


def facts_of(rfc: RFC) -> Facts:
    """What the rules look at. One query."""
    teams = Team.objects.filter(pk__in=rfc.participating_teams.values("pk"))
    lines = set(teams.values_list("line_id", flat=True)) | ({rfc.line_id} - {None})
    return Facts(rfc.source.replace("-", "_"), frozenset(rfc.flags), len(lines))


def wanted_functions(rfc: RFC) -> dict[str, str]:
    """What the rules and the two lines of reporting demand, each with its reasons."""
    wanted = demanded(facts_of(rfc))
    added = rfc.required_functions.exclude(added_by=None).values_list("function", flat=True)
    above = demanded_by_reporting([*wanted, *added], reporting_table(), level_of(rfc))
    for function, reason in above:
        known = wanted.get(function, "")
        if reason not in known:
            wanted[function] = f"{known} {reason}".strip()
    return {function: reason[:300] for function, reason in wanted.items()}


def settle_functions(rfc: RFC) -> None:
    """Make the rules' demands rows. A demand falls away only before the first review."""
    wanted = wanted_functions(rfc)
    have = {row.function: row for row in rfc.required_functions.all()}
    for function, reason in wanted.items():
        row = have.get(function)
        if row is None:
            RequiredFunction.objects.create(rfc=rfc, function=function, reason=reason)
        elif row.added_by_id is None and row.reason != reason:
            row.reason = reason
            row.save(update_fields=["reason"])
    if rfc.review_opened_at is None:
        rfc.required_functions.filter(added_by=None).exclude(function__in=wanted).delete()


@transaction.atomic
def add_required_function(*, rfc: RFC, actor: Any, function: str, reason: str) -> RequiredFunction:
    """Ask one more function. Adding twice changes nothing; nothing removes it again."""
    locked = RFC.objects.select_for_update(no_key=True).get(pk=rfc.pk)
    if not may_add_function(actor, locked):
        raise NotYours(f"Functions of {locked.key} are added by its authors or its decider.")
    if function not in {str(role) for role in REVIEW_FUNCTIONS}:
        raise NotAllowed("Choose one of the reviewing functions.")
    if locked.phase not in (RFC.DRAFT, RFC.IN_REVIEW):
        raise NotAllowed(
            f"{locked.key} is {locked.get_state_label().lower()}; "
            "functions are added before acceptance."
        )
    if not reason.strip():
        raise NotAllowed(f"Say why {Role(function).label} has to look at it.")
    row, _made = RequiredFunction.objects.get_or_create(
        rfc=locked, function=function, defaults={"reason": reason.strip(), "added_by": actor}
    )
    settle_functions(locked)
    return row
