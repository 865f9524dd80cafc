"""What need not be kept any longer."""

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from webhooks.models import Delivery, Endpoint, Outcome


def forget_deliveries() -> None:
    """Empty the texts of what ended a while ago; drop the rows of long ago."""
    ended = Delivery.objects.exclude(outcome=Outcome.WAITING)
    days = timedelta(days=settings.WEBHOOK_BODY_DAYS)
    ended.filter(told_at__lt=Now() - days).exclude(body="").update(body="")
    ended.filter(told_at__lt=Now() - timedelta(days=settings.WEBHOOK_LOG_DAYS)).delete()


def forget_old_secrets() -> None:
    """Drop secrets that no longer sign."""
    over = Endpoint.objects.filter(old_secret_until__lt=Now())
    over.update(old_secret_sealed="", old_secret_until=None)
