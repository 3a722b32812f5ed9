"""Consultations and what belongs to them."""

from apps.consultations.models.consultations import (
    UNREADY,
    Consultation,
    DeadlineChange,
    HearingTerms,
    Phase,
    ProposalVersion,
)
from apps.consultations.models.english import EnglishText
from apps.consultations.models.maps import ConsultationMap, MapFeature
from apps.consultations.models.meetings import Meeting, MeetingSignUp
from apps.consultations.models.papers import Document, DocumentVersion
from apps.consultations.models.parties import HearingInvitation, HearingParty
from apps.consultations.models.places import Stoppable
from apps.consultations.models.review import DraftComment, PhaseNote, Review, StageChange
from apps.consultations.models.team import TeamMember
from apps.consultations.models.topics import Fact, Topic

__all__ = [
    "UNREADY",
    "Consultation",
    "ConsultationMap",
    "DeadlineChange",
    "Document",
    "DocumentVersion",
    "DraftComment",
    "EnglishText",
    "Fact",
    "HearingInvitation",
    "HearingParty",
    "HearingTerms",
    "MapFeature",
    "Meeting",
    "MeetingSignUp",
    "Phase",
    "PhaseNote",
    "ProposalVersion",
    "Review",
    "StageChange",
    "Stoppable",
    "TeamMember",
    "Topic",
]
