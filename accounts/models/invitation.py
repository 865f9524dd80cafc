"""An invitation: somebody who is not here yet may join, once, until a day."""

import uuid
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.mail import send_invitation
from accounts.models.role import Role
from config.due.models import DueRow


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of invitations."""

    def visible_to(self, person: Any) -> "InvitationQuerySet":
        """Administrators see all, others those into the lines they staff."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_staff:
            return self
        held = [
            m for m in person.current_memberships() if m.role in (Role.BUSINESS_LEADER, Role.CPO)
        ]
        if any(m.in_line_id is None for m in held):
            return self.exclude(line=None)
        return self.filter(line_id__in={m.in_line_id for m in held})

    def open(self) -> "InvitationQuerySet":
        """Neither accepted nor revoked nor too old, by the database's clock."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=Now())


@pghistory.track()
class Invitation(models.Model):
    """Its link carries a signature over this row and `serial`, so it rests in no table."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    line = models.ForeignKey(
        "accounts.BusinessLine", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=24, choices=Role, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    serial = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_one_open_per_address",
            ),
        )

    def __str__(self) -> str:
        return f"Invitation of {self.email}"


class InvitationMail(DueRow):
    """One mail with the link. The link is made when it is sent; sent twice it is the same link."""

    kind_label: ClassVar[str] = "Invitation mail"

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="mails")
    serial = models.PositiveIntegerField()

    class Meta(DueRow.Meta):
        abstract = False
        constraints = (  # one more than the base's
            *DueRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["invitation", "serial"], name="invitation_mail_once_per_serial"
            ),
        )

    def work(self) -> None:
        """Send it, unless it was revoked, accepted or sent anew meanwhile."""
        asked = Invitation.objects.open().filter(pk=self.invitation_id, serial=self.serial)
        found = asked.select_related("invited_by", "line").first()
        if found is not None:
            self.renew()
            send_invitation(found)

    def describe(self) -> str:
        return f"Invitation mail to {self.invitation.email}"
