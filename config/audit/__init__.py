"""The audit trail: every change of every table in one sealed chain. See docs/audit.md."""
