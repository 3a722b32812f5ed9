"""Reasons the programs themselves use, and the kinds of entries about the municipality."""

from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind

MODERATED_IN_SOURCE = "moderated_in_source"
EMPTY_IN_SOURCE = "empty_in_source"

MUNICIPALITY_SET_UP = Kind("municipality.set_up", _("The municipality's name and promises were set."), frozenset())
