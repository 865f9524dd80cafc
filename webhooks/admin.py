"""Admin of webhooks: read-only. They are registered, switched and replayed on their pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.due.admin import DueRowAdmin
from config.web.admin import ReadOnly
from webhooks.models import Attempt, Delivery, Endpoint


@admin.register(Endpoint)
class EndpointAdmin(ReadOnly, admin.ModelAdmin[Endpoint]):
    """Secrets are not even shown sealed."""

    list_display = ("name", "line", "keeper", "is_on", "failing_since", "last_ok_at")
    list_filter = ("is_on", "line")
    list_select_related = ("line", "keeper")
    exclude = ("secret_sealed", "old_secret_sealed")


class AttemptInline(admin.TabularInline[Attempt, Delivery]):
    model = Attempt
    extra = 0
    can_delete = False
    readonly_fields = ("at", "url", "status", "milliseconds", "said")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(DueRowAdmin):
    """What was sent; trying again what gave up is a button of the webhook's page."""

    list_display = ("kind", "endpoint", "outcome", "tries", "told_at", "due_at")
    list_filter = ("outcome", "kind")
    list_select_related = ("endpoint",)
    inlines = (AttemptInline,)
