"""Admin of people, lines, teams, roles and reporting lines."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest

from accounts.models import (
    BusinessLine,
    Membership,
    PasswordResetMail,
    Person,
    ReportingLine,
    SubTeam,
    Team,
)


class PersonAddForm(AdminUserCreationForm):
    """A new person with a password."""

    class Meta:
        model = Person
        fields = ("email", "name")


class PersonChangeForm(UserChangeForm):
    """A person; an empty handle or address is none, not an empty text."""

    class Meta:
        model = Person
        fields = "__all__"


class MembershipInline(admin.TabularInline):
    """Roles of a person. Ended ones stay on record."""

    model = Membership
    extra = 0
    can_delete = False
    fields = ("role", "line", "team", "sub_team", "acting", "started_at", "ended_at")


@admin.register(Person)
class PersonAdmin(UserAdmin):
    """People sign in by e-mail address; nobody is deleted, only made inactive."""

    form = PersonChangeForm
    add_form = PersonAddForm
    ordering = ("name",)
    list_display = ("name", "email", "handle", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email", "handle")
    fieldsets = (
        (None, {"fields": ("email", "name", "handle", "password")}),
        ("Access", {"fields": ("is_active", "is_staff", "is_superuser")}),
        ("Settings", {"fields": ("time_zone", "theme", "letter_keys", "home_line")}),
        ("Dates", {"fields": ("last_login", "joined_at")}),
    )
    readonly_fields = ("last_login", "joined_at")
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )
    filter_horizontal = ()
    inlines = (MembershipInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TeamInline(admin.TabularInline):
    """Teams of a line."""

    model = Team
    extra = 0
    prepopulated_fields = {"slug": ("name",)}
    can_delete = False


@admin.register(BusinessLine)
class BusinessLineAdmin(admin.ModelAdmin):
    """Business lines."""

    list_display = ("name", "slug", "start_up", "time_zone")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (TeamInline,)


class SubTeamInline(admin.TabularInline):
    """Sub-teams of a team."""

    model = SubTeam
    extra = 0


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    """Teams."""

    list_display = ("name", "line", "slug")
    list_filter = ("line",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (SubTeamInline,)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Roles; ending one is setting its end, never deleting it."""

    list_display = ("person", "role", "line", "team", "acting", "started_at", "ended_at")
    list_filter = ("role", "acting", "line")
    search_fields = ("person__name", "person__email")
    autocomplete_fields = ("person", "team")
    list_select_related = ("person", "line", "team")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ReportingLine)
class ReportingLineAdmin(admin.ModelAdmin):
    """Who is responsible for a function, and to whom it reports. Blank is open."""

    list_display = ("function", "level", "responsible", "divisional", "functional")
    list_editable = ("responsible", "divisional", "functional")
    list_filter = ("level",)


@admin.register(PasswordResetMail)
class PasswordResetMailAdmin(admin.ModelAdmin):
    """Reset mails and what became of them; written by the application only."""

    list_display = ("person", "state", "attempts", "created_at", "finished_at")
    list_filter = ("state",)
    list_select_related = ("person",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
