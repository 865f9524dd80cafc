"""Addresses of KPIs: pages at the root, the API below /api/v1/."""

from django.urls import include, path

import config.web.keys  # noqa: F401 - registers <kpi:number>
from kpis.views import kpi, targets, values

one = [
    path("edit", kpi.kpi_edit, name="kpi_edit"),
    path("observations/new", values.observation_new, name="observation_new"),
    path("observations/paste", values.observation_paste, name="observation_paste"),
    path("links/new", kpi.link_new, name="metric_link_new"),
    path("links/<int:pk>/remove", kpi.link_remove, name="metric_link_remove"),
    path("targets/new", targets.target_new, name="target_new"),
    path("targets/<int:pk>", targets.target_detail, name="target_detail"),
    path("targets/<int:pk>/baseline", targets.target_baseline, name="target_baseline"),
    path(
        "targets/<int:pk>/steps/<slug:step>",
        targets.TakeTargetStep.as_view(),
        name="target_step",
    ),
]

urlpatterns = [
    path("kpis", kpi.kpi_list, name="kpi_list"),
    path("kpis/new", kpi.kpi_new, name="kpi_new"),
    path("kpis/<kpi:number>.csv", values.kpi_csv, name="kpi_csv"),
    path("kpis/<kpi:number>", kpi.kpi_detail, name="kpi_detail"),
    path("kpis/<kpi:number>/", include(one)),
    path("api/v1/", include("kpis.api.urls")),
]
