"""What triage offers: ready reasons, days to sleep until. People change every word of them."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _


def reasons_to_decline() -> list[str]:
    """Sentences that say why not, as the requester will read them."""
    return [
        _("It serves none of the KPIs we have set out to move this half-year."),
        _("It is solved already, or another way does it well enough."),
        _("It does not say what the problem is and who has it; please hand it in again with that."),
        _("Its effect is too small for what it would take."),
    ]


def reason_of_duplicate() -> str:
    """The reason offered for a duplicate."""
    return _("It asks for the same as the other one; it goes on there.")


def days_to_sleep() -> list[tuple[str, date]]:
    """Days a request may sleep until, in words."""
    today = timezone.localdate()
    return [
        (_("In a week"), today + timedelta(days=7)),
        (_("In a month"), today + timedelta(days=30)),
        (_("In three months"), today + timedelta(days=91)),
    ]


def reason_to_sleep() -> str:
    """The reason offered for sleep."""
    return _("It is not its time yet; we look at it again on that day.")


def told_of(data: Any) -> dict[str, str]:
    """What a decision's form says: a choice, or one's own words in the field beside it."""
    told = {"flow_version": str(data.get("flow_version", ""))}
    for name in ("note", "original", "until"):
        said = str(data.get(name, "")).strip()
        other = str(data.get(f"{name}_other", "")).strip()
        own = f"use_{name}_other" in data
        told[name] = other if other and (own or not said) else said
    return told
