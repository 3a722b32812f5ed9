"""A request is read only as far as one may be, whatever it says of its length."""

from typing import Any

import pytest

from civic_forum.asgi import within_bounds

MEGABYTE = 1024 * 1024


async def reading_all(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Read a body as Django does: to its end, or until the one who sends it is gone."""
    while True:
        message = await receive()
        await send(message["type"])
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return


@pytest.mark.parametrize(
    ("megabytes", "last"), [(64, "http.request"), (65, "http.disconnect"), (500, "http.disconnect")]
)
async def test_reading_stops_at_what_may_be_received(megabytes: int, last: str) -> None:
    sent = 0
    heard: list[str] = []

    async def receive() -> dict[str, Any]:
        nonlocal sent
        sent += 1
        return {"type": "http.request", "body": bytes(MEGABYTE), "more_body": sent < megabytes}

    async def send(kind: str) -> None:
        heard.append(kind)

    await within_bounds(reading_all)({"type": "http"}, receive, send)

    assert heard[-1] == last
    assert sent == min(megabytes, 65)
