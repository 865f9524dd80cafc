"""Tabs with several small forms: which one was sent, what was refused, what was kept."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from config.flow.errors import Refusal
from initiatives.views.tab import InitiativeTabView

Act = Callable[[forms.Form], str]


class TabFormsView(InitiativeTabView):
    """A tab whose forms are named. For each name a subclass has `form_<name>` and `do_<name>`.

    `form_<name>(data, files)` builds the form; `do_<name>(form)` acts and returns what to say.
    Bad input answers 422, a refusal its own status; both keep the text.
    """

    form_names: tuple[str, ...] = ()

    def context(self) -> dict[str, Any]:
        return {"forms": {name: self._build(name) for name in self.form_names}}

    def post(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("form", "")
        if name not in self.form_names:
            raise Http404
        form = self._build(name, request.POST, request.FILES)
        if not form.is_valid():
            return self._again(name, form, 422)
        try:
            said = getattr(self, f"do_{name}")(form)
        except Refusal as refusal:
            # On top of the page, for whoever may not act does not see the form.
            told = {"title": refusal.title, "sentences": refusal.sentences}
            return self._again(name, form, refusal.status, refusal=told)
        messages.success(request, said)
        return HttpResponseRedirect(f"{request.path}#{name.replace('_', '-')}")

    def _build(self, name: str, data: Any = None, files: Any = None) -> forms.Form:
        build: Callable[[Any, Any], forms.Form] = getattr(self, f"form_{name}")
        return build(data, files)

    def _again(self, name: str, form: forms.Form, status: int, **more: Any) -> HttpResponse:
        kept = {**self.context()["forms"], name: form}
        return self.show(status=status, forms=kept, sent=name, **more)
