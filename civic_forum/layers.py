"""The channel layer of the one-process mode."""

import asyncio
from typing import Any

from channels.layers import InMemoryChannelLayer


class OneProcessLayer(InMemoryChannelLayer):
    """An in-memory layer that threads may send through.

    Channels' own layer puts messages into asyncio queues from whatever thread calls it; a queue filled from another
    thread never wakes the loop that waits for it. This one remembers the loop that listens and sends there.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._home: asyncio.AbstractEventLoop | None = None

    async def group_add(self, group: str, channel: str) -> None:
        """Add the channel, and remember the running loop as the one that listens."""
        self._home = asyncio.get_running_loop()
        await super().group_add(group, channel)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Deliver to the group on the loop that listens, from whatever thread this is called."""
        home = self._home
        if home is None or home.is_closed() or home is asyncio.get_running_loop():
            await super().group_send(group, message)
            return
        sent = asyncio.run_coroutine_threadsafe(super().group_send(group, message), home)
        await asyncio.wrap_future(sent)
