"""The one tag library of every page: `{% load ui %}`. The parts live beside it, by concern."""

from django.template import Library

from config.templatetags import ui_diff, ui_flow, ui_forms, ui_frame, ui_glyphs, ui_lists, ui_marks

register = Library()
for part in (ui_marks, ui_glyphs, ui_forms, ui_lists, ui_flow, ui_diff, ui_frame):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
