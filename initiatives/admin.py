"""Admin of initiatives: steps are buttons, text is edited on the pages, sources are data."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.web.admin import NeverDeleted, ReadOnly, SteppedAdmin
from initiatives.models import (
    Initiative,
    InitiativeStep,
    InitiativeWaiver,
    JiraConnection,
    JiraItem,
    ResearchNote,
    SavedView,
    Source,
)


@admin.register(Initiative)
class InitiativeAdmin(NeverDeleted, SteppedAdmin):
    """Every field is read only: pages and API edit through the actions, steps are buttons."""

    list_display = ("key", "title", "phase", "source", "line", "owner", "created_at")
    list_filter = ("phase", "source", "line")
    list_select_related = ("source", "line", "owner")
    search_fields = ("title", "problem", "number")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    exclude = ("search",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [field.name for field in Initiative._meta.fields if field.name != "search"]


@admin.register(Source)
class SourceAdmin(NeverDeleted, admin.ModelAdmin):
    """An administrator adds sources and their questions; one in use is set aside, not deleted."""

    list_display = ("name", "rule", "mandatory_lane", "active", "ordinal")
    list_editable = ("active", "ordinal")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(InitiativeStep)
class InitiativeStepAdmin(ReadOnly, admin.ModelAdmin):
    """Every attempt, taken or refused."""

    list_display = ("at", "subject", "step", "from_state", "to_state", "actor_name", "taken")
    list_filter = ("step", "taken")
    list_select_related = ("subject",)


@admin.register(InitiativeWaiver)
class InitiativeWaiverAdmin(ReadOnly, admin.ModelAdmin):
    """Waivers, in force or over."""

    list_display = ("initiative", "gate", "granted_by", "granted_at", "expires_date")
    list_select_related = ("initiative", "granted_by")


@admin.register(JiraConnection)
class JiraConnectionAdmin(ReadOnly, admin.ModelAdmin):
    """Where each line's work goes; changed on its page. The token is not even shown sealed."""

    list_display = ("line", "project_key", "base_url", "state", "checked_at", "polled_at")
    list_select_related = ("line",)
    exclude = ("token_sealed", "catalogue")


@admin.register(JiraItem)
class JiraItemAdmin(ReadOnly, admin.ModelAdmin):
    """Issues that are kept in step; tried again on the Jira page."""

    list_display = ("key", "level", "initiative", "sync", "state", "attempts", "due_at", "read_at")
    list_filter = ("sync", "state", "level")
    list_select_related = ("initiative",)
    search_fields = ("key", "issue_id")


@admin.register(SavedView)
class SavedViewAdmin(NeverDeleted, admin.ModelAdmin):
    """Names, scopes and owners; a view whose owner left can be given to somebody else or archived."""

    list_display = ("name", "scope", "team", "owner", "team_default", "archived_at")
    list_filter = ("scope", "team_default", "team")
    list_select_related = ("owner", "team")
    search_fields = ("name", "description", "owner__name")
    readonly_fields = ("row_version", "created_at", "query")
    fields = (
        "name",
        "description",
        "owner",
        "scope",
        "team",
        "team_default",
        "query",
        "row_version",
        "created_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(ResearchNote)
class ResearchNoteAdmin(ReadOnly, admin.ModelAdmin):
    """Notes that initiatives quote; written and changed on their pages."""

    list_display = ("title", "method", "collector", "collected_date")
    list_filter = ("method", "kind")
    list_select_related = ("collector",)
    search_fields = ("title", "text")
    exclude = ("search",)
