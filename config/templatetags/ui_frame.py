"""The page frame in templates: rail, account, phone tabs, and parts that never differ."""

from django.template import Context, Library
from django.utils.safestring import SafeString

from config.web import frame

register = Library()
register.simple_tag(frame.fixed)


@register.simple_tag(takes_context=True)
def rail(context: Context) -> SafeString:
    """Where everything is."""
    return frame.rail(context["shell"])


@register.simple_tag(takes_context=True)
def tabbar(context: Context) -> SafeString:
    """Where everything is, on a phone."""
    return frame.tabbar(context["shell"])


@register.simple_tag(takes_context=True)
def account(context: Context) -> SafeString:
    """The person's menu."""
    return frame.account(context["shell"], str(context.get("csrf_token", "")))
