"""What threads and decisions want from one person, for Home. Each is one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.batch import Asker, alone
from config.web.words import beginning
from rfc.models import RFC, Mention, Suggestion
from rfc.queries.decisions import reviews_due, to_confirm


@dataclass(frozen=True)
class Call:
    """One thing: title, where it leads, a whole sentence why, and one action."""

    title: str
    href: str
    why: str
    action: str
    icon: str
    since: datetime | None = None
    day: date | None = None
    blocked: int = 0


def calls(person: Any) -> list[Call]:
    """Mentions not read, suggestions to judge, decisions to confirm or look at again. One query."""
    return alone(_calls(person))


def called_for(person: Any) -> Asker:
    """The same, asked together with others; returned, not answered."""
    mentions, suggestions, confirm, review = yield lambda: (
        _mentions(person),
        _suggestions(person),
        to_confirm(person),
        reviews_due(person),
    )
    return [
        *_mentioned_by_rfc(mentions),
        *map(_suggested, suggestions),
        *map(_to_confirm, confirm),
        *map(_to_review, review),
    ]


def _calls(person: Any) -> Asker:
    yield from (yield from called_for(person))


def _mentions(person: Any) -> Any:
    seen = RFC.objects.visible_to(person).order_by()
    return (
        Mention.objects.filter(person=person, seen_at=None, comment__rfc__in=seen)
        .select_related("comment__author", "comment__rfc")
        .order_by("comment__rfc", "at")
    )


def _mentioned_by_rfc(rows: Iterable[Mention]) -> list[Call]:
    by_rfc: dict[int, list[Mention]] = {}
    for row in rows:
        by_rfc.setdefault(row.comment.rfc_id, []).append(row)
    return [_mentioned(found) for found in by_rfc.values()]


def _mentioned(found: list[Mention]) -> Call:
    first, rfc = found[0].comment, found[0].comment.rfc
    names = ", ".join(dict.fromkeys(each.comment.author.name for each in found))
    told = {"key": rfc.key, "who": names, "text": beginning(first.text)}
    return Call(
        rfc.title,
        first.get_absolute_url(),
        _("%(key)s · %(who)s mentions you: “%(text)s”") % told,
        _("Read"),
        "at-sign",
        since=found[0].at,
        blocked=1,
    )


def _suggestions(person: Any) -> Any:
    mine = Q(comment__rfc__author=person) | Q(comment__rfc__co_authors=person)
    return (
        Suggestion.objects.filter(
            mine, state=Suggestion.State.OPEN, comment__rfc__phase__in=[RFC.DRAFT, RFC.IN_REVIEW]
        )
        .exclude(comment__author=person)
        .values(number=F("comment__rfc__number"), title=F("comment__rfc__title"))
        .annotate(n=Count("id", distinct=True), since=Min("comment__at"))
        .order_by("since")
    )


def _suggested(row: dict[str, Any]) -> Call:
    said = ngettext(
        "%d suggestion waits for you to accept or refuse it",
        "%d suggestions wait for you to accept or refuse them",
        row["n"],
    )
    return Call(
        row["title"],
        f"/rfcs/RFC-{row['number']}/suggestions",
        f"RFC-{row['number']} · {said % row['n']}",
        _("Go through"),
        "pen-line",
        since=row["since"],
    )


def _to_confirm(each: Any) -> Call:
    return Call(
        each.question,
        each.get_absolute_url(),
        _("%(key)s · %(who)s recorded this as your decision")
        % {"key": each.key, "who": each.recorded_by.name},
        _("Confirm"),
        "scale",
        since=each.recorded_at,
        blocked=1,
    )


def _to_review(each: Any) -> Call:
    return Call(
        each.question,
        each.get_absolute_url(),
        _("%(key)s · you wanted to look at this decision again") % {"key": each.key},
        _("Look again"),
        "scale",
        day=each.due_date,
    )
