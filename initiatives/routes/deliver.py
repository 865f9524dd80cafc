"""Pages of the deliver slice. Every view of an initiative takes `<ini:number>`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
