"""API of requests, triage, lists and the initiative itself, below /api/v1/."""

from django.urls import path

import initiatives.routes  # noqa: F401 - registers the converters
from initiatives.api import views

ONE = "initiatives/<ini:number>/"

urlpatterns = [
    path("initiatives/", views.InitiativesApi.as_view(), name="api_initiatives"),
    path(ONE, views.InitiativeApi.as_view(), name="api_initiative"),
    path(f"{ONE}steps/", views.InitiativeStepsApi.as_view(), name="api_initiative_steps"),
    path(
        f"{ONE}steps/<slug:step>/",
        views.TakeInitiativeStepApi.as_view(),
        name="api_initiative_step",
    ),
    path(f"{ONE}comments/", views.CommentsApi.as_view(), name="api_initiative_comments"),
    path(f"{ONE}waivers/", views.WaiversApi.as_view(), name="api_initiative_waivers"),
    path(
        f"{ONE}waivers/<int:pk>/withdraw/",
        views.WithdrawWaiverApi.as_view(),
        name="api_initiative_waiver_withdraw",
    ),
    path(f"{ONE}duplicates/", views.DuplicatesApi.as_view(), name="api_initiative_duplicates"),
    path(f"{ONE}people/<seat:seat>/", views.SeatApi.as_view(), name="api_initiative_seat"),
    path(f"{ONE}lines/", views.LinesApi.as_view(), name="api_initiative_lines"),
    path("sources/", views.SourcesApi.as_view(), name="api_sources"),
    path("sources/<slug:slug>/", views.SourceApi.as_view(), name="api_source"),
]
