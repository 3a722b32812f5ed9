"""The sweep of exchange: case files that officials asked for."""

import logging

from celery import shared_task

from apps.common.clock import now
from apps.exchange import actions

logger = logging.getLogger(__name__)

MOST_A_SWEEP = 5


@shared_task(name="exchange.build_case_files")
def build_case_files() -> int:
    """Build the case files that were asked for; one that cannot be built is tried again later. Return how many."""
    built = 0
    for _turn in range(MOST_A_SWEEP):
        case_file = actions.claim_case_file(at=now())
        if case_file is None:
            break
        try:
            built += actions.build_case_file(case_file=case_file, at=now())
        except Exception as problem:  # noqa: BLE001 - the others are built all the same
            logger.error("Case file %s could not be built: %s", case_file.pk, type(problem).__name__)  # noqa: TRY400 - no data of people in the log
    return built
