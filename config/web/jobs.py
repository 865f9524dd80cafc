"""Pages of long work: the list of one's jobs, one job with its progress, the button that stops it."""

from dataclasses import dataclass
from re import compile as pattern
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from config.due.jobs import ask_to_stop, kind_label
from config.due.models import DueState, Job
from config.due.oversight import oversees

PAGE = 50
UUID = pattern(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NEWEST_LINES = 500
WORDS: dict[str, tuple[str, Any, Any]] = {
    "waiting": ("wait", gettext_lazy("Waiting for a worker"), gettext_lazy("Not started")),
    "running": ("progress", gettext_lazy("Running"), gettext_lazy("Working")),
    "retrying": ("risk", gettext_lazy("Trying again soon"), gettext_lazy("Stopped for now at")),
    "stopping": ("wait", gettext_lazy("Stopping"), gettext_lazy("Stopping at")),
    "done": ("ok", gettext_lazy("Done"), gettext_lazy("Finished")),
    "cancelled": ("neutral", gettext_lazy("Stopped"), gettext_lazy("Stopped at")),
    "dead": ("off", gettext_lazy("Gave up"), gettext_lazy("Gave up at")),
}


@dataclass(frozen=True)
class JobCard:
    """What `_ui/_job.html` shows of a job."""

    job: Job
    title: str
    href: str
    tone: str
    state_label: Any
    doing: Any
    when_text: str
    processed: int
    total: int | None
    counts_line: str


def card(job: Job) -> JobCard:
    """One job in words."""
    tone, label, doing = WORDS[job.status]
    counts = " · ".join(f"{name.replace('_', ' ')} {n}" for name, n in job.counts.items())
    kind, href = kind_label(job.kind), job.get_absolute_url()
    total = job.total or None
    return JobCard(job, job.title, href, tone, label, doing, kind, job.processed, total, counts)


class JobListView(LoginRequiredMixin, View):
    """`/jobs`: own jobs, newest first; overseers see everybody's. `?state=due|done|dead`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        state = request.GET.get("state", "")
        found = Job.objects.visible_to(request.user).select_related("owner")
        if state in DueState.values:
            found = found.filter(state=state)
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        context = {
            "page": page,
            "cards": [card(job) for job in page],
            "sees_all": oversees(request.user),
            "states": _states(state),
            "filtered": state in DueState.values,
            "busy": any(job.state == DueState.DUE for job in page),
        }
        return render(request, "jobs/list.html", context)


class JobView(LoginRequiredMixin, View):
    """`/jobs/<id>`: progress, counts, result and log; refreshes itself while it runs."""

    def get(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        job = visible_job(request.user, public_id)
        newest = list(job.lines.order_by("-id")[: NEWEST_LINES + 1])
        context = {
            "job": job,
            "card": card(job),
            "running": job.state == DueState.DUE,
            "may_stop": job.state == DueState.DUE and job.cancel_asked_at is None,
            "may_rearm": job.is_dead() and oversees(request.user),
            "lines": newest[:NEWEST_LINES][::-1],
            "cut": len(newest) > NEWEST_LINES,
            "result": _shown(job.result),
            "doors": _doors(job.result),
        }
        return render(request, "jobs/detail.html", context)


class JobStopView(LoginRequiredMixin, View):
    """`POST /jobs/<id>/stop`."""

    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        job = visible_job(request.user, public_id)
        if ask_to_stop(job, actor=request.user):
            messages.success(request, _("It stops at its next item. What is done stays."))
        else:
            messages.info(request, _("This job had ended already."))
        return redirect(job)


def visible_job(person: Any, public_id: Any) -> Job:
    """The job, or 404 for everybody who may not see it."""
    found = Job.objects.visible_to(person).select_related("owner")
    job: Job = get_object_or_404(found, public_id=public_id)
    return job


def _states(current: str) -> list[dict[str, Any]]:
    words = [("", _("All")), ("due", _("Under way")), ("done", _("Ended")), ("dead", _("Gave up"))]
    return [
        {"label": label, "href": f"?state={state}" if state else "?", "current": state == current}
        for state, label in words
    ]


def _doors(result: dict[str, Any]) -> list[tuple[str, str]]:
    """The pages of ours that a result leads to, by their name: buttons instead of addresses."""
    return [(_label(n), v.removeprefix(settings.BASE_URL)) for n, v in result.items() if _leads(v)]


def _leads(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(f"{settings.BASE_URL}/")


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _is_row(value: Any) -> bool:
    """A bare identifier is for programs; the page has a button for what it stands for."""
    return isinstance(value, str) and UUID.fullmatch(value) is not None


def _shown(result: dict[str, Any]) -> list[dict[str, Any]]:
    """A result as rows; lists keep their lines. Pages and identifiers stand elsewhere."""
    return [
        {
            "name": _label(name),
            "lines": [_line(each) for each in value] if isinstance(value, list) else [_line(value)],
        }
        for name, value in result.items()
        if not (_leads(value) or _is_row(value))
    ]


def _line(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{name.replace('_', ' ')} {_line(each)}" for name, each in value.items())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "–" if value is None else str(value)
