"""The one subscription of this process to the channel layer, and the round that keeps its sockets honest."""

import asyncio
import logging
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings

from apps.common.clock import now
from apps.ledger.queries import settled_position
from apps.live.engine.registry import Listener, Registry
from apps.live.queries import viewer_of
from apps.live.streams import CLAIMS, DOORBELLS, Asked, may_watch, positions_since, rung_since, still_may
from apps.moderation.queries import who_has_what

logger = logging.getLogger(__name__)

ROUND_SECONDS = 30
AGAIN_SECONDS = 5
LOOK_SECONDS = 0.5
READY_SECONDS = 1


class Subscription:
    """Sockets of one loop. It listens while there are any: groups of thousands of sockets would be slow to reach."""

    def __init__(self) -> None:
        self.registry = Registry()
        self._subscribed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._looked_up_to: int | None = None
        self._claims: tuple[Any, ...] | None = None

    async def enter(self, listener: Listener) -> bool:
        """Admit a socket, or answer False; returns when its doorbells are heard, or after a second without a layer."""
        if not self.registry.enter(
            listener, most=settings.LIVE_SOCKETS, most_a_person=settings.LIVE_SOCKETS_OF_A_PERSON
        ):
            return False
        if not self._tasks:
            self._tasks = [
                asyncio.create_task(self._listen()),
                asyncio.create_task(self._go_round()),
                asyncio.create_task(self._look()),
            ]
        with suppress(TimeoutError):
            await asyncio.wait_for(self._subscribed.wait(), READY_SECONDS)
        return True

    def leave(self, listener: Listener) -> None:
        """Forget a socket. The last one ends the subscription."""
        self.registry.leave(listener)
        if not self.registry:
            for task in self._tasks:
                task.cancel()
            self._tasks = []
            self._subscribed.clear()
            self._looked_up_to = None

    async def watch(self, listener: Listener, stream: str, since: int) -> None:
        """Tell the socket what came to the stream after that position, and from now on; or refuse."""
        self.registry.watch(listener, stream, since)
        allowed, positions = await database_sync_to_async(_first_look)(listener.session_key, stream, since)
        if allowed:
            self.registry.begin(listener, stream, positions)
        else:
            self._refuse(listener, stream)

    async def go_round(self) -> None:
        """Drop what is no longer allowed, and ring what the layer may have lost."""
        await self._drop_what_ended()
        if self._looked_up_to is None:
            self._looked_up_to = await database_sync_to_async(_begin)()
        rung, self._looked_up_to = await database_sync_to_async(_missed)(self._looked_up_to)
        self._ring({"rung": rung})

    async def look(self) -> None:
        """Ring the moderators' stream of claims when somebody took, left or opened something, or a claim lapsed.

        No entry tells of claims and nothing that can be lost brings them: while somebody watches, they are looked up.
        """
        if not self.registry.is_watched(CLAIMS):
            self._claims = None
            return
        claims, moment = await database_sync_to_async(_claims)()
        if self._claims is not None and claims != self._claims:
            self.registry.ring(CLAIMS, [moment])
        self._claims = claims

    async def _drop_what_ended(self) -> None:
        watches = [(listener, listener.session_key, stream) for listener, stream in self.registry.watches()]
        listeners = self.registry.listeners()
        held, people = await database_sync_to_async(_second_look)(
            {(session_key, stream) for _listener, session_key, stream in watches},
            {listener.session_key for listener in listeners},
        )
        for listener, session_key, stream in watches:
            if (session_key, stream) not in held:
                self._refuse(listener, stream)
        for listener in listeners:
            if people[listener.session_key] != listener.person_id:
                listener.end()

    def _refuse(self, listener: Listener, stream: str) -> None:
        self.registry.unwatch(listener, stream)
        listener.refuse(stream)

    def _ring(self, message: dict[str, Any]) -> None:
        for stream, positions in message["rung"].items():
            self.registry.ring(stream, positions)

    async def _listen(self) -> None:
        while True:
            try:
                await self._listen_until_it_breaks()
            except Exception as problem:  # noqa: BLE001 - whatever the layer's client raises, sockets stay open
                logger.warning("The live layer broke off: %s", type(problem).__name__)
            self._subscribed.clear()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _listen_until_it_breaks(self) -> None:
        layer = get_channel_layer()
        if layer is None:
            return
        channel = await layer.new_channel()
        await layer.group_add(DOORBELLS, channel)
        self._subscribed.set()
        try:
            while True:
                self._ring(await layer.receive(channel))
        finally:
            with suppress(Exception):
                await layer.group_discard(DOORBELLS, channel)

    async def _look(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as problem:  # noqa: BLE001 - a database that is away comes back
                logger.warning("Looking for claims failed: %s", type(problem).__name__)
                await asyncio.sleep(AGAIN_SECONDS)
            await asyncio.sleep(LOOK_SECONDS)

    async def _go_round(self) -> None:
        while True:
            try:
                await self.go_round()
            except Exception as problem:  # noqa: BLE001 - a database that is away comes back
                logger.warning("The round of the live sockets failed: %s", type(problem).__name__)
            await asyncio.sleep(ROUND_SECONDS)


def _claims() -> tuple[tuple[Any, ...], int]:
    at = now()
    return who_has_what(at=at), int(at.timestamp() * 1_000_000)


def _first_look(session_key: str | None, stream: str, since: int) -> tuple[bool, list[int]]:
    if not may_watch(viewer_of(session_key), stream):
        return False, []
    return True, positions_since(stream, since, at=now())


def _begin() -> int:
    return settled_position(at=now())


def _missed(position: int) -> tuple[dict[str, list[int]], int]:
    return rung_since(position, at=now())


def _second_look(asked: set[Asked], sessions: set[str | None]) -> tuple[set[Asked], dict[str | None, int | None]]:
    viewers = {session_key: viewer_of(session_key) for session_key in sessions}
    return still_may(viewers, asked), {session_key: viewer.pk for session_key, viewer in viewers.items()}


_of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, Subscription] = WeakKeyDictionary()


def subscription() -> Subscription:
    """Return the subscription of the running loop: a process that serves sockets has one."""
    loop = asyncio.get_running_loop()
    if loop not in _of_loop:
        _of_loop[loop] = Subscription()
    return _of_loop[loop]
