"""The in-memory layer of the one-process mode."""

import asyncio
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from asgiref.sync import async_to_sync
from celery import Celery
from celery.contrib.testing.worker import start_worker

from civic_forum.layers import OneProcessLayer

BELL = {"type": "bell", "positions": [7]}
# The loop sleeps so long that only the message can have woken it before, however slow a busy machine is.
IDLE, WOKEN = 60.0, 20.0


async def listening(layer: OneProcessLayer) -> str:
    channel = await layer.new_channel()
    await layer.group_add("bells", channel)
    return channel


async def arrives_at_once(layer: OneProcessLayer, channel: str, send: Callable[[], Any]) -> None:
    """Let a thread without a loop send while this loop sleeps and nothing else happens on it."""

    def in_a_thread(sent_at: list[float]) -> None:
        def run() -> None:
            sent_at.append(time.monotonic())
            send()

        Thread(target=run, daemon=True).start()

    await is_woken_at_once(layer, channel, in_a_thread)


async def is_woken_at_once(layer: OneProcessLayer, channel: str, begin: Callable[[list[float]], None]) -> None:
    """Begin what sends a message and notes when."""
    sent_at: list[float] = []
    waiting = asyncio.create_task(layer.receive(channel))
    await asyncio.sleep(0)
    begin(sent_at)
    done, _pending = await asyncio.wait([waiting], timeout=IDLE)
    took = time.monotonic() - sent_at[0]

    assert [task.result() for task in done] == [BELL]
    assert took < WOKEN


async def test_a_message_from_a_thread_without_a_loop_reaches_an_idle_listener_at_once() -> None:
    layer = OneProcessLayer()
    channel = await listening(layer)

    await arrives_at_once(layer, channel, lambda: async_to_sync(layer.group_send)("bells", BELL))


async def test_a_message_to_one_channel_crosses_threads_too() -> None:
    layer = OneProcessLayer()
    channel = await listening(layer)

    await arrives_at_once(layer, channel, lambda: async_to_sync(layer.send)(channel, BELL))


async def test_a_message_from_celerys_worker_thread_reaches_an_idle_listener_at_once() -> None:
    layer = OneProcessLayer()
    channel = await listening(layer)
    # Without Celery's own care for Django, which would check all models when the worker starts.
    app = Celery("bells", broker="memory://bells", set_as_current=False, fixups=[])
    app.conf.broker_transport_options = {"polling_interval": 0.01}
    noted: list[list[float]] = []
    up, over = Event(), Event()

    @app.task(name="test.ring_bell", shared=False)
    def ring() -> None:
        noted[-1].append(time.monotonic())
        async_to_sync(layer.group_send)("bells", BELL)

    def work() -> None:
        with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=10):
            up.set()
            over.wait(60)

    def by_the_worker(sent_at: list[float]) -> None:
        noted.append(sent_at)
        Thread(target=lambda: ring.apply_async(ignore_result=True), daemon=True).start()

    worker = Thread(target=work, daemon=True)
    worker.start()
    assert await asyncio.to_thread(up.wait, 60)
    try:
        await is_woken_at_once(layer, channel, by_the_worker)
    finally:
        over.set()
        await asyncio.to_thread(worker.join)


async def test_on_the_listeners_own_loop_it_is_the_plain_layer() -> None:
    layer = OneProcessLayer()
    channel = await listening(layer)

    await layer.group_send("bells", BELL)

    assert await layer.receive(channel) == BELL


def test_a_loop_that_was_closed_is_forgotten() -> None:
    layer = OneProcessLayer()
    asyncio.run(listening(layer))

    async_to_sync(layer.group_send)("bells", BELL)  # nobody listens; nothing is raised

    async def again() -> None:
        channel = await listening(layer)
        await arrives_at_once(layer, channel, lambda: async_to_sync(layer.group_send)("bells", BELL))
        assert list(layer.groups["bells"]) == [channel]

    asyncio.run(again())


def test_a_loop_that_stands_still_does_not_hold_up_the_sender() -> None:
    layer = OneProcessLayer()
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(listening(layer))
        sending = Thread(target=lambda: async_to_sync(layer.group_send)("bells", BELL), daemon=True)
        sending.start()
        sending.join(IDLE)
        assert not sending.is_alive()
    finally:
        loop.close()
