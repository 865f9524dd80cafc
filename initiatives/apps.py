"""App of the initiative from intake to Jira."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "initiatives"
