"""The admin of due rows: read-only, with one action, trying again."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from config.due.jobs import rearm
from config.due.models import Job, JobLine, ScheduledSlot
from config.web.admin import ReadOnly


class DueRowAdmin(ReadOnly, admin.ModelAdmin[Any]):
    """For every due row; apps may register theirs with it."""

    list_display: Any = ("__str__", "state", "attempts", "due_at", "last_error")
    list_filter: ClassVar[Any] = ("state",)
    actions = ("try_again",)

    @admin.action(description="Try again what gave up", permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Re-arm the dead ones among the chosen rows."""
        again = sum(rearm(row, actor=request.user) for row in queryset)
        messages.success(request, f"{again} of {len(queryset)} will be tried again now.")


class JobLineInline(admin.TabularInline[Any, Any]):
    model = JobLine
    extra = 0
    can_delete = False
    readonly_fields = ("level", "text", "at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(DueRowAdmin):
    list_display = ("title", "kind", "owner", "state", "processed", "total", "attempts")
    list_filter = ("state", "kind")
    list_select_related = ("owner",)
    inlines = (JobLineInline,)


@admin.register(ScheduledSlot)
class ScheduledSlotAdmin(DueRowAdmin):
    list_display = ("name", "slot", "state", "attempts", "last_error")
    list_filter = ("state", "name")
