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

__all__ = [
    "NEEDED",
    "AppealDecisionForm",
    "AppealForm",
    "BrakeForm",
    "DecisionForm",
    "ErasureForm",
    "OneSentence",
    "PeriodForm",
    "ReportForm",
    "SettleForm",
    "StaffForm",
]
