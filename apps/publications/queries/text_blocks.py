"""Reading the texts for questions that return."""

from apps.publications.models import TextBlock


def text_blocks() -> list[TextBlock]:
    """Return all text blocks by title, also those that are no longer offered."""
    return list(TextBlock.objects.order_by("title", "pk"))


def offered_text_blocks() -> list[TextBlock]:
    """Return the text blocks that an official can use in an answer, by title."""
    return list(TextBlock.objects.filter(is_offered=True).order_by("title", "pk"))


def text_block_at(pk: int) -> TextBlock | None:
    """Return one text block, or None."""
    return TextBlock.objects.filter(pk=pk).first()
