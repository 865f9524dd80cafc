"""Addresses of the initiatives app: pages at the root, the API below /api/v1/."""

from django.urls import include, path

urlpatterns = [
    path("", include("initiatives.routes.core")),
    path("", include("initiatives.routes.portfolio")),
    path("", include("initiatives.routes.discover")),
    path("", include("initiatives.routes.ranking")),
    path("", include("initiatives.routes.deliver")),
    path("", include("initiatives.routes.jira")),
    path("api/v1/", include("initiatives.api.routes.core")),
    path("api/v1/", include("initiatives.api.routes.portfolio")),
    path("api/v1/", include("initiatives.api.routes.discover")),
    path("api/v1/", include("initiatives.api.routes.ranking")),
    path("api/v1/", include("initiatives.api.routes.deliver")),
    path("api/v1/", include("initiatives.api.routes.jira")),
]
