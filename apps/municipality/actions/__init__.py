"""Setting up the municipality, and keeping its rules."""

from apps.municipality.actions.crest import remove_crest, set_crest
from apps.municipality.actions.house_rules import RuleText, publish_house_rules, text_of_rule
from apps.municipality.actions.legal_bases import (
    BasisText,
    add_legal_basis,
    change_legal_basis,
    resume_legal_basis,
    retire_legal_basis,
)
from apps.municipality.actions.reasons import (
    ReasonText,
    add_reason,
    change_reason,
    resume_reason,
    retire_reason,
)
from apps.municipality.actions.setting_up import (
    DistrictText,
    change_municipality,
    set_districts,
    set_up_municipality,
)

__all__ = [
    "BasisText",
    "DistrictText",
    "ReasonText",
    "RuleText",
    "add_legal_basis",
    "add_reason",
    "change_legal_basis",
    "change_municipality",
    "change_reason",
    "publish_house_rules",
    "remove_crest",
    "resume_legal_basis",
    "resume_reason",
    "retire_legal_basis",
    "retire_reason",
    "set_crest",
    "set_districts",
    "set_up_municipality",
    "text_of_rule",
]
