"""What officials type about a consultation, its phases, topics, figures, papers and meetings."""

from apps.consultations.forms.box import BoxForm
from apps.consultations.forms.copying import CopyForm
from apps.consultations.forms.documents import (
    DocumentForm,
    DocumentReplaceForm,
    HoldForm,
    NewDocumentForm,
)
from apps.consultations.forms.english import EnglishForm
from apps.consultations.forms.legal import ExtensionForm, LegalTermsForm
from apps.consultations.forms.maps import (
    DrawnForm,
    MapFileForm,
    MapTextForm,
    PointRows,
    point_as_typed,
)
from apps.consultations.forms.meetings import (
    MOST_PLACES,
    CallOffForm,
    MeetingForm,
    MinutesForm,
    NewMeetingForm,
    SignUpForm,
    meeting_as_typed,
)
from apps.consultations.forms.news import NewNewsForm, NewsForm
from apps.consultations.forms.outline import (
    MOST_FACTS,
    MOST_PHASES,
    FactForm,
    FactRows,
    NewTopicForm,
    PhaseForm,
    PhaseRows,
    TopicForm,
    phase_days,
)
from apps.consultations.forms.parties import AnswerForm, InvitationForm, PartyForm, PartyTableForm
from apps.consultations.forms.review import CancelForm, CommentForm, StageForm
from apps.consultations.forms.team import TeamMemberForm, TeamRoleForm
from apps.consultations.forms.texts import (
    ConsultationForm,
    NewConsultationForm,
    RevisionForm,
)

__all__ = [
    "MOST_FACTS",
    "MOST_PHASES",
    "MOST_PLACES",
    "AnswerForm",
    "BoxForm",
    "CallOffForm",
    "CancelForm",
    "CommentForm",
    "ConsultationForm",
    "CopyForm",
    "DocumentForm",
    "DocumentReplaceForm",
    "DrawnForm",
    "EnglishForm",
    "ExtensionForm",
    "FactForm",
    "FactRows",
    "HoldForm",
    "InvitationForm",
    "LegalTermsForm",
    "MapFileForm",
    "MapTextForm",
    "MeetingForm",
    "MinutesForm",
    "NewConsultationForm",
    "NewDocumentForm",
    "NewMeetingForm",
    "NewNewsForm",
    "NewTopicForm",
    "NewsForm",
    "PartyForm",
    "PartyTableForm",
    "PhaseForm",
    "PhaseRows",
    "PointRows",
    "RevisionForm",
    "SignUpForm",
    "StageForm",
    "TeamMemberForm",
    "TeamRoleForm",
    "TopicForm",
    "meeting_as_typed",
    "phase_days",
    "point_as_typed",
]
