"""Screening a text by the lists as they are now, and what the pages of the lists show."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.common.identity_numbers import find_identity_numbers
from apps.common.permissions import may
from apps.municipality.queries import the_municipality
from apps.screening.engine.capitals import find_capitals
from apps.screening.engine.contacts import find_contacts
from apps.screening.engine.duplicates import SIMILAR, bands_of, likeness
from apps.screening.engine.findings import Finding
from apps.screening.engine.hidden_characters import find_hidden_characters
from apps.screening.engine.links import find_links
from apps.screening.engine.name_index import Listed
from apps.screening.engine.names import find_names
from apps.screening.engine.profanity import find_profanity
from apps.screening.engine.speed import find_speed
from apps.screening.engine.tokens import tokens_of
from apps.screening.enums import HOLDS, NUDGES, Flag
from apps.screening.models import (
    ListedWord,
    ProtectedEmployee,
    SignatureBand,
    TextFlag,
    TextScreening,
    TextSignature,
)

ENDED_EMPLOYEES_KEPT = timedelta(days=400)
MOST_WORDS = 5
MOST_LEADERS = 200
MOST_COMPARED = 500
MOST_SIMILAR = 50


class Screening(NamedTuple):
    """What was noticed about one text, in the order of the text."""

    findings: tuple[Finding, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags, each once, in the order they are declared."""
        raised = {finding.flag for finding in self.findings}
        return tuple(flag for flag in Flag if flag in raised)

    @property
    def holds(self) -> bool:
        """The text waits for a moderator also where the consultation publishes first."""
        return not HOLDS.isdisjoint(self.flags)

    @property
    def nudges(self) -> bool:
        """The author is asked once before sending."""
        return not NUDGES.isdisjoint(self.flags)


class Similar(NamedTuple):
    """A text of the same consultation that is much like another, and how much, from 0.7 to 1."""

    subject_id: int
    likeness: float


def screen(
    text: str, *, at: datetime, opened_at: datetime | None = None, sent_before: Iterable[datetime] = ()
) -> Screening:
    """Return what the detectors notice about a text as it was sent, before it is cleaned. Decides nothing.

    `opened_at` is when its form was opened, `sent_before` when its author sent other texts; without them speed is not
    judged. What it is much like is found later, by the signature that a sweep remembers: see `alike`.
    """
    findings = [
        *look(text, at=at),
        *find_speed(len(text), at=at, opened_at=opened_at, sent_before=sent_before),
    ]
    return Screening(tuple(sorted(findings, key=lambda one: (one.start, one.end))))


class Lists(NamedTuple):
    """The lists that texts are screened by, as they are at one moment."""

    people: tuple[Listed, ...]
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """What stands for these lists beside a text: another one as soon as they hold anything else."""
        return _key_of(self)


@lru_cache(maxsize=1)
def _key_of(lists: Lists) -> str:
    """The same lists are summed up once a process."""
    return blake2b(repr(lists).encode(), digest_size=16).hexdigest()


class Looked(NamedTuple):
    """A text that was looked at, by which lists, and what was noticed."""

    text: str
    lists: Lists
    findings: tuple[Finding, ...]


def lists_at(at: datetime) -> Lists:
    """Return the lists as they are at that moment, in two queries."""
    return Lists(people=listed_people(at=at), words=listed_words())


def look(text: str, *, at: datetime) -> tuple[Finding, ...]:
    """Return what the words of a text tell by themselves, from first to last: what the author can be asked about."""
    return look_by(lists_at(at), text).findings


