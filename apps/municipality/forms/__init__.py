"""What is typed about the municipality's rules."""

from apps.municipality.forms.legal_bases import LegalBasisForm
from apps.municipality.forms.reasons import ReasonForm

__all__ = ["LegalBasisForm", "ReasonForm"]
