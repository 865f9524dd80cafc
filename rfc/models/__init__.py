"""RFC, draft, revision, section, position, comment, template and import record."""

from rfc.models.comment import Comment
from rfc.models.draft import Draft
from rfc.models.imported import ImportedDocument
from rfc.models.look import Look
from rfc.models.position import Position, Stance
from rfc.models.rendering import Rendering
from rfc.models.required import RequiredFunction
from rfc.models.revision import Revision, RevisionSection
from rfc.models.rfc import RFC, RFCStep
from rfc.models.template import RFCTemplate, TemplateSection

__all__ = [
    "RFC",
    "Comment",
    "Draft",
    "ImportedDocument",
    "Look",
    "Position",
    "RFCStep",
    "RFCTemplate",
    "Rendering",
    "RequiredFunction",
    "Revision",
    "RevisionSection",
    "Stance",
    "TemplateSection",
]
