"""News of webhooks."""

from django.dispatch import Signal

# delivery = the Delivery whose turn it is. Answered by webhooks.delivery through receivers.
due_delivery = Signal()
