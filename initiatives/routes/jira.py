"""Pages of the jira slice. Every view of an initiative takes `<ini:number>`."""

from django.urls import path

from initiatives.views import jira
from initiatives.views.push import PushView, ReadInitiativeView

ONE = "initiatives/<ini:number>"

urlpatterns = [
    path("jira", jira.JiraView.as_view(), name="jira"),
    path("jira/items/<int:pk>/retry", jira.RetryView.as_view(), name="jira_item_retry"),
    path("jira/items/<int:pk>/drift", jira.DriftView.as_view(), name="jira_item_drift"),
    path("jira/<slug:line>", jira.ConnectionView.as_view(), name="jira_connection"),
    path("jira/<slug:line>/switch", jira.SwitchView.as_view(), name="jira_switch"),
    path("jira/<slug:line>/check", jira.CheckView.as_view(), name="jira_check"),
    path("jira/<slug:line>/read", jira.ReadLineView.as_view(), name="jira_read"),
    path(f"{ONE}/push", PushView.as_view(), name="initiative_push"),
    path(f"{ONE}/push/read", ReadInitiativeView.as_view(), name="initiative_push_read"),
]
