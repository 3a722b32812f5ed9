"""The English version of what officials write, and what is said where there is none.

On an English page each text is asked for by its thing and field. A page that shows several gives them all to
`with_english` first, which costs one query for any number of them and none in Danish.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from apps.consultations.engine.sections import ContentsLine, contents_of
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import (
    Consultation,
    Document,
    DocumentVersion,
    EnglishText,
    Fact,
    Meeting,
    Phase,
    Topic,
)
from apps.consultations.queries.consultations import facts_of, phases_of, topics_of
from apps.consultations.queries.meetings import meetings_of
from apps.consultations.queries.papers import documents_of

DANISH, ENGLISH = "da", "en"
# Why a meeting is not held whose hearing was cancelled. Each reads it in the language of the page.
WITH_THE_HEARING = _("The hearing was cancelled.")
# The fields that carry an English version. What is counted, dated or named is the same in both languages.
FIELDS: dict[type, tuple[str, ...]] = {
    Consultation: ("title", "lede", "body", "decision_note", "contact"),
    Topic: ("title", "question", "facts_source"),
    Phase: ("title",),
    Fact: ("value", "unit", "label", "source"),
    Meeting: ("title", "about", "access", "call_off_reason", "minutes"),
    DocumentVersion: ("title", "description"),
}
LONG = frozenset({"body", "about", "minutes"})
# Often the same in both languages: none of them makes a page one that is partly in Danish.
SMALL = frozenset({"value", "unit", "source", "facts_source"})


@dataclass(frozen=True)
class Said:
    """A text as a page shows it: `language` is empty where it is the page's own."""

    text: str
    html: str = ""
    language: str = ""


@dataclass(frozen=True)
class Place:
    """A text that can carry an English version. Long ones are several lines of small Markdown."""

    name: str
    of: str | Promise
    label: str | Promise
    danish: str
    limit: int
    is_long: bool


@dataclass(frozen=True)
class EnglishState:
    """What an English page says about some texts: how many are only in Danish, and whether the others are older."""

    texts: int
    missing: int
    version: int = 0
    changed_at: datetime | None = None

    @property
    def is_none(self) -> bool:
        """All of it is only in Danish."""
        return self.missing == self.texts

    @property
    def is_older(self) -> bool:
        """The Danish text was changed after the English one was written."""
        return self.changed_at is not None


def place_of(thing: Any, field: str) -> str:
    """Return the name of a text's place in its consultation.

    Phases and figures are set anew as a whole, so their places move; such a text is found again by its Danish words.
    """
    if isinstance(thing, Topic):
        return f"topic-{thing.pk}-{field}"
    if isinstance(thing, Phase):
        return f"phase-{thing.position}-{field}"
    if isinstance(thing, Fact):
        return f"fact-{thing.topic_id or 0}-{thing.position}-{field}"
    if isinstance(thing, Meeting):
        return f"meeting-{thing.number}-{field}"
    if isinstance(thing, DocumentVersion):
        return f"document-{thing.document_id}-{field}"
    return field


def with_english(*things: Any) -> None:
    """Fetch the English version of consultations and what belongs to them, where the page is in English.

    Lists are taken as what is in them, documents as their versions, and None as nothing; what has it already costs
    nothing again.
    """
    if get_language() != ENGLISH:
        return
    shown = [thing for thing in _flat(things) if "english" not in vars(thing)]
    owners = {_owner_of(thing) for thing in shown}
    imported = {owner.pk for thing in shown for owner in [_loaded_owner(thing)] if owner and owner.is_imported}
    found: dict[int, dict[str, EnglishText]] = defaultdict(dict)
    for row in EnglishText.objects.filter(consultation__in=owners - imported).order_by("pk"):
        found[row.consultation_id][row.place] = row
    for thing in shown:
        owner = _owner_of(thing)
        vars(thing)["english"] = None if owner in imported else found[owner]


def _flat(things: Iterable[Any]) -> Iterable[Any]:
    for thing in things:
        if isinstance(thing, Document):
            for version in thing.newest_first:
                version.document = thing
                yield version
        elif isinstance(thing, list):
            yield from _flat(thing)
        elif thing is not None:
            yield thing


def _owner_of(thing: Any) -> int:
    if isinstance(thing, Consultation):
        return thing.pk
    owner: int = thing.document.consultation_id if isinstance(thing, DocumentVersion) else thing.consultation_id
    return owner


def _loaded_owner(thing: Any) -> Consultation | None:
    """Return the consultation where it is known without a query."""
    if isinstance(thing, Consultation):
        return thing
    found: Consultation | None = thing._state.fields_cache.get("consultation")  # noqa: SLF001 - asking for it would fetch it
    return found


def _rows_of(thing: Any) -> dict[str, EnglishText] | None:
    """Return the English version that came with a thing or its consultation, fetched if nobody did.

    None for what was imported.
    """
    if "english" not in vars(thing):
        owner = _loaded_owner(thing)
        if owner is None or owner is thing:
            with_english(thing)
        else:
            vars(thing)["english"] = _rows_of(owner)
    rows: dict[str, EnglishText] | None = vars(thing).get("english")
    return rows


