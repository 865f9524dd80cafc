"""API of design and delivery, below /api/v1/."""

from django.urls import path

from initiatives.api import delivery

ONE = "initiatives/<ini:number>"

urlpatterns = [
    path(f"{ONE}/mockups/", delivery.MockupApi.as_view(), name="api_mockups"),
    path(f"{ONE}/studies/", delivery.StudyApi.as_view(), name="api_studies"),
    path(f"{ONE}/tickets/", delivery.TicketListApi.as_view(), name="api_tickets"),
    path(f"{ONE}/tickets/<int:pk>/", delivery.TicketApi.as_view(), name="api_ticket"),
    path(f"{ONE}/tickets/<int:pk>/test-cases/", delivery.CaseApi.as_view(), name="api_test_cases"),
    path(f"{ONE}/deep-dive/", delivery.DeepDiveApi.as_view(), name="api_deep_dive"),
    path(f"{ONE}/sign-offs/", delivery.SignOffApi.as_view(), name="api_sign_offs"),
    path("sprints/", delivery.SprintListApi.as_view(), name="api_sprints"),
]
