"""Long work and what gave up: own jobs, and everybody's for overseers."""

from types import SimpleNamespace

from config.due.jobs import start_job
from config.due.models import DueState, Job
from tests.laws.permissions import Row

OWN = {"anonymous": 302, "requester": 200, "reader": 404, "administrator": 200, "tpm": 200}
OWN_API = {**OWN, "anonymous": 401}
OVERSEEN = {"anonymous": 302, "*": 403, "administrator": 200, "tpm": 200, "business_leader": 200}
OVERSEEN_API = {**OVERSEEN, "anonymous": 401}


def world(cast):
    job = start_job(kind="probe", owner=cast.requester, title="A probe")
    dead = start_job(kind="probe", owner=cast.requester, title="A dead probe")
    Job.objects.filter(pk=dead.pk).update(state=DueState.DEAD)
    return SimpleNamespace(job=job, dead=dead)


def of_job(w):
    return {"public_id": w.job.public_id}


def of_dead(w):
    return {"label": "due.job", "pk": w.dead.pk}


ROWS = [
    Row("job_list", {"anonymous": 302, "*": 200}),
    Row("job", OWN, kwargs=of_job),
    Row(
        "job_stop",
        {"anonymous": 302, "reader": 404, "requester": 302, "tpm": 302},
        kwargs=of_job,
        method="post",
    ),
    Row("dead_rows", OVERSEEN),
    Row(
        "dead_rearm",
        {"anonymous": 302, "*": 403, "tpm": 302, "administrator": 302},
        kwargs=of_dead,
        method="post",
    ),
    Row("api_jobs", {"anonymous": 401, "*": 200}),
    Row("api_job", OWN_API, kwargs=of_job),
    Row(
        "api_job_stop",
        {"anonymous": 401, "reader": 404, "requester": 202},
        kwargs=of_job,
        method="post",
    ),
    Row("api_dead", OVERSEEN_API),
    Row(
        "api_dead_again",
        {"anonymous": 401, "*": 403, "tpm": 202},
        kwargs=of_dead,
        method="post",
    ),
]
