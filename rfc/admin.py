"""The admin of RFCs: state read-only, steps through the doorman; texts are read, not edited."""

from django.contrib import admin
from django.http import HttpRequest

from config.web.admin import ReadOnly, SteppedAdmin
from rfc.models import (
    RFC,
    Comment,
    Decision,
    Delegation,
    Position,
    RequiredFunction,
    Revision,
    RFCTemplate,
    Suggestion,
    TemplateSection,
)


class FunctionInline(admin.TabularInline):
    """Required functions: shown, never removed."""

    model = RequiredFunction
    extra = 0
    can_delete = False
    readonly_fields = ("function", "reason", "added_by", "added_at")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(RFC)
class RFCAdmin(SteppedAdmin):
    """RFCs are started and written on their pages; here they are found and moved."""

    list_display = ("number", "title", "phase", "author", "line", "changed_at")
    list_filter = ("phase", "line")
    search_fields = ("title",)
    list_select_related = ("author", "line")
    inlines = (FunctionInline,)
    fields = ("title", "author", "line", "initiative", "decider", "flags", "superseded_by")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class SectionInline(admin.TabularInline):
    """Sections of a template."""

    model = TemplateSection
    extra = 0
    can_delete = False
    readonly_fields = ("ordinal", "heading", "guidance", "required", "material", "functions")
    exclude = ("slug",)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(RFCTemplate)
class RFCTemplateAdmin(ReadOnly, admin.ModelAdmin):
    """Versions of templates: shown here, changed on their own page, where effects are seen."""

    list_display = ("name", "version", "line", "source", "current")
    list_filter = ("current",)
    list_select_related = ("line",)
    inlines = (SectionInline,)


@admin.register(Position)
class PositionAdmin(ReadOnly, admin.ModelAdmin):
    """Positions on record."""

    list_display = ("rfc", "function", "stance", "person_name", "at")
    list_filter = ("stance", "function")
    list_select_related = ("rfc",)


@admin.register(Delegation)
class DelegationAdmin(ReadOnly, admin.ModelAdmin):
    """Who answers for whom; handed over and taken back by the people themselves."""

    list_display = ("person", "delegate", "function", "starts_on", "ends_on", "ended_at")
    list_filter = ("function",)
    list_select_related = ("person", "delegate")


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin):
    """Published texts."""

    list_display = ("rfc", "number", "author", "created_at")
    list_select_related = ("rfc", "author")
    exclude = ("html", "toc", "words")


class WordsAdmin(ReadOnly, admin.ModelAdmin):
    """What people said: shown, and found by its words."""

    search_fields = ("text",)


@admin.register(Comment)
class CommentAdmin(WordsAdmin):
    """Threads and answers."""

    list_display = ("rfc", "author", "kind", "at", "edited_at", "resolved_at")
    list_filter = ("kind",)
    list_select_related = ("rfc", "author")


@admin.register(Suggestion)
class SuggestionAdmin(ReadOnly, admin.ModelAdmin):
    """Other words, and what became of them."""

    list_display = ("comment", "state", "decided_by", "decided_at", "published_in")
    list_filter = ("state",)
    list_select_related = ("comment__author", "decided_by", "published_in__rfc")


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    """The log of decisions; a correction is recorded on its page and supersedes."""

    list_display = ("number", "question", "decided_by_name", "decided_date", "confirmed_at")
    search_fields = ("question", "decision", "reason")
    exclude = ("search",)
