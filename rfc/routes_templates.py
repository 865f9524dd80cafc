"""Addresses of templates and of starting an RFC from a file."""

from django.urls import path

from rfc.views import templates, uploading

urlpatterns = [
    path("rfcs/upload", uploading.NewFromFile.as_view(), name="rfc_upload"),
    path("rfcs/templates", templates.TemplateList.as_view(), name="rfc_templates"),
    path("rfcs/templates/match", templates.MatchTemplate.as_view(), name="rfc_template_match"),
    path("rfcs/templates/new", templates.ChangeTemplate.as_view(), name="rfc_template_new"),
    path("rfcs/templates/<int:pk>", templates.OneTemplate.as_view(), name="rfc_template"),
    path(
        "rfcs/templates/<int:pk>/edit", templates.ChangeTemplate.as_view(), name="rfc_template_edit"
    ),
    path(
        "rfcs/templates/<int:pk>/retire",
        templates.RetireTemplate.as_view(),
        name="rfc_template_retire",
    ),
]
