"""Addresses of the API of RFCs, below /api/v1/."""

from django.urls import include, path

from rfc.api import plain, templates, views

urlpatterns = [
    path("", include("rfc.api.routes_importing")),
    path("", include("rfc.api.routes_review")),
    path("", include("rfc.api.routes_talking")),
    path("rfcs/", views.RFCs.as_view(), name="api_rfcs"),
    path("rfcs/<rfc:number>.md/", plain.DraftMarkdown.as_view(), name="api_rfc_markdown"),
    path("rfcs/<rfc:number>/pictures/", plain.Pictures.as_view(), name="api_rfc_pictures"),
    path("rfc-templates/", templates.Templates.as_view(), name="api_rfc_templates"),
    path("rfc-templates/<int:pk>/", templates.OneTemplate.as_view(), name="api_rfc_template"),
    path("rfcs/<rfc:number>/", views.OneRFC.as_view(), name="api_rfc"),
    path("rfcs/<rfc:number>/draft/", views.DraftView.as_view(), name="api_rfc_draft"),
    path("rfcs/<rfc:number>/publish/", views.PublishView.as_view(), name="api_rfc_publish"),
    path("rfcs/<rfc:number>/revisions/", views.Revisions.as_view(), name="api_rfc_revisions"),
    path(
        "rfcs/<rfc:number>/revisions/<int:revision>/",
        views.OneRevision.as_view(),
        name="api_rfc_revision",
    ),
    path("rfcs/<rfc:number>/positions/", views.Positions.as_view(), name="api_rfc_positions"),
    path("rfcs/<rfc:number>/steps/", views.RFCSteps.as_view(), name="api_rfc_steps"),
    path("rfcs/<rfc:number>/steps/<slug:step>/", views.TakeRFCStep.as_view(), name="api_rfc_step"),
]
