"""The English version: written beside the Danish text, which counts, and known to be older when that changes."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.common.permissions import require
from apps.common.richtext import clean, one_line, to_html
from apps.consultations.actions.telling import tell
from apps.consultations.engine.sections import proposal_html
from apps.consultations.enums import CONSULTATION_TRANSLATED
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.models import Consultation, EnglishText, Topic
from apps.consultations.queries import Place, english_places, english_texts, fitting_english

# The texts of which each version of the proposal is made.
OF_A_VERSION = frozenset({"title", "lede", "body"})


@transaction.atomic
def translate_consultation(  # noqa: PLR0913 - what an official saves
    *,
    consultation: Consultation,
    texts: Mapping[str, str],
    still_right: Collection[str] = (),
    revision: int | None = None,
    by: User,
    at: datetime,
) -> bool:
    """Keep the English version of these texts, by place; answer False when nothing differs.

    An empty text takes the English version away, and what is not given stays, as does that of merged topics.
    `still_right` are places whose English fits the Danish text as it was changed since. In a draft it is part of what a
    colleague approves (`draft_state`): everyone will read it in the municipality's name, so a change of it asks for a
    review again. Raises NotAllowed, ChangedMeanwhile when a colleague has saved since.
    """
    require("consultations.edit_consultation", by, consultation)
    standing = Consultation.objects.select_for_update().get(pk=consultation.pk)
    places, stored, ended = english_places(standing), english_texts(standing), _of_merged(standing)
    apart = [row.pk for row in stored.values() if row.place.startswith(ended)]
    kept = [
        row
        for place in places
        if (row := _row(standing, place, fitting_english(stored, place), texts, place.name in still_right, at))
    ]
    if {_content(row) for row in kept} == {_content(row) for row in stored.values() if row.pk not in apart}:
        return False
    if revision is not None and revision != standing.english_revision:
        raise ChangedMeanwhile
    EnglishText.objects.filter(consultation=standing).exclude(pk__in=apart).delete()
    EnglishText.objects.bulk_create(kept)
    consultation.english_revision = standing.english_revision + 1
    consultation.save(update_fields=["english_revision"])
    version = standing.proposal_version
    texts_now = len(kept) + len(apart)
    tell(kind=CONSULTATION_TRANSLATED, consultation=consultation, by=by, at=at, texts=texts_now, version=version)
    return True


def _of_merged(consultation: Consultation) -> tuple[str, ...]:
    """Return how the places of topics begin that were merged into another: their pages stay, and say what they said."""
    merged = Topic.objects.filter(consultation=consultation).exclude(merged_into=None)
    return tuple(f"topic-{pk}-" for pk in merged.order_by("pk").values_list("pk", flat=True))


def _row(  # noqa: PLR0913, PLR0917 - what decides of one text
    consultation: Consultation,
    place: Place,
    before: EnglishText | None,
    texts: Mapping[str, str],
    is_right: bool,  # noqa: FBT001
    at: datetime,
) -> EnglishText | None:
    """Return the row that is kept for a place, not saved; None for a text without an English version."""
    given = texts.get(place.name)
    text = (before.text if before else "") if given is None else _cleaned(given, place)
    if not text:
        return None
    if before and before.text == text and not (is_right and before.danish != place.danish):
        version, written_at, danish = before.version, before.written_at, before.danish
        changed_at = before.danish_changed_at
    else:
        version = consultation.proposal_version if place.name in OF_A_VERSION else 0
        written_at, danish, changed_at = at, place.danish, None
    return EnglishText(
        consultation=consultation,
        place=place.name,
        danish=danish,
        text=text,
        html=_html(text, place),
        version=version,
        written_at=written_at,
        danish_changed_at=changed_at,
    )


def _cleaned(text: str, place: Place) -> str:
    return clean(text).strip() if place.is_long else one_line(text)


def _html(text: str, place: Place) -> str:
    if not place.is_long:
        return ""
    return proposal_html(text) if place.name == "body" else to_html(text)


def _content(row: EnglishText) -> tuple[str, str, str]:
    return row.place, row.danish, row.text


def note_danish(*, consultation: Consultation, at: datetime) -> None:
    """Mark what is older in English than the Danish text as it stands now, and take the mark from what fits again.

    A title, lede or proposal that fits belongs to the version in force. For the actions that change Danish texts, under
    their lock; without an English version it costs one query.
    """
    rows = english_texts(consultation)
    if not rows:
        return
    standing = Consultation.objects.get(pk=consultation.pk)
    for place in english_places(standing):
        row = rows.get(place.name)
        if row is None:
            continue
        fits = row.danish == place.danish
        row.danish_changed_at = None if fits else row.danish_changed_at or at
        if fits and place.name in OF_A_VERSION:
            row.version = standing.proposal_version
    EnglishText.objects.bulk_update(rows.values(), ["danish_changed_at", "version"])
