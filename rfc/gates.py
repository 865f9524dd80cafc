"""What must hold before an RFC moves. Reads the RFC and its relations; asks at most one query."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Role
from config.flow.gates import Missing, gate
from rfc.standing import Standing, open_blocks, standing

AUTHORS = "its authors"


@gate("A revision holds everything that was written", waivable=False)
def published_revision(rfc: Any) -> Iterator[Missing]:
    here = f"{rfc.get_absolute_url()}/edit"
    if not rfc.revision_count:
        yield Missing(
            f"{rfc.key} has no revision yet; publish the draft, so that people judge one text.",
            here,
            AUTHORS,
        )
    elif rfc.has_unpublished_edits:
        yield Missing(
            f"The draft of {rfc.key} holds edits that r{rfc.revision_count} does not; "
            "publish or discard them.",
            here,
            AUTHORS,
        )


@gate("Every section of the template is written", waivable=False)
def sections_filled(rfc: Any) -> Iterator[Missing]:
    if not rfc.revision_count:
        yield Missing(
            "No section is published yet; answer the template's questions.",
            f"{rfc.get_absolute_url()}/edit",
            AUTHORS,
        )
    for heading in rfc.unfilled:
        yield Missing(
            f"The section “{heading}” is empty; write it, or say in one line why it does not "
            "apply.",
            f"{rfc.get_absolute_url()}/edit",
            AUTHORS,
        )


@gate("It belongs to an initiative, or says why it stands alone", waivable=False)
def initiative_linked(rfc: Any) -> Iterator[Missing]:
    if rfc.initiative_id is None and not rfc.stands_alone_reason.strip():
        yield Missing(
            f"{rfc.key} belongs to no initiative; link the one it decides about, or say why it "
            "stands alone.",
            f"{rfc.get_absolute_url()}/details",
            AUTHORS,
        )


@gate("A decider is named", waivable=False)
def decider_named(rfc: Any) -> Iterator[Missing]:
    if rfc.decider_id is None:
        yield Missing(
            f"Nobody is named to decide about {rfc.key} when the reviewers do not agree; "
            "name a decider.",
            f"{rfc.get_absolute_url()}/details",
            AUTHORS,
        )


@gate("Every required function approves the current text", waivable=False)
def functions_approved(rfc: Any) -> Iterator[Missing]:
    stands = standing(rfc)
    if not stands:
        yield Missing(
            f"No function is asked to review {rfc.key}; add at least one.",
            f"{rfc.get_absolute_url()}/details",
            AUTHORS,
        )
    for each in stands:
        sentence = still_open(rfc, each)
        if sentence:
            yield Missing(sentence, f"{rfc.get_absolute_url()}#review", each.label)


@gate("No block is open", waivable=False)
def no_open_block(rfc: Any) -> Iterator[Missing]:
    for function, said in open_blocks(rfc):
        yield Missing(
            f"{said.person_name} blocks since r{said.revision}: {_short(said.text)} Only they, "
            f"or whoever holds {Role(function).label} after them, can close the block.",
            f"{rfc.get_absolute_url()}#position-{said.id}",
            said.person_name,
        )


@gate("The comment window has closed", waivable=False)
def window_elapsed(rfc: Any) -> Iterator[Missing]:
    ends = rfc.window_ends_at
    if ends is None:
        yield Missing(
            f"No decision was asked on {rfc.key} yet, so no comment window has run.",
            rfc.get_absolute_url(),
            AUTHORS,
        )
    elif ends > timezone.now():
        yield Missing(
            f"The comment window is open until {_when(ends)}; acceptance follows by itself then.",
            rfc.get_absolute_url(),
        )


@gate("It came here by an import", waivable=False)
def came_by_import(rfc: Any) -> Iterator[Missing]:
    if not hasattr(rfc, "imported"):
        yield Missing(f"{rfc.key} was written here, so an import cannot set its state.")


@gate("Nobody has taken a step here", waivable=False)
def undecided_here(rfc: Any) -> Iterator[Missing]:
    taken = rfc.steps_taken.filter(taken=True, actor__isnull=False).order_by("at").first()
    if taken:
        yield Missing(
            f"{taken.actor_name} has moved {rfc.key} here; from then on people decide, and an "
            "import no longer sets its state.",
            f"{rfc.get_absolute_url()}#history",
        )


def still_open(rfc: Any, each: Standing) -> str:
    """What one function still owes, as a sentence; nothing when it approves or blocks.

    A block is the sentence of `no_open_block`; saying it twice would not help anybody.
    """
    said, now = each.position, f"r{rfc.revision_count}"
    if each.state == "stale" and said:
        return (
            f"{each.label} approved r{said.revision}; since then {_listed(each.changed)} changed. "
            f"{said.who} can re-affirm for {now} in one click."
        )
    if each.state == "held" and said:
        until = f" until {_when(said.expires_at)}" if said.expires_at else ""
        return f"{each.label} holds{until}: {_short(said.text)}"
    if each.state == "recused":
        return (
            f"Whoever answered for {each.label} recused; somebody else of {each.label} "
            "has to answer."
        )
    if each.state != "waiting":
        return ""
    ended = f"The hold of {each.before.who} has ended; " if each.hold_ended and each.before else ""
    return f"{ended}{each.label} has not answered on {now} yet."


def _listed(headings: tuple[str, ...]) -> str:
    quoted = [f"“{heading}”" for heading in headings]
    if len(quoted) < 2:
        return "".join(quoted) or "the text"
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    line = line if len(line) <= 160 else f"{line[:157].rstrip()}…"
    return line if line.endswith((".", "?", "!", "…")) else f"{line}."


def _when(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "D j M Y, H:i")
