"""Admin of people, lines, teams, roles and reporting lines."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest

from accounts.actions.reporting import refuse_circles
from accounts.models import (
    ApiToken,
    BusinessLine,
    Departure,
    Digest,
    Following,
    HandedOver,
    Invitation,
    InvitationMail,
    Letter,
    Membership,
    Notice,
    NoticeSettings,
    PasswordResetMail,
    Person,
    ReportingLine,
    ReportsTo,
    SignInEvent,
    StartUp,
    SubTeam,
    Team,
    TokenSignIn,
)
from config.flow.errors import NotAllowed
from config.web.admin import ReadOnly


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
    fields = ("role", "line", "team", "sub_team", "acting", "started_at", "last_date", "ended_at")


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
        ("Settings", {"fields": ("time_zone", "theme", "density", "letter_keys", "home_line")}),
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


class ReportingForm(forms.ModelForm):
    """A circle is refused here as on the page."""

    class Meta:
        model = ReportingLine
        fields = ("function", "level", "responsible", "divisional", "functional", "ordinal")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        rows = [r for r in ReportingLine.objects.all() if r.pk != self.instance.pk]
        names = ("function", "level", "responsible", "divisional", "functional")
        given = {n: told.get(n, getattr(self.instance, n, "")) or "" for n in names}
        try:
            refuse_circles([*rows, ReportingLine(**given)])
        except NotAllowed as refusal:
            raise forms.ValidationError(refusal.sentences) from refusal
        return told


class TeamInline(admin.TabularInline):
    """Teams of a line."""

    model = Team
    extra = 0
    prepopulated_fields = {"slug": ("name",)}
    can_delete = False


@admin.register(BusinessLine)
class BusinessLineAdmin(admin.ModelAdmin):
    """Business lines."""

    list_display = ("name", "slug", "start_up", "time_zone", "closed_at")
    # What a line begins as and whether it is open is decided on its page, with what follows.
    readonly_fields = ("start_up", "closed_at", "created_by")
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
    form = ReportingForm

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ReportingForm


@admin.register(Letter, PasswordResetMail, InvitationMail, Digest)
class MailAdmin(ReadOnly, admin.ModelAdmin):
    """Mails and what became of them; written by the application only."""

    list_display = ("__str__", "state", "attempts", "created_at", "finished_at")
    list_filter = ("state",)
    list_select_related = ("person",)


@admin.register(Notice)
class NoticeAdmin(ReadOnly, admin.ModelAdmin):
    """Who was told what, and why; written by the application only."""

    list_display = ("__str__", "person", "tab", "reason", "at", "read_at", "done_at")
    list_filter = ("tab", "reason")
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email", "subject_key")


@admin.register(NoticeSettings)
class NoticeSettingsAdmin(admin.ModelAdmin):
    """How people are told; each person's own settings."""

    list_display = ("person", "quiet_from", "quiet_until", "unmailed")
    list_select_related = ("person",)
    raw_id_fields = ("person",)


@admin.register(Following)
class FollowingAdmin(admin.ModelAdmin):
    """Who follows which RFC, KPI or team."""

    list_display = ("person", "kind", "subject_id", "since", "left_at")
    list_filter = ("kind",)
    list_select_related = ("person",)
    raw_id_fields = ("person",)


# The package's own pages would show secrets and change rows past our actions.
for packaged in (
    Authenticator,
    EmailAddress,
    EmailConfirmation,
    SocialAccount,
    SocialApp,
    SocialToken,
):
    if admin.site.is_registered(packaged):
        admin.site.unregister(packaged)


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnly, admin.ModelAdmin):
    """Tokens; they are made and revoked on their own pages. What is kept of a secret is not shown."""

    list_display = ("name", "kind", "person", "scope", "expires_at", "last_used_at", "revoked_at")
    list_filter = ("kind", "scope")
    list_select_related = ("person",)
    exclude = ("digest",)


@admin.register(TokenSignIn)
class TokenSignInAdmin(ReadOnly, admin.ModelAdmin):
    """The first use of a token a day from an address, and refusals."""

    list_display = ("token", "person", "address", "outcome", "at")
    list_filter = ("outcome",)
    list_select_related = ("token", "person")


@admin.register(StartUp)
class StartUpAdmin(ReadOnly, admin.ModelAdmin):
    """Where start-ups stand; steps are taken on their page."""

    list_display = ("line", "phase", "product_manager", "leadership", "decided_at")
    list_select_related = ("line", "product_manager")


class HandedOverInline(admin.TabularInline):
    """What became of the open work."""

    model = HandedOver
    extra = 0
    can_delete = False
    readonly_fields = ("holding", "title", "successor", "undone", "undo_said")
    exclude = ("object_id", "before", "href")


@admin.register(Departure)
class DepartureAdmin(ReadOnly, admin.ModelAdmin):
    """Who left, and what became of the open work."""

    list_display = ("person", "by", "at", "undone_at")
    list_select_related = ("person", "by")
    inlines = (HandedOverInline,)


@admin.register(ReportsTo)
class ReportsToAdmin(ReadOnly, admin.ModelAdmin):
    """Superiors by name; said on the person's page and by the import of people."""

    list_display = ("person", "divisional", "functional")
    list_select_related = ("person", "divisional", "functional")
    search_fields = ("person__name",)


@admin.register(SignInEvent)
class SignInEventAdmin(ReadOnly, admin.ModelAdmin):
    """What happened at the door."""

    list_display = ("person", "kind", "note", "place", "at")
    list_filter = ("kind",)
    search_fields = ("person__name", "person__email")
    list_select_related = ("person",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, admin.ModelAdmin):
    """Who was invited by whom; they are sent and revoked on their page."""

    list_display = ("email", "line", "role", "invited_by", "expires_at", "accepted_at")
    list_select_related = ("line", "invited_by")
