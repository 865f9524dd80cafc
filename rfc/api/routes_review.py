"""Addresses of the API of the review, below /api/v1/."""

from django.urls import path

from rfc.api import review

urlpatterns = [
    path(
        "rfcs/<rfc:number>/compare/<int:old>/<int:new>/",
        review.Compare.as_view(),
        name="api_rfc_compare",
    ),
    path("rfcs/<rfc:number>/ask/", review.Ask.as_view(), name="api_rfc_ask"),
    path("rfcs/<rfc:number>/looks/", review.Looks.as_view(), name="api_rfc_looks"),
    path("rfcs/<rfc:number>/reaffirm/", review.Reaffirm.as_view(), name="api_rfc_reaffirm"),
    path(
        "rfcs/<rfc:number>/positions/<int:pk>/close/",
        review.CloseBlock.as_view(),
        name="api_rfc_close_block",
    ),
    path("rfcs/<rfc:number>/name/", review.NameRevision.as_view(), name="api_rfc_name"),
    path("rfcs/<rfc:number>/goes-on/", review.GoesOn.as_view(), name="api_rfc_goes_on"),
    path("rfc-queue/", review.Queue.as_view(), name="api_rfc_queue"),
    path("rfc-health/", review.Health.as_view(), name="api_rfc_health"),
    path("rfc-delegations/", review.Delegations.as_view(), name="api_rfc_delegations"),
    path(
        "rfc-delegations/<int:pk>/end/",
        review.EndDelegation.as_view(),
        name="api_rfc_end_delegation",
    ),
]
