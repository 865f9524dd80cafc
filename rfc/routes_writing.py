"""Addresses of writing one RFC, below /rfcs/RFC-7/."""

from django.urls import path, re_path

from rfc.views import keeping, uploading, writing

urlpatterns = [
    path("edit", writing.EditRFC.as_view(), name="rfc_edit"),
    path("edit/keep", keeping.Keep.as_view(), name="rfc_keep"),
    path("edit/kept/<uuid:window>", keeping.Kept.as_view(), name="rfc_kept"),
    path("preview", writing.PreviewRFC.as_view(), name="rfc_preview"),
    path("details", writing.DetailsRFC.as_view(), name="rfc_details"),
    path("functions", writing.AddFunction.as_view(), name="rfc_add_function"),
    path("upload", uploading.UploadDraft.as_view(), name="rfc_upload_draft"),
    path("presence", keeping.PresentHere.as_view(), name="rfc_presence"),
    path("pictures", keeping.Pictures.as_view(), name="rfc_pictures"),
    re_path(
        r"^pictures/(?P<public_id>[0-9a-f-]{36})\.(?P<kind>png|jpg|svg)$",
        keeping.ShowPicture.as_view(),
        name="rfc_picture",
    ),
]
