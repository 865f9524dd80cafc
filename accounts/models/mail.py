"""Mails to one person as due rows: written with the act they tell of, sent by a worker."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.mail import send_letter, send_password_reset
from accounts.models.notice import Notice, NoticeSettings
from accounts.quiet import quiet_ends
from config.due.errors import TryLater
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
    """One mail to one person about one act. `key` makes the same wish twice one mail.

    With a `notice` it waits for the end of quiet hours, and is not sent once the entry was put away
    or is about what the person no longer sees. Mails about the account itself have none.
    """

    kind_label: ClassVar[str] = "Mail"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=300, blank=True)
    notice = models.ForeignKey(
        Notice, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )

    class Meta(DueRow.Meta):
        abstract = False

    def work(self) -> None:
        """Send it. The key keeps wishes apart; a worker stopped in the send may send once more."""
        if not (self.person.is_active and self.person.email):
            return
        if self.notice_id is None or self._is_time():
            self.renew()
            send_letter(self.person, self.subject, self.text, self.path)

    def _is_time(self) -> bool:
        """Whether the entry is still to be told; raises TryLater in quiet hours."""
        told = NoticeSettings.objects.filter(person=self.person_id).first()
        until = quiet_ends(self.person, told, timezone.now())
        if until is not None:
            raise TryLater((until - timezone.now()).total_seconds() + 1, "Quiet hours.")
        mine = Notice.objects.visible_to(self.person).open()
        return bool(mine.filter(letters=self).exists())

    def describe(self) -> str:
        return f"Mail to {self.person}: {self.subject}"

    def subject_url(self) -> str:
        return self.path
