"""Letters with codes: asking for one, calling it off, and clearing away what is left of old ones."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_citizen, as_official
from apps.common.names import why_not_a_name
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.ledger.models import Actor
from apps.municipality.models import Municipality
from apps.municipality.queries import the_municipality
from apps.residency.actions.doubles import compare_in_turn
from apps.residency.engine.addresses import RegisteredAddress
from apps.residency.engine.codes import TRIES
from apps.residency.enums import LETTER_CANCELLED, LETTER_REQUESTED, LETTERS_CLEARED, OPEN_LETTERS, LetterStatus
from apps.residency.errors import (
    LetterEnded,
    LetterUnderWay,
    TooManyLettersToAddress,
    TooManyLettersToPerson,
    UnfitLetterName,
)
from apps.residency.models import Letter, LetterBatch
from apps.residency.queries import (
    KEPT_ENDED,
    address_keys,
    district_of_home,
    letters_asked_for,
    letters_to_address,
    letters_to_clear,
    why_not_verify_now,
)

LETTERS_A_YEAR = 4
# What a letter holds of a person, once it is no longer needed.
EMPTY = {"name": "", "address": "", "postal_line": "", "code_hash": ""}


@transaction.atomic
def request_letter(*, name: str, home: RegisteredAddress, by: User, at: datetime) -> Letter:
    """Let a letter with a code wait to be printed, to that name at a home that was found in the register.

    The rule of the cap is the municipality's: so many letters to one address within a year, whatever became of them.
    Raises NotAllowed, AddressNotConfirmed, AlreadyResident, WaitsForColleague, UnfitLetterName, LetterUnderWay,
    TooManyLettersToPerson, TooManyLettersToAddress.
    """
    require("residency.verify_oneself", by)
    shown = _name_for_envelope(name)
    # Two requests of one person, or to one address, take turns.
    User.objects.select_for_update().get(pk=by.pk)
    list(Municipality.objects.select_for_update().values_list("pk"))
    in_the_way = why_not_verify_now(by, at=at)
    if in_the_way is not None:
        raise in_the_way
    _end_dead(by, at=at)
    if Letter.objects.filter(person=by, status__in=OPEN_LETTERS).exists():
        raise LetterUnderWay
    if letters_asked_for(by, at=at) >= LETTERS_A_YEAR:
        raise TooManyLettersToPerson(LETTERS_A_YEAR)
    if letters_to_address(str(home), at=at) >= the_municipality().letters_per_address:
        raise TooManyLettersToAddress
    to_address, named = address_keys(shown, str(home))
    compare_in_turn(named)
    letter = Letter.objects.create(
        person=by,
        name=shown,
        address=home.line,
        postal_line=home.postal_line,
        district=district_of_home(home),
        address_key=to_address,
        name_address_key=named[0],
        requested_at=at,
    )
    record(LETTER_REQUESTED, subject=letter, by=as_citizen(by), at=at)
    return letter


@transaction.atomic
def cancel_own_letter(*, letter: Letter, by: User, at: datetime) -> bool:
    """Call off one's own letter; answer False when it had ended, or is somebody else's."""
    return letter.person_id == by.pk and _cancel(letter, by=as_citizen(by), at=at)


def end_needless_letters(*, person: User, by: Actor, at: datetime) -> int:
    """Call off what is under way to somebody who showed otherwise where they live; answer how many. For this app."""
    under_way = Letter.objects.filter(person=person, status__in=OPEN_LETTERS)
    return sum(_cancel(letter, by=by, at=at) for letter in under_way)


@transaction.atomic
def cancel_letter(*, letter: Letter, sentence: str, by: User, at: datetime) -> None:
    """Call off somebody's letter with a sentence that they read. Raises NotAllowed, LetterEnded."""
    require("residency.cancel_letter", by, letter)
    if not _cancel(letter, by=as_official(by), at=at, sentence=sentence, who=by):
        raise LetterEnded


@transaction.atomic
def clear_letters(*, at: datetime, by: Actor = THE_SYSTEM, dry_run: bool = False) -> int:
    """Take away what is too old, and answer how many letters that is.

    A letter that nobody posted within thirty days is cancelled, and loses name and address. One that ended more than
    thirteen months ago goes: the cap on letters to one address looks back twelve. A hold on the person overrides both.
    """
    unposted, old = letters_to_clear(at=at)
    count = len(unposted) + len(old)
    if dry_run or not count:
        return count
    record(LETTERS_CLEARED, subject=(unposted or old)[0], by=by, at=at, facts={"count": count})
    for letter in unposted:
        with override(letter.person.language):
            sentence = _("The letter was not posted within thirty days. Ask for a new one.")
        _cancel(letter, by=by, at=at, sentence=sentence)
    Letter.objects.filter(pk__in=[letter.pk for letter in old]).delete()
    LetterBatch.objects.filter(letters=None, made_at__lt=at - KEPT_ENDED).delete()
    return count


def _name_for_envelope(name: str) -> str:
    shown = " ".join(name.split())
    sentence = why_not_a_name(shown)
    if sentence is not None:
        raise UnfitLetterName(sentence)
    return shown


def _end_dead(person: User, *, at: datetime) -> None:
    """Close the person's letters that can no longer be used."""
    posted = Letter.objects.filter(person=person, status=LetterStatus.POSTED)
    posted.filter(tries__gte=TRIES).update(status=LetterStatus.LOCKED, closed_at=at, code_hash="")
    posted.filter(expires_at__lte=at).update(status=LetterStatus.EXPIRED, closed_at=at, code_hash="")


@transaction.atomic
def _cancel(letter: Letter, *, by: Actor, at: datetime, sentence: str = "", who: User | None = None) -> bool:
    standing = Letter.objects.filter(pk=letter.pk, status__in=OPEN_LETTERS)
    facts = {"status": LetterStatus.CANCELLED, "closed_at": at, "sentence": sentence, "cancelled_by": who}
    cancelled = standing.update(**facts, **EMPTY)
    if cancelled:
        record(LETTER_CANCELLED, subject=letter, by=by, at=at)
    return bool(cancelled)
