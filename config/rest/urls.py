"""The API of the plumbing: long work, what gave up, and the API's own description."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.rest.help import problem_page
from config.rest.jobs import DeadRows, Jobs, OneJob, Rearm, StopJob

urlpatterns = [
    path("api/v1/jobs/", Jobs.as_view(), name="api_jobs"),
    path("api/v1/jobs/<uuid:public_id>/", OneJob.as_view(), name="api_job"),
    path("api/v1/jobs/<uuid:public_id>/stop/", StopJob.as_view(), name="api_job_stop"),
    path("api/v1/due/dead/", DeadRows.as_view(), name="api_dead"),
    path("api/v1/due/dead/<str:label>/<int:pk>/again/", Rearm.as_view(), name="api_dead_again"),
    path("api/problems/<slug:slug>", problem_page, name="api_problem"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path(
        "api/docs",
        SpectacularSwaggerSplitView.as_view(url_name="api_schema"),
        name="api_docs",
    ),
]
