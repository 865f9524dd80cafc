"""What a password must be: long; shorter only beside a second step. No rule about its characters."""

import re
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ALONE, WITH_FACTOR, MOST = 15, 8, 512
# A word of the company counts from four letters on; beside such words a password has eight others.
SHORTEST_WORD, LEAST_LEFT = 4, 8


def has_factor(person: Any) -> bool:
    """Whether the person has an authenticator app or a passkey. One query."""
    if person is None or person.pk is None:
        return False
    return Authenticator.objects.filter(user_id=person.pk).exists()


def least_for(person: Any) -> int:
    """How many characters this person's password has at least."""
    return WITH_FACTOR if has_factor(person) else ALONE


def company_words() -> set[str]:
    """Words everybody here thinks of: of the company's name and host, of its lines, our own name."""
    lines = apps.get_model("accounts", "BusinessLine").objects.values_list("name", flat=True)
    host = urlsplit(settings.BASE_URL).hostname or ""
    told = " ".join(["gateline", settings.COMPANY_NAME, host, *lines]).lower()
    return {word for word in re.findall(r"\w+", told) if len(word) >= SHORTEST_WORD}


class NoCompanyWords:
    """Who takes words of the company adds eight characters that are none."""

    def validate(self, password: str, user: Any = None) -> None:
        words = sorted(company_words(), key=len, reverse=True)
        left = re.sub("|".join(map(re.escape, words)), "", password.lower()) if words else password
        if left != password.lower() and len(left) < LEAST_LEFT:
            raise ValidationError(
                _("Choose something else than the name of the company, a line or Gateline."),
                code="password_of_the_company",
            )

    def get_help_text(self) -> str:
        return _("Not just the name of the company, a line or Gateline.")


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
