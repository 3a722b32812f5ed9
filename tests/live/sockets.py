"""Sockets of tests, opened as a browser opens them."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.conf import settings
from django.test import Client

from apps.accounts.models import User
from apps.live.subscription import Subscription, subscription
from apps.live.tasks import ring_doorbells
from civic_forum.asgi import application

SITE = "http://localhost:8000"


def cookie_of(person: Any) -> str:
    """Sign in, and return what the browser then sends along."""
    if not isinstance(person, User):
        return ""
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


# Only a frame that never comes takes so long.
PATIENCE = 60


class BrowserSocket(ApplicationCommunicator):
    """A socket seen from the browser. (channels' own needs a server that is not used here.)"""

    async def send_json_to(self, asked: Any) -> None:
        await self.send_to(text=json.dumps(asked))

    async def send_to(self, **frame: Any) -> None:
        await self.send_input({"type": "websocket.receive", **frame})

    async def next_frame(self) -> Any:
        message = await self.receive_output(PATIENCE)
        assert message["type"] == "websocket.send", message
        return json.loads(message["text"])

    async def disconnect(self) -> None:
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait(PATIENCE)


async def handshake(
    cookie: str = "", *, origins: tuple[str, ...] = (SITE,), path: str = "/ws/", host: str = "localhost:8000"
) -> tuple[BrowserSocket, bool]:
    """Return a socket and whether it was accepted."""
    headers = [(b"host", host.encode()), *((b"origin", origin.encode()) for origin in origins)]
    if cookie:
        headers.append((b"cookie", cookie.encode()))
    socket = BrowserSocket(
        application, {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
    )
    await socket.send_input({"type": "websocket.connect"})
    answer = await socket.receive_output(PATIENCE)
    return socket, answer["type"] == "websocket.accept"


@asynccontextmanager
async def a_socket(cookie: str = "") -> AsyncIterator[BrowserSocket]:
    """Open a socket, and close it at the end."""
    socket, accepted = await handshake(cookie)
    assert accepted
    try:
        yield socket
    finally:
        await socket.disconnect()


async def asks(socket: BrowserSocket, watch: str, since: int = 0) -> None:
    await socket.send_json_to({"watch": watch, "since": since})


async def hears(socket: BrowserSocket) -> Any:
    """Return the next frame."""
    return await socket.next_frame()


async def is_watching(socket: BrowserSocket) -> bool:
    """Wait until everything asked so far was done, and tell whether nothing was said.

    An answer to a later question comes after the answers to earlier ones.
    """
    await asks(socket, "nothing")
    return bool(await hears(socket) == {"stream": "nothing", "error": "refused"})


async def did(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Do something with the database, and ring its doorbells."""
    made = await in_database(work, *given, **named)
    await in_database(ring_doorbells)
    return made


async def in_database(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    return await database_sync_to_async(work)(*given, **named)


def here() -> Subscription:
    return subscription()
