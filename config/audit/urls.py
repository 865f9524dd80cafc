"""Addresses of the audit trail."""

from django.urls import path

from config.audit.api import Audit
from config.audit.views import AuditEntryView, AuditExportView, AuditView

urlpatterns = [
    path("audit", AuditView.as_view(), name="audit"),
    path("audit.csv", AuditExportView.as_view(), name="audit_export"),
    path("audit/<int:position>", AuditEntryView.as_view(), name="audit_entry"),
    path("api/v1/audit/", Audit.as_view(), name="api_audit"),
]
