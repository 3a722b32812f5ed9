"""What is typed about the municipality and its rules."""

from apps.municipality.forms.crest import CrestForm
from apps.municipality.forms.facts import AccessibilityForm, BrandForm, DistrictRows, MunicipalityForm
from apps.municipality.forms.house_rules import RuleRows, RulesChangeForm, typed_rule
from apps.municipality.forms.legal_bases import LegalBasisForm
from apps.municipality.forms.proposals import ProposalsForm
from apps.municipality.forms.reasons import ReasonForm

__all__ = [
    "AccessibilityForm",
    "BrandForm",
    "CrestForm",
    "DistrictRows",
    "LegalBasisForm",
    "MunicipalityForm",
    "ProposalsForm",
    "ReasonForm",
    "RuleRows",
    "RulesChangeForm",
    "typed_rule",
]
