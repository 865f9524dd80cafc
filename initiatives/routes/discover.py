"""Pages of the discover slice. Every view of an initiative takes `<ini:number>`."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from initiatives.views.collisions import CollisionListView, CollisionView, PortfolioView
from initiatives.views.evidence import EvidenceView
from initiatives.views.meets import MeetsView
from initiatives.views.metrics import MetricsView
from initiatives.views.notes import EditNoteView, NewNoteView, NoteLinkView, NotesView, NoteView
from initiatives.views.referral import ReferralStepView, ReferralView
from initiatives.views.referrals import ReferralCsvView, ReferralListView, old_address

urlpatterns = [
    path("notes", NotesView.as_view(), name="notes"),
    path("notes/new", NewNoteView.as_view(), name="note_new"),
    path("notes/<int:pk>", NoteView.as_view(), name="note"),
    path("notes/<int:pk>/edit", EditNoteView.as_view(), name="note_edit"),
    path("notes/<int:pk>/link", NoteLinkView.as_view(), name="note_link"),
    path("initiatives/<ini:number>/evidence", EvidenceView.as_view(), name="initiative_evidence"),
    path("initiatives/<ini:number>/collisions", MeetsView.as_view(), name="initiative_collisions"),
    path("initiatives/<ini:number>/metrics", MetricsView.as_view(), name="initiative_metrics"),
    path("initiatives/<ini:number>/referral", ReferralView.as_view(), name="initiative_referral"),
    path(
        "initiatives/<ini:number>/referral/steps/<slug:step>",
        ReferralStepView.as_view(),
        name="referral_step",
    ),
    path("portfolio", PortfolioView.as_view(), name="portfolio"),
    path("portfolio/collisions", CollisionListView.as_view(), name="collision_list"),
    path(
        "portfolio/collisions/<ini:number>/<ini:other>",
        CollisionView.as_view(),
        name="collision",
    ),
    path("portfolio/referrals", ReferralListView.as_view(), name="referral_list"),
    path("portfolio/referrals.csv", ReferralCsvView.as_view(), name="referral_csv"),
    path("referrals", login_required(old_address), name="referrals_old"),
]
