"""The sweeps of the portal: copies of people's data, and what has been kept long enough."""

import logging

from celery import shared_task

from apps.common.clock import now
from apps.portal import actions

logger = logging.getLogger(__name__)

MOST_A_SWEEP = 50


@shared_task(name="portal.build_exports")
def build_exports() -> int:
    """Build the copies that were asked for; one that cannot be built is tried again later. Return how many."""
    built = 0
    for _turn in range(MOST_A_SWEEP):
        export = actions.claim_export(at=now())
        if export is None:
            break
        try:
            built += actions.build_export(export=export, at=now())
        except Exception as problem:  # noqa: BLE001 - the others are built all the same
            logger.error("Export %s could not be built: %s", export.pk, type(problem).__name__)  # noqa: TRY400 - no data of people in the log
    return built


@shared_task(name="portal.clear_away")
def clear_away() -> dict[str, int]:
    """Take away what has been kept long enough. Return how much of each class."""
    return actions.clear_away(at=now())
