"""Addresses of the organisation: lines, teams, sub-teams, roles, reporting, start-ups."""

from django.urls import path

from accounts.views import leaving, places, reporting, security, start_up, superiors, teams

TEAM = "teams/<slug:line>/<slug:team>"
SUB_TEAM = f"{TEAM}/sub-teams/<int:pk>"

urlpatterns = [
    path("teams", teams.team_list, name="team_list"),
    path("teams/new", places.LineNew.as_view(), name="line_new"),
    path("teams/start-up", places.StartLine.as_view(), name="line_start"),
    path("teams/chart", reporting.chart, name="org_chart"),
    path("teams/reporting", reporting.reporting, name="reporting"),
    path("teams/reporting/<int:pk>", reporting.reporting_edit, name="reporting_edit"),
    path("teams/<slug:line>", teams.line_detail, name="line_detail"),
    path("teams/<slug:line>/edit", places.PlaceEdit.as_view(), name="line_edit"),
    path("teams/<slug:line>/close", places.PlaceClose.as_view(), name="line_close"),
    path("teams/<slug:line>/reopen", places.PlaceReopen.as_view(), name="line_reopen"),
    path("teams/<slug:line>/history", places.LineHistory.as_view(), name="line_history"),
    path("teams/<slug:line>/teams/new", places.TeamNew.as_view(), name="team_new"),
    path("teams/<slug:line>/start-up", start_up.StartView.as_view(), name="start_up"),
    path("teams/<slug:line>/start-up/order", start_up.OrderView.as_view(), name="start_up_order"),
    path(
        "teams/<slug:line>/start-up/steps/<slug:step>",
        start_up.StartStep.as_view(),
        name="start_up_step",
    ),
    path("teams/<slug:line>/roles/new", teams.membership_new, name="membership_new"),
    path("teams/<slug:line>/roles/<int:pk>/end", teams.membership_end, name="membership_end"),
    path(TEAM, teams.team_detail, name="team_detail"),
    path(f"{TEAM}/edit", places.PlaceEdit.as_view(), name="team_edit"),
    path(f"{TEAM}/close", places.PlaceClose.as_view(), name="team_close"),
    path(f"{TEAM}/reopen", places.PlaceReopen.as_view(), name="team_reopen"),
    path(f"{TEAM}/sub-teams/new", places.SubTeamNew.as_view(), name="sub_team_new"),
    path(f"{SUB_TEAM}/edit", places.PlaceEdit.as_view(), name="sub_team_edit"),
    path(f"{SUB_TEAM}/close", places.PlaceClose.as_view(), name="sub_team_close"),
    path(f"{SUB_TEAM}/reopen", places.PlaceReopen.as_view(), name="sub_team_reopen"),
    path("people", teams.people, name="people"),
    path("people/<int:pk>", teams.person_detail, name="person_detail"),
    path("people/<int:pk>/superiors", superiors.superiors, name="superiors"),
    path("people/<int:pk>/sessions/end", security.person_sessions_end, name="person_sessions_end"),
    path("people/<int:pk>/leave", leaving.leave, name="person_leave"),
    path("departures/<int:pk>", leaving.departure, name="departure"),
    path("departures/<int:pk>/undo", leaving.departure_undo, name="departure_undo"),
]
