"""API of the discover slice, below /api/v1/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
