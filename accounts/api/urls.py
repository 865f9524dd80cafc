"""Addresses of the API of people, lines and teams."""

from django.urls import path

from accounts.api import (
    following,
    inbox,
    invitations,
    leaving,
    portrait,
    starts,
    superiors,
    tokens,
    views,
)
from accounts.api import organisation as org

LINE, TEAM, SUB_TEAM = "lines/<slug:slug>/", "teams/<slug:slug>/", "sub-teams/<int:pk>/"
ROLE = f"{LINE}roles/<int:pk>/"

urlpatterns = [
    path("me/", views.Me.as_view(), name="api_me"),
    path("me/following/", following.Followed.as_view(), name="api_followed"),
    path(
        "me/following/<slug:kind>/<int:pk>/",
        following.FollowThing.as_view(),
        name="api_follow_thing",
    ),
    path("me/inbox/", inbox.Inbox.as_view(), name="api_inbox"),
    path("me/inbox/<int:pk>/", inbox.OneNotice.as_view(), name="api_notice"),
    path("me/notifications/", inbox.TellingApi.as_view(), name="api_notice_settings"),
    path("tokens/", tokens.Tokens.as_view(), name="api_tokens"),
    path("tokens/<int:pk>/", tokens.OneToken.as_view(), name="api_token"),
    path("service-tokens/", tokens.ServiceTokens.as_view(), name="api_service_tokens"),
    path("service-tokens/<int:pk>/", tokens.OneServiceToken.as_view(), name="api_service_token"),
    path("me/picture/", portrait.MyPicture.as_view(), name="api_my_picture"),
    path("invitations/", invitations.Invitations.as_view(), name="api_invitations"),
    path(
        "invitations/<uuid:public_id>/again/",
        invitations.SendAgain.as_view(),
        name="api_invitation_again",
    ),
    path(
        "invitations/<uuid:public_id>/revoke/",
        invitations.Revoke.as_view(),
        name="api_invitation_revoke",
    ),
    path("lines/", views.Lines.as_view(), name="api_lines"),
    path("lines/start-up/", starts.StartLineApi.as_view(), name="api_line_start"),
    path(LINE, views.Line.as_view(), name="api_line"),
    path(f"{LINE}close/", org.LineAct.as_view(), name="api_line_close"),
    path(f"{LINE}reopen/", org.LineReopen.as_view(), name="api_line_reopen"),
    path(f"{LINE}teams/", org.LineTeams.as_view(), name="api_line_teams"),
    path(f"{LINE}roles/", org.Roles.as_view(), name="api_roles"),
    path(f"{ROLE}end/", org.RoleAct.as_view(), name="api_role_end"),
    path(f"{ROLE}resume/", org.RoleAct.as_view(act="resume"), name="api_role_resume"),
    path(f"{LINE}start-up/", starts.StartApi.as_view(), name="api_start_up"),
    path(f"{LINE}start-up/steps/", starts.StartSteps.as_view(), name="api_start_up_steps"),
    path(
        f"{LINE}start-up/steps/<slug:step>/",
        starts.StartStepApi.as_view(),
        name="api_start_up_step",
    ),
    path("teams/", views.Teams.as_view(), name="api_teams"),
    path(TEAM, org.TeamApi.as_view(), name="api_team"),
    path(f"{TEAM}close/", org.TeamAct.as_view(), name="api_team_close"),
    path(f"{TEAM}reopen/", org.TeamReopen.as_view(), name="api_team_reopen"),
    path(f"{TEAM}sub-teams/", org.SubTeams.as_view(), name="api_sub_teams"),
    path(SUB_TEAM, org.SubTeamApi.as_view(), name="api_sub_team"),
    path(f"{SUB_TEAM}close/", org.SubTeamAct.as_view(), name="api_sub_team_close"),
    path(f"{SUB_TEAM}reopen/", org.SubTeamReopen.as_view(), name="api_sub_team_reopen"),
    path("reporting/", org.Reporting.as_view(), name="api_reporting"),
    path("reporting/<int:pk>/", org.ReportingRow.as_view(), name="api_reporting_row"),
    path("people/", views.People.as_view(), name="api_people"),
    path("people/<int:pk>/superiors/", superiors.Superiors.as_view(), name="api_superiors"),
    path("departures/<int:pk>/", leaving.DepartureApi.as_view(), name="api_departure"),
    path("departures/<int:pk>/undo/", leaving.UndoApi.as_view(), name="api_departure_undo"),
    path(
        "people/<int:pk>/sessions/end/",
        leaving.SessionsEnd.as_view(),
        name="api_person_sessions_end",
    ),
    path("people/<int:pk>/leave/", leaving.LeaveApi.as_view(), name="api_person_leave"),
]
