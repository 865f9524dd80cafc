"""The day's digest: one mail per person and local day with everything followed, never split."""

from itertools import groupby
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.mail import send_digest
from accounts.models.notice import Notice, NoticeSettings
from config.due.models import DueRow

# Things a digest names; what is more is counted and stands in the inbox.
MOST_THINGS, MOST_LINES = 40, 5


class Digest(DueRow):
    """One person's mail of one local day."""

    kind_label: ClassVar[str] = "Digest"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta(DueRow.Meta):
        abstract = False
        constraints = (
            *DueRow.Meta.constraints,
            models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day"),
        )

    def __str__(self) -> str:
        return self.describe()

    def work(self) -> None:
        """Take what waits, then send it. A second run sends the same again, with the same id."""
        if not (self.person.is_active and self.person.email):
            return
        self._take()
        mine = Notice.objects.visible_to(self.person).filter(digest=self)
        things = grouped(mine.order_by("kind", "subject_id", "-at", "-id"))
        if not things:
            return
        subject = _("%(n)d things you follow changed") % {"n": len(things)}
        if len(things) == 1:
            subject = _("%s changed") % things[0]["title"]
        context = {
            "things": things[:MOST_THINGS],
            "more": max(0, len(things) - MOST_THINGS),
            "base": settings.BASE_URL,
            "person": self.person,
        }
        text = render_to_string("accounts/mail/digest.txt", context)
        self.renew()
        send_digest(self.person, subject, text, mark=f"digest-{self.pk}")

    def _take(self) -> None:
        """Bind entries to this digest before it is sent; later ones are the next digest's."""
        if Notice.objects.filter(digest=self).exists():
            return
        told = NoticeSettings.objects.filter(person=self.person_id).first()
        waiting = Notice.objects.visible_to(self.person).undigested().order_by()
        waiting = waiting.exclude(reason__in=told.unmailed if told else [])
        self.renew()
        Notice.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(digest=self)

    def describe(self) -> str:
        return f"Digest of {self.day:%Y-%m-%d} for {self.person}"

    def subject_url(self) -> str:
        return "/inbox"


def grouped(rows: Any) -> list[dict[str, Any]]:
    """Entries by thing, the newest thing first."""
    things = []
    for _about, found in groupby(rows, key=lambda row: (row.kind, row.subject_id)):
        entries = list(found)
        first = entries[0]
        title = " ".join(part for part in (first.subject_key, first.subject_title) if part)
        things.append(
            {
                "title": title or first.words,
                "url": first.url,
                "reason": first.get_reason_display(),
                "lines": entries[:MOST_LINES],
                "more": max(0, len(entries) - MOST_LINES),
                "at": first.at,
            }
        )
    return sorted(things, key=lambda thing: thing["at"], reverse=True)
