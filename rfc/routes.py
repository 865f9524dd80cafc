"""Addresses of finding, reading and taking away RFCs, and of bringing documents in."""

from django.urls import path

import config.web.keys  # noqa: F401 - registers the <rfc:…> converter
from rfc.views import importing, lists, reading, taking

urlpatterns = [
    path("rfcs", lists.RFCList.as_view(), name="rfc_list"),
    path("rfcs.csv", lists.ExportRFCs.as_view(kind="csv"), name="rfc_list_csv"),
    path("rfcs.json", lists.ExportRFCs.as_view(kind="json"), name="rfc_list_json"),
    path("rfcs.atom", lists.ExportRFCs.as_view(kind="atom"), name="rfc_list_atom"),
    path("rfcs/import", importing.ImportPage.as_view(), name="rfc_import_new"),
    path("rfcs/import/conflicts", importing.Conflicts.as_view(), name="rfc_import_conflicts"),
    path(
        "rfcs/import/conflicts/<int:pk>",
        importing.OneConflict.as_view(),
        name="rfc_import_conflict",
    ),
    path("rfcs/import/folders/<int:pk>", importing.OneFolder.as_view(), name="rfc_import_folder"),
    path("rfcs/import/<uuid:public_id>", importing.ImportResult.as_view(), name="rfc_import"),
    path("rfcs/<rfc:number>.md", taking.MarkdownRFC.as_view(), name="rfc_markdown"),
    path("rfcs/<rfc:number>.html", taking.HtmlRFC.as_view(), name="rfc_html"),
    path("rfcs/<rfc:number>.pdf", taking.PdfRFC.as_view(), name="rfc_pdf"),
    path("rfcs/<rfc:number>", reading.ReadRFC.as_view(), name="rfc"),
    path("rfcs/<rfc:number>/card", lists.RFCCard.as_view(), name="rfc_card"),
    path("rfcs/<rfc:number>/v<int:revision>", reading.ReadRFC.as_view(), name="rfc_revision"),
    path(
        "rfcs/<rfc:number>/v<int:revision>.md",
        taking.MarkdownRFC.as_view(),
        name="rfc_revision_markdown",
    ),
    path(
        "rfcs/<rfc:number>/v<int:revision>.html",
        taking.HtmlRFC.as_view(),
        name="rfc_revision_html",
    ),
    path("rfcs/<rfc:number>/v<int:revision>.pdf", taking.PdfRFC.as_view(), name="rfc_revision_pdf"),
    path("r/<int:number>", lists.short_link, name="rfc_short"),
]
