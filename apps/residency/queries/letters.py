"""Letters with codes: whose they are, how many went where, and which of them wait or are too old."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.accounts.enums import HeldSubject
from apps.accounts.models import User
from apps.accounts.queries import has_confirmed_address, held_ids
from apps.common.errors import DomainError
from apps.common.permissions import may
from apps.municipality.models import District
from apps.municipality.queries import district_of_postal_code
from apps.residency.engine.addresses import RegisteredAddress
from apps.residency.engine.person_keys import address_key, name_address_key
from apps.residency.enums import OPEN_LETTERS, LetterStatus, ResidencyStatus
from apps.residency.errors import AddressNotConfirmed, AlreadyResident, WaitsForColleague
from apps.residency.models import Letter, LetterBatch, Residency
from apps.residency.queries.residencies import open_residency, runs_out_soon

A_YEAR = timedelta(days=365)
UNPOSTED = timedelta(days=30)
KEPT_ENDED = timedelta(days=396)
MOST_CLEARED = 500
MOST_LISTED = 100


def latest_letter(person: User) -> Letter | None:
    """Return the letter that the person asked for last, or None."""
    return Letter.objects.filter(person=person).order_by("-requested_at", "-pk").first()


def why_not_verify_now(person: User, *, at: datetime) -> DomainError | None:
    """Return why the person cannot verify themselves by a letter at this moment, or None."""
    if not has_confirmed_address(person):
        return AddressNotConfirmed()
    residency = open_residency(person.pk)
    if residency is None or residency.expires_at <= at or runs_out_soon(residency, at=at):
        return None
    return WaitsForColleague() if residency.status == ResidencyStatus.PROPOSED else AlreadyResident()


def district_of_home(home: RegisteredAddress) -> District | None:
    """Return the district that the register names, else the one of the postal code, else None."""
    named = District.objects.filter(name__iexact=home.district).first() if home.district else None
    return named or district_of_postal_code(home.postal_code)


def letters_asked_for(person: User, *, at: datetime) -> int:
    """Return how many letters the person asked for within a year, whatever became of them."""
    return Letter.objects.filter(person=person, requested_at__gt=at - A_YEAR).count()


def letters_to_address(address: str, *, at: datetime) -> int:
    """Return how many letters to an address were asked for within a year, whatever became of them and of the secret."""
    keys = [address_key(address, secret) for secret in settings.PERSON_KEYS.values()]
    return Letter.objects.filter(address_key__in=keys, requested_at__gt=at - A_YEAR).count()


def visible_letters(viewer: Any) -> "QuerySet[Letter]":
    """Return the letters that an official can read, of others; nobody else reads any. Pair: `why_not_cancel_letter`."""
    if not may("residency.open_desk", viewer):
        return Letter.objects.none()
    return Letter.objects.exclude(person=viewer).select_related("person", "district")


@dataclass(frozen=True, kw_only=True)
class WaitingLetter:
    """A letter that waits to be printed, with what an official must know of it."""

    letter: Letter
    to_address: int
    doubles: list[Residency]
    is_asked_twice: bool


def waiting_letters(*, at: datetime, batch: LetterBatch | None = None) -> list[WaitingLetter]:
    """Return the letters that wait and stand in no batch, or in this one, oldest first; at most 100."""
    rows = Letter.objects.filter(status=LetterStatus.REQUESTED, batch=batch).select_related("person", "district")
    letters = list(rows.order_by("requested_at", "pk")[:MOST_LISTED])
    places = {letter.pk: _keys_of(letter) for letter in letters}
    sent = _sent_to({key for to_address, _named in places.values() for key in to_address}, at)
    doubles = _doubles_at({key for _to_address, named in places.values() for key in named})
    asked = Counter(letter.name_address_key for letter in letters)
    return [
        WaitingLetter(
            letter=letter,
            to_address=sum(sent[key] for key in places[letter.pk][0]),
            doubles=[row for row in doubles if row.name_address_key in places[letter.pk][1] and _is_other(row, letter)],
            is_asked_twice=asked[letter.name_address_key] > 1,
        )
        for letter in letters
    ]


def doubles_of_letter(letter: Letter) -> list[Residency]:
    """Return the residencies of other accounts for the name and address of a letter that waits, newest first."""
    return [row for row in _doubles_at(_keys_of(letter)[1]) if _is_other(row, letter)]


def count_waiting_letters() -> int:
    """Return how many letters wait and stand in no batch."""
    return Letter.objects.filter(status=LetterStatus.REQUESTED, batch=None).count()


def unposted_batches() -> "QuerySet[LetterBatch]":
    """Return the batches with letters that were not posted yet, oldest first; `letter_count` says how many."""
    waiting = Count("letters", filter=Q(letters__status=LetterStatus.REQUESTED))
    batches = LetterBatch.objects.filter(posted_at=None).annotate(letter_count=waiting).filter(letter_count__gt=0)
    return batches.select_related("made_by").order_by("made_at", "pk")


def batch_by_id(batch_id: int) -> LetterBatch | None:
    """Return a batch; `letter_count` says how many of it were posted, `lacks_codes` whether one has no code."""
    waiting = Letter.objects.filter(batch=OuterRef("pk"), status=LetterStatus.REQUESTED)
    posted = Count("letters", filter=Q(letters__posted_at__isnull=False))
    rows = LetterBatch.objects.annotate(letter_count=posted, lacks_codes=Exists(waiting.filter(code_hash="")))
    return rows.select_related("made_by", "posted_by").filter(pk=batch_id).first()


def letters_to_clear(*, at: datetime) -> tuple[list[Letter], list[Letter]]:
    """Return the letters that nobody posted in thirty days, and those that ended thirteen months ago; none held."""
    waiting = Letter.objects.filter(status=LetterStatus.REQUESTED, requested_at__lt=at - UNPOSTED)
    before = at - KEPT_ENDED
    late = Q(status=LetterStatus.POSTED, expires_at__lt=before)
    ended = Letter.objects.filter(late | Q(closed_at__lt=before) & ~Q(status__in=OPEN_LETTERS))
    return _without_held(waiting), _without_held(ended)


def _without_held(rows: "QuerySet[Letter]") -> list[Letter]:
    letters = list(rows.select_related("person").order_by("requested_at", "pk")[:MOST_CLEARED])
    held = held_ids(HeldSubject.PERSON, [letter.person_id for letter in letters])
    return [letter for letter in letters if letter.person_id not in held]


def _keys_of(letter: Letter) -> tuple[set[str], set[str]]:
    """Return the keys of a waiting letter's address, and of the name at it, under every known secret."""
    address, secrets = f"{letter.address}, {letter.postal_line}", settings.PERSON_KEYS.values()
    to_address = {address_key(address, secret) for secret in secrets} | {letter.address_key}
    named = {name_address_key(letter.name, address, secret) for secret in secrets} | {letter.name_address_key}
    return to_address, named


def _sent_to(keys: Collection[str], at: datetime) -> Counter[str]:
    rows = Letter.objects.filter(address_key__in=keys, requested_at__gt=at - A_YEAR).values_list("address_key")
    return Counter(dict(rows.annotate(letters=Count("pk")).order_by("address_key")))


def _doubles_at(keys: Collection[str]) -> Sequence[Residency]:
    rows = Residency.objects.filter(name_address_key__in=[key for key in keys if key])
    rows = rows.exclude(status=ResidencyStatus.ENDED).select_related("person", "district")
    return list(rows.order_by("-verified_at", "-pk"))


def _is_other(row: Residency, letter: Letter) -> bool:
    return row.person_id != letter.person_id
