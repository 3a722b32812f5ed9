"""The sweep that rings doorbells."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from asgiref.sync import async_to_sync
from celery import shared_task
from channels.layers import get_channel_layer

from apps.common.clock import now
from apps.ledger.actions import follow, skip_to_head
from apps.ledger.models import Position
from apps.ledger.queries import reader_position
from apps.live.streams import AT_ONCE, DOORBELLS, MOST, SETTLED, Stream, rung_by

logger = logging.getLogger(__name__)

READER = "live"
SETTLED_READER = "live_settled"
SEND_SECONDS = 1


@shared_task(name="live.ring_doorbells")
def ring_doorbells() -> None:
    """Tell every process that holds sockets what came, once and after the reader has moved on.

    Moderators hear at once. Readers hear when nobody can take it back any more: what stands behind an entry that can
    be undone waits with it, a minute at most, so that a stream's doorbells ring in order.
    A doorbell that the layer loses is made good when sockets next look for themselves, so it never holds the reader up.
    """
    rung: dict[str, list[int]] = {}

    def collect(places: Sequence[Position], streams: tuple[Stream, ...]) -> None:
        for stream, positions in rung_by(places, streams).items():
            rung[stream] = [*rung.get(stream, []), *positions][-MOST:]

    for reader in (READER, SETTLED_READER):
        if reader_position(reader) is None:
            skip_to_head(reader)
    try:
        follow(READER, partial(collect, streams=AT_ONCE))
        follow(SETTLED_READER, partial(collect, streams=SETTLED), settled_at=now())
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
