"""The mail that lets somebody choose a new password, sent by a worker and not by the request."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.mail import send_password_reset
from config.due.models import DueRow


class PasswordResetMail(DueRow):
    """One reset link to one person. The link is made when it is sent, so it rests in no table."""

    kind_label: ClassVar[str] = "Password reset mail"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta(DueRow.Meta):
        abstract = False
        constraints = (  # one more than the base's
            *DueRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(state="due"),
                name="password_reset_one_at_a_time",
            ),
        )

    def work(self) -> None:
        """Send it. A second run sends a second mail with a link of its own, which harms nobody."""
        if self.person.is_active and self.person.email:
            self.renew()
            send_password_reset(self.person)

    def describe(self) -> str:
        return f"Password reset mail to {self.person}"
