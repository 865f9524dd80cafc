"""The roof: every app's pages, the API and the plumbing's pages under their addresses."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("admin/", admin.site.urls)]
for module in (
    "config.web.urls",
    "config.rest.urls",
    "accounts.urls",
    "kpis.urls",
    "rfc.urls",
    "initiatives.urls",
):
    # Each app brings its pages (at the root) and its API (under /api/v1/).
    if find_spec(module):
        urlpatterns.append(path("", include(module)))
