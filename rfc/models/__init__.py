"""RFC, draft, revision, section, position, comment, template and import record."""

from rfc.models.anchoring import Anchoring
from rfc.models.comment import Comment, Kind
from rfc.models.decision import Decision, DecisionReview, DecisionSubject
from rfc.models.delegation import Delegation
from rfc.models.draft import Draft
from rfc.models.imported import ImportedDocument, WatchedFolder
from rfc.models.look import Look
from rfc.models.picture import Picture
from rfc.models.position import Position, Stance
from rfc.models.presence import Presence
from rfc.models.reading import Reading
from rfc.models.rendering import Rendering
from rfc.models.required import RequiredFunction
from rfc.models.revision import Revision, RevisionSection, without_text
from rfc.models.rfc import RFC, RFCStep
from rfc.models.talking import Anchor, Found, Mention, Suggestion, ThreadAct
from rfc.models.template import RFCTemplate, TemplateSection
from rfc.models.unsaved import UnsavedText

__all__ = [
    "RFC",
    "Anchor",
    "Anchoring",
    "Comment",
    "Decision",
    "DecisionReview",
    "DecisionSubject",
    "Delegation",
    "Draft",
    "Found",
    "ImportedDocument",
    "Kind",
    "Look",
    "Mention",
    "Picture",
    "Position",
    "Presence",
    "RFCStep",
    "RFCTemplate",
    "Reading",
    "Rendering",
    "RequiredFunction",
    "Revision",
    "RevisionSection",
    "Stance",
    "Suggestion",
    "TemplateSection",
    "ThreadAct",
    "UnsavedText",
    "WatchedFolder",
    "without_text",
]
