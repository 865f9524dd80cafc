"""Addresses of the API of people, lines and teams."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("me/", views.Me.as_view(), name="api_me"),
    path("lines/", views.Lines.as_view(), name="api_lines"),
    path("lines/<slug:slug>/", views.Line.as_view(), name="api_line"),
    path("teams/", views.Teams.as_view(), name="api_teams"),
    path("people/", views.People.as_view(), name="api_people"),
]
