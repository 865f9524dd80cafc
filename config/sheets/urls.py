"""Addresses of imports: pages, and the API below /api/v1/."""

from django.urls import path

from config.sheets import api, views

ONE = "imports/<uuid:public_id>"
API = "api/v1/imports/<uuid:public_id>/"

urlpatterns = [
    path("import", views.ImportsView.as_view(), name="imports"),
    path("import/<slug:kind>", views.NewImportView.as_view(), name="import_new"),
    path("import/<slug:kind>/sample.csv", views.SampleView.as_view(), name="import_sample"),
    path(ONE, views.SheetView.as_view(), name="sheet"),
    path(f"{ONE}/read", views.ReadView.as_view(), name="sheet_read"),
    path(f"{ONE}/map", views.MapView.as_view(), name="sheet_map"),
    path(f"{ONE}/run", views.RunView.as_view(), name="sheet_run"),
    path(f"{ONE}/undo", views.UndoView.as_view(), name="sheet_undo"),
    path(f"{ONE}/file", views.FileView.as_view(), name="sheet_file"),
    path("api/v1/imports/", api.ImportsApi.as_view(), name="api_imports"),
    path(API, api.ImportApi.as_view(), name="api_import"),
    path(f"{API}rows/", api.RowsApi.as_view(), name="api_import_rows"),
    path(f"{API}run/", api.RunApi.as_view(), name="api_import_run"),
    path(f"{API}undo/", api.UndoApi.as_view(), name="api_import_undo"),
]
