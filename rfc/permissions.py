"""Who may do what with RFCs. What must hold before a step is taken lives in gates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import REVIEW_FUNCTIONS, Role
from accounts.permissions import has_role, holders, is_admin
from config.flow.asking import asked_once
from config.flow.permits import permit

WRITERS = (
    Role.PRODUCT_MANAGER,
    Role.TPM,
    Role.DESIGNER,
    Role.ARCHITECT,
    Role.BUSINESS_LEADER,
    Role.CPO,
)


def may_start_rfc(person: Any) -> bool:
    """Who writes RFCs: product managers, TPMs, designers, architects, leaders, the CPO."""
    return has_role(person, *WRITERS)


def edits(person: Any, rfc: Any) -> bool:
    """The author, co-authors and the product manager of the line write its text."""
    return bool(person.is_authenticated and person.is_active) and (
        rfc.author_id == person.pk
        or (rfc.line_id is not None and has_role(person, Role.PRODUCT_MANAGER, line=rfc.line_id))
        or co_writes(rfc, person.pk)
    )


@asked_once
def co_writes(rfc: Any, person_id: int) -> bool:
    """Whether the person is one of its co-authors."""
    return bool(rfc.co_authors.filter(pk=person_id).exists())


@dataclass(frozen=True)
class Held:
    """A function somebody may answer for: where (no line is everywhere), and for whom if away."""

    function: str
    line_id: int | None
    principal_id: int | None = None
    principal: str = ""

    def counts_in(self, line_id: int | None) -> bool:
        """Whether it counts for an RFC of this line; an RFC without a line concerns everybody."""
        return line_id is None or self.line_id in (None, line_id)


def held_functions(person: Any) -> list[Held]:
    """The reviewing functions a person may answer for now, own ones first.

    Own roles, and those of people who named this person while they are away. Two queries, once
    per loaded person.
    """
    if not person.is_authenticated or not person.is_active:
        return []
    if "_held_functions" not in person.__dict__:
        hold_functions(person, handed_to(person, timezone.localdate()))
    return list(person.__dict__["_held_functions"])


def hold_functions(person: Any, handed: Iterable[tuple[str, int | None, int, str]]) -> None:
    """Keep what the person may answer for; `handed` are rows of `handed_to`."""
    own = [Held(str(m.role), m.in_line_id) for m in person.current_memberships()]
    found = [held for held in own if held.function in REVIEW_FUNCTIONS]
    person.__dict__["_held_functions"] = [*found, *(Held(*row) for row in handed)]


def handed_to(person: Any, day: date) -> Any:
    """Functions others handed to this person for that day: function, line, whose, their name."""
    rows = person.reviews_for.of_holders(day).annotate(
        in_line=Coalesce("person__memberships__team__line_id", "person__memberships__line_id")
    )
    return rows.values_list("function", "in_line", "person_id", "person__name")


def speaks_for(person: Any, rfc: Any, function: str) -> bool:
    """Whether the person holds the function in the RFC's line or company-wide, or stands in."""
    return stands_for(person, rfc, function) is not None


def stands_for(person: Any, rfc: Any, function: str) -> Held | None:
    """In what capacity the person answers for a function here: an own role before a delegation."""
    return next(
        (h for h in held_functions(person) if h.function == function and h.counts_in(rfc.line_id)),
        None,
    )


def functions_of(person: Any, rfc: Any) -> list[str]:
    """The reviewing functions the person can answer for on this RFC."""
    return [str(role) for role in REVIEW_FUNCTIONS if speaks_for(person, rfc, role)]


def may_comment(person: Any) -> bool:
    """Everybody who is signed in comments and asks for a look."""
    return bool(person.is_authenticated and person.is_active)


def may_record_decision(person: Any) -> bool:
    """Whoever holds a role beyond reading and requesting, and administrators."""
    if not (person.is_authenticated and person.is_active):
        return False
    plain = {str(Role.READER), str(Role.REQUESTER)}
    return is_admin(person) or any(
        str(held.role) not in plain for held in person.current_memberships()
    )


def resolves(person: Any, rfc: Any, comment: Any) -> bool:
    """Whoever asked, and whoever writes the text, says that a thread is settled."""
    return comment.author_id == person.pk or edits(person, rfc)


def closes_block(person: Any, position: Any) -> bool:
    """The person who blocks; once they hold the function no longer, whoever holds it now.

    Nobody lifts the block of somebody who can still answer for it.
    """
    if position.person_id == person.pk:
        return True
    rfc, function = position.rfc, position.function
    return speaks_for(person, rfc, function) and not speaks_for(position.person, rfc, function)


def may_add_function(person: Any, rfc: Any) -> bool:
    """Authors add functions; the decider and an administrator may as well."""
    return edits(person, rfc) or rfc.decider_id == person.pk or is_admin(person)


def _writers(rfc: Any) -> list[str]:
    managers = holders(Role.PRODUCT_MANAGER, line=rfc.line_id) if rfc.line_id else []
    return sorted({rfc.author.name, *managers})


def _deciders(rfc: Any) -> list[str]:
    named = [rfc.decider.name] if rfc.decider_id else []
    leaders = holders(Role.BUSINESS_LEADER, line=rfc.line_id) if rfc.line_id else []
    return sorted({*named, *leaders})


@permit("the authors of the RFC and the product manager of its line", names=_writers)
def writes(person: Any, rfc: Any) -> bool:
    return edits(person, rfc)


@permit("the decider of the RFC or the business leader of its line", names=_deciders)
def decides(person: Any, rfc: Any) -> bool:
    return rfc.decider_id == person.pk or has_role(
        person, Role.BUSINESS_LEADER, Role.CPO, line=rfc.line_id
    )


@permit(
    "the decider of the RFC, the business leader of its line, or Gateline after a long silence",
    names=_deciders,
    system=True,
)
def expires(person: Any, rfc: Any) -> bool:
    return bool(decides.holds(person, rfc))


@permit("Gateline itself: acceptance follows from the positions, nobody sets it", system=True)
def computed(person: Any, rfc: Any) -> bool:
    return False


@permit("the decider of the RFC or the business leader of its line", names=_deciders, system=True)
def reopens_review(person: Any, rfc: Any) -> bool:
    return bool(decides.holds(person, rfc))


@permit("the import that brought the RFC here", system=True)
def imports(person: Any, rfc: Any) -> bool:
    return False
