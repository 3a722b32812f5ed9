"""The one signal of the house."""

from django.dispatch import Signal

entry_recorded = Signal()
"""Sent after the commit of the transaction that recorded entries, with `kinds`: their names. It may be lost."""
