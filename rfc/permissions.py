"""Who may do what with RFCs. What must hold before a step is taken lives in gates."""

from typing import Any

from accounts.models import REVIEW_FUNCTIONS, Role
from accounts.permissions import has_role, holders, is_admin
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
        or rfc.co_authors.filter(pk=person.pk).exists()
    )


def speaks_for(person: Any, rfc: Any, function: str) -> bool:
    """Whether the person holds the function in the RFC's line, or company-wide."""
    return has_role(person, function, line=rfc.line_id)


def functions_of(person: Any, rfc: Any) -> list[str]:
    """The reviewing functions the person can answer for on this RFC."""
    return [str(role) for role in REVIEW_FUNCTIONS if speaks_for(person, rfc, role)]


def may_comment(person: Any) -> bool:
    """Everybody who is signed in comments and asks for a look."""
    return bool(person.is_authenticated and person.is_active)


def resolves(person: Any, rfc: Any, comment: Any) -> bool:
    """Whoever asked, and whoever writes the text, says that a thread is settled."""
    return comment.author_id == person.pk or edits(person, rfc)


def closes_block(person: Any, position: Any) -> bool:
    """The person who blocks; nobody lifts somebody else's block."""
    return bool(position.person_id == person.pk)


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


@permit("Gateline itself: acceptance follows from the positions, nobody sets it", system=True)
def computed(person: Any, rfc: Any) -> bool:
    return False


@permit("the decider of the RFC or the business leader of its line", names=_deciders, system=True)
def reopens_review(person: Any, rfc: Any) -> bool:
    return bool(decides.holds(person, rfc))


@permit("the import that brought the RFC here", system=True)
def imports(person: Any, rfc: Any) -> bool:
    return False
