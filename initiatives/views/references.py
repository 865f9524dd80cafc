"""What `INI-12` means in a text: suggestions while typing, and the card."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from config.web import references
from config.whole import whole
from initiatives.models import Initiative
from initiatives.phases import status, words


def find(request: HttpRequest, typed: str) -> Iterable[references.Found]:
    """Initiatives by number or words of the title. One query."""
    wanted = Q(number__startswith=typed) if typed.isdecimal() else Q(title__icontains=typed)
    rows = Initiative.objects.visible_to(request.user).filter(wanted).order_by("-number")
    return [
        references.Found(
            row.key, f"{row.key} {row.title}", capfirst(str(words(row.phase))), "layers"
        )
        for row in rows[: references.LIMIT]
    ]


def card(request: HttpRequest, number: str) -> references.Card | None:
    """One initiative in a few lines. One query."""
    if (known := whole(number)) is None:
        return None
    rows = Initiative.objects.visible_to(request.user).select_related("owner", "line")
    row = rows.filter(number=known).first()
    if row is None:
        return None
    facts = [(_("Line"), str(row.line))] if row.line else []
    facts += [(_("Owner"), row.owner.name)] if row.owner else []
    return references.Card(
        row.key,
        row.title,
        row.get_absolute_url(),
        icon="layers",
        kind=status(row.phase),
        state=capfirst(str(words(row.phase))),
        text=row.problem,
        facts=facts,
    )


def seen(request: HttpRequest, numbers: list[int]) -> Iterable[int]:
    """Which of these there are for this person. One query."""
    found = Initiative.objects.visible_to(request.user).filter(number__in=numbers)
    return list(found.values_list("number", flat=True))


references.register("INI", references.Kind("/initiatives/", find, card, seen))
