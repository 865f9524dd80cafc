"""Pages of scoring and ranking: frameworks, sessions, rankings, comparisons."""

from django.urls import path

from initiatives.views.framework import (
    FrameworkEditView,
    FrameworkListView,
    FrameworkNewView,
    FrameworkView,
)
from initiatives.views.ranking import RankingListView, RankingView
from initiatives.views.ranking_compare import RankingCompareView
from initiatives.views.session import SessionListView, SessionView, TakeSessionStep

urlpatterns = [
    path("scoring", FrameworkListView.as_view(), name="framework_list"),
    path("scoring/new", FrameworkNewView.as_view(), name="framework_new"),
    path("scoring/<slug:slug>", FrameworkView.as_view(), name="framework"),
    path("scoring/<slug:slug>/edit", FrameworkEditView.as_view(), name="framework_edit"),
    path("ranking", RankingListView.as_view(), name="ranking"),
    path("ranking/sessions", SessionListView.as_view(), name="session_list"),
    path("ranking/sessions/<int:pk>", SessionView.as_view(), name="session"),
    path(
        "ranking/sessions/<int:pk>/steps/<slug:step>",
        TakeSessionStep.as_view(),
        name="session_step",
    ),
    path("ranking/<slug:line>/compare", RankingCompareView.as_view(), name="ranking_compare"),
    path(
        "ranking/<slug:line>/<str:period>/<int:revision>",
        RankingView.as_view(),
        name="ranking_detail",
    ),
]
