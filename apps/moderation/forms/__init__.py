"""What moderators, reporters and authors send."""

from apps.moderation.forms.by_letter import AppealLetterForm
from apps.moderation.forms.cases import AppealDecisionForm, AppealForm, ReportForm, SettleForm, StaffForm
from apps.moderation.forms.deciding import (
    NEEDED,
    BrakeForm,
    DecisionForm,
    ErasureForm,
    OneSentence,
    PeriodForm,
)
from apps.moderation.forms.files import FileHoldForm
from apps.moderation.forms.pausing import PauseAppealDecisionForm, PauseForm

__all__ = [
    "NEEDED",
    "AppealDecisionForm",
    "AppealForm",
    "AppealLetterForm",
    "BrakeForm",
    "DecisionForm",
    "ErasureForm",
    "FileHoldForm",
    "OneSentence",
    "PauseAppealDecisionForm",
    "PauseForm",
    "PeriodForm",
    "ReportForm",
    "SettleForm",
    "StaffForm",
]
