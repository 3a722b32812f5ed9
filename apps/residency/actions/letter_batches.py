"""What officials do with letters that wait: choose, print, post."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from apps.accounts.actions import note_look_up
from apps.accounts.enums import LookUpReason
from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.ledger.actions import record
from apps.residency.engine.codes import DAYS_VALID, CodedLetter, hashed, new_code
from apps.residency.enums import LETTERS_POSTED, LETTERS_PRINTED, LetterStatus
from apps.residency.errors import BatchNotPrinted, BatchPosted, NoLettersChosen
from apps.residency.models import Letter, LetterBatch

MOST_LETTERS = 100


@transaction.atomic
def make_batch(*, letter_ids: Collection[int], by: User, at: datetime) -> LetterBatch:
    """Put letters that wait together, to be printed by any official; at most 100, the oldest first.

    Each person reads on their own page that their letter was looked at. One's own letter is left to a colleague.
    Raises NotAllowed, NoLettersChosen.
    """
    require("residency.open_desk", by)
    waiting = Letter.objects.select_for_update().filter(status=LetterStatus.REQUESTED, batch=None)
    chosen = waiting.filter(pk__in=letter_ids).exclude(person=by).order_by("requested_at", "pk")
    letters = list(chosen[:MOST_LETTERS])
    if not letters:
        raise NoLettersChosen
    batch = LetterBatch.objects.create(made_by=by, made_at=at)
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(batch=batch)
    people = User.objects.in_bulk([letter.person_id for letter in letters])
    for letter in letters:
        note_look_up(person=people[letter.person_id], reason=LookUpReason.LETTER, by=as_official(by), at=at)
    return batch


def make_codes(*, batch: LetterBatch, by: User, at: datetime) -> list[CodedLetter]:
    """Give the batch's letters new codes and return them, to be printed at once; former codes are dead.

    Raises NotAllowed, BatchPosted, NoLettersChosen when all letters were cancelled.
    """
    require("residency.print_letters", by, batch)
    # The hashing takes seconds: the database is not held up meanwhile.
    codes = {pk: new_code() for pk in _to_print(batch).values_list("pk", flat=True)}
    hashes = {pk: hashed(code) for pk, code in codes.items()}
    with transaction.atomic():
        _locked(batch)
        letters = list(_to_print(batch).filter(pk__in=codes).order_by("requested_at", "pk"))
        if not letters:
            raise NoLettersChosen
        for letter in letters:
            letter.code_hash = hashes[letter.pk]
        Letter.objects.bulk_update(letters, ["code_hash"])
        record(LETTERS_PRINTED, subject=batch, by=as_official(by), at=at, facts={"count": len(letters)})
    return [
        CodedLetter(name=row.name, address=row.address, postal_line=row.postal_line, code=codes[row.pk])
        for row in letters
    ]


@transaction.atomic
def post_letters(*, batch: LetterBatch, by: User, at: datetime) -> int:
    """Say that the letters are in the post, and answer how many: their codes work for thirty days from now.

    Names and addresses are erased. Raises NotAllowed, BatchPosted, BatchNotPrinted.
    """
    require("residency.print_letters", by, batch)
    _locked(batch)
    letters = _to_print(batch)
    if not letters.exists() or letters.filter(code_hash="").exists():
        raise BatchNotPrinted
    count = letters.update(
        status=LetterStatus.POSTED,
        posted_at=at,
        expires_at=at + timedelta(days=DAYS_VALID),
        tries=0,
        name="",
        address="",
        postal_line="",
    )
    LetterBatch.objects.filter(pk=batch.pk).update(posted_by=by, posted_at=at)
    record(LETTERS_POSTED, subject=batch, by=as_official(by), at=at, facts={"count": count})
    return count


def _to_print(batch: LetterBatch) -> "QuerySet[Letter]":
    return Letter.objects.filter(batch=batch, status=LetterStatus.REQUESTED)


def _locked(batch: LetterBatch) -> None:
    """Hold the batch until the transaction ends; raises BatchPosted when it has left."""
    if LetterBatch.objects.select_for_update().get(pk=batch.pk).posted_at is not None:
        raise BatchPosted
