"""What happened at the door, the codes that open it in need, and what it asks for."""

from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models.role import Role


class SignInEventQuerySet(models.QuerySet["SignInEvent"]):
    """Reads of events."""

    def visible_to(self, person: Any) -> "SignInEventQuerySet":
        """One's own; administrators read all of them on the audit page."""
        return self.filter(person=person) if person.is_authenticated else self.none()


class SignInEvent(models.Model):
    """Something that happened to a person's account at the door. Only ever added to, and sealed."""

    class Kind(models.TextChoices):
        IN = "in", _("signed in")
        OUT = "out", _("signed out")
        FAILED = "failed", _("failed to sign in")
        LOCKED = "locked", _("was locked out")
        CODE_FAILED = "code_failed", _("gave a wrong code")
        PASSWORD = "password", _("changed the password")
        FACTOR_ADDED = "factor_added", _("added a second step")
        FACTOR_REMOVED = "factor_removed", _("removed a second step")
        CODES_MADE = "codes_made", _("made recovery codes")
        CODE_USED = "code_used", _("used a recovery code")
        SESSION_ENDED = "session_ended", _("ended sessions")
        CONNECTED = "connected", _("connected a company account")
        ROLES = "roles", _("got roles from the directory")
        INVITED = "invited", _("accepted an invitation")
        REFUSED = "refused", _("was refused")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_events"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    note = models.CharField(max_length=400, blank=True)
    place = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_default=Now())

    objects = SignInEventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["person", "at"], name="sign_in_event_person"),)
        triggers = (
            pgtrigger.Protect(
                name="sign_in_events_stay", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"


class RecoveryCode(models.Model):
    """One way in when every other second step is lost. Only its slow hash is kept.

    `handle` is the first group of the code: it finds the row, so that one hash is computed.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    handle = models.CharField(max_length=4)
    digest = models.CharField(max_length=200)
    made_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "handle"], name="recovery_code_handle"),
        )

    def __str__(self) -> str:
        return f"Recovery code of {self.person}"


@pghistory.track()
class SignInRule(models.Model):
    """Who must have a second step to sign in. One row."""

    ONLY: ClassVar[int] = 1

    everybody = models.BooleanField(_("everybody"), default=False)
    administrators = models.BooleanField(_("administrators"), default=False)
    roles = ArrayField(
        models.CharField(max_length=24, choices=Role), verbose_name=_("roles"), default=list
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="sign_in_rule_is_one_row"),
        )

    def __str__(self) -> str:
        return "What signing in asks for"
