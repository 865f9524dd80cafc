"""Initiatives by words, best first: a bounded number of matches is ranked, however many there are."""

from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, FloatField, Q, Value, When

from config.flow.keys import number_of
from config.flow.searching import asked
from initiatives.models import Initiative

# The newest matches that are ranked; an exact title is always among them.
RANKED = 300


def best(person: Any, typed: str, most: int) -> Any:
    """At most so many: a key, then the exact title, titles that begin so, hold it, then by rank."""
    seen: Any = Initiative.objects.visible_to(person)
    number = number_of("INI", typed)
    if number is not None:
        return seen.filter(number=number)[:most]
    words = asked(typed)
    matching = seen.filter(Q(search=words) | Q(title__icontains=typed)).order_by("-id")
    newest = matching.values("pk")[:RANKED]
    how_close = Case(
        When(title__iexact=typed, then=Value(3.0)),
        When(title__istartswith=typed, then=Value(2.0)),
        When(title__icontains=typed, then=Value(1.0)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    exact = seen.filter(title__iexact=typed).order_by("-id").values("pk")[:most]
    # One list of keys: “or” between the two would read the whole table.
    found = seen.filter(pk__in=newest.union(exact))
    ranked: Any = found.annotate(close=how_close, rank=SearchRank(F("search"), words))
    return ranked.order_by("-close", "-rank", "-id")[:most]
