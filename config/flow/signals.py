"""News of the doorman. Receivers run in the step's own transaction and must not talk outside."""

from django.dispatch import Signal

# sender = model class; subject, record, actor. Sent after the row was saved.
step_taken = Signal()

# Shipped data (reporting lines, sources, the RFC template) is to be loaded, where it is missing.
# Sent after every migration and by `manage.py ship_defaults`. Receivers are idempotent and never
# overwrite what an administrator changed.
ship_defaults = Signal()
