"""Sweeps of the app."""

import logging
from collections.abc import Sequence

from celery import shared_task

from apps.common.clock import now
from apps.common.pdf import can_make_pdf
from apps.ledger.actions import follow
from apps.ledger.models import Position
from apps.publications.actions.notices import hand_over_notices as hand_over
from apps.publications.actions.paper_files import claim_pdf, fail_pdf, make_pdf, queue_changed_pdfs, queue_pdfs
from apps.publications.ports import the_digital_post

logger = logging.getLogger(__name__)

READER = "publications.papers"
MOST_A_SWEEP = 20
# What entries are called that change what everyone can read of contributions.
CHANGING = ("contribution.", "cluster.", "author.")


@shared_task(name="publications.make_papers")
def make_papers() -> int:
    """Make the PDFs of white papers that are new, and those that say something else than what everyone can read now.

    One that cannot be made is tried again by the next sweep. Return how many.
    """
    follow(READER, _look_again)
    queue_pdfs(at=now())
    made = 0
    for _turn in range(MOST_A_SWEEP if can_make_pdf() else 0):
        file = claim_pdf(at=now())
        if file is None:
            break
        try:
            made += make_pdf(file=file, at=now())
        except Exception as problem:  # noqa: BLE001 - the others are made all the same
            logger.error("The PDF of version %s could not be made: %s", file.version_id, type(problem).__name__)  # noqa: TRY400 - no texts in the log
            fail_pdf(file=file)
            break
    return made


def _look_again(places: Sequence[Position]) -> None:
    """Queue anew what these entries may have changed; some that take names away tell of no consultation."""
    told = {place.entry.consultation_id for place in places if place.entry.kind.startswith(CHANGING)}
    if told:
        changed = None if None in told else {pk for pk in told if pk is not None}
        queue_changed_pdfs(consultation_ids=changed, at=now())


@shared_task(name="publications.hand_over_notices")
def hand_over_notices() -> int:
    """Hand over to Digital Post the notices of decisions that wait for it."""
    return hand_over(post=the_digital_post(), at=now())
