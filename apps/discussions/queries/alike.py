"""Which of some texts may be about the same thing as one: a help for whoever reads them, which decides nothing."""

from collections.abc import Iterable

from apps.discussions.engine.similar import are_similar, stems_of


def sharing_words(text: str, others: Iterable[tuple[int, str]]) -> list[int]:
    """Return the keys of those of these texts that share so many words with a text that they may be about the same."""
    stems = stems_of(text)
    return [key for key, body in others if are_similar(stems, stems_of(body))] if stems else []
