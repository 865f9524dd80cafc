"""Addresses of threads, suggestions and decisions in the API."""

from django.urls import path

import config.web.keys  # noqa: F401 - registers the <rfc:…> and <dec:…> converters
from rfc.api import decisions, talking

one = "rfcs/<rfc:number>/comments/<int:pk>/"
dec = "decisions/<dec:number>/"
urlpatterns = [
    path("rfcs/<rfc:number>/comments/", talking.Threads.as_view(), name="api_rfc_threads"),
    path(one, talking.OneThread.as_view(), name="api_rfc_thread"),
    path(f"{one}answers/", talking.Answers.as_view(), name="api_rfc_thread_answers"),
    path(f"{one}resolve/", talking.Resolve.as_view(), name="api_rfc_thread_resolve"),
    path(f"{one}reopen/", talking.Reopen.as_view(), name="api_rfc_thread_reopen"),
    path(f"{one}refuse/", talking.Refuse.as_view(), name="api_rfc_thread_refuse"),
    path(
        "rfcs/<rfc:number>/suggestions/accept/",
        talking.AcceptSuggestions.as_view(),
        name="api_rfc_suggestions_accept",
    ),
    path("decisions/", decisions.Decisions.as_view(), name="api_decisions"),
    path(dec, decisions.OneDecision.as_view(), name="api_decision"),
    path(f"{dec}confirm/", decisions.Confirm.as_view(), name="api_decision_confirm"),
    path(f"{dec}reviews/", decisions.Reviews.as_view(), name="api_decision_reviews"),
    path(f"{dec}links/", decisions.Links.as_view(), name="api_decision_links"),
]
