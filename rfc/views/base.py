"""What pages of one RFC share: finding it, and forms that answer 422 with the text kept."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views import View

from config.flow.errors import NotAllowed, Refusal, WrongState
from config.web.steps import next_of
from rfc.models import RFC
from rfc.queries.reading import published_rfc, rfc_for


class OneRFC(LoginRequiredMixin):
    """Finds the RFC named in the address; what one may not see does not exist."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def seen(self) -> QuerySet[RFC]:
        """The RFCs this person may see, with what the page reads of one."""
        return rfc_for(self.request.user)

    @cached_property
    def rfc(self) -> RFC:
        found: RFC = get_object_or_404(self.seen(), number=self.kwargs["number"])
        return found

    def go(self, said: Any = "", to: str = "") -> HttpResponse:
        """Back to a page, saying what happened."""
        if said:
            messages.success(self.request, str(said))
        return HttpResponseRedirect(next_of(self.request) or to or self.rfc.get_absolute_url())


class OnePublished(OneRFC):
    """The same for pages about what is published: without the draft, asked at less cost."""

    @cached_property
    def rfc(self) -> RFC:
        return published_rfc(self.request.user, self.kwargs["number"])


class FormPage(OneRFC, View):
    """A page that is one form. Subclasses give `form()` and `done(form)`."""

    template_name: ClassVar[str] = "rfc/form.html"

    def form(self, data: Any = None) -> forms.Form:
        raise NotImplementedError

    def done(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def keeps_text(self) -> bool:
        """Whether a refusal comes back on the form with what was typed, or as its own page."""
        return True

    def context(self) -> dict[str, Any]:
        """Words of the page: title, lead, action."""
        return {}

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        context = {"rfc": self.rfc, "form": form, **self.context()}
        return render(self.request, self.template_name, context, status=status)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return self.done(form)
        except (NotAllowed, WrongState) as refusal:
            if not self.keeps_text():
                raise
            return self.again(form, refusal)

    def again(self, form: forms.Form, refusal: Refusal) -> HttpResponse:
        """The same page with what is wrong on top: nobody types a reason twice."""
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        if refusal.link:
            form.add_error(None, format_html('<a href="{}">{}</a>', refusal.link, _("Show it")))
        return self.show(form, status=refusal.status)
