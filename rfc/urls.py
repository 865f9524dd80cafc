"""Addresses of the rfc app: pages at the root, the API below /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

import config.web.keys  # noqa: F401 - registers the <rfc:…> converter
from rfc import routes_review, routes_talking
from rfc.views import lists

one: list[URLPattern | URLResolver] = [
    *routes_review.one,
    path("", include("rfc.routes_writing")),
    *routes_talking.one,
]
urlpatterns = [
    path("", include("rfc.routes")),
    path("", include("rfc.routes_templates")),
    path("", include("rfc.routes_review")),
    path("rfcs/new", lists.NewRFC.as_view(), name="rfc_new"),
    path("rfcs/<rfc:number>/", include(one)),
    path("", include("rfc.routes_talking")),
    path("api/v1/", include("rfc.api.urls")),
]
