"""Addresses of the KPI API."""

from django.urls import path

import config.web.keys  # noqa: F401 - registers <kpi:number>
from kpis.api import views

urlpatterns = [
    path("kpis/", views.Kpis.as_view(), name="api_kpis"),
    path("kpis/<kpi:number>/", views.Kpi.as_view(), name="api_kpi"),
    path("kpis/<kpi:number>/observations/", views.Observations.as_view(), name="api_observations"),
    path("kpis/<kpi:number>/targets/", views.Targets.as_view(), name="api_targets"),
    path("kpis/<kpi:number>/targets/<int:pk>/", views.OneTarget.as_view(), name="api_target"),
    path(
        "kpis/<kpi:number>/targets/<int:pk>/steps/",
        views.TargetSteps.as_view(),
        name="api_target_steps",
    ),
    path(
        "kpis/<kpi:number>/targets/<int:pk>/steps/<slug:step>/",
        views.TakeTargetStep.as_view(),
        name="api_target_step",
    ),
    path("kpis/<kpi:number>/links/", views.Links.as_view(), name="api_metric_links"),
    path("kpis/<kpi:number>/links/<int:pk>/", views.OneLink.as_view(), name="api_metric_link"),
]
