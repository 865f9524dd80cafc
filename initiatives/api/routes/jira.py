"""API of the jira slice, below /api/v1/."""

from django.urls import path

from initiatives.api import jira

ONE = "initiatives/<ini:number>"

urlpatterns = [
    path("jira/connections/", jira.ConnectionsApi.as_view(), name="api_jira_connections"),
    path("jira/connections/<slug:line>/", jira.ConnectionApi.as_view(), name="api_jira_connection"),
    path("jira/connections/<slug:line>/switch/", jira.SwitchApi.as_view(), name="api_jira_switch"),
    path("jira/items/", jira.JiraItemsApi.as_view(), name="api_jira_items"),
    path("jira/items/<int:pk>/retry/", jira.RetryApi.as_view(), name="api_jira_item_retry"),
    path("jira/items/<int:pk>/drift/", jira.DriftApi.as_view(), name="api_jira_item_drift"),
    path(f"{ONE}/push/", jira.PushApi.as_view(), name="api_push"),
    path(f"{ONE}/push/read/", jira.PushReadApi.as_view(), name="api_push_read"),
]
