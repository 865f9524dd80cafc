"""Addresses of the KPI API."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
