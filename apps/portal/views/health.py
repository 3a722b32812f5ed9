"""For machines that watch this one: is the process up, do its services answer, and how much waits."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache
from hmac import compare_digest

from asgiref.sync import async_to_sync
from celery import current_app
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.portal.queries import gauges

CHECK_SECONDS = 0.9
ON_THIS_MACHINE = {"127.0.0.1", "::1"}

_threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="ready")


@require_safe
def process_up(_request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does. Asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def services_ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when all that pages need is there, else 503; each service by name, within a second."""
    states = _states({"database": _database, "migrations": _migrations, "broker": _broker, "layer": _layer})
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)


@require_safe
def metric_list(request: HttpRequest) -> HttpResponse:
    """Show the gauges to this machine, or to who holds the token; for anybody else there is nothing here."""
    if not _may_see_metrics(request):
        raise Http404
    lines = [
        f"# HELP {gauge.name} {gauge.meaning}\n# TYPE {gauge.name} gauge\n{gauge.name}{gauge.label} {gauge.value}\n"
        for gauge in gauges(at=now())
    ]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_see_metrics(request: HttpRequest) -> bool:
    bearer = f"Bearer {settings.METRICS_TOKEN}".encode()
    if settings.METRICS_TOKEN and compare_digest(request.headers.get("Authorization", "").encode(), bearer):
        return True
    # What a proxy on this machine passes on does not come from this machine.
    return request.META.get("REMOTE_ADDR") in ON_THIS_MACHINE and "X-Forwarded-For" not in request.headers


def _states(checks: Mapping[str, Callable[[], None]]) -> dict[str, str]:
    """Run all checks at once; one that hangs is left behind."""
    running = {name: _threads.submit(check) for name, check in checks.items()}
    wait(running.values(), timeout=CHECK_SECONDS)
    return {name: _state(check) for name, check in running.items()}


def _state(check: "Future[None]") -> str:
    """Return "ok" or the kind of the problem. What exactly it is stands in the log: addresses are nobody's business."""
    if not check.done():
        return "no answer in time"
    problem = check.exception()
    return "ok" if problem is None else type(problem).__name__


def _database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


@cache
def _migrations() -> None:
    """Raise MigrationsMissing; once all are in they stay in, so this is looked up until then."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise MigrationsMissing
    finally:
        connection.close()


class MigrationsMissing(Exception):
    """The tables are not those that the code expects."""


def _broker() -> None:
    with current_app.connection_for_write() as link:
        link.connect()


def _layer() -> None:
    layer = get_channel_layer()
    if layer is not None:
        async_to_sync(layer.group_send)("ready", {"type": "ready"})
