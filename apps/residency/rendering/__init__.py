"""What becomes a part of a page, and letters on paper."""

from apps.residency.rendering.letters import letters_as_pdf, letters_as_table, why_no_pdf
from apps.residency.rendering.standing import Standing, State, standing_of

__all__ = ["Standing", "State", "letters_as_pdf", "letters_as_table", "standing_of", "why_no_pdf"]
