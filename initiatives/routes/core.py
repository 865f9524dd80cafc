"""Pages of requests, triage and the initiative itself."""

from django.urls import path

from initiatives.views.activity import ActivityView
from initiatives.views.edit import (
    DuplicatesView,
    EditView,
    FileView,
    LineView,
    SeatView,
)
from initiatives.views.help import HelpView
from initiatives.views.home import HomeView
from initiatives.views.intake import AcceptView, DecideView, IntakeView, TakeBackView
from initiatives.views.new import NewInitiativeView, ReceiptView, RequestsView
from initiatives.views.overview import OverviewView
from initiatives.views.rfc import RfcTabView
from initiatives.views.sources import EditSourceView, SourcesView
from initiatives.views.steps import TakeStepView
from initiatives.views.talk import CommentView, FollowView
from initiatives.views.waivers import WaiversView, WithdrawWaiverView

ONE = "initiatives/<ini:number>"

urlpatterns = [
    path("", HomeView.as_view(), name="home"),
    path("help", HelpView.as_view(), name="help"),
    path("intake", IntakeView.as_view(), name="intake"),
    path("requests", RequestsView.as_view(), name="requests"),
    path("sources", SourcesView.as_view(), name="sources"),
    path("sources/new", EditSourceView.as_view(), name="source_new"),
    path("sources/<slug:slug>", EditSourceView.as_view(), name="source_edit"),
    path("intake/undo", TakeBackView.as_view(), name="intake_undo"),
    path("initiatives/new", NewInitiativeView.as_view(), name="initiative_new"),
    path(ONE, OverviewView.as_view(), name="initiative"),
    path(f"{ONE}/receipt", ReceiptView.as_view(), name="initiative_receipt"),
    path(f"{ONE}/accept", AcceptView.as_view(), name="initiative_accept"),
    path(f"{ONE}/triage/<slug:step>", DecideView.as_view(), name="initiative_decide"),
    path(f"{ONE}/steps/<slug:step>", TakeStepView.as_view(), name="initiative_step"),
    path(f"{ONE}/edit", EditView.as_view(), name="initiative_edit"),
    path(f"{ONE}/people/<seat:seat>", SeatView.as_view(), name="initiative_seat"),
    path(f"{ONE}/lines", LineView.as_view(), name="initiative_lines"),
    path(f"{ONE}/lines/<slug:slug>/remove", LineView.as_view(), name="initiative_line_remove"),
    path(f"{ONE}/duplicates", DuplicatesView.as_view(), name="initiative_duplicates"),
    path(f"{ONE}/files/<int:pk>", FileView.as_view(), name="initiative_file"),
    path(f"{ONE}/rfc", RfcTabView.as_view(), name="initiative_rfc"),
    path(f"{ONE}/activity", ActivityView.as_view(), name="initiative_activity"),
    path(f"{ONE}/follow", FollowView.as_view(), name="initiative_follow"),
    path(f"{ONE}/comments/<int:pk>/<slug:act>", CommentView.as_view(), name="initiative_comment"),
    path(f"{ONE}/waivers", WaiversView.as_view(), name="initiative_waivers"),
    path(f"{ONE}/waive/<slug:gate>", WaiversView.as_view(), name="initiative_waive"),
    path(
        f"{ONE}/waivers/<int:pk>/withdraw",
        WithdrawWaiverView.as_view(),
        name="initiative_waiver_withdraw",
    ),
]
