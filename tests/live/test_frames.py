"""What a client may send, and what happens when it sends something else."""

import json
from typing import Any

import pytest

from apps.live.consumers import FRAMES_AT_ONCE, WATCHES
from tests.live.sockets import SITE, BrowserSocket, a_socket, asks, handshake, hears, is_watching

pytestmark = pytest.mark.django_db(transaction=True)


async def closes_with(socket: BrowserSocket) -> int:
    """Return the code with which the server closes, after whatever it still had to say."""
    while True:
        message = await socket.receive_output(5)
        if message["type"] == "websocket.close":
            await socket.wait()
            return int(message["code"])


@pytest.mark.parametrize("text", ["", "x", "{", "[" * 4000, '"\\ud800', "{'watch': 1}"])
async def test_what_is_not_json_closes_the_socket(text: str) -> None:
    socket, _accepted = await handshake()
    await socket.send_to(text=text)

    assert await closes_with(socket) == 1003


async def test_bytes_close_the_socket() -> None:
    socket, _accepted = await handshake()
    await socket.send_to(bytes=b'{"watch": "topic:1", "since": 1}')

    assert await closes_with(socket) == 1003


@pytest.mark.parametrize(
    "frame",
    [
        None,
        [],
        "watch",
        {},
        {"watch": "topic:1"},
        {"watch": 1, "since": 1},
        {"watch": ["topic:1"], "since": 1},
        {"watch": "topic:1", "since": "1"},
        {"watch": "topic:1", "since": -1},
        {"watch": "topic:1", "since": 1.5},
        {"watch": "topic:1", "since": True},
        {"watch": "topic:1", "since": None},
        {"watch": "topic:1", "since": 2**63},
        {"watch": "x" * 65, "since": 1},
        {"unwatch": None},
        {"unwatch": {}},
        {"type": "doorbells", "rung": {}},
    ],
)
async def test_what_is_no_request_closes_the_socket(frame: Any) -> None:
    socket, _accepted = await handshake()
    await socket.send_json_to(frame)

    assert await closes_with(socket) == 1008


async def test_a_frame_that_is_too_big_closes_the_socket() -> None:
    socket, _accepted = await handshake()
    await socket.send_to(text=json.dumps({"watch": "topic:1", "since": 1, "more": "æ" * 4096}))

    assert await closes_with(socket) == 1009


async def test_a_flood_closes_the_socket_and_no_other() -> None:
    async with a_socket() as other:
        socket, _accepted = await handshake()
        for _frame in range(2 * FRAMES_AT_ONCE):
            await socket.send_json_to({"unwatch": "topic:1"})

        assert await closes_with(socket) == 1008
        assert await is_watching(other)


async def test_a_socket_watches_so_many_streams_and_no_more() -> None:
    async with a_socket() as socket:
        for number in range(1, WATCHES + 2):
            await asks(socket, f"topic:{number}")
        said = [await hears(socket) for _refused in range(WATCHES + 1)]

    # None of them exists; a watch that was refused takes no place.
    assert {frame["error"] for frame in said} == {"refused"}


@pytest.mark.parametrize("path", ["/", "/ws", "/ws//", "/ws/x/", "/en/ws/", "/moderation/"])
async def test_there_is_no_socket_elsewhere(path: str) -> None:
    socket, accepted = await handshake(path=path)
    await socket.wait()

    assert not accepted


@pytest.mark.parametrize(
    "origins",
    [
        (),
        ("null",),
        ("",),
        ("http://localhost",),
        ("http://localhost:9999",),
        ("https://localhost:8000",),
        ("http://localhost:8000.evil.example",),
        ("http://evil.example",),
        ("http://evil.example:8000",),
        ("http://127.0.0.1:8000",),
        (SITE, SITE),
        (SITE, "http://evil.example"),
        (f"{SITE}/",),
        (f"{SITE}, http://evil.example",),
    ],
)
async def test_another_sites_page_opens_no_socket(origins: tuple[str, ...]) -> None:
    socket, accepted = await handshake(origins=origins)
    await socket.wait()

    assert not accepted


@pytest.mark.parametrize("host", ["localhost:8123", "127.0.0.1:8123", "[::1]:8123"])
async def test_the_demo_takes_sockets_from_its_own_pages_on_this_machine(host: str, settings: Any) -> None:
    settings.DEMO = True
    socket, accepted = await handshake(origins=(f"http://{host}",), host=host)
    await socket.disconnect()
    stranger, let_in = await handshake(origins=("http://localhost:9000",), host=host)
    await stranger.wait()

    assert accepted
    assert not let_in


@pytest.mark.parametrize("host", ["evil.example:8123", "localhost.evil.example", "[", ""])
async def test_in_the_demo_too_no_other_host_is_ours(host: str, settings: Any) -> None:
    settings.DEMO = True
    socket, accepted = await handshake(origins=(f"http://{host}",), host=host)
    await socket.wait()

    assert not accepted
