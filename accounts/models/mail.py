"""Mails to one person as due rows: written with the act they tell of, sent by a worker."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.mail import send_letter, send_password_reset
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


class Letter(DueRow):
    """One mail to one person about one act. `key` makes the same wish twice one mail."""

    kind_label: ClassVar[str] = "Mail"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=300, blank=True)

    class Meta(DueRow.Meta):
        abstract = False

    def work(self) -> None:
        """Send it. The key keeps wishes apart; a worker stopped in the send may send once more."""
        if self.person.is_active and self.person.email:
            self.renew()
            send_letter(self.person, self.subject, self.text, self.path)

    def describe(self) -> str:
        return f"Mail to {self.person}: {self.subject}"

    def subject_url(self) -> str:
        return self.path
