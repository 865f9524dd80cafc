"""Pages of the plumbing: health, palette, theme, style guide."""

from django.urls import path

from config.web.health import live, ready
from config.web.palette import palette
from config.web.search import search
from config.web.styleguide import screen, styleguide
from config.web.theme import set_theme

urlpatterns = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("palette.json", palette, name="palette"),
    path("search", search, name="search"),
    path("settings/theme", set_theme, name="set_theme"),
    path("styleguide", styleguide, name="styleguide"),
    path("styleguide/<slug:name>", screen, name="styleguide_screen"),
]
