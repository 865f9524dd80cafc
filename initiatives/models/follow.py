"""Who follows an initiative, and when a person looked at Home."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative


class Follow(models.Model):
    """A person and an initiative. A row that was `left` keeps it from following by itself again."""

    class Why(models.TextChoices):
        OWN = "own", _("You follow it")
        OWNER = "owner", _("You own it")
        REQUESTER = "requester", _("You asked for it")
        MENTIONED = "mentioned", _("You were mentioned")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="follows")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows"
    )
    why = models.CharField(max_length=9, choices=Why, default=Why.OWN)
    since = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=["initiative", "person"], name="follow_once"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.initiative}"


class HomeLook(models.Model):
    """When a person looked at Home last, the visit before that, and which greeting was put away."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="home_look"
    )
    seen_at = models.DateTimeField(default=timezone.now)
    before_at = models.DateTimeField(null=True, blank=True)
    checklist_hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(before_at=None) | models.Q(before_at__lte=models.F("seen_at")),
                name="home_look_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.seen_at:%Y-%m-%d %H:%M}"


# Owner and requester follow, whichever way the row is written; who left stays away.
pgtrigger.register(
    pgtrigger.Trigger(
        name="people_follow",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("owner_id"),
        func="""
            INSERT INTO initiatives_follow (initiative_id, person_id, why, since)
            SELECT NEW.id, who.person_id, who.why, NOW()
            FROM (VALUES (NEW.owner_id, 'owner'), (NEW.requester_id, 'requester'))
                AS who (person_id, why)
            WHERE who.person_id IS NOT NULL
            ON CONFLICT DO NOTHING;
            RETURN NULL;
        """,
    )
)(Initiative)
