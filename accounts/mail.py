"""The text of mails. Nothing here decides who gets one."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.core.mail import EmailMessage, send_mail
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


def send_letter(person: Any, subject: str, text: str, path: str = "") -> None:
    """Send a plain mail; `path` is the page it is about, below this installation's address."""
    address = f"\n\n{settings.BASE_URL}{path}\n" if path else "\n"
    send_mail(" ".join(subject.split()), f"{text.rstrip()}{address}", None, [person.email])


def send_digest(person: Any, subject: str, text: str, *, mark: str) -> None:
    """Send the day's digest; `mark` names it, so that a mail sent twice is seen to be one."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    EmailMessage(
        " ".join(subject.split()),
        text.strip() + "\n",
        to=[person.email],
        headers={
            "Message-ID": f"<{mark}@{host}>",
            "List-Unsubscribe": f"<{settings.BASE_URL}/settings/notifications>",
            "Auto-Submitted": "auto-generated",
        },
    ).send()


def send_invitation(invitation: Any) -> None:
    """Send the link to join; it works once and until its day. The same row makes the same link."""
    context = {
        "invitation": invitation,
        "link": f"{settings.BASE_URL}/invitations/join/{invitation_token(invitation)}",
    }
    subject = render_to_string("accounts/mail/invitation_subject.txt", context)
    text = render_to_string("accounts/mail/invitation.txt", context)
    send_mail(" ".join(subject.split()), text, None, [invitation.email])


def invitation_token(invitation: Any) -> str:
    """The signed end of the link: the row and how often it was sent."""
    return signing.dumps([invitation.pk, invitation.serial], salt="gateline.invitation")
