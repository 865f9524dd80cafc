"""Pages of the discover slice. Every view of an initiative takes `<ini:number>`."""

from django.urls import path

from initiatives.views.evidence import EvidenceView
from initiatives.views.metrics import MetricsView
from initiatives.views.ranking import RankingListView, RankingView
from initiatives.views.referral import ReferralListView, ReferralStepView, ReferralView

urlpatterns = [
    path("initiatives/<ini:number>/evidence", EvidenceView.as_view(), name="initiative_evidence"),
    path("initiatives/<ini:number>/metrics", MetricsView.as_view(), name="initiative_metrics"),
    path("initiatives/<ini:number>/referral", ReferralView.as_view(), name="initiative_referral"),
    path(
        "initiatives/<ini:number>/referral/steps/<slug:step>",
        ReferralStepView.as_view(),
        name="referral_step",
    ),
    path("referrals", ReferralListView.as_view(), name="referral_list"),
    path("ranking", RankingListView.as_view(), name="ranking"),
    path(
        "ranking/<slug:line>/<str:period>/<int:revision>",
        RankingView.as_view(),
        name="ranking_detail",
    ),
]
