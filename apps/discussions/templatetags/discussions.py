"""The parts of a topic's page that this app knows how to show, for pages that compose them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import number_format

from apps.accounts.models import User
from apps.accounts.rules import is_person
from apps.common.pdf import can_make_pdf
from apps.common.permissions import may
from apps.consultations.enums import WriteAccess
from apps.discussions.engine.long_texts import LONGEST_LONG_TEXT
from apps.discussions.forms import ContributionForm, FilesForm, new_form
from apps.discussions.models import Attachment, Contribution, OutsideVoice
from apps.discussions.queries import Author, Reading, ThreadPage, ThreadRow, answering_author, place_of, terms_in
from apps.discussions.rendering import (
    ShownFile,
    article_words,
    ground_in_words,
    news_articles,
    place_words,
    reason_in_words,
    shown_as,
    shown_to_moderators,
    suggestion_rows,
    thread_blocks,
    writes_as,
)
from apps.discussions.rendering import voice_words as words_of_voice
from apps.discussions.rules import LONGEST_TEXT, usual_kind

register = template.Library()
register.simple_tag(place_words)


@register.simple_tag
def answers_as(official: User) -> Author:
    """Return how an official stands beside an answer."""
    return answering_author(official)


@register.filter
def voice_words(voice: OutsideVoice) -> str:
    """Return how and when something came that staff typed in: "Letter, came 3 May"."""
    return words_of_voice(voice)


@register.simple_tag
def file_for_moderators(attachment: Attachment) -> ShownFile:
    """Return a file beside a text as a moderator sees it."""
    return shown_to_moderators(attachment)


@register.simple_tag
def told_to_author(contribution: Contribution, at: datetime) -> dict[str, Any]:
    """Return a contribution as its author sees it, and why it is withheld or erased, in words."""
    reading = Reading(topic=contribution.topic, viewer_id=contribution.author_id, at=at)
    return {
        "article": shown_as(contribution, reading),
        "reason": reason_in_words(contribution.refusal_reason, contribution.refusal_sentence),
        "ground": ground_in_words(contribution),
    }


@register.simple_tag
def place_told(contribution: Contribution) -> str:
    """Return the place a text points to, in words, for its author and for moderators; nothing where it has none."""
    place = place_of(contribution)
    return place_words(place) if place else ""


@register.inclusion_tag("discussions/_thread.html")
def thread(page: ThreadPage, reading: Reading) -> dict[str, Any]:
    """Show a page of a thread."""
    return {"blocks": thread_blocks(page, reading), "words": article_words()}


@register.inclusion_tag("discussions/_news.html")
def news(rows: Sequence[ThreadRow], reading: Reading, position: int) -> dict[str, Any]:
    """Show what came into a thread after a ledger position."""
    return {"articles": news_articles(rows, reading), "position": position, "words": article_words()}


@register.inclusion_tag("discussions/_suggestions.html", takes_context=True)
def suggestions(context: dict[str, Any], rows: Sequence[Contribution]) -> dict[str, Any]:
    """Show suggestions, fetched with their steps, as a list."""
    return {"items": suggestion_rows(rows, context["now"]), "now": context["now"]}


@register.inclusion_tag("discussions/_waiting.html", takes_context=True)
def waiting(context: dict[str, Any], rows: Sequence[Contribution], reading: Reading) -> dict[str, Any]:
    """Show the viewer's own contributions that wait."""
    return {
        "articles": [shown_as(row, reading) for row in rows],
        "consultation": reading.topic.consultation,
        "municipality": context.get("municipality"),
    }


def _length_if_too_long(form: ContributionForm) -> str:
    """Return how long a refused text is that can be made a file here; nothing for any other."""
    length = len(str(form["body"].value() or "").strip()) if form.is_bound else 0
    if not LONGEST_TEXT < length <= LONGEST_LONG_TEXT or not can_make_pdf():
        return ""
    return number_format(length, force_grouping=True)


@register.inclusion_tag("discussions/_composer.html", takes_context=True)
def composer(  # noqa: PLR0913 - a template's arguments
    context: dict[str, Any],
    reading: Reading,
    form: ContributionForm | None = None,
    *,
    files: FilesForm | None = None,
    kept: dict[str, str] | None = None,
    is_kept: bool = False,
    refusal: str = "",
) -> dict[str, Any]:
    """Show the box to write in: with a form as it stands, or with a new one that holds what was kept."""
    topic, user = reading.topic, context.get("user")
    is_for_residents = topic.consultation.write_access == WriteAccess.RESIDENTS and reading.residence is None
    terms = terms_in(topic.consultation)
    shown = form or new_form(
        kept, kind=usual_kind(topic.consultation), places=reading.places, terms=terms, at=reading.at
    )
    return {
        "form": shown,
        "files": files or FilesForm(),
        "files_lost": shown.initial.get("files") == "lost",
        "is_guest": not is_person(user),
        "has_text": bool(shown["body"].value()),
        "too_long": _length_if_too_long(shown),
        "pause": reading.pause,
        "wait": reading.wait,
        "now": reading.at,
        "map_url": reverse("consultations:map-download", args=[topic.consultation.slug]) if reading.places else "",
        "action": reverse("discussions:contribution-submit", args=[topic.consultation.slug, topic.slug]),
        "is_kept": is_kept or bool(kept),
        "refusal": refusal,
        "can_verify": is_for_residents and may("residency.verify_oneself", user),
        "writes_as": writes_as(reading, user),
        "publishes_first": topic.consultation.publishes_first,
        "municipality": context.get("municipality"),
    }
