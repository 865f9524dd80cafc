"""API of belief, ranking and referral, below /api/v1/."""

from django.urls import path

from initiatives.api import belief, coordination

ONE = "initiatives/<ini:number>"

urlpatterns = [
    path(f"{ONE}/hypothesis/", belief.HypothesisApi.as_view(), name="api_hypothesis"),
    path(f"{ONE}/evidence/", belief.EvidenceApi.as_view(), name="api_evidence"),
    path(f"{ONE}/verdicts/", belief.VerdictApi.as_view(), name="api_verdicts"),
    path(f"{ONE}/promises/", belief.PromiseApi.as_view(), name="api_promises"),
    path(f"{ONE}/score/", belief.ScoreApi.as_view(), name="api_score"),
    path(
        f"{ONE}/lines/<slug:line>/answer/", coordination.AnswerApi.as_view(), name="api_line_answer"
    ),
    path(f"{ONE}/referral/steps/", coordination.ReferralSteps.as_view(), name="api_referral_steps"),
    path(
        f"{ONE}/referral/steps/<slug:step>/",
        coordination.TakeReferralStep.as_view(),
        name="api_referral_step",
    ),
    path("referrals/", coordination.ReferralListApi.as_view(), name="api_referrals"),
    path("rankings/", coordination.RankingListApi.as_view(), name="api_rankings"),
    path("rankings/<int:pk>/", coordination.RankingApi.as_view(), name="api_ranking"),
    path(
        "rankings/<int:pk>/complete/",
        coordination.DeclareApi.as_view(),
        name="api_ranking_complete",
    ),
    path("rankings/<int:pk>/sign/", coordination.SignApi.as_view(), name="api_ranking_sign"),
    path("rankings/<int:pk>/steps/", coordination.RankingSteps.as_view(), name="api_ranking_steps"),
    path(
        "rankings/<int:pk>/steps/<slug:step>/",
        coordination.TakeRankingStep.as_view(),
        name="api_ranking_step",
    ),
]
