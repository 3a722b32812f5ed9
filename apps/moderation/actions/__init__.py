"""Claiming, deciding, erasing. The change of the contribution and its one entry are made by `discussions.actions`."""

from apps.moderation.actions.claiming import claim_contribution, release_claims_of, release_contribution
from apps.moderation.actions.deciding import Ruling, decide_contribution
from apps.moderation.actions.erasing import erase_text, forget_notes_on_cleared
from apps.moderation.actions.second_reading import give_second_reading

__all__ = [
    "Ruling",
    "claim_contribution",
    "decide_contribution",
    "erase_text",
    "forget_notes_on_cleared",
    "give_second_reading",
    "release_claims_of",
    "release_contribution",
]
