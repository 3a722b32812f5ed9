"""Asking a server that may be down, slow or endless, within a time that is given once for everything."""

import json
import time
from contextlib import closing
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any

import requests
from urllib3.exceptions import HTTPError

OK = 200
BIGGEST_ANSWER = 500_000
PIECE = 16_384
# Nobody waits for a server that lets more than this many wait already.
MOST_AT_ONCE = 16
_slots = BoundedSemaphore(MOST_AT_ONCE)


class Unreachable(Exception):
    """The server did not give a whole answer in time. `reason` is a short code for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Deadline:
    """The moment at which everything that was asked must have been answered."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return how many seconds are left. Raises Unreachable when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Unreachable("too_slow")
        return left


@dataclass(frozen=True)
class Answer:
    """What a server said: the status, and the JSON object, empty when it was none."""

    status: int
    body: dict[str, Any]


def ask(method: str, url: str, *, deadline: Deadline, **more: Any) -> Answer:
    """Return the answer to one request; redirects are not followed.

    A thread of its own asks, because time-outs of sockets count anew with every byte, and looking up a name knows none.
    """
    left = deadline.left()
    if not _slots.acquire(blocking=False):
        raise Unreachable("too_many")
    answers: SimpleQueue[Answer | Exception] = SimpleQueue()
    Thread(target=_ask, args=(answers, method, url, deadline, more), name="mitid", daemon=True).start()
    try:
        answer = answers.get(timeout=left)
    except Empty:
        raise Unreachable("too_slow") from None
    if isinstance(answer, Exception):
        raise Unreachable(type(answer).__name__) from answer
    return answer


def _ask(
    answers: "SimpleQueue[Answer | Exception]", method: str, url: str, deadline: Deadline, more: dict[str, Any]
) -> None:
    try:
        answers.put(_answer(method, url, deadline, more))
    except (requests.RequestException, HTTPError, OSError, ValueError, Unreachable) as problem:
        answers.put(problem)
    finally:
        _slots.release()


def _answer(method: str, url: str, deadline: Deadline, more: dict[str, Any]) -> Answer:
    with requests.Session() as session:
        left = deadline.left()
        session.auth = session.auth or _as_given
        response = session.request(method, url, timeout=left, stream=True, allow_redirects=False, **more)
        with closing(response):
            return Answer(response.status_code, _object(response, deadline))


def _as_given(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep requests from looking for a password in a .netrc of the machine."""
    return request


def _object(response: requests.Response, deadline: Deadline) -> dict[str, Any]:
    text = bytearray()
    while piece := response.raw.read1(PIECE, decode_content=True):
        text += piece
        deadline.left()
        if len(text) > BIGGEST_ANSWER:
            raise Unreachable("too_big")
    if response.status_code != OK:
        return {}
    found = json.loads(bytes(text))
    if not isinstance(found, dict):
        raise Unreachable("no_object")
    return found