def look_by(lists: Lists, text: str) -> Looked:
    """Return the same by lists that were read before."""
    tokens = tokens_of(text)
    numbers = [Finding(Flag.IDENTITY_NUMBER, *span) for span in find_identity_numbers(text)]
    municipality = the_municipality()
    findings = [
        *find_names(tokens, lists.people),
        *numbers,
        *(
            finding
            for finding in find_contacts(text, except_for=(municipality.phone, municipality.email))
            if not any(finding.start < number.end and number.start < finding.end for number in numbers)
        ),
        *find_links(text, own_hosts=_own_hosts()),
        *find_capitals(text),
        *find_profanity(text, tokens, lists.words),
        *find_hidden_characters(text),
    ]
    return Looked(text, lists, tuple(sorted(findings, key=lambda one: (one.start, one.end))))


def noticed_in(subject_id: int, *, version: int, text: str, at: datetime) -> tuple[Finding, ...]:
    """Return what was noticed in that version of a text when it was screened, from first to last.

    One that was never screened, as what was published where it was imported from, is looked at now.
    """
    screening = TextScreening.objects.filter(subject_id=subject_id, version=version).prefetch_related("flags").first()
    if screening is None:
        return look(text, at=at)
    found = (Finding(Flag(row.flag), row.start, row.end, row.detail) for row in screening.flags.all())
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.flag)))


def flags_of(subject_ids: Collection[int]) -> dict[int, tuple[Flag, ...]]:
    """Return the flags of these texts, each once and in the order they are declared. One query."""
    rows = TextFlag.objects.filter(screening__subject_id__in=subject_ids).values_list("screening__subject_id", "flag")
    raised: dict[int, set[str]] = defaultdict(set)
    for subject_id, flag in rows.distinct():
        raised[subject_id].add(flag)
    return {subject_id: tuple(flag for flag in Flag if flag in found) for subject_id, found in raised.items()}


def flagged(subject: str = "pk") -> Exists:
    """Return the condition that something was noticed in a text; `subject` is where a row has the text's id."""
    return Exists(TextFlag.objects.filter(screening__subject_id=OuterRef(subject)))


def screened_by(lists: Lists, subject: str = "pk", version: str = "version") -> Exists:
    """Return the condition that a text was screened by these lists as it stands."""
    rows = TextScreening.objects.filter(subject_id=OuterRef(subject), version=OuterRef(version))
    return Exists(rows.filter(lists=lists.key))


def _own_hosts() -> tuple[str, ...]:
    return tuple(host.lstrip(".").lower() for host in settings.ALLOWED_HOSTS if host != "*")


def listed_people(*, at: datetime) -> tuple[Listed, ...]:
    """Return everybody on the register in force at that moment, as the detector takes them, in one query.

    The rows are read each time: what the detector prepares for a list it keeps by the list itself, so nothing of it
    can be out of date.
    """
    rows = in_force(at).order_by("pk").values_list("pk", "name", "spellings", "department", "title", "is_elected")
    return tuple(
        Listed(pk, name, tuple(spellings.splitlines()), department, title, is_elected)
        for pk, name, spellings, department, title, is_elected in rows
    )


def listed_words() -> tuple[str, ...]:
    """Return the coarse words that are looked for."""
    return tuple(ListedWord.objects.filter(is_active=True).order_by("pk").values_list("word", flat=True))


def in_force(at: datetime) -> "QuerySet[ProtectedEmployee]":
    """Return the rows of the register in force at that moment, unordered."""
    begun = ProtectedEmployee.objects.filter(active_from__lte=at)
    return begun.filter(Q(active_until=None) | Q(active_until__gt=at))


def alike(subject_id: int) -> list[Similar]:
    """Return at most 50 remembered texts of the same consultation that are much like this one, the most alike first.

    None for a text that has no signature. Read from stored signatures alone, in four queries at most, whatever the
    consultation holds: nothing here loads the library that makes them.
    """
    row = TextSignature.objects.filter(subject_id=subject_id).first()
    if row is None:
        return []
    found = similar_signatures(bytes(row.signature), consultation_id=row.consultation_id)
    return [other for other in found if other.subject_id != subject_id]


