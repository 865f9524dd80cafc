"""Pages of requests, triage, lists and the initiative itself."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
