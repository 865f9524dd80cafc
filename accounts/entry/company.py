"""Company accounts (OIDC, SAML): who they are here, and when they are refused."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _

from accounts.entry.events import Kind, happened
from accounts.entry.groups import follow_groups
from accounts.entry.guarded import GuardedSession
from accounts.models import Person
from config.web.words import one_line

FORBIDDEN = 403


def refusal(request: HttpRequest, sentence: str) -> ImmediateHttpResponse:
    """The page a refused company account sees."""
    context = {"sentence": sentence, "user": AnonymousUser()}
    page: HttpResponse = render(
        request, "registration/company_refused.html", context, status=FORBIDDEN
    )
    return ImmediateHttpResponse(page)


def unfinished(request: HttpRequest) -> ImmediateHttpResponse:
    """The page for whatever went wrong between the provider and us."""
    said = _(
        "The company sign-in did not finish. Try again; if it stays so, tell an administrator."
    )
    return refusal(request, said)


class SocialAdapter(DefaultSocialAccountAdapter):
    """Providers come from the environment only; a person is taken over by a verified address only."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[Any]:
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def get_requests_session(self) -> GuardedSession:
        return GuardedSession()

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return resolve_url("security")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return bool(settings.SSO_CREATES_PEOPLE)

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Whatever went wrong between the provider and us: one page, and the way back."""
        raise unfinished(request)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        # A claim may be anything; what is no text says nothing of a name or an address.
        data = {name: value for name, value in data.items() if isinstance(value, str)}
        person = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        spelled = " ".join(part for part in parts if part)
        name = one_line(data.get("name") or spelled)
        person.name = (name or (person.email or "").split("@")[0])[:120]
        person.email = (person.email or "").lower() or None
        return person

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the person, or refuse with the reason; then follow the groups."""
        if sociallogin.state.get("process") == "connect":
            raise refusal(request, _("Sign out first, then sign in with the company account."))
        claims = dict(sociallogin.account.extra_data)
        # What the provider tells is used now and not kept.
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing:
            SocialAccount.objects.filter(pk=sociallogin.account.pk).update(extra_data={})
        else:
            self._find(request, sociallogin)
        if sociallogin.is_existing and not sociallogin.user.is_active:
            happened(sociallogin.user, Kind.REFUSED, request, "inactive")
            raise refusal(request, _("This account cannot sign in. Ask an administrator."))
        groups = self._groups(sociallogin, claims)
        vars(request)["_groups"] = groups
        if sociallogin.is_existing and groups is not None:
            follow_groups(sociallogin.user, groups, request)

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """A new person: told by the directory, so without a password; the groups give the roles."""
        person = sociallogin.user
        person.set_unusable_password()
        sociallogin.save(request)
        happened(person, Kind.CONNECTED, request, sociallogin.account.provider)
        groups = getattr(request, "_groups", None)
        if groups is not None:
            follow_groups(person, groups, request)
        return person

    def _find(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie a company account seen first to the person with its verified address."""
        told = {address.email.lower(): address.verified for address in sociallogin.email_addresses}
        if not told:
            raise refusal(request, _("The company sign-in tells no e-mail address; it has to."))
        known = Person.objects.filter(email__in=told).first()
        if not any(told.values()):
            happened(known, Kind.REFUSED, request, "unverified address")
            raise refusal(
                request,
                _("The company sign-in has not verified your e-mail address, so it opens nothing."),
            )
        verified = [email for email, checked in told.items() if checked]
        person = Person.objects.filter(email__in=verified).first()
        if person is not None and person.is_active:
            sociallogin.connect(request, person)
            happened(person, Kind.CONNECTED, request, sociallogin.account.provider)
        elif person is not None:
            happened(person, Kind.REFUSED, request, "inactive")
            raise refusal(request, _("This account cannot sign in. Ask an administrator."))
        elif not settings.SSO_CREATES_PEOPLE:
            raise refusal(
                request, _("You are not here yet. Ask an administrator for an invitation.")
            )

    def _groups(self, sociallogin: Any, claims: dict[str, Any]) -> list[str] | None:
        """The groups the provider told; None when it told none at all, so nothing is ended."""
        claim = sociallogin.provider.app.settings.get("groups_claim", "groups")
        for part in (claims, claims.get("userinfo"), claims.get("id_token")):
            if isinstance(part, dict) and claim in part:
                told = part[claim]
                return [str(each) for each in (told if isinstance(told, list) else [told])]
        return None
