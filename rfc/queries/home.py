"""What RFCs want from one person: positions to take, looks, own RFCs that wait for an act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from accounts.permissions import lines_of
from rfc.models import RFC, Look
from rfc.standing import Standing, standings

Kind = Literal["position", "reaffirm", "look", "publish", "unblock"]


@dataclass(frozen=True)
class Awaited:
    """One thing. `why` is a whole sentence, `since` when it began to wait."""

    kind: Kind
    rfc: RFC
    why: str
    action: str
    href: str
    since: datetime
    function: str = ""


def awaiting(person: Any) -> list[Awaited]:
    """Everything RFCs wait for from this person, longest waiting first. Four queries."""
    found = [*_positions(person), *_looks(person), *_own(person)]
    return sorted(found, key=lambda each: each.since)


def _positions(person: Any) -> list[Awaited]:
    held = {str(m.role) for m in person.current_memberships()}
    if not held:
        return []
    asked = list(
        RFC.objects.visible_to(person)
        .filter(phase=RFC.IN_REVIEW, required_functions__function__in=held)
        .distinct()
    )
    stands = standings(asked)
    where = {role: (lines_of(person, role), _company_wide(person, role)) for role in held}
    return [
        _ask(rfc, each, person)
        for rfc in asked
        for each in stands[rfc.pk]
        if each.function in held
        and (where[each.function][1] or rfc.line_id in {*where[each.function][0], None})
        and _is_mine(each, person)
    ]


def _company_wide(person: Any, role: str) -> bool:
    return any(m.role == role and m.in_line_id is None for m in person.current_memberships())


def _is_mine(each: Standing, person: Any) -> bool:
    """Nobody of the function has answered, or this very person has to answer again."""
    said = each.position
    if each.state in ("waiting", "stale"):
        return True
    return each.state == "recused" and said is not None and said.person_id != person.pk


def _ask(rfc: RFC, each: Standing, person: Any) -> Awaited:
    since = rfc.review_opened_at or rfc.changed_at
    if each.state == "stale" and each.position and each.position.person_id == person.pk:
        why = _("%(sections)s changed since you approved r%(number)s for %(function)s.") % {
            "sections": ", ".join(each.changed),
            "number": each.position.revision,
            "function": each.label,
        }
        return Awaited(
            "reaffirm",
            rfc,
            why,
            _("Look at the change"),
            f"{rfc.get_absolute_url()}/compare/v{each.position.revision}/v{rfc.revision_count}",
            rfc.changed_at,
            each.function,
        )
    why = _("A decision is asked; %(function)s has not answered on r%(number)s.") % {
        "function": each.label,
        "number": rfc.revision_count,
    }
    return Awaited(
        "position", rfc, why, _("Review"), f"{rfc.get_absolute_url()}#review", since, each.function
    )


def _looks(person: Any) -> list[Awaited]:
    open_looks = Look.objects.filter(person=person, looked_at=None).select_related(
        "rfc", "asked_by"
    )
    return [
        Awaited(
            "look",
            look.rfc,
            _("%(name)s asks you to have a look. %(note)s")
            % {"name": look.asked_by.name, "note": look.note},
            _("Read"),
            look.rfc.get_absolute_url(),
            look.at,
        )
        for look in open_looks
    ]


def _own(person: Any) -> list[Awaited]:
    """Own RFCs in review that hold unpublished edits: reviewers judge an older text."""
    mine = RFC.objects.filter(author=person, phase__in=[RFC.DRAFT, RFC.IN_REVIEW])
    return [
        Awaited(
            "publish",
            rfc,
            _("Your draft holds edits that r%(number)s does not.") % {"number": rfc.revision_count},
            _("Publish"),
            f"{rfc.get_absolute_url()}/edit",
            rfc.changed_at,
        )
        for rfc in mine
        if rfc.revision_count and rfc.has_unpublished_edits
    ]
