"""What moderators, reporters and authors send."""

from apps.moderation.forms.cases import AppealDecisionForm, AppealForm, ReportForm, SettleForm, StaffForm
from apps.moderation.forms.deciding import (
    NEEDED,
    BrakeForm,
    DecisionForm,
    ErasureForm,
    OneSentence,
    PeriodForm,
)
from apps.moderation.forms.pausing import PauseAppealDecisionForm, PauseForm

__all__ = [
    "NEEDED",
    "AppealDecisionForm",
    "AppealForm",
    "BrakeForm",
    "DecisionForm",
    "ErasureForm",
    "OneSentence",
    "PauseAppealDecisionForm",
    "PauseForm",
    "PeriodForm",
    "ReportForm",
    "SettleForm",
    "StaffForm",
]
