"""A position: a stance on one exact revision. Never deleted, only followed by another."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from rfc.models.revision import Revision
from rfc.models.rfc import RFC

# Whoever edited since the last approval of a function that still stands as that person's word
# cannot approve for it, and a position is about a revision of its own RFC. The last line of
# defence behind rfc.actions.positions, which says the same in a sentence.
_NO_SELF_APPROVAL = """
    IF (SELECT rfc_id FROM rfc_revision WHERE id = NEW.revision_id) <> NEW.rfc_id THEN
        RAISE EXCEPTION 'The revision belongs to another RFC.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.stance IN ('approve', 'approve_with_notes') AND EXISTS (
        SELECT 1 FROM rfc_revision_editors edited
        JOIN rfc_revision written ON written.id = edited.revision_id
        WHERE edited.person_id IN (NEW.person_id, NEW.on_behalf_of_id) AND written.rfc_id = NEW.rfc_id
        AND written.number > COALESCE((
            SELECT max(seen.number) FROM rfc_position earlier
            JOIN rfc_revision seen ON seen.id = earlier.revision_id
            WHERE earlier.rfc_id = NEW.rfc_id AND earlier.function = NEW.function
            AND earlier.stance IN ('approve', 'approve_with_notes')
            AND NOT EXISTS (
                SELECT 1 FROM rfc_position later
                WHERE later.rfc_id = earlier.rfc_id AND later.function = earlier.function
                AND later.person_id = earlier.person_id AND later.id > earlier.id
                AND later.stance NOT IN ('approve', 'approve_with_notes')
            )
        ), 0)
    ) THEN
        RAISE EXCEPTION 'Whoever edited since the last valid approval cannot approve.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Stance(models.TextChoices):
    """What a reviewer says. A comment is not a position."""

    APPROVE = "approve", _("Approve")
    APPROVE_WITH_NOTES = "approve_with_notes", _("Approve with notes")
    HOLD = "hold", _("Hold")
    BLOCK = "block", _("Block")
    RECUSE = "recuse", _("Recuse")


# The same, told of somebody.
SAID = {
    Stance.APPROVE: _("approved"),
    Stance.APPROVE_WITH_NOTES: _("approved with notes"),
    Stance.HOLD: _("held it"),
    Stance.BLOCK: _("blocked it"),
    Stance.RECUSE: _("recused"),
}


class Position(models.Model):
    """A stance on a revision. `fingerprints` maps each section judged to what was read."""

    rfc = models.ForeignKey(RFC, on_delete=models.PROTECT, related_name="positions")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="positions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="positions"
    )
    person_name = models.CharField(max_length=200)
    person_roles = models.CharField(max_length=400, blank=True)
    # Whose function it is, where somebody else answers while that person is away.
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    on_behalf_name = models.CharField(max_length=200, blank=True)
    function = models.CharField(max_length=30)
    stance = models.CharField(max_length=20, choices=Stance)
    text = models.TextField(blank=True)
    fingerprints = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    resolution_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closing_note = models.TextField(blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(stance="block")
                | (~models.Q(text="") & models.Q(resolution_owner__isnull=False)),
                name="position_block_has_text_and_owner",
            ),
            models.CheckConstraint(
                condition=~models.Q(stance="hold") | models.Q(expires_at__isnull=False),
                name="position_hold_expires",
            ),
            models.CheckConstraint(
                condition=models.Q(stance="approve") | ~models.Q(text=""),
                name="position_text_except_approve",
            ),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of=None, on_behalf_name="")
                | (~models.Q(on_behalf_of=models.F("person")) & ~models.Q(on_behalf_name="")),
                name="position_behalf_of_another",
            ),
        )
        indexes = (models.Index(fields=["rfc", "function", "-at"], name="position_by_function"),)
        triggers = (
            pgtrigger.ReadOnly(
                name="stance_stays", exclude=["closed_at", "closed_by", "closing_note"]
            ),
            pgtrigger.Trigger(
                name="no_self_approval",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_NO_SELF_APPROVAL,
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.person_name}: {self.get_stance_display()} r{self.revision.number}"

    @property
    def function_label(self) -> str:
        """The function answered for, in words."""
        return str(Role(self.function).label)

    @property
    def said(self) -> str:
        """What the person did, as a sentence goes on."""
        return str(SAID[Stance(self.stance)])
