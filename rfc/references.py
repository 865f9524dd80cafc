"""What `RFC-7` and `DEC-3` mean in a text: suggestions while typing, and the card."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.web import references
from config.whole import whole
from rfc.models import RFC, Decision
from rfc.queries.lists import BADGES


def find(request: HttpRequest, typed: str) -> Iterable[references.Found]:
    """RFCs by number or words of the title. One query."""
    wanted = Q(number__startswith=typed) if typed.isdecimal() else Q(title__icontains=typed)
    rows = RFC.objects.visible_to(request.user).filter(wanted)[: references.LIMIT]
    return [
        references.Found(row.key, f"{row.key} {row.title}", row.get_state_label(), "file-text")
        for row in rows
    ]


def card(request: HttpRequest, number: str) -> references.Card | None:
    """One RFC in a few lines. One query."""
    if (known := whole(number)) is None:
        return None
    found = RFC.objects.visible_to(request.user).select_related("author", "line", "superseded_by")
    rfc = found.filter(number=known).first()
    if rfc is None:
        return None
    facts = [(_("Author"), rfc.author.name)]
    facts += [(_("Line"), rfc.line.name)] if rfc.line else []
    by = rfc.superseded_by
    facts += [(_("Superseded by"), f"{by.key} {by.title}")] if by else []
    return references.Card(
        rfc.key,
        rfc.title,
        rfc.get_absolute_url(),
        kind=BADGES[rfc.phase],
        state=rfc.get_state_label(),
        text=rfc.decision_asked or rfc.summary_problem,
        facts=facts,
    )


def seen(request: HttpRequest, numbers: list[int]) -> Iterable[int]:
    """Which of these there are for this person. One query."""
    found = RFC.objects.visible_to(request.user).filter(number__in=numbers)
    return list(found.values_list("number", flat=True))


references.register("RFC", references.Kind("/rfcs/", find, card, seen))


def find_decision(request: HttpRequest, typed: str) -> Iterable[references.Found]:
    """Decisions by number or words of the question. One query."""
    wanted = Q(number__startswith=typed) if typed.isdecimal() else Q(question__icontains=typed)
    rows = Decision.objects.visible_to(request.user).filter(wanted).order_by("-number")
    return [
        references.Found(row.key, f"{row.key} {row.question}", row.decided_by_name, "scale")
        for row in rows[: references.LIMIT]
    ]


def decision_card(request: HttpRequest, number: str) -> references.Card | None:
    """One decision: the question and what was decided. One query."""
    if (known := whole(number)) is None:
        return None
    row = Decision.objects.visible_to(request.user).filter(number=known).first()
    if row is None:
        return None
    facts = [(_("Decided by"), row.decided_by_name), (_("On"), f"{row.decided_date:%-d %b %Y}")]
    return references.Card(
        row.key, row.question, row.get_absolute_url(), icon="scale", text=row.decision, facts=facts
    )


def seen_decisions(request: HttpRequest, numbers: list[int]) -> Iterable[int]:
    """Which of these there are for this person. One query."""
    found = Decision.objects.visible_to(request.user).filter(number__in=numbers)
    return list(found.values_list("number", flat=True))


references.register(
    "DEC", references.Kind("/decisions/", find_decision, decision_card, seen_decisions)
)
