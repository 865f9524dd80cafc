"""Admin of scoring and ranking: everything is shown, nothing is written here.

Formulas are published, orders committed and sessions revealed on their own pages, through the actions.
What people scored in a session is not in the admin at all: blind means blind.
"""

from django.contrib import admin

from config.web.admin import ReadOnly
from initiatives.models import (
    FrameworkVersion,
    LineScoring,
    Ranking,
    RankingEntry,
    ScoreInput,
    ScoringFramework,
    ScoringSession,
    SessionSeat,
)


class VersionsInline(ReadOnly, admin.TabularInline):
    model = FrameworkVersion
    fields = ("number", "formula", "note", "published_by", "published_at")


@admin.register(ScoringFramework)
class ScoringFrameworkAdmin(ReadOnly, admin.ModelAdmin):
    """Frameworks; a version is published on /scoring."""

    list_display = ("name", "slug", "shipped", "active")
    inlines = (VersionsInline,)


@admin.register(LineScoring)
class LineScoringAdmin(ReadOnly, admin.ModelAdmin):
    """What each line scores with."""

    list_display = ("line", "framework", "set_by", "set_at")
    list_select_related = ("line", "framework", "set_by")


@admin.register(ScoreInput)
class ScoreInputAdmin(ReadOnly, admin.ModelAdmin):
    """Every input ever given."""

    list_display = ("initiative", "factor", "value", "low", "high", "version", "author", "at")
    list_select_related = ("initiative", "version__framework", "author")


class EntriesInline(ReadOnly, admin.TabularInline):
    model = RankingEntry
    fields = ("lane", "position", "initiative", "score", "points", "departure_reason")


@admin.register(Ranking)
class RankingAdmin(ReadOnly, admin.ModelAdmin):
    """Rankings with their order."""

    list_display = ("line", "period", "revision", "phase", "pm_signed_by", "bl_signed_by")
    list_filter = ("phase", "line")
    list_select_related = ("line", "pm_signed_by", "bl_signed_by")
    inlines = (EntriesInline,)


class SeatsInline(ReadOnly, admin.TabularInline):
    model = SessionSeat
    fields = ("person", "seated_at", "done_at", "left_at")


@admin.register(ScoringSession)
class ScoringSessionAdmin(ReadOnly, admin.ModelAdmin):
    """Sessions with their seats, without any number."""

    list_display = ("line", "period", "phase", "facilitator", "created_at")
    list_select_related = ("line", "facilitator")
    inlines = (SeatsInline,)
