"""The one tag library of every page: `{% load ui %}`. The parts live beside it, by concern."""

from django.template import Library

from config.templatetags import ui_flow, ui_forms, ui_glyphs, ui_lists, ui_marks

register = Library()
for part in (ui_marks, ui_glyphs, ui_forms, ui_lists, ui_flow):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
