"""The admin of RFCs: state read-only, steps through the doorman; texts are read, not edited."""

from django.contrib import admin
from django.http import HttpRequest

from config.web.admin import SteppedAdmin
from rfc.models import RFC, Position, RequiredFunction, Revision, RFCTemplate, TemplateSection


class SectionInline(admin.TabularInline):
    """Sections of a template."""

    model = TemplateSection
    extra = 0


@admin.register(RFCTemplate)
class RFCTemplateAdmin(admin.ModelAdmin):
    """A version of the template; a used one is replaced by a new version, not edited."""

    list_display = ("name", "version", "active")
    inlines = (SectionInline,)


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


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows the database protects: shown only."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Position)
class PositionAdmin(ReadOnlyAdmin):
    """Positions on record."""

    list_display = ("rfc", "function", "stance", "person_name", "at")
    list_filter = ("stance", "function")
    list_select_related = ("rfc",)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """Published texts."""

    list_display = ("rfc", "number", "author", "created_at")
    list_select_related = ("rfc", "author")
    exclude = ("html", "toc", "search")
