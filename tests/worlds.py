"""Towns that are dear to make: made once for all tests of a module, and given to each as if made for it alone."""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

import time_machine
from django.core.cache import cache
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

World = TypeVar("World")


@contextmanager
def kept(blocker: DjangoDbBlocker, make: Callable[[], World], *, at: datetime) -> Iterator[Callable[[], World]]:
    """Make a world at that moment and give what hands it out; its rows are taken back at the end of the block.

    For fixtures of a module whose tests all start from that world, and roll back what they do (`django_db` without
    `transaction`): its rows stand for those too that do not ask for it. Each test is handed a copy, as Django's
    setUpTestData does it, so that what a test does to an object reaches no other.
    """
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined] # as in Django's TestCase: what may not be nested may begin
    with blocker.unblock():
        block.__enter__()
    try:
        with blocker.unblock(), time_machine.travel(at, tick=False):
            world = make()
            cache.clear()
        yield lambda: copy.deepcopy(world)
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
