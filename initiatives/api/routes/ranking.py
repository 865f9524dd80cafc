"""API of scoring and the order, below /api/v1/."""

from django.urls import path

from initiatives.api import ordering, scoring

ONE = "rankings/<int:pk>"
SESSION = "scoring-sessions/<int:pk>"

urlpatterns = [
    path("scoring-frameworks/", scoring.FrameworkListApi.as_view(), name="api_frameworks"),
    path("scoring-frameworks/<slug:slug>/", scoring.FrameworkApi.as_view(), name="api_framework"),
    path("lines/<slug:line>/scoring/", scoring.LineScoringApi.as_view(), name="api_line_scoring"),
    path("scoring-sessions/", scoring.SessionListApi.as_view(), name="api_sessions"),
    path(f"{SESSION}/", scoring.SessionApi.as_view(), name="api_session"),
    path(f"{SESSION}/scores/", scoring.SessionScoresApi.as_view(), name="api_session_scores"),
    path(f"{SESSION}/table/", scoring.SessionTableApi.as_view(), name="api_session_table"),
    path(f"{SESSION}/items/<int:item>/agree/", scoring.AgreeApi.as_view(), name="api_agree"),
    path(f"{SESSION}/steps/", scoring.SessionSteps.as_view(), name="api_session_steps"),
    path(
        f"{SESSION}/steps/<slug:step>/",
        scoring.TakeSessionStepApi.as_view(),
        name="api_session_step",
    ),
    path(f"{ONE}/lanes/", ordering.LanesApi.as_view(), name="api_ranking_lanes"),
    path(f"{ONE}/lanes/<int:lane>/order/", ordering.LaneOrderApi.as_view(), name="api_lane_order"),
    path(f"{ONE}/entries/<int:entry>/", ordering.EntryApi.as_view(), name="api_ranking_entry"),
    path(f"{ONE}/undo/", ordering.UndoMoveApi.as_view(), name="api_ranking_undo"),
    path(f"{ONE}/capacity/", ordering.CapacityApi.as_view(), name="api_ranking_capacity"),
    path(f"{ONE}/compare/", ordering.CompareApi.as_view(), name="api_ranking_compare"),
    path(f"{ONE}/since/", ordering.SinceApi.as_view(), name="api_ranking_since"),
]
