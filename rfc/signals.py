"""News of RFCs, for whoever stands above. Receivers run inside the transaction of the act."""

from django.dispatch import Signal

# sender = RFC; rfc. Sent once each time the last requirement of acceptance is met.
rfc_accepted = Signal()
# sender = RFC; rfc, revision, stale (list of Standing). An accepted RFC went back to review.
rfc_reopened = Signal()
# sender = RFC; rfc, teams (owning first), status it had elsewhere. A document became an RFC for the first time.
document_imported = Signal()
# sender = RFC; rfc. An import is undone; whatever was made from the RFC lets go of it.
document_unimported = Signal()