def similar_signatures(signature: bytes, *, consultation_id: int) -> list[Similar]:
    """Return at most 50 remembered texts of the consultation whose signature is much like this, most alike first.

    Of a letter that thousands sent, the first 500 are compared.
    """
    leaders = [leader.pk for leader, _alike in leaders_like(signature, consultation_id=consultation_id)]
    if not leaders:
        return []
    group = TextSignature.objects.filter(Q(pk__in=leaders) | Q(leader__in=leaders)).order_by("pk")
    rows = group.values_list("subject_id", "signature")[:MOST_COMPARED]
    found = (Similar(pk, likeness(signature, bytes(other))) for pk, other in rows)
    similar = sorted((one for one in found if one.likeness >= SIMILAR), key=lambda one: (-one.likeness, one.subject_id))
    return similar[:MOST_SIMILAR]


def leaders_like(signature: bytes, *, consultation_id: int) -> list[tuple[TextSignature, float]]:
    """Return the remembered texts with bands of their own that are much like this, the most alike first."""
    sharing = SignatureBand.objects.filter(consultation_id=consultation_id, value__in=bands_of(signature))
    ids = sharing.order_by("signature_id").values_list("signature_id", flat=True).distinct()[:MOST_LEADERS]
    rows = TextSignature.objects.in_bulk(list(ids)).values()
    found = ((row, likeness(signature, bytes(row.signature))) for row in rows)
    return sorted((one for one in found if one[1] >= SIMILAR), key=lambda one: (-one[1], one[0].pk))


# ---------------------------------------------------------------- the pages of the lists


def visible_employees(viewer: Any) -> "QuerySet[ProtectedEmployee]":
    """Return the register for those who keep it, unordered. Pair: `rules.why_not_edit_employees`."""
    rows = ProtectedEmployee.objects.all()
    return rows if may("screening.edit_employees", viewer) else rows.none()


def listed_employees(viewer: Any, *, words: str = "", after: int | None = None) -> "QuerySet[ProtectedEmployee]":
    """Return the register by name, behind the row of the id `after`; words are looked for in names and departments."""
    rows = visible_employees(viewer)
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word, "name", "spellings", "department", "title"))
    key = ProtectedEmployee.objects.filter(pk=after).first() if after else None
    if key is not None:
        rows = rows.filter(Q(name__gt=key.name) | Q(name=key.name, pk__gt=key.pk))
    return rows.order_by("name", "pk")


def employees_to_forget(*, at: datetime) -> "QuerySet[ProtectedEmployee]":
    """Return the rows of the register that have been out of force for as long as they are kept, unordered."""
    return ProtectedEmployee.objects.filter(active_until__lt=at - ENDED_EMPLOYEES_KEPT)


def names_in_force(at: datetime) -> frozenset[str]:
    """Return the names that are on the register and in force, in small letters."""
    return frozenset(name.casefold() for name in in_force(at).values_list("name", flat=True))


def visible_words(viewer: Any) -> "QuerySet[ListedWord]":
    """Return the list of coarse words for those who keep it, unordered. Pair: `rules.why_not_edit_words`."""
    rows = ListedWord.objects.all()
    return rows if may("screening.edit_words", viewer) else rows.none()


def listed_words_for(viewer: Any, *, words: str = "", after: int | None = None) -> "QuerySet[ListedWord]":
    """Return the words by alphabet, behind the row of the id `after`."""
    rows = visible_words(viewer)
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word, "word"))
    key = ListedWord.objects.filter(pk=after).first() if after else None
    if key is not None:
        rows = rows.filter(Q(word__gt=key.word) | Q(word=key.word, pk__gt=key.pk))
    return rows.order_by("word", "pk")


def _holds(word: str, *columns: str) -> Q:
    """SQLite folds the case of plain letters only, so æ, ø and å are tried in both."""
    found = Q()
    for column in columns:
        for form in {word, word.lower(), word.capitalize()}:
            found |= Q(**{f"{column}__icontains": form})
    return found
