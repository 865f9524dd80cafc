"""Rows of Home: initiatives whose next step lacks just one thing, for those who can mend it."""

from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.permissions import lines_of
from config.batch import Asker
from config.flow.fsm import edges
from initiatives.models import GateSummary, Initiative
from initiatives.permissions import DEEP_DIVE_FUNCTIONS
from initiatives.phases import ACTIVE, phase_of
from initiatives.queries.home import Need, needs
from initiatives.queries.needs import MOST, age_of, pressing
from initiatives.queries.waiting import turn_of

# Gates that somebody else than the owner, or whoever takes the step, can mend too.
MENDED_BY: dict[str, tuple[str, ...]] = {
    Role.BUSINESS_LEADER: ("supported_verdict", "ranked", "committed_target"),
    Role.GROWTH: ("supported_verdict",),
    Role.DESIGNER: ("supported_verdict", "low_fidelity_mockup", "no_user_facing_change"),
    Role.ARCHITECT: ("architecture_written", "non_functional_written"),
    Role.TPM: ("pushed_to_jira", "tickets_assigned"),
    Role.QA: ("test_cases_automated",),
    Role.ENGINEER: ("test_cases_automated",),
}
# No measurement reaches these yet: only a waiver opens them, and only a leader of the line grants it.
WAIVED = ("quality_gates_passed", "deployed_to_production", "outcome_reviewed")
# Some sentences explain themselves at length; the page the button leads to says all of it.
LONGEST = 140
STEPS = {each.step: each.facts.label for each in edges(Initiative)}


def mendable_by(person: Any, seen: str = "") -> Q:
    """Where the one missing thing is this person's to mend: as owner, by turn, or by role.

    Of summaries, or of initiatives with `seen` before what their summary says.
    """
    waived = Q((f"{seen}gate__in", WAIVED))
    mine = (Q(owner=person.pk) | turn_of(person, ACTIVE)) & ~waived
    for role, gates in MENDED_BY.items():
        mine |= Q((f"{seen}gate__in", gates), line__in=lines_of(person, role))
    for function in DEEP_DIVE_FUNCTIONS:
        mine |= Q((f"{seen}role", function), line__in=lines_of(person, function))
    leads = waived & Q(line__in=lines_of(person, Role.BUSINESS_LEADER))
    return mine | (leads & ~Q(requester=person.pk))


@needs
def gates_lacking_one_thing(person: Any) -> Asker:
    """Live initiatives that one thing keeps from the next step, longest in their phase first."""

    def asked() -> Any:
        found = GateSummary.objects.filter(mendable_by(person), lacking=1, phase__in=ACTIVE)
        longest = found.order_by("entered_at", "pk").values("pk")[:MOST]
        # The summary only finds them; the initiative itself says whether they still stand there,
        # and whose they are now.
        seen = Initiative.objects.visible_to(person).filter(mendable_by(person, "gate_summary__"))
        still = seen.filter(pk__in=longest, gate_summary__phase=F("phase"))
        return still.select_related("gate_summary").order_by("state_entered_at", "-id")

    for row in (yield asked):
        seen = row.gate_summary
        numbered = phase_of(row.phase)
        told = {
            "key": row.key,
            "step": STEPS.get(seen.step, seen.step),
            "sentence": Truncator(seen.sentence).chars(LONGEST),
            "at": date_format(timezone.localtime(seen.judged_at), "j M H:i"),
        }
        yield Need(
            kind="gate",
            icon="circle-dashed",
            title=row.title,
            href=row.get_absolute_url(),
            meta=_("%(key)s · only this keeps it from “%(step)s”: %(sentence)s (seen %(at)s)")
            % told,
            action=_("Mend"),
            action_href=seen.link or row.get_absolute_url(),
            legal_date=row.deadline_date if pressing(row.deadline_date) else None,
            about=row.pk,
            age=age_of(row.state_entered_at),
            expected=(numbered.expected if numbered and numbered.expected else 10),
        )
