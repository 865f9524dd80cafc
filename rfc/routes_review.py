"""Addresses of the review: comparing, asking, positions, the queue, delegations, health."""

from django.urls import path

from rfc.views import asking, comparing, health, queue, reviewing

# Below /rfcs/RFC-7/.
one = [
    path("compare", comparing.CompareRFC.as_view(), name="rfc_compare_form"),
    path("compare/v<int:old>/v<int:new>", comparing.CompareRFC.as_view(), name="rfc_compare"),
    path("position", reviewing.PositionPage.as_view(), name="rfc_position"),
    path("ask", asking.AskPage.as_view(), name="rfc_ask"),
    path("name", asking.NamePage.as_view(), name="rfc_name"),
    path("goes-on", reviewing.GoesOn.as_view(), name="rfc_goes_on"),
    path("reaffirm", reviewing.Reaffirm.as_view(), name="rfc_reaffirm"),
    path("positions/<int:pk>/close", reviewing.CloseBlock.as_view(), name="rfc_close_block"),
    path("steps/<slug:step>", reviewing.RFCTakeStep.as_view(), name="rfc_step"),
]
urlpatterns = [
    path("rfcs/queue", queue.Queue.as_view(), name="rfc_queue"),
    path("rfcs/health", health.Health.as_view(), name="rfc_health"),
    path("rfcs/delegations", queue.Delegations.as_view(), name="rfc_delegations"),
    path("rfcs/delegations/<int:pk>/end", queue.EndDelegation.as_view(), name="rfc_end_delegation"),
]
