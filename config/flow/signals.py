"""News of the doorman. Receivers run in the step's own transaction and must not talk outside."""

from django.dispatch import Signal

# sender = model class; subject, record, actor. Sent after the row was saved.
step_taken = Signal()
