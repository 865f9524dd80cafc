"""API tokens: one's own in the settings, those of services and of everybody for administrators."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from accounts.actions import make_personal_token, make_service_token, rename_token, revoke_token
from accounts.forms import ServiceTokenForm, TokenForm, TokenNameForm
from accounts.identity import signed_in
from accounts.models import ApiToken
from accounts.permissions import is_admin
from accounts.queries_tokens import sign_ins_of, token_rows, tokens_for
from config.flow.errors import NotYours, Refusal


class OwnTokens(LoginRequiredMixin, View):
    """`/settings/tokens`: one's own tokens, and a new one, whose secret is shown this once."""

    template_name = "accounts/tokens.html"
    form_class: type[TokenForm] = TokenForm
    administers = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.form_class(person=signed_in(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form_class(request.POST, person=signed_in(request))
        if not form.is_valid():
            return self.show(form, 422)
        try:
            token, secret = self.make(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self.show(form, refusal.status)
        empty = self.form_class(person=signed_in(request))
        response = self.show(empty, 201, made=token, secret=secret)
        response.headers["Cache-Control"] = "no-store"
        return response

    def make(self, told: dict[str, Any]) -> tuple[ApiToken, str]:
        return make_personal_token(actor=signed_in(self.request), **told)

    def show(self, form: TokenForm, status: int = 200, **more: Any) -> HttpResponse:
        rows = token_rows(tokens_for(self.request.user, everybody=self.administers))
        context = {"form": form, "rows": rows, "administers": self.administers, **more}
        return render(self.request, self.template_name, context, status=status)


class ServiceTokens(OwnTokens):
    """`/tokens`: tokens of services and of everybody, who made them, and a new service."""

    form_class = ServiceTokenForm
    administers = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not is_admin(request.user):
            raise NotYours(_("Tokens of services and of other people are an administrator’s."))
        return super().dispatch(request, *args, **kwargs)

    def make(self, told: dict[str, Any]) -> tuple[ApiToken, str]:
        return make_service_token(actor=signed_in(self.request), **told)


class OneToken(LoginRequiredMixin, View):
    """`/tokens/7`: what a token reaches and where it was used; its name can be changed."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = self.token(pk)
        return self.show(token, TokenNameForm(initial={"name": token.name}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        token, form = self.token(pk), TokenNameForm(request.POST)
        if not form.is_valid():
            return self.show(token, form, 422)
        rename_token(actor=signed_in(request), token=token, **form.cleaned_data)
        messages.success(request, _("Renamed."))
        return redirect("token", pk=pk)

    def token(self, pk: int) -> ApiToken:
        every = tokens_for(self.request.user, everybody=is_admin(self.request.user))
        return get_object_or_404(every, pk=pk)

    def show(self, token: ApiToken, form: TokenNameForm, status: int = 200) -> HttpResponse:
        context = {
            "token": token,
            "row": token_rows([token])[0],
            "form": form,
            "uses": sign_ins_of(token),
            "own": token.person_id == signed_in(self.request).pk,
        }
        return render(self.request, "accounts/token.html", context, status=status)


class RevokeToken(OneToken):
    """`POST /tokens/7/revoke`: shut at once."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = revoke_token(actor=signed_in(request), token=self.token(pk))
        messages.success(request, _("“%s” opens nothing any more.") % token)
        own = token.person_id == signed_in(request).pk
        return redirect("own_tokens" if own else "service_tokens")
