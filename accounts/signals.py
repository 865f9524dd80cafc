"""News of the ground, for apps that stand on it."""

from django.dispatch import Signal

# People were asked for something (the tab Decide): news = the News, reasons = a set of `Reason`. Sent
# in the act's transaction.
decision_told = Signal()
