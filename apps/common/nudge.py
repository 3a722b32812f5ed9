"""Nudges: a hint to a sweep that there may be work. Best effort; beat runs the sweeps anyway."""

import logging
from types import SimpleNamespace
from typing import Any

from apps.common.clock import now

logger = logging.getLogger(__name__)

QUIET_SECONDS = 5
_breaker = SimpleNamespace(open_until=0.0)


def nudge(task: Any) -> bool:
    """Ask for the sweep to run soon, and answer whether the broker took it.

    A broker that is down costs one short attempt; then this process keeps quiet for a while.
    """
    moment = now().timestamp()
    if _breaker.open_until > moment:
        return False
    try:
        task.apply_async(retry=False, ignore_result=True)
    except Exception as problem:  # noqa: BLE001 - whatever the broker's client raises, the request goes on
        _breaker.open_until = moment + QUIET_SECONDS
        logger.warning("The queue did not take %s: %s", task.name, type(problem).__name__)
        return False
    return True
