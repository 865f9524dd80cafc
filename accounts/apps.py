"""App of people, lines, teams and roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
