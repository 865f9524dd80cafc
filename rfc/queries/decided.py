"""Whether an RFC is decided on its current content: for the gates of initiatives and the pages."""

from config.flow.gates import Missing
from rfc.gates import functions_approved, no_open_block, still_open, window_elapsed
from rfc.models import RFC
from rfc.standing import standing

DECIDED = (RFC.ACCEPTED, RFC.IMPLEMENTED)
LIVING = (RFC.DRAFT, RFC.IN_REVIEW, *DECIDED)


def is_accepted_on_current_content(rfc: RFC) -> bool:
    """Accepted, and every approval that carried it is about the text as it stands now.

    An imported RFC keeps the acceptance of its source: it has no required functions.
    """
    return rfc.phase in DECIDED and not any(s.state != "approved" for s in standing(rfc))


def accepted_on_current_content(initiative_id: int) -> bool:
    """Whether an RFC of the initiative is accepted on its current content."""
    return not unaccepted_reasons(initiative_id)


def approvals_stale(initiative_id: int) -> bool:
    """Whether an approval of a living RFC of the initiative no longer covers its text."""
    return bool(stale_reasons(initiative_id))


def unaccepted_reasons(initiative_id: int) -> list[tuple[str, str]]:
    """Why no RFC of the initiative is accepted on its current content: (sentence, link) each."""
    rfcs = list(RFC.objects.filter(initiative=initiative_id).order_by("-number"))
    if not rfcs:
        return [("It has no RFC yet; write one from the template.", "")]
    if any(is_accepted_on_current_content(rfc) for rfc in rfcs):
        return []
    newest = next((rfc for rfc in rfcs if rfc.phase in LIVING), rfcs[0])
    state = newest.get_state_label().lower()
    said = (f"{newest.key} is “{state}”, not accepted.", newest.get_absolute_url())
    if newest.phase in DECIDED:
        said = (
            f"{newest.key} is “{state}”, but not every approval is about its text as it stands.",
            newest.get_absolute_url(),
        )
    return [said, *((m.sentence, m.link) for m in still_needed_things(newest))]


def stale_reasons(initiative_id: int) -> list[tuple[str, str]]:
    """Approvals that no longer cover the current content: (sentence, link) each."""
    rfcs = RFC.objects.filter(initiative=initiative_id, phase__in=LIVING)
    return [
        (still_open(rfc, each), f"{rfc.get_absolute_url()}#review")
        for rfc in rfcs
        for each in standing(rfc)
        if each.state == "stale"
    ]


def still_needed_things(rfc: RFC) -> list[Missing]:
    """What acceptance still lacks, while a decision is asked or was made."""
    if rfc.phase not in (RFC.IN_REVIEW, *DECIDED):
        return []
    gates = (functions_approved, no_open_block, window_elapsed)
    return [missing for gate in gates for missing in gate.reasons(rfc)]


def still_needed(rfc: RFC) -> list[str]:
    """The same as sentences."""
    return [missing.sentence for missing in still_needed_things(rfc)]
