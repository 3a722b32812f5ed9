"""The socket: says that something came and how much, never what it says."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import Any

from apps.live.subscription import subscription

FRAME_BYTES = 4096
STREAM_LENGTH = 64
WATCHES = 20
FRAMES_A_SECOND = 10
FRAMES_AT_ONCE = 2 * WATCHES
SEND_SECONDS = 20
LAST_POSITION = 2**63 - 1

UNREADABLE, AGAINST_THE_RULES, TOO_BIG = 1003, 1008, 1009

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


class Unreadable(ValueError):
    """A frame that is not one of ours. `code` is why the socket closes."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@lru_cache(maxsize=1024)
def doorbell(stream: str, since: int, count: int) -> str:
    """Return the frame of a doorbell, encoded once for all sockets that get the same."""
    return json.dumps({"stream": stream, "since": since, "count": count})


class Socket:
    """One open socket. What waits to be sent is one frame a stream, so a slow reader costs no more than a quick one."""

    def __init__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        user = scope["user"]
        self.person_id: int | None = user.pk
        self.session_key: str | None = scope["session"].session_key if user.is_authenticated else None
        self._receive, self._send = receive, send
        self._outbox: dict[str, str] = {}
        self._stir = asyncio.Event()
        self._closing: int | None = None
        self._allowance = Allowance()
        self._watched: set[str] = set()
        self._subscription = subscription()

    def tell(self, stream: str, since: int, count: int) -> None:
        self._put(stream, doorbell(stream, since, count))

    def refuse(self, stream: str) -> None:
        self._watched.discard(stream)
        self._put(stream, json.dumps({"stream": stream, "error": "refused"}))

    def end(self) -> None:
        self._closing = AGAINST_THE_RULES
        self._stir.set()

    def _put(self, stream: str, frame: str) -> None:
        self._outbox[stream] = frame
        self._stir.set()

    async def serve(self) -> None:
        """Carry the socket from its handshake to its end."""
        await self._receive()  # websocket.connect
        if not await self._subscription.enter(self):
            await self._send({"type": "websocket.close", "code": AGAINST_THE_RULES})
            return
        try:
            await self._send({"type": "websocket.accept"})
            await self._talk()
        finally:
            self._subscription.leave(self)

    async def _talk(self) -> None:
        """Listen and speak until one of the two ends."""
        both = [asyncio.create_task(self._obey()), asyncio.create_task(self._speak())]
        try:
            done, _going_on = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
        for task in done:
            if code := task.result():
                await self._send_in_time({"type": "websocket.close", "code": code})

    async def _obey(self) -> int | None:
        """Do what the client asks until it leaves; return the code to close with, if it has to go."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return None
            if not self._allowance.is_left():
                return AGAINST_THE_RULES
            try:
                await self._do(_read(message))
            except Unreadable as frame:
                return frame.code

    async def _do(self, asked: dict[str, Any]) -> None:
        if isinstance(stream := asked.get("unwatch"), str):
            self._watched.discard(stream)
            self._outbox.pop(stream, None)
            self._subscription.registry.unwatch(self, stream)
            return
        stream, since = asked["watch"], asked["since"]
        if len(self._watched | {stream}) > WATCHES:
            self.refuse(stream)
            return
        self._outbox.pop(stream, None)
        self._watched.add(stream)
        await self._subscription.watch(self, stream, since)

    async def _speak(self) -> int:
        """Send what waits until the socket has to close, and return the code."""
        while self._closing is None:
            await self._stir.wait()
            self._stir.clear()
            while self._outbox:
                stream = next(iter(self._outbox))
                if not await self._send_in_time({"type": "websocket.send", "text": self._outbox.pop(stream)}):
                    return AGAINST_THE_RULES
        return self._closing

    async def _send_in_time(self, message: dict[str, Any]) -> bool:
        """Send, or answer False when the client does not read."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send(message)
        except TimeoutError:
            return False
        return True


class Allowance:
    """So many frames at once, and so many more each second."""

    def __init__(self) -> None:
        self._left = float(FRAMES_AT_ONCE)
        self._looked = asyncio.get_running_loop().time()

    def is_left(self) -> bool:
        """Take one frame off the allowance, and tell whether there was one."""
        moment = asyncio.get_running_loop().time()
        self._left = min(FRAMES_AT_ONCE, self._left + FRAMES_A_SECOND * (moment - self._looked))
        self._looked = moment
        self._left -= 1
        return self._left >= 0


def _read(message: dict[str, Any]) -> dict[str, Any]:
    """Return what a frame asks: `{"watch": name, "since": position}` or `{"unwatch": name}`. Raises Unreadable."""
    text = message.get("text")
    if text is None:
        raise Unreadable(UNREADABLE)
    if len(text.encode(errors="replace")) > FRAME_BYTES:
        raise Unreadable(TOO_BIG)
    try:
        asked = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(UNREADABLE) from problem
    if not isinstance(asked, dict) or not _is_request(asked):
        raise Unreadable(AGAINST_THE_RULES)
    return asked


def _is_request(asked: dict[str, Any]) -> bool:
    stream = asked.get("unwatch", asked.get("watch"))
    if not isinstance(stream, str) or len(stream) > STREAM_LENGTH:
        return False
    since = asked.get("since")
    return "unwatch" in asked or (type(since) is int and 0 <= since <= LAST_POSITION)


async def doorbells(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serve one socket."""
    await Socket(scope, receive, send).serve()


async def nothing_here(scope: dict[str, Any], receive: Receive, send: Send) -> None:  # noqa: ARG001 - ASGI's signature
    """Refuse a socket at any other address."""
    await receive()
    await send({"type": "websocket.close"})
