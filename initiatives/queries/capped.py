"""Counting without reading everything: exact up to a cap, "10,000+" above."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate, DateTimeField, IntegerField, Subquery
from django.utils.functional import cached_property

from config.web.words import THIN

CAP = 10_000


class Counted(Subquery):
    """How many rows a query gives, inside another statement."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


class MiddleMoment(Aggregate):
    """The moment in the middle: half of the group is older."""

    function = "PERCENTILE_DISC"
    name = "MiddleMoment"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s DESC)"
    output_field = DateTimeField()


def capped(rows: Any, cap: int = CAP) -> Counted:
    """A count that stops one above the cap, as a part of another query."""
    return Counted(rows.order_by().values("pk")[: cap + 1])


def in_words(count: int, cap: int = CAP) -> str:
    """A count with thin thousands; above the cap it says so."""
    shown = f"{min(count, cap):,}".replace(",", THIN)
    return f"{shown}+" if count > cap else shown


@dataclass
class Counting:
    """Rows of one page and how many there are in all, read in one statement."""

    rows: list[Any]
    total: int


class KnownPaginator(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.known = count

    @cached_property
    def count(self) -> int:
        return min(self.known, CAP)

    @property
    def words(self) -> str:
        """How many, exactly or "10,000+"."""
        return in_words(self.known)


def page_of(
    found: Any, number: int, per_page: int, values: Any, *, keys_first: bool = False
) -> Page[Any]:
    """One page of a query with its capped count, in one statement.

    `values` turns a queryset into value tuples; the count is put last in each and taken off again.
    With `keys_first` the keys of the page are found before anything is joined: for an order that no
    index gives, so that all rows are sorted, but narrow.
    """
    last = CAP // per_page
    number = min(max(number, 1), last)

    def part(number: int) -> list[Any]:
        here = slice((number - 1) * per_page, number * per_page)
        if keys_first:
            page = found.filter(pk__in=found.values("pk")[here])
            return list(values(page, total=capped(found)))
        return list(values(found, total=capped(found))[here])

    read = part(number)
    if not read and number > 1:
        known = int(found.order_by().values("pk")[: CAP + 1].count())
        number = max(1, -(-min(known, CAP) // per_page))
        read = part(number)
    total = read[0][-1] if read else 0
    paginator = KnownPaginator([], per_page, total)
    return Page([r[:-1] for r in read], number, paginator)
