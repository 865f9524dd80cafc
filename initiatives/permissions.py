"""Who a person is to an initiative, a ranking or a referral. What must hold is the gates' business."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Role
from accounts.permissions import has_role, holders, is_admin, lines_of
from config.flow.permits import permit

DEEP_DIVE_FUNCTIONS = (
    Role.PRODUCT_MANAGER,
    Role.ARCHITECT,
    Role.ENGINEER,
    Role.QA,
    Role.BUSINESS_LEADER,
    Role.VP_ENGINEERING,
    Role.SECURITY,
)


def _line_ids(initiative: Any) -> set[int]:
    """The lead line and, once loaded, every further line the initiative touches."""
    found = {row.line_id for row in initiative.lines.all()}
    return found | ({initiative.line_id} if initiative.line_id else set())


def _named(*roles: str) -> Callable[[Any], list[str]]:
    def names(initiative: Any) -> list[str]:
        return holders(*roles, line=initiative.line_id)

    return names


def _managers(initiative: Any) -> list[str]:
    if initiative.owner_id:
        return [initiative.owner.name]
    return holders(Role.PRODUCT_MANAGER, line=initiative.line_id)


@permit("the product manager of the line", names=_managers)
def manages(person: Any, initiative: Any) -> bool:
    return initiative.owner_id == person.pk or has_role(
        person, Role.PRODUCT_MANAGER, line=initiative.line_id
    )


@permit("a product manager of the line it is for", names=_managers)
def triages(person: Any, initiative: Any) -> bool:
    return has_role(person, Role.PRODUCT_MANAGER, line=initiative.line_id)


@permit("the UX designer", names=_named(Role.DESIGNER))
def designs_for(person: Any, initiative: Any) -> bool:
    return initiative.designer_id == person.pk or has_role(
        person, Role.DESIGNER, line=initiative.line_id
    )


@permit("the technical product manager", names=_named(Role.TPM))
def plans_delivery_of(person: Any, initiative: Any) -> bool:
    return initiative.tpm_id == person.pk or has_role(person, Role.TPM, line=initiative.line_id)


@permit("the business leader of the line", names=_named(Role.BUSINESS_LEADER))
def leads_line_of(person: Any, initiative: Any) -> bool:
    return has_role(person, Role.BUSINESS_LEADER, line=initiative.line_id)


# Phase → who is responsible for it; sending back and parking are theirs (product.md 3).
RESPONSIBLE = {
    "intake": triages,
    "discovery": manages,
    "rfc": manages,
    "ux_design": designs_for,
    "deep_dive": plans_delivery_of,
    "sprint_ready": leads_line_of,
    "coding": plans_delivery_of,
    "build": plans_delivery_of,
    "deployment": plans_delivery_of,
    "monitoring": manages,
}


def _responsible_names(initiative: Any) -> list[str]:
    return RESPONSIBLE.get(initiative.phase, manages).who(initiative)


@permit(
    "whoever is responsible for the phase, or the product manager",
    names=_responsible_names,
)
def answers_for_phase(person: Any, initiative: Any) -> bool:
    responsible = RESPONSIBLE.get(initiative.phase, manages)
    return responsible(person, initiative) or manages(person, initiative)


def _cpo_names(_: Any) -> list[str]:
    return holders(Role.CPO)


def stands_in_for(person: Any) -> str:
    """The name of the CPO whose referrals this person answers today, or nothing; one query."""
    if not person.is_authenticated or not person.is_active:
        return ""
    if "_referrals_for" not in person.__dict__:
        found = person.reviews_for.of_holders(timezone.localdate()).filter(function=Role.CPO)
        person.__dict__["_referrals_for"] = found.values_list("person__name", flat=True).first()
    return person.__dict__["_referrals_for"] or ""


def answers_referrals(person: Any) -> bool:
    """The CPO, or whom the CPO named for all referrals."""
    return has_role(person, Role.CPO) or bool(stands_in_for(person))


def delegated(person: Any, referral: Any) -> bool:
    """Whether this one referral was handed to the person, and the last day has not passed."""
    until = referral.delegate_until
    return referral.delegate_id == person.pk and (until is None or until >= timezone.localdate())


def _in_place_of_cpo(person: Any, referral: Any) -> str:
    if has_role(person, Role.CPO) or not coordinates(person, referral):
        return ""
    names = stands_in_for(person) or ", ".join(holders(Role.CPO)) or Role.CPO.label
    return f"for {names}"


@permit("the chief product officer or a delegate", names=_cpo_names, capacity=_in_place_of_cpo)
def coordinates(person: Any, referral: Any) -> bool:
    return answers_referrals(person) or delegated(person, referral)


@permit(
    "the chief product officer or a delegate",
    names=_cpo_names,
    system=True,
    capacity=_in_place_of_cpo,
)
def reopens(person: Any, referral: Any) -> bool:
    """Whoever coordinates; and the system itself, when a line is added to a settled referral."""
    return coordinates(person, referral)


def _ranking_names(ranking: Any) -> list[str]:
    return holders(Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=ranking.line_id)


@permit("the product manager or business leader of the line", names=_ranking_names)
def ranks(person: Any, ranking: Any) -> bool:
    return has_role(person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=ranking.line_id)


def _facilitator(session: Any) -> list[str]:
    return [session.facilitator.name]


@permit("the facilitator of the session", names=_facilitator)
def facilitates(person: Any, session: Any) -> bool:
    """The facilitator; once that account is closed, whoever ranks the line."""
    if session.facilitator_id == person.pk:
        return True
    return not session.facilitator.is_active and ranks(person, session)


def may_seat(person: Any, session: Any) -> bool:
    """Whoever facilitates invites; anybody with a role in the line may sit down."""
    return facilitates(person, session) or session.line_id in lines_of(person)


def may_choose_framework(person: Any, line: Any) -> bool:
    """The product manager or business leader of the line, and administrators."""
    return is_admin(person) or has_role(
        person, Role.PRODUCT_MANAGER, Role.BUSINESS_LEADER, line=line
    )


def may_define_frameworks(person: Any) -> bool:
    """Administrators publish formulas."""
    return is_admin(person)


def may_waive(person: Any, initiative: Any) -> bool:
    """A business leader of the line or the CPO, never the requester."""
    return initiative.requester_id != person.pk and (
        leads_line_of(person, initiative) or has_role(person, Role.CPO)
    )


def may_edit_request(person: Any, initiative: Any) -> bool:
    """The requester while it is in intake; afterwards the product manager."""
    mine = initiative.requester_id == person.pk and initiative.phase == "intake"
    return mine or manages(person, initiative) or is_admin(person)


def may_collect_evidence(person: Any, initiative: Any) -> bool:
    """Anybody with a role in one of the lines it touches, and its requester."""
    return (
        initiative.requester_id == person.pk
        or manages(person, initiative)
        or bool(lines_of(person) & _line_ids(initiative))
    )


def may_judge_evidence(person: Any, initiative: Any) -> bool:
    """A product manager, business leader, analyst function or the CPO; see the gate on collectors."""
    return has_role(
        person,
        Role.PRODUCT_MANAGER,
        Role.BUSINESS_LEADER,
        Role.GROWTH,
        Role.DESIGNER,
        line=initiative.line_id,
    ) or has_role(person, Role.CPO)


def may_score(person: Any, initiative: Any) -> bool:
    """Product manager, business leader and TPM of the line give score inputs."""
    return has_role(
        person,
        Role.PRODUCT_MANAGER,
        Role.BUSINESS_LEADER,
        Role.TPM,
        Role.ARCHITECT,
        line=initiative.line_id,
    )


def may_comment_design(person: Any, initiative: Any) -> bool:
    """Anybody with a role in one of the lines, or company-wide."""
    return bool(lines_of(person) & _line_ids(initiative)) or any(
        held.in_line_id is None for held in person.current_memberships()
    )


def may_judge_study(person: Any, initiative: Any) -> bool:
    """Product manager, growth, business leader or a designer of the line."""
    return may_judge_evidence(person, initiative)


def may_edit_deep_dive(person: Any, initiative: Any) -> bool:
    """The TPM, the architect and engineers of the line write tickets and architecture."""
    return plans_delivery_of(person, initiative) or has_role(
        person, Role.ARCHITECT, Role.ENGINEER, Role.QA, line=initiative.line_id
    )


def sign_off_functions(person: Any, initiative: Any) -> list[str]:
    """The deep-dive functions this person may sign off for."""
    return [f for f in DEEP_DIVE_FUNCTIONS if has_role(person, f, line=initiative.line_id)]


def answers_for_line(person: Any, line: Any) -> bool:
    """The business leader or a product manager of that line gives its answer."""
    return has_role(person, Role.BUSINESS_LEADER, Role.PRODUCT_MANAGER, line=line)


def may_plan_sprints(person: Any, line: Any) -> bool:
    """Business leader and TPM of the line."""
    return has_role(person, Role.BUSINESS_LEADER, Role.TPM, line=line)


def may_push(person: Any, initiative: Any) -> bool:
    """The TPM pushes to Jira."""
    return plans_delivery_of(person, initiative)


def may_connect_jira(person: Any, line: Any) -> bool:
    """Administrators and the TPMs of the line."""
    return is_admin(person) or has_role(person, Role.TPM, line=line)
