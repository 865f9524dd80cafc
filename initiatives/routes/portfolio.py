"""Pages of the portfolio: lists in every layout, saved views, exports, cells, bulk."""

from django.urls import path

from initiatives.views.bulk import BulkEditView, BulkView, UndoBulkView
from initiatives.views.cell_edit import CellView, RevertView
from initiatives.views.exports import BriefView, ExportFileView, ExportView
from initiatives.views.lists import DensityView, InitiativeListView, LookedView, short_link
from initiatives.views.move import MoveView
from initiatives.views.peek import PeekView
from initiatives.views.saved_views import (
    ArchiveViewView,
    MarkViewView,
    NewViewView,
    OneViewView,
    SaveViewView,
    ViewListView,
)
from initiatives.views.then import ThenView

ONE = "initiatives/<ini:number>"

urlpatterns = [
    path("initiatives", InitiativeListView.as_view(), name="initiative_list"),
    path("initiatives.<slug:form>", ExportView.as_view(), name="initiative_export"),
    path("exports/<uuid:public_id>.xlsx", ExportFileView.as_view(), name="initiative_export_file"),
    path("initiatives/brief", BriefView.as_view(), name="initiative_brief"),
    path("initiatives/brief.<slug:form>", BriefView.as_view(), name="initiative_brief_form"),
    path("initiatives/bulk", BulkView.as_view(), name="initiative_bulk"),
    path("initiatives/bulk/<uuid:pk>", BulkEditView.as_view(), name="initiative_bulk_edit"),
    path("initiatives/bulk/<uuid:pk>/undo", UndoBulkView.as_view(), name="initiative_bulk_undo"),
    path("initiatives/density", DensityView.as_view(), name="initiative_density"),
    path("initiatives/looked", LookedView.as_view(), name="initiative_looked"),
    path("i/<int:number>", short_link, name="initiative_short"),
    path(f"{ONE}/cell/<slug:field>", CellView.as_view(), name="initiative_cell"),
    path(f"{ONE}/revert", RevertView.as_view(), name="initiative_revert"),
    path(f"{ONE}/peek", PeekView.as_view(), name="initiative_peek"),
    path(f"{ONE}/then", ThenView.as_view(), name="initiative_then"),
    path(f"{ONE}/move", MoveView.as_view(), name="initiative_move"),
    path("views", ViewListView.as_view(), name="view_list"),
    path("views/new", NewViewView.as_view(), name="view_new"),
    path("views/<int:pk>", OneViewView.as_view(), name="view"),
    path("views/<int:pk>/save", SaveViewView.as_view(), name="view_save"),
    path("views/<int:pk>/mark", MarkViewView.as_view(), name="view_mark"),
    path("views/<int:pk>/archive", ArchiveViewView.as_view(), name="view_archive"),
]
