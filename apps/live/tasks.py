"""The sweep that rings doorbells."""

import asyncio
import logging
from collections.abc import Sequence

from asgiref.sync import async_to_sync
from celery import shared_task
from channels.layers import get_channel_layer

from apps.ledger.actions import follow, skip_to_head
from apps.ledger.models import Position
from apps.ledger.queries import reader_position
from apps.live.streams import DOORBELLS, MOST, rung_by

logger = logging.getLogger(__name__)

READER = "live"
SEND_SECONDS = 1


@shared_task(name="live.ring_doorbells")
def ring_doorbells() -> None:
    """Tell every process that holds sockets what came, once and after the reader has moved on.

    A doorbell that the layer loses is made good when sockets next look for themselves, so it never holds the reader up.
    """
    rung: dict[str, list[int]] = {}

    def collect(places: Sequence[Position]) -> None:
        for stream, positions in rung_by(places).items():
            rung[stream] = [*rung.get(stream, []), *positions][-MOST:]

    if reader_position(READER) is None:
        skip_to_head(READER)
    try:
        follow(READER, collect)
    finally:
        if rung:
            _send(rung)


def _send(rung: dict[str, list[int]]) -> None:
    try:
        async_to_sync(_send_to_layer)({"type": "doorbells", "rung": rung})
    except Exception as problem:  # noqa: BLE001 - whatever the layer's client raises, the ledger's reader goes on
        logger.warning("The live layer did not take the doorbells: %s", type(problem).__name__)


async def _send_to_layer(message: dict[str, object]) -> None:
    layer = get_channel_layer()
    if layer is not None:
        async with asyncio.timeout(SEND_SECONDS):
            await layer.group_send(DOORBELLS, message)
