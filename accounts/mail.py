"""The text of mails about sign-in. Nothing here decides who gets one."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode


def send_password_reset(person: Any) -> None:
    """Send the link to choose a new password; it works once and for a day."""
    base = urlsplit(settings.BASE_URL)
    context = {
        "uid": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
        "protocol": base.scheme,
        "domain": base.netloc,
        "user": person,
    }
    subject = render_to_string("registration/password_reset_subject.txt", context).strip()
    text = render_to_string("registration/password_reset_email.html", context)
    send_mail(subject, text, None, [person.email])
