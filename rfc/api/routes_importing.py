"""Addresses of the API of imports, below /api/v1/."""

from django.urls import path

from rfc.api import importing

urlpatterns = [
    path("rfcs/from-markdown/", importing.FromMarkdown.as_view(), name="api_rfc_from_markdown"),
    path("rfc-imports/", importing.Imports.as_view(), name="api_rfc_imports"),
    path(
        "rfc-imports/<uuid:public_id>/run/",
        importing.RunImport.as_view(),
        name="api_rfc_import_run",
    ),
    path(
        "rfc-imports/<uuid:public_id>/undo/",
        importing.UndoImport.as_view(),
        name="api_rfc_import_undo",
    ),
    path("rfc-import-folders/", importing.Folders.as_view(), name="api_rfc_import_folders"),
    path(
        "rfc-import-folders/<int:pk>/",
        importing.OneFolder.as_view(),
        name="api_rfc_import_folder",
    ),
    path(
        "rfc-import-folders/<int:pk>/read/",
        importing.ReadFolder.as_view(),
        name="api_rfc_import_folder_read",
    ),
    path("rfc-import-conflicts/", importing.Conflicts.as_view(), name="api_rfc_import_conflicts"),
    path(
        "rfc-import-conflicts/<int:pk>/",
        importing.OneConflict.as_view(),
        name="api_rfc_import_conflict",
    ),
]
