"""Promising the day's digests: one due row per person and local day, once the hour has come."""

from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from accounts.models import Digest, Notice, NoticeSettings, Person
from accounts.quiet import digest_day


def promise_digests(now: datetime | None = None) -> int:
    """Write the digests whose hour has come; answers how many. May run twice: a day has one.

    Somebody gets one when something was told before the hour that is neither read nor mailed.
    Four queries and one insert.
    """
    now = now or timezone.now()
    waiting: dict[int, list[tuple[str, datetime]]] = {}
    rows = Notice.objects.undigested().order_by().values_list("person_id", "reason")
    for pk, reason, at in rows.annotate(first=Min("begun_at")):
        waiting.setdefault(pk, []).append((reason, at))
    told = {each.person_id: each for each in NoticeSettings.objects.filter(person__in=waiting)}
    people = Person.objects.active().filter(pk__in=waiting).exclude(email=None)
    found = []
    for person in people:
        said = told.get(person.pk)
        day, moment = digest_day(person, said, now)
        off = said.unmailed if said else []
        if any(at < moment and reason not in off for reason, at in waiting[person.pk]):
            found.append(Digest(person=person, day=day))
    days = Digest.objects.filter(person__in=[d.person for d in found])
    known = set(days.values_list("person_id", "day"))
    fresh = [each for each in found if (each.person_id, each.day) not in known]
    Digest.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
