"""Pages of webhooks: those one keeps, a new one, one with its log, and the acts on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from accounts.identity import signed_in
from config.flow.errors import NotYours, Refusal
from config.web.listing import listing
from config.whole import whole
from webhooks import actions
from webhooks.events import kind_label
from webhooks.filters import DeliveryFilter, RoomDeliveryFilter
from webhooks.forms import EndpointForm, NewEndpointForm
from webhooks.models import Delivery, Endpoint
from webhooks.permissions import keeps_any, keeps_rooms
from webhooks.queries import deliveries_of, endpoints_for


def only_keepers(person: Any) -> None:
    """Raise NotYours for who keeps webhooks nowhere; shared with the API."""
    if not keeps_any(person):
        raise NotYours(
            _("Webhooks belong to administrators and, in a line, to its leader and its TPM.")
        )


def only_room_keepers(person: Any) -> None:
    """Raise NotYours for who keeps chat rooms nowhere; shared with the API."""
    if not keeps_rooms(person):
        raise NotYours(
            _(
                "Chat rooms belong to administrators, to the leader and the TPM of a line, and to the "
                "product manager of a team."
            )
        )


class Keeping(LoginRequiredMixin, View):
    """A page for those who keep webhooks."""

    kwargs: dict[str, Any]
    # Whether it is about chat rooms.
    rooms = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            (only_room_keepers if self.rooms else only_keepers)(request.user)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def endpoint(self) -> Endpoint:
        rows = endpoints_for(self.request.user, rooms=self.rooms)
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def unstored(self, response: HttpResponse) -> HttpResponse:
        """A page with a secret is kept by no browser and no proxy."""
        response.headers["Cache-Control"] = "no-store"
        return response


class EndpointList(Keeping):
    """`/webhooks`: the webhooks one keeps, and how they fare."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "webhooks/list.html", {"rows": endpoints_for(request.user)})


class NewEndpoint(Keeping):
    """`/webhooks/new`: register one; its secret is shown this once."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(NewEndpointForm(person=signed_in(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewEndpointForm(request.POST, person=signed_in(request))
        if not form.is_valid():
            return self.show(form, 422)
        try:
            made, secret = actions.register_endpoint(actor=signed_in(request), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self.show(form, refusal.status)
        shown = {"endpoint": made, "secret": secret}
        return self.unstored(render(request, "webhooks/secret.html", shown, status=201))

    def show(self, form: EndpointForm, status: int = 200) -> HttpResponse:
        return render(self.request, "webhooks/form.html", {"form": form}, status=status)


class OneEndpoint(Keeping):
    """`/webhooks/<id>`: how it stands, its log, and what can be done."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        filters = RoomDeliveryFilter if self.rooms else DeliveryFilter
        found = filters(request.GET, queryset=deliveries_of(self.endpoint), request=request)
        listed = listing(request, found, 25)
        context = {
            "endpoint": self.endpoint,
            "kinds": [(name, kind_label(name)) for name in self.endpoint.kinds],
            "listing": listed,
            "rows": [(row, kind_label(row.kind), list(row.sent.all())) for row in listed.page],
        }
        return render(request, "webhooks/one.html", context)


class EditEndpoint(Keeping):
    """`/webhooks/<id>/edit`."""

    template_name = "webhooks/form.html"

    def form(self, sent: Any = None) -> forms.Form:
        return EndpointForm(sent, endpoint=self.endpoint)

    def change(self, seen: int | None, told: dict[str, Any]) -> None:
        actor = signed_in(self.request)
        actions.change_endpoint(actor=actor, endpoint=self.endpoint, seen_version=seen, **told)

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, 422)
        seen = request.POST.get("row_version", "")
        try:
            self.change(whole(seen), form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self.show(form, refusal.status)
        messages.success(request, _("Saved."))
        return redirect(self.endpoint)

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "endpoint": self.endpoint}
        return render(self.request, self.template_name, context, status=status)


class Act(Keeping):
    """A button of one webhook; afterwards its page."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: Any, **more: Any) -> HttpResponse:
        messages.success(request, self.act(**more))
        return redirect(self.endpoint)

    def act(self, **more: Any) -> str:
        """Do it; returns what to say."""
        raise NotImplementedError


class SwitchOn(Act):
    """`POST /webhooks/<id>/on`."""

    def act(self, **more: Any) -> str:
        actions.switch_endpoint(actor=signed_in(self.request), endpoint=self.endpoint, on=True)
        return _("It is on. You vouch for it from now on.")


class SwitchOff(Act):
    """`POST /webhooks/<id>/off`."""

    def act(self, **more: Any) -> str:
        actions.switch_endpoint(actor=signed_in(self.request), endpoint=self.endpoint, on=False)
        return _("It is off.")


class Test(Act):
    """`POST /webhooks/<id>/test`."""

    def act(self, **more: Any) -> str:
        actions.send_test(actor=signed_in(self.request), endpoint=self.endpoint)
        return _("A test is on its way; the log shows how it went.")


class Missed(Act):
    """`POST /webhooks/<id>/missed`: everything that was not delivered, again."""

    def act(self, **more: Any) -> str:
        sent = actions.send_missed(actor=signed_in(self.request), endpoint=self.endpoint)
        return _("Being sent again: %(count)d.") % {"count": sent}


class Again(Act):
    """`POST /webhooks/<id>/deliveries/<id>/again`."""

    def act(self, **more: Any) -> str:
        rows = Delivery.objects.filter(endpoint=self.endpoint).select_related("endpoint__line")
        delivery = get_object_or_404(rows, message_id=more["message_id"])
        actions.send_again(actor=signed_in(self.request), delivery=delivery)
        return _("It is sent again, with the same id.")


class NewSecret(Keeping):
    """`POST /webhooks/<id>/secret`: another secret, shown this once."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        row, secret = actions.new_endpoint_secret(actor=signed_in(request), endpoint=self.endpoint)
        shown = {"endpoint": row, "secret": secret}
        return self.unstored(render(request, "webhooks/secret.html", shown, status=201))


class Remove(Keeping):
    """`/webhooks/<id>/remove`: asked first, since its log goes with it."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        context = {
            "endpoint": self.endpoint,
            "action_label": _("Remove the chat room") if self.rooms else _("Remove the webhook"),
            "cancel_href": self.endpoint.get_absolute_url(),
            "danger": True,
        }
        return render(request, "webhooks/remove.html", context)

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        actions.remove_endpoint(actor=signed_in(request), endpoint=self.endpoint)
        messages.success(request, _("“%(name)s” is removed.") % {"name": self.endpoint})
        return redirect(self.endpoint.home)
