"""Keeping texts for questions that return."""

from datetime import datetime

from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line, to_html
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.publications.enums import (
    TEXT_BLOCK_ADDED,
    TEXT_BLOCK_CHANGED,
    TEXT_BLOCK_RESUMED,
    TEXT_BLOCK_RETIRED,
)
from apps.publications.errors import BlockChangedMeanwhile, BlockTaken, UnfitBlock
from apps.publications.models import TextBlock
from apps.screening.rules import why_not_publishable


@transaction.atomic
def add_text_block(*, title: str, body: str, by: User, at: datetime) -> TextBlock:
    """Keep one more text for questions that return; one in just these words is given back as it stands.

    Raises NotAllowed, UnfitBlock, BlockTaken.
    """
    require("publications.edit_text_blocks", by)
    words = _block_words(title, body)
    try:
        with transaction.atomic():
            block = TextBlock.objects.create(**words, changed_at=at)
    except IntegrityError as taken:
        # A second click finds what the first one made.
        made = TextBlock.objects.filter(title=words["title"], body=words["body"], is_offered=True).first()
        if made is None:
            raise BlockTaken from taken
        return made
    _tell_block(TEXT_BLOCK_ADDED, block, by, at)
    return block


@transaction.atomic
def change_text_block(  # noqa: PLR0913 - what an official saves
    *, block: TextBlock, title: str, body: str, seen: int, by: User, at: datetime
) -> bool:
    """Put a text block in other words; answers written with it keep theirs. False when nothing differs.

    `seen` is the revision that the official had before them. Raises NotAllowed, UnfitBlock, BlockTaken, and
    BlockChangedMeanwhile when there is a later one.
    """
    require("publications.edit_text_blocks", by)
    words = _block_words(title, body)
    standing = TextBlock.objects.select_for_update().get(pk=block.pk)
    if standing.revision != seen:
        raise BlockChangedMeanwhile
    if (standing.title, standing.body) == (words["title"], words["body"]):
        return False
    try:
        with transaction.atomic():
            TextBlock.objects.filter(pk=block.pk).update(**words, revision=seen + 1, changed_at=at)
    except IntegrityError as taken:
        raise BlockTaken from taken
    _tell_block(TEXT_BLOCK_CHANGED, block, by, at)
    return True


@transaction.atomic
def offer_text_block(*, block: TextBlock, is_offered: bool, by: User, at: datetime) -> bool:
    """Offer a text block in answers, or no longer; answer False when it was so before. Raises NotAllowed."""
    require("publications.edit_text_blocks", by)
    if not TextBlock.objects.filter(pk=block.pk, is_offered=not is_offered).update(is_offered=is_offered):
        return False
    _tell_block(TEXT_BLOCK_RESUMED if is_offered else TEXT_BLOCK_RETIRED, block, by, at)
    return True


def _block_words(title: str, body: str) -> dict[str, str]:
    """Return the words as they are stored. Raises UnfitBlock for what no page may show."""
    title, body = one_line(title), clean(body).strip()
    sentence = why_not_publishable(f"{title}\n{body}")
    if sentence is not None:
        raise UnfitBlock(sentence)
    return {"title": title, "body": body, "body_html": to_html(body)}


def _tell_block(kind: Kind, block: TextBlock, by: User, at: datetime) -> None:
    """Record the change by the block's number: its words are for colleagues until somebody answers with them."""
    record(kind, subject=block, by=as_official(by), at=at, facts={"block": block.pk})
