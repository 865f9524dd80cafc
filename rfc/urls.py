"""Addresses of the rfc app: pages at the root, the API below /api/v1/."""

from django.urls import include, path

import config.web.keys  # noqa: F401 - registers the <rfc:…> converter
from rfc.views import importing, lists, reading, reviewing, talking, writing

one = [
    path("v<int:revision>", reading.ReadRFC.as_view(), name="rfc_revision"),
    path("compare", reading.CompareRFC.as_view(), name="rfc_compare_form"),
    path("compare/v<int:old>/v<int:new>", reading.CompareRFC.as_view(), name="rfc_compare"),
    path("edit", writing.EditRFC.as_view(), name="rfc_edit"),
    path("preview", writing.PreviewRFC.as_view(), name="rfc_preview"),
    path("details", writing.DetailsRFC.as_view(), name="rfc_details"),
    path("functions", writing.AddFunction.as_view(), name="rfc_add_function"),
    path("position", reviewing.PositionPage.as_view(), name="rfc_position"),
    path("reaffirm", reviewing.Reaffirm.as_view(), name="rfc_reaffirm"),
    path("positions/<int:pk>/close", reviewing.CloseBlock.as_view(), name="rfc_close_block"),
    path("comment", talking.CommentPage.as_view(), name="rfc_comment"),
    path("comments/<int:pk>/answer", talking.AnswerPage.as_view(), name="rfc_answer"),
    path("comments/<int:pk>/resolve", talking.ResolvePage.as_view(), name="rfc_resolve"),
    path("look", talking.LookPage.as_view(), name="rfc_look"),
    path("looked", talking.Looked.as_view(), name="rfc_looked"),
    path("steps/<slug:step>", reviewing.RFCTakeStep.as_view(), name="rfc_step"),
]
urlpatterns = [
    path("rfcs", lists.RFCList.as_view(), name="rfc_list"),
    path("rfcs/import", importing.ImportPage.as_view(), name="rfc_import_new"),
    path("rfcs/import/<uuid:public_id>", importing.ImportResult.as_view(), name="rfc_import"),
    path("rfcs/new", lists.NewRFC.as_view(), name="rfc_new"),
    path("rfcs/<rfc:number>.md", reading.MarkdownRFC.as_view(), name="rfc_markdown"),
    path("rfcs/<rfc:number>", reading.ReadRFC.as_view(), name="rfc"),
    path("rfcs/<rfc:number>/", include(one)),
    path("r/<int:number>", lists.short_link, name="rfc_short"),
    path("api/v1/", include("rfc.api.urls")),
]
