"""App of the audit trail; it owns the chain of seals."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "config.audit"
    label = "audit"
