"""Publishing a white paper: a second official, every voice accounted for, a frozen version with its checksum."""

from datetime import datetime
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import is_unseen
from apps.consultations.actions import lock_counts
from apps.discussions.actions import keep_in_place
from apps.ledger.actions import record
from apps.publications.actions.papers import advance, lock_statements, require_seen
from apps.publications.engine.accounts import Account
from apps.publications.engine.freezing import checksum_of, places_in
from apps.publications.enums import WHITE_PAPER_PUBLISHED, PaperStatus
from apps.publications.errors import NotCovered, NothingWritten, NotWeighedYet
from apps.publications.models import PaperVersion, Treated, WhitePaper
from apps.publications.queries import Outline, account_of, content_of, outline_of, voices_of
from apps.publications.rules import scope_of

BATCH = 500


@transaction.atomic
def publish_white_paper(*, paper: WhitePaper, seen: int | None = None, by: User, at: datetime) -> PaperVersion:
    """Publish what a colleague asked to be reviewed as the next version, frozen; a second click gives it back.

    `seen` is the revision that the second official read. Raises NotAllowed (also for who asked), WrittenMeanwhile,
    NothingWritten, NotWeighedYet with the statements that lack a reply, and NotCovered with the numbers that are
    neither treated nor noted.
    """
    # Nothing is received, published, moved or taken from a letter between this look and the version.
    keep_in_place(contribution_ids=[voice.pk for voice in voices_of(paper.consultation)])
    lock_counts(paper.consultation_id)
    standing = WhitePaper.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=paper.pk)
    published = _published_by(standing, seen, by)
    if published is not None:
        return published
    require("publications.review_white_paper", by, standing)
    require_seen(standing, seen)
    lock_statements(standing)
    account = account_of(standing)
    outline = outline_of(standing, account=account)
    _require_whole(standing, account, outline)
    advance(standing, status=PaperStatus.PUBLISHED, version=standing.version + 1)
    version = _freeze(standing, content_of(standing, outline, account), account, by, at)
    record(
        WHITE_PAPER_PUBLISHED,
        subject=paper,
        by=as_official(by),
        at=at,
        consultation_id=paper.consultation_id,
        facts={
            "version": version.version,
            "scope": scope_of(standing.consultation),
            "received": version.received,
            "left_out": version.left_out,
            "statements": len(list(outline.statements)),
            "checksum": version.checksum,
        },
    )
    paper.refresh_from_db()
    return version


def _published_by(paper: WhitePaper, seen: int | None, by: User) -> PaperVersion | None:
    """Return the version that the same click published before, if it did."""
    if not paper.is_published or seen is None or seen != paper.revision - 1:
        return None
    return PaperVersion.objects.filter(paper=paper, version=paper.version, published_by=by).first()


def _require_whole(paper: WhitePaper, account: Account, outline: Outline) -> None:
    if not outline.chapters and is_unseen(paper.intro):
        raise NothingWritten
    if unweighed := outline.unweighed:
        raise NotWeighedYet(unweighed)
    if missing := account.coverage.missing:
        raise NotCovered(missing)


def _freeze(paper: WhitePaper, content: dict[str, Any], account: Account, by: User, at: datetime) -> PaperVersion:
    coverage = account.coverage
    asked_by = paper.asked_by
    assert asked_by is not None  # noqa: S101 - the database holds it for what is in review
    version = PaperVersion.objects.create(
        paper=paper,
        version=paper.version,
        content=content,
        checksum=checksum_of(content),
        received=coverage.received,
        left_out=coverage.left_out,
        note=paper.note,
        published_at=at,
        asked_by=asked_by,
        published_by=by,
    )
    rows = (
        Treated(
            version=version,
            contribution_id=account.voice_of[place.number].pk,
            number=place.number,
            how=place.how,
            label=place.label,
            place=place.place,
            was_public=place.was_public,
        )
        for place in places_in(content)
    )
    Treated.objects.bulk_create(rows, batch_size=BATCH)
    return version
