"""The log of decisions: listed, read, recorded, superseded, confirmed, looked at again, linked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.flow.keys import number_of
from config.web.listing import PER_PAGE, listing
from config.whole import whole
from rfc.actions.decisions import (
    About,
    Said,
    confirm_decision,
    link_decision,
    record_decision,
    review_decision,
)
from rfc.filters_decisions import DecisionFilter
from rfc.forms_talking import DecisionForm, LinkForm, ReviewForm
from rfc.models import RFC, Comment, Decision
from rfc.permissions import may_record_decision
from rfc.queries.decisions import decisions_for, log, logged, one_decision

SAID = ("question", "options", "decision", "reason", "decided_date", "review_date", "line")


class DecisionLog(LoginRequiredMixin, View):
    """`/decisions`: recorded ones beside what gates and reviews decided."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("q", "").strip()
        number = number_of("DEC", words)
        if number and Decision.objects.visible_to(request.user).filter(number=number).exists():
            return redirect("decision", number=number)
        found = DecisionFilter(request.GET, queryset=decisions_for(request.user), request=request)
        shown = listing(request, found)
        rows = log(request.user, found.asked(), found.qs, found.wanted())
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        known = decisions_for(request.user).in_bulk(
            [row[2] for row in page if row[0] == "recorded"]
        )
        context = {
            "listing": shown,
            "page": page,
            "rows": [
                (logged(row), known.get(row[2]) if row[0] == "recorded" else None) for row in page
            ],
            "today": timezone.localdate(),
            "may_record": may_record_decision(request.user),
        }
        return render(request, "decisions/list.html", context)


class Found(LoginRequiredMixin):
    """Finds the decision named in the address."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def decision(self) -> Decision:
        rows = one_decision(self.request.user)
        found: Decision = get_object_or_404(rows, number=self.kwargs["number"])
        return found

    def go(self, said: str) -> HttpResponse:
        messages.success(self.request, said)
        return HttpResponseRedirect(self.decision.get_absolute_url())


class OneDecision(Found, View):
    """`/decisions/DEC-3`."""

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        found: Any = self.decision
        standing = found.successor is None
        context = {
            "decision": found,
            "options": [line.strip() for line in found.options.split("\n") if line.strip()],
            "standing": standing,
            "mine": found.decided_by_id == request.user.pk,
            "due": standing and found.due_date and found.due_date <= timezone.localdate(),
            "may_record": may_record_decision(request.user),
            "link_form": LinkForm(person=request.user),
        }
        return render(request, "decisions/one.html", context)


class RecordPage(LoginRequiredMixin, View):
    """`/decisions/new?thread=5` · `?supersedes=DEC-3` · `?rfc=RFC-7` · `?initiative=INI-12`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(DecisionForm(initial=self.starting(), person=request.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DecisionForm(request.POST, person=request.user)
        if not form.is_valid():
            return self.show(form, status=422)
        told = form.cleaned_data
        made = record_decision(
            actor=request.user,
            said=Said(**{name: told[name] for name in SAID}),
            decided_by=told["decided_by"],
            about=About(told["rfcs"], told["initiatives"], self.thread),
            supersedes=self.old,
        )
        messages.success(request, _("%(key)s is recorded.") % {"key": made.key})
        return HttpResponseRedirect(made.get_absolute_url())

    @cached_property
    def thread(self) -> Comment | None:
        number = self.request.GET.get("thread", "")
        visible = RFC.objects.visible_to(self.request.user)
        rows = Comment.objects.filter(rfc__in=visible).select_related("rfc__line", "author")
        return get_object_or_404(rows, pk=whole(number) or 0) if number else None

    @cached_property
    def old(self) -> Decision | None:
        key = self.request.GET.get("supersedes", "")
        number = number_of("DEC", key)
        return get_object_or_404(one_decision(self.request.user), number=number) if key else None

    def starting(self) -> dict[str, Any]:
        """What is known already: the thread's question, or the decision to be superseded."""
        given: dict[str, Any] = {
            "decided_by": self.request.user.pk,
            "decided_date": timezone.localdate(),
            "rfcs": self.request.GET.get("rfc", ""),
            "initiatives": self.request.GET.get("initiative", ""),
        }
        if self.thread is not None:
            given |= {"question": " ".join(self.thread.text.split())[:300]}
            given["rfcs"] = self.thread.rfc.key
        if self.old is not None:
            subjects = [each.subject.key for each in self.old.subjects.all()]
            given |= {name: getattr(self.old, name) for name in ("question", "options", "line")}
            given["rfcs"] = ", ".join(key for key in subjects if key.startswith("RFC"))
            given["initiatives"] = ", ".join(key for key in subjects if key.startswith("INI"))
        return given

    def show(self, form: DecisionForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "thread": self.thread, "old": self.old}
        return render(self.request, "decisions/new.html", context, status=status)


class Confirm(Found, View):
    """`POST /decisions/DEC-3/confirm`."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        confirm_decision(decision=self.decision, actor=request.user)
        return self.go(_("Confirmed. The log says so."))


class DecisionForms(Found, View):
    """A page that is one form about a decision."""

    template_name = "decisions/form.html"
    words: tuple[Any, Any]

    def form(self, data: Any = None) -> Any:
        raise NotImplementedError

    def done(self, form: Any) -> HttpResponse:
        raise NotImplementedError

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        form = self.form(request.POST)
        return self.done(form) if form.is_valid() else self.show(form, 422)

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        title, action = (str(each) for each in self.words)
        context = {"decision": self.decision, "form": form, "title": title, "action": action}
        return render(self.request, self.template_name, context, status=status)


class ReviewPage(DecisionForms):
    """`/decisions/DEC-3/review`: it still holds."""

    words = (gettext_lazy("It still holds"), gettext_lazy("Say so"))

    def form(self, data: Any = None) -> ReviewForm:
        return ReviewForm(data)

    def done(self, form: Any) -> HttpResponse:
        review_decision(decision=self.decision, actor=self.request.user, **form.cleaned_data)
        return self.go(_("Noted that it still holds."))


class LinkPage(DecisionForms):
    """`/decisions/DEC-3/link`: one more RFC or initiative it is about."""

    words = (gettext_lazy("Link it"), gettext_lazy("Link"))

    def form(self, data: Any = None) -> LinkForm:
        return LinkForm(data, person=self.request.user)

    def done(self, form: Any) -> HttpResponse:
        subject = form.cleaned_data["key"]
        kind = "rfc" if isinstance(subject, RFC) else "initiative"
        link_decision(decision=self.decision, actor=self.request.user, **{kind: subject})
        return self.go(_("Linked to %(key)s.") % {"key": subject.key})


def short_link(request: HttpRequest, number: int) -> HttpResponse:
    """`/d/3` is DEC-3."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    visible = Decision.objects.visible_to(request.user)
    return redirect(get_object_or_404(visible, number=number).get_absolute_url())
