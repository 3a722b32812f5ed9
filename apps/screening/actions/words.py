"""The list of coarse words."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.ledger.actions import record
from apps.screening.actions.employees import in_office
from apps.screening.enums import WORD_ADDED, WORD_CHANGED, WORD_ENDED, WordLanguage
from apps.screening.errors import AlreadyEnded, AlreadyListed
from apps.screening.models import ListedWord


@transaction.atomic
def add_word(*, word: str, language: WordLanguage, by: User, at: datetime) -> ListedWord:
    """Look for a word from now on; one that was taken off comes back. Raises NotAllowed, AlreadyListed."""
    require("screening.edit_words", by)
    listed, is_new = ListedWord.objects.get_or_create(
        word=one_line(word).lower(), language=language, defaults={"added_at": at}
    )
    if not is_new and not ListedWord.objects.filter(pk=listed.pk, is_active=False).update(is_active=True):
        raise AlreadyListed
    listed.is_active = True
    record(WORD_ADDED, subject=listed, by=in_office(by), at=at)
    return listed


@transaction.atomic
def change_word(*, listed: ListedWord, word: str, language: WordLanguage, by: User, at: datetime) -> bool:
    """Let a word be spelled otherwise or belong to the other language; return whether anything changed.

    Raises NotAllowed, AlreadyListed.
    """
    require("screening.edit_words", by)
    stored = ListedWord.objects.select_for_update().get(pk=listed.pk)
    wanted = one_line(word).lower()
    if (stored.word, stored.language) == (wanted, language):
        return False
    if ListedWord.objects.filter(word=wanted, language=language).exists():
        raise AlreadyListed
    ListedWord.objects.filter(pk=stored.pk).update(word=wanted, language=language)
    record(WORD_CHANGED, subject=stored, by=in_office(by), at=at)
    return True


@transaction.atomic
def end_word(*, listed: ListedWord, by: User, at: datetime) -> None:
    """Look for a word no longer; it can be added again. Raises NotAllowed, AlreadyEnded."""
    require("screening.edit_words", by)
    if not ListedWord.objects.filter(pk=listed.pk, is_active=True).update(is_active=False):
        raise AlreadyEnded
    record(WORD_ENDED, subject=listed, by=in_office(by), at=at)
