"""The roof: every app's pages, the API and the plumbing's pages under their addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# Each app brings its pages (at the root) and its API (under /api/v1/).
handler400 = "config.rest.lost.bad_request"
handler404 = "config.rest.lost.not_found"
handler500 = "config.rest.lost.server_error"

# One way in: Django's own form would ask no second step and count no tries.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("config.web.urls")),
    path("", include("config.rest.urls")),
    path("", include("config.audit.urls")),
    path("", include("config.sheets.urls")),
    path("", include("accounts.urls")),
    path("", include("webhooks.urls")),
    path("", include("kpis.urls")),
    path("", include("rfc.urls")),
    path("", include("initiatives.urls")),
]
