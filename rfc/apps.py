"""App of RFCs, revisions and positions."""

from django.apps import AppConfig


class RfcConfig(AppConfig):
    name = "rfc"
