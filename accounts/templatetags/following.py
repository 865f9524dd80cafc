"""The button that follows a thing: an RFC, a KPI, a team."""

from typing import Any

from django.template import Context, Library

from accounts.queries_following import following_of

register = Library()


@register.inclusion_tag("accounts/_follow.html", takes_context=True)
def follow_button(context: Context, kind: str, pk: int) -> dict[str, Any]:
    """Whether the reader follows, how many people do, and the way to change it. One query."""
    request = context["request"]
    return {
        "kind": kind,
        "pk": pk,
        "following": following_of(kind, pk, request.user),
        "here": request.get_full_path(),
        "csrf_token": context.get("csrf_token", ""),
    }
