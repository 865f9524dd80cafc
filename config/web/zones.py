"""Moments are stored in UTC and shown in the zone of the person who looks."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _


class PersonZoneMiddleware:
    """Activates the person's zone for the request; an unknown zone falls back to UTC."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)


def zone_of(person: Any) -> ZoneInfo:
    """The zone a person set, or UTC."""
    try:
        return ZoneInfo(getattr(person, "time_zone", "") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def known_zone(name: str) -> None:
    """Raises ValidationError for a name that is no time zone."""
    if name not in available_timezones():
        told = _("“%(name)s” is no time zone. Zones look like Europe/Paris.")
        raise ValidationError(told, code="unknown", params={"name": name})
