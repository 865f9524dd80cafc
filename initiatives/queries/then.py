"""The portfolio as it was known at the end of a day: the last history row of each initiative."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from initiatives.models import Initiative


def events() -> Any:
    """The history rows of initiatives."""
    return Initiative._meta.apps.get_model("initiatives", "InitiativeEvent").objects


def end_of(day: date) -> datetime:
    """The first moment after a day, in the person's zone; never later than now."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return min(timezone.make_aware(midnight), timezone.now())


def known_then(person: Any, day: date) -> Any:
    """The initiatives a person may see, as history rows that held at the end of that day."""
    until = end_of(day)
    seen = Initiative.objects.visible_to(person).order_by().values("pk")
    # Row by row, along the order that is asked for: a page ends after its fifty.
    later = events().filter(pgh_obj=OuterRef("pgh_obj"), pgh_id__gt=OuterRef("pgh_id"))
    rows = events().filter(~Exists(later.filter(pgh_created_at__lt=until)))
    rows = rows.filter(pgh_created_at__lt=until, pgh_obj__in=seen)
    rows = rows.annotate(changed_at=F("pgh_created_at"))
    return rows.order_by("-created_at", "-id")


def first_day() -> date | None:
    """The day from which anything is known; None while there is no history."""
    # History is written in the order of its keys.
    first = events().order_by("pgh_id").values_list("pgh_created_at", flat=True).first()
    return timezone.localdate(first) if first else None


def as_known(initiative: Initiative, day: date) -> Any:
    """The history row of one initiative that held at the end of a day, or None."""
    rows = events().filter(pgh_obj=initiative.pk, pgh_created_at__lt=end_of(day))
    return rows.order_by("-pgh_id").first()
