"""API of saved views and of taking edits back, below /api/v1/."""

from django.urls import path

import initiatives.routes  # noqa: F401 - registers the converters
from initiatives.api import many
from initiatives.api import portfolio as api

urlpatterns = [
    path("initiatives.<slug:form>/", many.ExportApi.as_view(), name="api_initiative_export"),
    path("exports/<uuid:public_id>.xlsx/", many.ExportFileApi.as_view(), name="api_export_file"),
    path("initiatives/bulk/", many.BulkApi.as_view(), name="api_bulk"),
    path("initiatives/bulk/<uuid:pk>/", many.BulkEditApi.as_view(), name="api_bulk_edit"),
    path("initiatives/bulk/<uuid:pk>/undo/", many.UndoBulkApi.as_view(), name="api_bulk_undo"),
    path("views/", api.SavedViewsApi.as_view(), name="api_views"),
    path("views/<int:pk>/", api.SavedViewApi.as_view(), name="api_view"),
    path("views/<int:pk>/restore/", api.RestoreSavedViewApi.as_view(), name="api_view_restore"),
    path("views/<int:pk>/mark/", api.ViewMarkApi.as_view(), name="api_view_mark"),
    path("initiatives/<ini:number>/revert/", api.RevertApi.as_view(), name="api_initiative_revert"),
]
