"""Addresses of threads, suggestions and decisions. `one` stands below an RFC's own address."""

from django.urls import path

import config.web.keys  # noqa: F401 - registers the <dec:…> converter
from rfc.views import decisions, suggesting, talking

one = [
    path("comment", talking.CommentPage.as_view(), name="rfc_comment"),
    path("comments/<int:pk>", talking.ThreadLink.as_view(), name="rfc_thread"),
    path("comments/<int:pk>/answer", talking.AnswerPage.as_view(), name="rfc_answer"),
    path("comments/<int:pk>/edit", talking.EditCommentPage.as_view(), name="rfc_edit_comment"),
    path("comments/<int:pk>/history", talking.HistoryPage.as_view(), name="rfc_comment_history"),
    path("comments/<int:pk>/resolve", talking.ResolvePage.as_view(), name="rfc_resolve"),
    path("comments/<int:pk>/reopen", talking.ReopenPage.as_view(), name="rfc_reopen"),
    path("comments/<int:pk>/seen", talking.Seen.as_view(), name="rfc_seen"),
    path("comments/<int:pk>/accept", suggesting.AcceptSuggestion.as_view(), name="rfc_accept"),
    path("comments/<int:pk>/refuse", suggesting.RefusePage.as_view(), name="rfc_refuse"),
    path("suggestions", suggesting.SuggestionsPage.as_view(), name="rfc_suggestions"),
    path("look", talking.LookPage.as_view(), name="rfc_look"),
    path("looked", talking.Looked.as_view(), name="rfc_looked"),
]
urlpatterns = [
    path("decisions", decisions.DecisionLog.as_view(), name="decision_list"),
    path("decisions/new", decisions.RecordPage.as_view(), name="decision_new"),
    path("decisions/<dec:number>", decisions.OneDecision.as_view(), name="decision"),
    path("decisions/<dec:number>/confirm", decisions.Confirm.as_view(), name="decision_confirm"),
    path("decisions/<dec:number>/review", decisions.ReviewPage.as_view(), name="decision_review"),
    path("decisions/<dec:number>/link", decisions.LinkPage.as_view(), name="decision_link"),
    path("d/<int:number>", decisions.short_link, name="decision_short"),
]