def said(thing: Any, field: str) -> Said:
    """Return the text in the language of the page, or the Danish one with its mark.

    What was imported stands in a language that nobody knows, and carries no mark.
    """
    danish, html = getattr(thing, field), getattr(thing, f"{field}_html", "")
    if _is_of_the_house(danish, field):
        return Said(str(WITH_THE_HEARING))
    if get_language() != ENGLISH or not danish or _is_number_alone(danish, field):
        return Said(danish, html)
    rows = _rows_of(thing)
    if rows is None:
        return Said(danish, html)
    row = english_text(rows, thing, field)
    return Said(row.text, row.html) if row else Said(danish, html, DANISH)


def _is_of_the_house(text: str, field: str) -> bool:
    """Tell whether nobody wrote this: it is a sentence of the house, kept in whichever language it was said."""
    if field != "call_off_reason" or not text:
        return False
    return text in {words_in(language, WITH_THE_HEARING) for language in (DANISH, ENGLISH)}


def _is_number_alone(text: str, field: str) -> bool:
    """Tell whether a figure is the same in both languages: "8" is, "7,4 mio." and "1.200" are not."""
    return field == "value" and text.isdecimal()


def words_in(language: str, words: Promise) -> str:
    """Return the words of the house in a language."""
    with override(language):
        return str(words)


def said_if_known(thing: Any, field: str) -> Said:
    """Return the same where the English version came with the thing or its consultation, else the Danish text.

    For lists in which a title is a signpost and no more: it costs no query.
    """
    owner = _loaded_owner(thing)
    if get_language() != ENGLISH or any("english" in vars(one) for one in (thing, owner) if one):
        return said(thing, field)
    danish, html = getattr(thing, field), getattr(thing, f"{field}_html", "")
    imported = owner is not None and vars(owner).get("is_imported", False)
    return Said(danish, html, "" if not danish or imported else DANISH)


def contents(consultation: Consultation) -> list[ContentsLine]:
    """Return the table of contents of the proposal in the language of the page; nothing where it needs none."""
    return contents_of(said(consultation, "body").text)


def english_text(rows: dict[str, EnglishText], thing: Any, field: str) -> EnglishText | None:
    """Return the English version of one text: that of these very words, or an older one of the same text.

    An earlier version of a document, or one that took its place, is another paper: nothing older stands for it.
    """
    danish: str = getattr(thing, field)
    row = _fitting(rows, place_of(thing, field), danish)
    return None if row and isinstance(thing, DocumentVersion) and row.danish != danish else row


def _fitting(rows: dict[str, EnglishText], place: str, danish: str) -> EnglishText | None:
    here = rows.get(place)
    if not danish or (here and here.danish == danish):
        return here if danish else None
    field = _field_of(place)
    alike = next((row for row in rows.values() if row.danish == danish and _field_of(row.place) == field), None)
    return alike or (None if place.startswith(("phase-", "fact-")) else here)


def _field_of(place: str) -> str:
    return place.rsplit("-", 1)[-1]


def english_state(*things: Any) -> EnglishState | None:
    """Return what an English page says about the texts of these things; None in Danish, and where there is no text."""
    if get_language() != ENGLISH:
        return None
    texts = [
        english_text(rows, thing, field)
        for thing in _flat(things)
        for rows in [_rows_of(thing)]
        if rows is not None
        for field in FIELDS[type(thing)]
        if getattr(thing, field) and field not in SMALL and not _is_of_the_house(getattr(thing, field), field)
    ]
    if not texts:
        return None
    older = [row for row in texts if row and row.danish_changed_at]
    return EnglishState(
        texts=len(texts),
        missing=texts.count(None),
        version=min((row.version for row in older if row.version), default=0),
        changed_at=max((row.danish_changed_at for row in older if row.danish_changed_at), default=None),
    )


def english_texts(consultation: Consultation) -> dict[str, EnglishText]:
    """Return the English version of a consultation, by place."""
    return {row.place: row for row in EnglishText.objects.filter(consultation=consultation).order_by("pk")}


def english_places(consultation: Consultation) -> list[Place]:
    """Return every text of the consultation that can carry an English version, in the order of its pages."""
    topics = topics_of(consultation)
    groups: list[tuple[str | Promise, list[Any]]] = [
        (_("The hearing"), [consultation]),
        (_("Phases"), phases_of(consultation)),
        (_("Key figures"), facts_of(consultation)),
        *((topic.title, [topic, *facts_of(consultation, topic)]) for topic in topics),
        (_("Meetings"), meetings_of(consultation)),
        (_("Documents"), [document.current for document in documents_of(consultation)]),
    ]
    return [
        _place(thing, field, group)
        for group, things in groups
        for thing in things
        for field in FIELDS[type(thing)]
        if getattr(thing, field)
        and not _is_title_of_post(consultation, thing, field)
        and not _is_number_alone(getattr(thing, field), field)
        and not _is_of_the_house(getattr(thing, field), field)
    ]


def _is_title_of_post(consultation: Consultation, thing: Any, field: str) -> bool:
    """A post's thread is called as the post is."""
    return consultation.kind == ConsultationKind.NEWS and isinstance(thing, Topic) and field == "title"


def _place(thing: Any, field: str, group: str | Promise) -> Place:
    column = type(thing)._meta.get_field(field)
    return Place(
        name=place_of(thing, field),
        of=group,
        label=column.verbose_name,
        danish=getattr(thing, field),
        limit=column.max_length or 0,
        is_long=field in LONG,
    )


def fitting_english(rows: dict[str, EnglishText], place: Place) -> EnglishText | None:
    """Return the English version that belongs to a place, older or not."""
    return _fitting(rows, place.name, place.danish)
