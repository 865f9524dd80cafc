"""Admin of what crosses lines: everything is shown, nothing is written here.

Lines answer, the CPO coordinates and collisions are judged on their own pages, through the actions.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from config.web.admin import NeverDeleted, ReadOnly, SteppedAdmin
from initiatives.models import (
    CollisionNote,
    Contribution,
    Follow,
    InitiativeComment,
    LineCondition,
    LineDisclaimer,
    Referral,
    ReferralStep,
)


@admin.register(Referral)
class ReferralAdmin(NeverDeleted, SteppedAdmin):
    """Steps are buttons; coordinator and delegate are named by the steps and on the page."""

    list_display = ("initiative", "phase", "asked_at", "due_date", "coordinator", "delegate_until")
    list_filter = ("phase",)
    list_select_related = ("initiative", "coordinator")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [field.name for field in Referral._meta.fields]


@admin.register(ReferralStep)
class ReferralStepAdmin(ReadOnly, admin.ModelAdmin):
    """Every attempt, taken or refused."""

    list_display = ("at", "subject", "step", "actor_name", "actor_roles", "taken")
    list_filter = ("step", "taken")
    list_select_related = ("subject__initiative",)


@admin.register(LineCondition)
class LineConditionAdmin(ReadOnly, admin.ModelAdmin):
    """Conditions of lines, open and closed."""

    list_display = ("text", "share", "added_at", "closed_at", "closed_by")
    list_select_related = ("share__line", "closed_by")


@admin.register(Contribution)
class ContributionAdmin(ReadOnly, admin.ModelAdmin):
    """What lines give to promises."""

    list_display = ("promise", "share", "low_percent", "high_percent", "author", "at")
    list_select_related = ("promise__kpi", "share__line", "author")


@admin.register(LineDisclaimer)
class LineDisclaimerAdmin(ReadOnly, admin.ModelAdmin):
    """Lines stated not to be touched, with the reason."""

    list_display = ("initiative", "line", "author", "at")
    list_select_related = ("initiative", "line", "author")


@admin.register(CollisionNote)
class CollisionNoteAdmin(ReadOnly, admin.ModelAdmin):
    """Dismissals and questions about initiatives that meet."""

    list_display = ("first", "second", "kind", "author", "at", "until_date", "ended_at")
    list_filter = ("kind",)
    list_select_related = ("first", "second", "author")


@admin.register(InitiativeComment)
class InitiativeCommentAdmin(ReadOnly, admin.ModelAdmin):
    """What was said on initiatives."""

    list_display = ("at", "initiative", "author", "line", "edited_at", "resolved_at")
    list_select_related = ("initiative", "author", "line")


@admin.register(Follow)
class FollowAdmin(ReadOnly, admin.ModelAdmin):
    """Who follows what, and why."""

    list_display = ("initiative", "person", "why", "since", "left_at")
    list_filter = ("why",)
    list_select_related = ("initiative", "person")
