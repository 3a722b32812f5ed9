"""The channel layer of the one-process mode."""

import asyncio
import math
from typing import Any

from channels.layers import InMemoryChannelLayer

HOP_SECONDS = 2


class OneProcessLayer(InMemoryChannelLayer):
    """An in-memory layer that threads may send through.

    Channels' own layer puts messages into asyncio queues from whatever thread calls it; a queue filled from another
    thread never wakes the loop that waits for it. This one remembers the loop that listens and sends there. What was
    kept for a loop that is closed is forgotten: nobody can receive it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The one subscription lasts as long as the process; by default it would lapse after a day.
        super().__init__(*args, **{"group_expiry": math.inf, **kwargs})
        self._home: asyncio.AbstractEventLoop | None = None

    async def group_add(self, group: str, channel: str) -> None:
        """Add the channel, and remember the running loop as the one that listens."""
        self._settle()
        await super().group_add(group, channel)

    async def receive(self, channel: str) -> dict[str, Any]:
        """Return the next message of the channel, waiting on the running loop, which is the one that listens."""
        self._settle()
        message: dict[str, Any] = await super().receive(channel)
        return message

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        """Deliver to one channel on the loop that listens, from whatever thread this is called."""
        await self._at_home(super().send, channel, message)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Deliver to the group on the loop that listens, from whatever thread this is called."""
        await self._at_home(super().group_send, group, message)

    def _settle(self) -> None:
        here = asyncio.get_running_loop()
        if self._home is not here and self._home is not None and self._home.is_closed():
            self.channels.clear()
            self.groups.clear()
        self._home = here

    async def _at_home(self, deliver: Any, name: str, message: dict[str, Any]) -> None:
        home = self._home
        if home is None or home is asyncio.get_running_loop():
            await deliver(name, message)
        elif home.is_running():
            sent = asyncio.run_coroutine_threadsafe(deliver(name, message), home)
            # A loop that stops between the two lines answers nothing.
            await asyncio.wait_for(asyncio.wrap_future(sent), HOP_SECONDS)
