"""What a password must be: long; shorter only beside a second step. No rule about its characters."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALONE, WITH_FACTOR, MOST = 15, 8, 512


def has_factor(person: Any) -> bool:
    """Whether the person has an authenticator app or a passkey. One query."""
    if person is None or person.pk is None:
        return False
    return Authenticator.objects.filter(user_id=person.pk).exists()


def least_for(person: Any) -> int:
    """How many characters this person's password has at least."""
    return WITH_FACTOR if has_factor(person) else ALONE


class LengthByFactors:
    """At least 15 characters, or 8 for who has a second step; at most 512."""

    def validate(self, password: str, user: Any = None) -> None:
        least = least_for(user)
        if len(password) < least:
            message = _("Write at least %d characters. Several words in a row are easy to keep.")
            raise ValidationError(message % least, code="password_too_short")
        if len(password) > MOST:
            raise ValidationError(
                _("Write at most %d characters.") % MOST, code="password_too_long"
            )

    def get_help_text(self) -> str:
        return _(
            "At least 15 characters, or 8 when you have a second step. Any characters, spaces too."
        )
