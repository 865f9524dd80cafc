"""API of requests, triage, lists and the initiative itself, below /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
