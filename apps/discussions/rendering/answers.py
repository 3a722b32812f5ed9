"""The lines that lead from an answer to what it answers or corrects, and back."""

from collections.abc import Callable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.discussions.queries import Links

Address = Callable[[int], str]
"""Returns the address that leads to a number for ever."""


def answer_links(links: Links | None, link: Address) -> list[SafeString]:
    """Return what stands with an article about answers to it, and with an answer about what it answers."""
    if links is None:
        return []
    corrects = [] if links.corrects is None else [links.corrects]
    corrected_by = [] if links.corrected_by is None else [links.corrected_by]
    lines = [
        (links.answers, ngettext("Answers no. %(numbers)s", "Answers nos. %(numbers)s", len(links.answers))),
        (corrects, _("Corrects no. %(numbers)s")),
        (corrected_by, _("Corrected by no. %(numbers)s. What stands here no longer counts.")),
        (
            links.answered_by,
            ngettext("Answered by no. %(numbers)s", "Answered by nos. %(numbers)s", len(links.answered_by)),
        ),
    ]
    return [_line(words, numbers, link) for numbers, words in lines if numbers]


def _line(words: str, numbers: Sequence[int], link: Address) -> SafeString:
    before, _mark, after = (words % {"numbers": "\0"}).partition("\0")
    linked = format_html_join(", ", '<a href="{}">{}</a>', ((link(number), number) for number in numbers))
    return format_html("{}{}{}", before, linked, after)
