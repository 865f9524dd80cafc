"""News of the initiatives app."""

from django.dispatch import Signal

# item = the JiraItem whose turn it is. Answered by initiatives.jira.sync through receivers.
due_jira_item = Signal()

# item = the JiraItem that is in step now, was refused, or is gone. Sent with that write.
jira_settled = Signal()

# ticket = the Ticket whose text, points or parts changed; its Jira rows are due again.
ticket_changed = Signal()
