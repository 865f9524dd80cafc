"""API of belief, ranking and referral, below /api/v1/."""

from django.urls import path

from initiatives.api import belief, coordination, crossline, notes

ONE = "initiatives/<ini:number>"

urlpatterns = [
    path("notes/", notes.NotesApi.as_view(), name="api_notes"),
    path("notes/<int:pk>/", notes.NoteApi.as_view(), name="api_note"),
    path("notes/<int:pk>/quotes/", notes.QuotesApi.as_view(), name="api_quotes"),
    path(f"{ONE}/evidence/<int:pk>/", notes.EvidenceItemApi.as_view(), name="api_evidence_item"),
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
    path(f"{ONE}/lines/inferred/", crossline.InferredLinesApi.as_view(), name="api_inferred_lines"),
    path(
        f"{ONE}/lines/<slug:line>/disclaimer/",
        crossline.DisclaimerApi.as_view(),
        name="api_line_disclaimer",
    ),
    path(
        f"{ONE}/conditions/<int:pk>/close/",
        crossline.CloseConditionApi.as_view(),
        name="api_condition_close",
    ),
    path(f"{ONE}/contributions/", crossline.ContributionsApi.as_view(), name="api_contributions"),
    path(
        f"{ONE}/referral/delegate/",
        crossline.ReferralDelegateApi.as_view(),
        name="api_referral_delegate",
    ),
    path(f"{ONE}/comments/<int:pk>/", crossline.CommentApi.as_view(), name="api_comment"),
    path(
        f"{ONE}/comments/<int:pk>/<thread_act:act>/",
        crossline.CommentActApi.as_view(),
        name="api_comment_act",
    ),
    path(f"{ONE}/follow/", crossline.FollowApi.as_view(), name="api_follow"),
    path("referrals/delegation/", crossline.DelegationApi.as_view(), name="api_delegation"),
    path("collisions/", crossline.CollisionsApi.as_view(), name="api_collisions"),
    path(
        "collisions/<ini:number>/<ini:other>/<collision_act:act>/",
        crossline.CollisionActApi.as_view(),
        name="api_collision_act",
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
