"""Pages of the plumbing: health, jobs, palette, theme, style guide."""

from django.urls import path

from config.web.dead import DeadRowsView, RearmView
from config.web.health import live, ready
from config.web.jobs import JobListView, JobStopView, JobView
from config.web.metrics import metrics
from config.web.palette import palette
from config.web.policy import policy_report
from config.web.references import card, suggest
from config.web.search import search
from config.web.styleguide import screen, styleguide
from config.web.theme import set_theme

urlpatterns = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("metrics", metrics, name="metrics"),
    path("policy-report", policy_report, name="policy_report"),
    path("jobs", JobListView.as_view(), name="job_list"),
    path("jobs/<uuid:public_id>", JobView.as_view(), name="job"),
    path("jobs/<uuid:public_id>/stop", JobStopView.as_view(), name="job_stop"),
    path("due/dead", DeadRowsView.as_view(), name="dead_rows"),
    path("due/dead/<str:label>/<int:pk>/again", RearmView.as_view(), name="dead_rearm"),
    path("palette.json", palette, name="palette"),
    path("suggest.json", suggest, name="suggest"),
    path("cards/<path:name>", card, name="card"),
    path("search", search, name="search"),
    path("settings/theme", set_theme, name="set_theme"),
    path("styleguide", styleguide, name="styleguide"),
    path("styleguide/<slug:name>", screen, name="styleguide_screen"),
]
