"""App of imports from spreadsheets."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "config.sheets"
    label = "sheets"
